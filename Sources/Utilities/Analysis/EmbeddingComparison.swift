package import Core
package import Numerics

/// How two sets of embeddings lie to each other: distances, and how many rows of the one are as alike to rows of the other as copies
/// would be, beside how many would be so if the sets shared nothing.
package struct EmbeddingComparison: Hashable, Sendable {
  /// Rows with a neighbour above a threshold.
  package struct Overlap: Hashable, Sendable {
    /// The cosine above which a row counts.
    package let threshold: Double
    /// The share of the first set with such a neighbour in the second.
    package let share: Double
    /// The same share between two halves of the second set, which share no row: what is to be expected without any overlap.
    package let expected: Double
  }

  /// Rows of either sample that distances are taken on.
  package let sample: Int
  /// ``SampleComparison/cmmd``; nil below two rows.
  package let cmmd: Double?
  package let manifold: SampleComparison.Manifold?
  /// At a cosine of 0.95, which is often taken, and at the cosine that one row in a hundred of
  /// one half of the second set passes towards the other half.
  package let overlaps: [Overlap]

  package static let usual: Float = 0.95
  private static let calibration = 0.01

  /// Takes rows of any length, and scales them to unit length.
  ///
  /// - Parameters:
  ///   - first: what is judged.
  ///   - second: what it is compared with: real images, or a test set.
  ///   - sample: at most so many random rows of each are used for the distances.
  ///   - neighbours: how far the neighbourhoods of precision, recall, density and coverage reach.
  /// - Throws: a ``ConfigurationError`` when the sets have other widths, or fewer than four rows.
  package init(
    _ first: Matrix, _ second: Matrix, sample: Int = 1_000, neighbours: Int = 5, seed: UInt64 = 0
  ) throws {
    guard first.columns == second.columns else {
      throw ConfigurationError(
        place: "embeddings", problem: "the first set has \(first.columns) values a row, the second \(second.columns)")
    }
    guard first.rows > 3, second.rows > 3 else {
      throw ConfigurationError(place: "embeddings", problem: "each set needs four rows or more")
    }
    let (own, other) = (first.withUnitRows(), second.withUnitRows())
    var generator = SeededGenerator(seed: seed, purpose: "embeddings")
    let size = min(sample, own.rows, other.rows)
    let (left, right) = (
      own.selecting(rows: generator.sample(size, of: own.rows)),
      other.selecting(rows: generator.sample(size, of: other.rows))
    )
    let comparison = SampleComparison(real: right, candidate: left)
    self.sample = size
    cmmd = comparison.cmmd
    manifold = comparison.manifold(k: neighbours)
    let order = generator.permutation(other.rows)
    let half = other.rows / 2
    let halves = (
      other.selecting(rows: Array(order.prefix(half))), other.selecting(rows: Array(order.dropFirst(half)))
    )
    let nearest = Self.nearest(halves.0, halves.1).sorted()
    let calibrated = nearest[min(nearest.count - 1, Int((1 - Self.calibration) * Double(nearest.count)))]
    overlaps = try [Self.usual, calibrated].map { threshold in
      func share(_ rows: Matrix, _ others: Matrix) throws -> Double {
        let flags = try NearDuplicates.flags(rows, among: others, threshold: threshold)
        return Double(flags.count { $0 }) / Double(flags.count)
      }
      return Overlap(
        threshold: Double(threshold), share: try share(own, other), expected: try share(halves.0, halves.1))
    }
  }

  /// The largest cosine of each row with any of `others`.
  private static func nearest(_ rows: Matrix, _ others: Matrix) -> [Float] {
    stride(from: 0, to: rows.rows, by: 256).flatMap { start -> [Float] in
      let range = start..<min(start + 256, rows.rows)
      let cosines = rows.rows(range).multiplied(by: others, transposedOther: true)
      return (0..<range.count).map { row in
        (0..<others.rows).reduce(-Float.infinity) { max($0, cosines[row, $1]) }
      }
    }
  }

  package var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "sample": .integer(Int64(sample)), "cmmd": number(cmmd), "precision": number(manifold?.precision),
      "recall": number(manifold?.recall), "density": number(manifold?.density), "coverage": number(manifold?.coverage),
      "overlaps": .array(
        overlaps.map {
          ["threshold": .number($0.threshold), "share": .number($0.share), "expected": .number($0.expected)]
        }),
    ]
  }
}
