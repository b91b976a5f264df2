import Core

/// Contrast, stretching, coarse pixels and JPEG compression.
enum DigitalCorruption {
  /// Pulls every pixel towards the image's mean.
  static func contrast(_ image: Plane, factors: [Float]) -> [Plane] {
    let mean = image.mean
    return factors.map { factor in image.mapped { mean + (($0 - mean) * factor) } }
  }

  /// Root-mean-square displacement, and the range of the jitter of the three points that define the affine part, pixels.
  private static let elasticSettings: [(displacement: Float, jitter: Float)] = [
    (0.5, 0.6), (0.8, 0.9), (1.1, 1.2), (1.5, 1.6), (2, 2),
  ]
  /// Displacements are smooth over so many pixels.
  private static let elasticKernel = Plane.gaussianKernel(deviation: 3)
  /// The standard deviation of a uniform draw from −1…1, smoothed in two directions.
  private static let elasticSpread: Float = {
    let square = elasticKernel.reduce(0) { $0 + $1 * $1 }
    return (square * square / 3).squareRoot()
  }()

  /// A random affine map after a smooth random displacement.
  static func elastic(_ image: Plane, _ generator: inout SeededGenerator) -> [Plane] {
    let corners = (0..<6).map { _ in Float(2 * generator.uniform() - 1) }
    let fields = (0..<2).map { _ in
      Plane(values: (0..<Plane.count).map { _ in Float(2 * generator.uniform() - 1) }).blurred(kernel: elasticKernel)
    }
    return elasticSettings.map { setting in
      let affine = AffineJitter(corners.map { $0 * setting.jitter })
      let scale = setting.displacement / elasticSpread
      var result = Plane(filledWith: 0)
      for pixel in 0..<Plane.count {
        let place = affine.applied(x: Float(pixel % Plane.side), y: Float(pixel / Plane.side))
        result.values[pixel] = image.sample(
          x: place.x + scale * fields[0].values[pixel], y: place.y + scale * fields[1].values[pixel])
      }
      return result
    }
  }

  /// Pixels along a side that remain, by severity.
  private static let pixelateSides = [22, 17, 13, 10, 8]

  /// Averages over coarse pixels and enlarges again without smoothing.
  static func pixelate(_ image: Plane) -> [Plane] { pixelateSides.map { pixelated(image, side: $0) } }

  private static func pixelated(_ image: Plane, side: Int) -> Plane {
    let coarse = boxed(boxed(image.values, side: side, rows: Plane.side), side: side, rows: side)
    var result = Plane(filledWith: 0)
    for y in 0..<Plane.side {
      for x in 0..<Plane.side {
        result.values[y * Plane.side + x] = coarse[y * side / Plane.side * side + x * side / Plane.side]
      }
    }
    return result
  }

  /// Each row of 28 becomes `side` means over equal lengths, and the result is transposed.
  private static func boxed(_ values: [Float], side: Int, rows: Int) -> [Float] {
    let length = Float(Plane.side) / Float(side)
    var result = [Float](repeating: 0, count: side * rows)
    for target in 0..<side {
      let (start, end) = (Float(target) * length, Float(target + 1) * length)
      for source in Int(start)..<min(Plane.side, Int(end.rounded(.up))) {
        let overlap = (min(end, Float(source + 1)) - max(start, Float(source))) / length
        for row in 0..<rows { result[target * rows + row] += overlap * values[row * Plane.side + source] }
      }
    }
    return result
  }

  /// JPEG qualities by severity.
  private static let jpegTables = [25, 18, 15, 10, 7].map { JPEGRoundTrip.quantisation(quality: $0) }

  static func jpeg(_ image: Plane) -> [Plane] {
    let coefficients = JPEGRoundTrip.coefficients(of: image)
    return jpegTables.map { JPEGRoundTrip.image(from: coefficients, quantisation: $0) }
  }
}

/// The affine map that moves three corners of the middle square by the given jitter.
struct AffineJitter {
  private let origin: (x: Float, y: Float)
  private let alongX: (x: Float, y: Float)
  private let alongY: (x: Float, y: Float)

  private static let low: Float = 4.5
  private static let size: Float = 18

  /// Six shifts: x and y of the upper left, the upper right and the lower left corner.
  init(_ jitter: [Float]) {
    origin = (Self.low + jitter[0], Self.low + jitter[1])
    alongX = (1 + (jitter[2] - jitter[0]) / Self.size, (jitter[3] - jitter[1]) / Self.size)
    alongY = ((jitter[4] - jitter[0]) / Self.size, 1 + (jitter[5] - jitter[1]) / Self.size)
  }

  func applied(x: Float, y: Float) -> (x: Float, y: Float) {
    let (u, v) = (x - Self.low, y - Self.low)
    return (origin.x + u * alongX.x + v * alongY.x, origin.y + u * alongX.y + v * alongY.y)
  }
}
