package import Core

/// How the pixels of a data set become the inputs of a network: (value / 255 − mean) / deviation, channel by channel.
package struct PixelNormalisation: Hashable, Sendable {
  /// One a channel, of values from 0 to 1.
  package let mean: [Float]
  /// One a channel, positive.
  package let deviation: [Float]

  package var channels: Int { mean.count }

  /// Takes one finite mean and one positive, finite deviation for each of at least one channel; traps otherwise.
  package init(mean: [Float], deviation: [Float]) {
    precondition(!mean.isEmpty && mean.count == deviation.count, "every channel has a mean and a deviation")
    precondition(
      mean.allSatisfy(\.isFinite) && deviation.allSatisfy { $0 > 0 && $0.isFinite },
      "means \(mean) and deviations \(deviation) cannot scale pixels")
    self.mean = mean
    self.deviation = deviation
  }

  /// Values around 0 for pictures of which nothing else is known: mean ½ and deviation ¼ in every channel.
  package static func centred(channels: Int) -> PixelNormalisation {
    PixelNormalisation(
      mean: [Float](repeating: 0.5, count: channels), deviation: [Float](repeating: 0.25, count: channels))
  }

  /// What makes the values of `images` have mean 0 and deviation 1 in every channel, rounded to four digits; the deviation
  /// is at least 0.01. Sums are whole numbers, so that the order of the images does not matter.
  package init(of images: ImageSet) {
    let channels = images.channels
    var (sums, squares) = ([UInt64](repeating: 0, count: channels), [UInt64](repeating: 0, count: channels))
    for (place, value) in images.pixels.enumerated() {
      sums[place % channels] += UInt64(value)
      squares[place % channels] += UInt64(value) * UInt64(value)
    }
    let count = Double(max(1, images.pixels.count / channels))
    func rounded(_ value: Double) -> Float { Float((value * 10_000).rounded() / 10_000) }
    let means = sums.map { Double($0) / count / 255 }
    let deviations = squares.indices.map { channel in
      let square = Double(squares[channel]) / count / (255 * 255)
      return max(0.01, max(0, square - means[channel] * means[channel]).squareRoot())
    }
    self.init(mean: means.map(rounded), deviation: deviations.map(rounded))
  }

  package var json: JSONValue {
    [
      "mean": .array(mean.map { .number(Double($0)) }), "deviation": .array(deviation.map { .number(Double($0)) }),
    ]
  }

  /// Reads what ``json`` writes. Throws a ``ConfigurationError`` that names `place` for anything that cannot scale pixels.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    let mean = try Self.numbers("mean", &object)
    let deviation = try Self.numbers("deviation", &object)
    try object.finish()
    guard !mean.isEmpty, mean.count == deviation.count else {
      throw object.error("deviation", "as many numbers as under \"mean\" are needed, one a channel")
    }
    guard deviation.allSatisfy({ $0 > 0 }) else { throw object.error("deviation", "deviations are positive") }
    self.init(mean: mean, deviation: deviation)
  }

  private static func numbers(_ key: String, _ object: inout StrictObject) throws -> [Float] {
    guard let elements = try object.array(key) else { return [] }
    return try elements.map { element in
      guard let number = element.double.map({ Float($0) }), number.isFinite else {
        throw object.error(key, "numbers are needed, not \(element.canonicalText.prefix(40))")
      }
      return number
    }
  }
}
