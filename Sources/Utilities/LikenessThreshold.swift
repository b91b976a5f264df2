package import Core
package import Numerics

/// From which cosine on two samples count as nearly the same, told by samples that are different ones.
///
/// A fixed cosine says nothing by itself: in features that describe an image coarsely, many pairs of different images are above
/// 0.95. So rows of a set whose samples are all different are compared with its other rows, and the threshold is what one
/// row in a hundred passes. Sets of the same kind that share no sample show about that share.
package struct LikenessThreshold: Hashable, Sendable {
  /// The share of different samples that may pass.
  package static let share = 0.01
  /// The threshold is never above it, so that copies count as such even where the set holds copies itself.
  static let most: Float = 0.9999
  /// At most so many rows are compared with all others.
  private static let sampled = 1_000

  /// What a cosine must be above.
  package let cosine: Float
  /// The share of the rows that were looked at with another row above it: ``share`` or less, unless more are copies.
  package let chance: Double

  /// nil below two rows.
  ///
  /// - Parameter rows: of unit length; different samples, such as those of a test set.
  package init?(different rows: Matrix, context: TaskContext = .unobserved) throws {
    guard rows.rows > 1 else { return nil }
    let step = (rows.rows + Self.sampled - 1) / Self.sampled
    let places = Array(stride(from: 0, to: rows.rows, by: step))
    let found = try NearestNeighbours(of: rows.selecting(rows: places), among: rows, count: 2) {
      try context.proceed($0, of: $1)
    }
    let nearest = places.indices.map { place -> Float in
      let isItself = found.indices[2 * place] == Int32(places[place])
      return found.similarities[2 * place + (isItself ? 1 : 0)]
    }
    let sorted = nearest.sorted()
    let cosine = min(sorted[sorted.count - 1 - Int(Self.share * Double(sorted.count))], Self.most)
    self.cosine = cosine
    chance = Double(nearest.count { $0 > cosine }) / Double(nearest.count)
  }
}
