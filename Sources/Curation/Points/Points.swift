import Numerics

/// What is asked of vectors.
enum Geometry {
  /// Distances between them: where zero lies does not matter.
  case distances
  /// Their directions: how long they are does not matter.
  case directions
}

/// Candidates as vectors, and the target sample in the same coordinates.
struct Points {
  /// One row a candidate.
  let rows: RowTable
  /// One row a sample; nil when there is no target.
  let target: Matrix?
  /// What a squared distance of 1 is in the units in which the vectors were given.
  var squaredUnit = 1.0

  /// The target's rows; throws a ``CurationError`` when they are missing or of another width.
  func requireTarget() throws -> Matrix {
    guard let target, target.rows > 0 else {
      throw CurationError("this strategy needs a target sample, and none was given")
    }
    guard target.columns == rows.columns else {
      throw CurationError(
        "the target's features have \(target.columns) values each, the candidates' \(rows.columns)")
    }
    return target
  }
}

/// Anybody's arrays: candidates and a target in units of their own.
struct ArrayRows: Sendable {
  let features: RealRows
  /// As wide as ``features``.
  let target: RealRows?

  /// Single-precision vectors in which an offset of the data that double precision holds, and a unit that is a power of two
  /// times another, make no difference: from an element in the middle of each column, and divided by a power of two so
  /// that the largest is about 1.
  func points(_ geometry: Geometry) -> Points {
    let all = [features] + (target.map { [$0] } ?? [])
    let frame = geometry == .distances ? Frame(centring: features, scaling: all) : Frame(scaling: all)
    return Points(
      rows: RowTable(frame.matrix(of: features)), target: target.map { frame.matrix(of: $0) },
      squaredUnit: frame.unit * frame.unit)
  }
}
