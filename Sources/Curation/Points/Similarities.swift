package import Numerics

/// How alike each of some points is to each: kept, or computed when asked for. Either way the same function of all points.
package enum Similarities {
  /// One row a candidate, one column a point that is to be covered.
  case kept(Matrix)
  /// - rows: the rows of the candidates at these positions, for `count` candidates and as many points.
  case computed(count: Int, rows: ([Int]) -> Matrix)

  /// Of up to 10,240 points all similarities are kept (420 MB); of more they are computed, some rows at a time.
  static let kept = 10_240

  package var candidates: Int {
    switch self {
    case .kept(let matrix): matrix.rows
    case .computed(let count, _): count
    }
  }

  package var points: Int {
    switch self {
    case .kept(let matrix): matrix.columns
    case .computed(let count, _): count
    }
  }

  /// Candidates whose gains are worth computing together: a product of one row takes nearly as long as one of 32, and those
  /// that are looked at too early cost nothing but that.
  var batch: Int {
    switch self {
    case .kept: 1
    case .computed: 32
    }
  }
}

/// What picks cover of each point, and what more would add.
struct Coverage {
  private let similarities: Similarities
  private var covered: [Float]
  /// The rows that were computed last: a pick is nearly always among them.
  private var recent: (positions: [Int], rows: Matrix)?

  init(_ similarities: Similarities) {
    self.similarities = similarities
    covered = [Float](repeating: 0, count: similarities.points)
  }

  /// Σ_i max(0, S_ij − max_{s∈S} S_is) of each of `candidates`.
  mutating func gains(of candidates: [Int]) -> [Double] {
    switch similarities {
    case .kept(let matrix): return candidates.map { CoverageKernels.gain(of: $0, matrix, covered: covered) }
    case .computed(_, let rows):
      let block = rows(candidates)
      recent = (candidates, block)
      return candidates.indices.map { CoverageKernels.gain(of: $0, block, covered: covered) }
    }
  }

  mutating func add(_ pick: Int) {
    switch similarities {
    case .kept(let matrix): CoverageKernels.cover(with: pick, matrix, covered: &covered)
    case .computed(_, let rows):
      if let recent, let row = recent.positions.firstIndex(of: pick) {
        CoverageKernels.cover(with: row, recent.rows, covered: &covered)
      } else {
        CoverageKernels.cover(with: 0, rows([pick]), covered: &covered)
      }
    }
  }
}
