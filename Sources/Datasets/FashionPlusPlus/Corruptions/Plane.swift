/// One 28 × 28 grey image as floats, 0 black, 1 white; values outside are cut off only when it becomes bytes again.
package struct Plane {
  package static let side = 28
  package static let count = side * side

  /// Row after row.
  package var values: [Float]

  init(values: [Float]) {
    precondition(values.count == Self.count, "\(values.count) values are not 28 × 28")
    self.values = values
  }

  init(filledWith value: Float) { values = [Float](repeating: value, count: Self.count) }

  package init(bytes: ArraySlice<UInt8>) { self.init(values: bytes.map { Float($0) / 255 }) }

  /// Grey levels 0…255, rounded.
  package var bytes: [UInt8] { values.map { UInt8((max(0, min(1, $0)) * 255).rounded()) } }

  var mean: Float { values.reduce(0, +) / Float(Self.count) }

  func mapped(_ change: (Float) -> Float) -> Plane { Plane(values: values.map(change)) }

  /// The value between four pixels; coordinates outside are moved to the border.
  package func sample(x: Float, y: Float) -> Float {
    let last = Float(Self.side - 1)
    let (x, y) = (max(0, min(last, x)), max(0, min(last, y)))
    let (left, top) = (min(Int(x), Self.side - 2), min(Int(y), Self.side - 2))
    let (u, v) = (x - Float(left), y - Float(top))
    let corner = top * Self.side + left
    let upper = values[corner] + u * (values[corner + 1] - values[corner])
    let lower = values[corner + Self.side] + u * (values[corner + Self.side + 1] - values[corner + Self.side])
    return upper + v * (lower - upper)
  }

  /// Convolution with the same symmetric odd kernel along rows and columns; borders are mirrored.
  package func blurred(kernel: [Float]) -> Plane {
    blurredAlongRows(kernel).transposed.blurredAlongRows(kernel).transposed
  }

  private func blurredAlongRows(_ kernel: [Float]) -> Plane {
    let radius = kernel.count / 2
    var result = Plane(filledWith: 0)
    var row = [Float](repeating: 0, count: Self.side + 2 * radius)
    for y in 0..<Self.side {
      for place in row.indices { row[place] = values[y * Self.side + Self.mirrored(place - radius)] }
      for x in 0..<Self.side {
        var sum: Float = 0
        for tap in kernel.indices { sum += kernel[tap] * row[x + tap] }
        result.values[y * Self.side + x] = sum
      }
    }
    return result
  }

  private static func mirrored(_ place: Int) -> Int {
    let period = 2 * side
    let folded = ((place % period) + period) % period
    return folded < side ? folded : period - 1 - folded
  }

  private var transposed: Plane {
    var result = Plane(filledWith: 0)
    for y in 0..<Self.side {
      for x in 0..<Self.side { result.values[x * Self.side + y] = values[y * Self.side + x] }
    }
    return result
  }

  /// Σ weight · the image moved by whole pixels; outside, the border pixel counts.
  func sumOfShifts(_ taps: [(x: Int, y: Int, weight: Float)]) -> Plane {
    let margin = taps.map { max(abs($0.x), abs($0.y)) }.max() ?? 0
    let width = Self.side + 2 * margin
    var padded = [Float](repeating: 0, count: width * width)
    for y in 0..<width {
      let row = max(0, min(Self.side - 1, y - margin)) * Self.side
      for x in 0..<width { padded[y * width + x] = values[row + max(0, min(Self.side - 1, x - margin))] }
    }
    var result = [Float](repeating: 0, count: Self.count)
    for tap in taps {
      for y in 0..<Self.side {
        let from = (y + margin + tap.y) * width + margin + tap.x
        for x in 0..<Self.side { result[y * Self.side + x] += tap.weight * padded[from + x] }
      }
    }
    return Plane(values: result)
  }

  /// A normalised Gaussian, cut off at three deviations.
  package static func gaussianKernel(deviation: Double) -> [Float] {
    let radius = max(1, Int((3 * deviation).rounded(.up)))
    let weights = (-radius...radius).map { PortableGaussian.weight(Double($0), deviation: deviation) }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }
}
