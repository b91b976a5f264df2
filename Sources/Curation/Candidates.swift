import Core
import Datasets
import Numerics

/// The images that a strategy looks at, in random order, without their true labels.
struct Candidates {
  /// Positions in the pool, in the order in which they are looked at.
  let indices: [Int]
  let classCount: Int
  private let pool: Pool

  var count: Int { indices.count }

  /// The labels that come with the candidates, each 0..<``classCount``.
  var labels: [Int32] { indices.map { pool.observedLabels[$0] } }
  var images: ImageSet { pool.images.selecting(indices) }

  /// The first `count` of a seeded permutation of the pool: strategies that look at equally many see the same ones.
  /// Images without a label cannot be trained on and are never candidates.
  init(first count: Int, of pool: Pool, seed: Int) {
    indices = Array(Self.order(of: pool, seed: seed).prefix(count))
    classCount = pool.classNames.count
    self.pool = pool
  }

  /// The fixed representation, one row a candidate. Throws a ``CurationError`` when a value is not a finite number.
  func features() throws -> Matrix {
    let features = pool.features.selecting(rows: indices)
    let bad = Kernels.rowSquaredNorms(features).count { !$0.isFinite }
    guard bad == 0 else {
      throw CurationError("the features of \(bad) candidates of \(pool.shift) are not finite numbers")
    }
    return features
  }

  /// Chooses among all candidates, or within each observed class when `balanced`.
  ///
  /// - Parameter choose: takes positions of candidates, ascending, and how many of them to choose; answers which of them,
  ///   in order of choice, as positions in that list.
  func select(
    _ count: Int, balanced: Bool, choose: (_ members: [Int], _ quota: Int) throws -> [Int]
  ) rethrows -> [Int] {
    guard balanced else { return try choose(Array(0..<self.count), count) }
    return try ClassBalance.select(count, labels: labels, classCount: classCount, choose: choose)
  }

  /// How many images of `pool` can be candidates.
  static func supply(of pool: Pool) -> Int { pool.observedLabels.count { $0 >= 0 } }

  private static func order(of pool: Pool, seed: Int) -> [Int] {
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "candidates/\(pool.shift)")
    return generator.permutation(pool.count).filter { pool.observedLabels[$0] >= 0 }
  }
}
