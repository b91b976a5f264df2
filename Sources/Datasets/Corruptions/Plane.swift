import Numerics

/// One channel of an image as floats, 0 black, 1 white; values outside are cut off only when it becomes bytes again.
package struct Plane: Hashable, Sendable {
  package let height: Int
  package let width: Int
  /// Row after row.
  package var values: [Float]

  /// Pixels.
  var count: Int { values.count }

  init(height: Int, width: Int, values: [Float]) {
    precondition(values.count == height * width, "\(values.count) values are not \(height) × \(width)")
    (self.height, self.width, self.values) = (height, width, values)
  }

  init(height: Int, width: Int, filledWith value: Float) {
    self.init(height: height, width: width, values: [Float](repeating: value, count: height * width))
  }

  /// Takes `height × width` grey levels; traps otherwise.
  package init(bytes: ArraySlice<UInt8>, height: Int, width: Int) {
    self.init(height: height, width: width, values: bytes.map { Float($0) / 255 })
  }

  /// Grey levels 0…255, rounded.
  package var bytes: [UInt8] { ImageKernels.levels(of: values) }

  var mean: Float { values.reduce(0, +) / Float(count) }

  func mapped(_ change: (Float) -> Float) -> Plane {
    Plane(height: height, width: width, values: values.map(change))
  }

  /// The value between four pixels; coordinates outside are moved to the border.
  package func sample(x: Float, y: Float) -> Float {
    value(at: place(x: x, y: y))
  }

  /// A place between four pixels: the upper left of them, and how far it is to the others, from 0 to 1.
  struct Place {
    let corner: Int
    let across: Float
    let down: Float
  }

  /// Where coordinates are in a plane of this size.
  func place(x: Float, y: Float) -> Place {
    let (x, y) = (max(0, min(Float(width - 1), x)), max(0, min(Float(height - 1), y)))
    let (left, top) = (min(Int(x), width - 2), min(Int(y), height - 2))
    return Place(corner: top * width + left, across: x - Float(left), down: y - Float(top))
  }

  func value(at place: Place) -> Float {
    let (left, right) = (values[place.corner], values[place.corner + 1])
    let (lowerLeft, lowerRight) = (values[place.corner + width], values[place.corner + width + 1])
    let upper = left + place.across * (right - left)
    let lower = lowerLeft + place.across * (lowerRight - lowerLeft)
    return upper + place.down * (lower - upper)
  }
}

/// What lies beyond the border of an image.
enum PlaneBorder {
  /// The border pixel again and again.
  case repeated
  /// The image mirrored at its edge, border pixel included.
  case mirrored

  /// The place in `0..<length` that stands for `place`.
  func inside(_ place: Int, length: Int) -> Int {
    switch self {
    case .repeated: return max(0, min(length - 1, place))
    case .mirrored:
      let period = 2 * length
      let folded = ((place % period) + period) % period
      return folded < length ? folded : period - 1 - folded
    }
  }
}

extension Plane {
  /// A filter: Σ weight · the image moved by whole pixels.
  typealias Taps = [(x: Int, y: Int, weight: Float)]

  /// The image with `across` more pixels on the left and the right, and `down` more above and below.
  func padded(across: Int, down: Int, border: PlaneBorder) -> Plane {
    let columns = (-across..<width + across).map { border.inside($0, length: width) }
    var padded: [Float] = []
    padded.reserveCapacity((height + 2 * down) * columns.count)
    for y in -down..<height + down {
      let row = border.inside(y, length: height) * width
      for column in columns { padded.append(values[row + column]) }
    }
    return Plane(height: height + 2 * down, width: columns.count, values: padded)
  }

  /// Σ weight · the image moved by whole pixels, added in the order of the taps.
  func sumOfShifts(_ taps: Taps, border: PlaneBorder = .repeated) -> Plane {
    let across = taps.reduce(0) { max($0, abs($1.x)) }
    let down = taps.reduce(0) { max($0, abs($1.y)) }
    let padded = padded(across: across, down: down, border: border)
    let sums = ImageKernels.sumOfShifts(
      padded.values, stride: padded.width, starts: taps.map { ($0.y + down) * padded.width + $0.x + across },
      weights: taps.map(\.weight), rows: height, columns: width)
    return Plane(height: height, width: width, values: sums)
  }

  /// Convolution with the same symmetric odd kernel along rows and columns; borders are mirrored.
  package func blurred(kernel: [Float]) -> Plane {
    let radius = kernel.count / 2
    let taps = kernel.enumerated().map { (place: $0.offset - radius, weight: $0.element) }
    return sumOfShifts(taps.map { ($0.place, 0, $0.weight) }, border: .mirrored)
      .sumOfShifts(taps.map { (0, $0.place, $0.weight) }, border: .mirrored)
  }

  /// A normalised Gaussian, cut off at three deviations.
  package static func gaussianKernel(deviation: Double) -> [Float] {
    let radius = max(1, Int((3 * deviation).rounded(.up)))
    let weights = (-radius...radius).map { PortableGaussian.weight(Double($0), deviation: deviation) }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }
}
