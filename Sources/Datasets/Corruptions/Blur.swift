import Core

/// Each point becomes a disc whose border pixels count in part: of full weight up to `reach` pixels from its middle, and of
/// none a pixel further out.
///
/// With r = reach + ½ the radii at 224 pixels are 1.7…8.9 and at 32 pixels 0.8…2.8; ImageNet-C has 3…10, CIFAR-10-C 0.3…1.5.
/// Below half a pixel a disc is the point itself, so it is the reach that follows the size.
struct DefocusBlur: Corruption {
  private let discs: [Plane.Taps]

  init(_ size: CorruptionSize) {
    discs = [1.2, 2.4, 4, 6, 8.4].map { Self.disc(reach: size.length($0)) }
  }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    discs.map { disc in image.mapped { $0.sumOfShifts(disc) } }
  }

  private static func disc(reach: Double) -> Plane.Taps {
    let side = Int((reach + 1).rounded(.up))
    var taps: Plane.Taps = []
    for y in -side...side {
      for x in -side...side {
        let distance = Double(x * x + y * y).squareRoot()
        let weight = max(0, min(1, reach + 1 - distance))
        if weight > 0 { taps.append((x, y, Float(weight))) }
      }
    }
    let sum = taps.reduce(0) { $0 + $1.weight }
    return taps.map { ($0.x, $0.y, $0.weight / sum) }
  }
}

/// Smears along a line at up to 45° to the rows, with half a Gaussian.
///
/// Deviations at 224 pixels are 4…14 and at 32 pixels 1.1…3.8; ImageNet-C has 3…15, CIFAR-10-C 1…2.5. The line is cut off at
/// 2.6 to 6 deviations, where ImageNet-C cuts at 1.3 to 3.3.
struct MotionBlur: Corruption {
  private let size: CorruptionSize
  private static let settings: [(radius: Double, deviation: Double)] = [(24, 4), (24, 6), (24, 8), (32, 10), (36, 14)]

  init(_ size: CorruptionSize) { self.size = size }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    let angle = generator.uniform(in: -0.25..<0.25) * Double.pi
    return Self.settings.map { setting in
      let line = Smear.taps(
        radius: size.pixels(setting.radius), deviation: size.length(setting.deviation), angle: angle)
      return image.mapped { $0.sumOfShifts(line) }
    }
  }
}

/// Motion blur as ImageMagick's, with whole-pixel offsets.
enum Smear {
  static func taps(radius: Int, deviation: Double, angle: Double) -> Plane.Taps {
    let (stepX, stepY) = (PortableMath.cos(angle), PortableMath.sin(angle))
    var taps: Plane.Taps = (0...radius).map { step in
      let (x, y) = (Double(step) * stepX, Double(step) * stepY)
      return (Int(x.rounded()), Int(y.rounded()), Float(PortableGaussian.weight(Double(step), deviation: deviation)))
    }
    let sum = taps.reduce(0) { $0 + $1.weight }
    for index in taps.indices { taps[index].weight /= sum }
    return taps
  }
}

/// The mean of the image and enlargements of its middle by 4 % each, up to 12…44 %: ImageNet-C goes to 10…30 %, CIFAR-10-C to
/// 5…25 %. Where more than 128 pixels would show single copies, steps are of 2 %, so that they lie less than 3 pixels apart
/// (ImageNet-C's up to 3.4).
struct ZoomBlur: Corruption {
  private let zooms: [MiddleZoom]
  /// Enlargements by severity.
  private let counts: [Int]

  init(_ size: CorruptionSize) {
    let parts = max(size.height, size.width) > 128 ? 2 : 1
    counts = [3, 5, 7, 9, 11].map { $0 * parts }
    let step = 0.04 / Double(parts)
    zooms = (0..<counts[4]).map { MiddleZoom(size, factor: 1 + step + Double($0) * step) }
  }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    image.eachPlane { plane in
      var (sum, done) = (plane, 0)
      return counts.map { count in
        for zoom in zooms[done..<count] {
          let enlarged = zoom.applied(to: plane)
          for pixel in 0..<plane.count { sum.values[pixel] += enlarged.values[pixel] }
        }
        done = count
        let scale = 1 / Float(count + 1)
        return sum.mapped { $0 * scale }
      }
    }
  }
}

/// Enlarges the middle of images of one size, with linear interpolation.
struct MiddleZoom: Sendable {
  private let rows: Axis
  private let columns: Axis

  /// - Parameter factor: at least 1.
  init(_ size: CorruptionSize, factor: Double) {
    (rows, columns) = (Axis(length: size.height, factor: factor), Axis(length: size.width, factor: factor))
  }

  /// Where the values of one axis come from: between `starts` and the next, `fractions` of the way.
  private struct Axis {
    let starts: [Int]
    let fractions: [Float]

    init(length: Int, factor: Double) {
      let centre = Double(length - 1) / 2
      let places = (0..<length).map { centre + (Double($0) - centre) / factor }
      starts = places.map { min(Int($0), length - 2) }
      fractions = zip(places, starts).map { Float($0 - Double($1)) }
    }
  }

  func applied(to plane: Plane) -> Plane {
    let (height, width) = (plane.height, plane.width)
    var result = Plane(height: height, width: width, filledWith: 0)
    var row = [Float](repeating: 0, count: width)
    for y in 0..<height {
      let (upper, down) = (rows.starts[y] * width, rows.fractions[y])
      for x in 0..<width {
        let value = plane.values[upper + x]
        row[x] = value + down * (plane.values[upper + width + x] - value)
      }
      for x in 0..<width {
        let (left, across) = (columns.starts[x], columns.fractions[x])
        result.values[y * width + x] = row[left] + across * (row[left + 1] - row[left])
      }
    }
    return result
  }
}
