import Core

/// Blur of lens, glass, movement and zoom.
enum BlurCorruption {
  private typealias Taps = [(x: Int, y: Int, weight: Float)]

  /// Radii in pixels of the discs that a point becomes.
  private static let defocusDiscs: [Taps] = [0.8, 1.1, 1.5, 2, 2.6].map(disc)

  static func defocus(_ image: Plane) -> [Plane] { defocusDiscs.map { image.sumOfShifts($0) } }

  /// A disc whose border pixels count in part.
  private static func disc(radius: Double) -> Taps {
    let reach = Int((radius + 0.5).rounded(.up))
    var taps: Taps = []
    for y in -reach...reach {
      for x in -reach...reach {
        let distance = Double(x * x + y * y).squareRoot()
        let weight = max(0, min(1, radius + 0.5 - distance))
        if weight > 0 { taps.append((x, y, Float(weight))) }
      }
    }
    let sum = taps.reduce(0) { $0 + $1.weight }
    return taps.map { ($0.x, $0.y, $0.weight / sum) }
  }

  /// Blurs, lets each pixel change places with one at most `distance` away, `rounds` times, and blurs again.
  static func glass(
    _ image: Plane, settings: [(deviation: Double, distance: Int, rounds: Int)], _ generator: inout SeededGenerator
  ) -> [Plane] {
    let start = generator
    return settings.map { setting in
      generator = start
      let kernel = Plane.gaussianKernel(deviation: setting.deviation)
      var plane = image.blurred(kernel: kernel)
      for _ in 0..<setting.rounds { shufflePixels(of: &plane, distance: setting.distance, &generator) }
      return plane.blurred(kernel: kernel)
    }
  }

  private static func shufflePixels(of plane: inout Plane, distance: Int, _ generator: inout SeededGenerator) {
    let range = distance..<Plane.side - distance
    let span = 2 * distance + 1
    for y in range.reversed() {
      for x in range.reversed() {
        let word = generator.next()
        let moveX = Int(word >> 48) * span / 65_536 - distance
        let moveY = Int(word >> 32 & 0xFFFF) * span / 65_536 - distance
        plane.values.swapAt(y * Plane.side + x, (y + moveY) * Plane.side + x + moveX)
      }
    }
  }

  /// Smears along a line at up to 45° to the rows, with half a Gaussian of the given deviation, cut off at `radius`.
  static func motion(
    _ image: Plane, settings: [(radius: Int, deviation: Double)], _ generator: inout SeededGenerator
  ) -> [Plane] {
    let angle = generator.uniform(in: -0.25..<0.25) * Double.pi
    return settings.map { smeared(image, radius: $0.radius, deviation: $0.deviation, angle: angle) }
  }

  /// As ImageMagick's motion blur, with whole-pixel offsets.
  static func smeared(_ image: Plane, radius: Int, deviation: Double, angle: Double) -> Plane {
    let (stepX, stepY) = (PortableMath.cos(angle), PortableMath.sin(angle))
    var taps: Taps = (0...radius).map { step in
      let (x, y) = (Double(step) * stepX, Double(step) * stepY)
      return (Int(x.rounded()), Int(y.rounded()), Float(PortableGaussian.weight(Double(step), deviation: deviation)))
    }
    let sum = taps.reduce(0) { $0 + $1.weight }
    for index in taps.indices { taps[index].weight /= sum }
    return image.sumOfShifts(taps)
  }

  /// The zoom factors that are averaged, by severity, and 1.
  private static let zooms: [[AxisZoom]] = [1.12, 1.2, 1.28, 1.36, 1.44].map { last in
    stride(from: 1.04, through: last + 1e-9, by: 0.04).map { AxisZoom(factor: $0) }
  }

  /// The mean of the image and enlargements of its middle.
  static func zoom(_ image: Plane) -> [Plane] {
    zooms.map { zooms in
      var sum = image
      for zoom in zooms {
        let enlarged = zoom.applied(to: image)
        for pixel in 0..<Plane.count { sum.values[pixel] += enlarged.values[pixel] }
      }
      let scale = 1 / Float(zooms.count + 1)
      return sum.mapped { $0 * scale }
    }
  }
}

/// Enlarges the middle of an image; the same interpolation along rows and columns.
struct AxisZoom {
  private let starts: [Int]
  private let fractions: [Float]

  init(factor: Double) {
    let centre = Double(Plane.side - 1) / 2
    let places = (0..<Plane.side).map { centre + (Double($0) - centre) / factor }
    starts = places.map { min(Int($0), Plane.side - 2) }
    fractions = zip(places, starts).map { Float($0 - Double($1)) }
  }

  func applied(to image: Plane) -> Plane {
    let side = Plane.side
    var rows = [Float](repeating: 0, count: Plane.count)
    for y in 0..<side {
      let (upper, fraction) = (starts[y] * side, fractions[y])
      for x in 0..<side {
        let value = image.values[upper + x]
        rows[y * side + x] = value + fraction * (image.values[upper + side + x] - value)
      }
    }
    var result = Plane(filledWith: 0)
    for x in 0..<side {
      let (left, fraction) = (starts[x], fractions[x])
      for y in 0..<side {
        let value = rows[y * side + left]
        result.values[y * side + x] = value + fraction * (rows[y * side + left + 1] - value)
      }
    }
    return result
  }
}
