package import Core

/// The points for which a choice among many is judged.
package enum ReferenceSample {
  /// Similarities that are kept at once (420 MB): of up to 10,240 points all are references, of more a sample.
  package static let capacity = 100 << 20

  /// All of `count` points while every point's similarity to each can be kept, else a random sample of as many as can;
  /// ascending.
  package static func positions(
    of count: Int, generator: inout SeededGenerator, capacity: Int = capacity
  ) -> [Int] {
    let most = max(capacity / max(count, 1), 1)
    return most >= count ? Array(0..<count) : generator.sample(most, of: count).sorted()
  }
}
