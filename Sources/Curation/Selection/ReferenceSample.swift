import Core

/// The points for which a choice among many is judged.
enum ReferenceSample {
  /// Similarities that are kept at once (64 MB): all points of up to 4,096 are references, a sample of more.
  static let capacity = 16 << 20

  /// All of `count` points while every point's similarity to each can be kept, else a random sample of as many as can;
  /// ascending.
  static func positions(of count: Int, generator: inout SeededGenerator) -> [Int] {
    let most = max(capacity / max(count, 1), 1)
    return most >= count ? Array(0..<count) : generator.sample(most, of: count).sorted()
  }
}
