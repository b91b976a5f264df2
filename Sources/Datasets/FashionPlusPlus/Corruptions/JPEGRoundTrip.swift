import Core

/// What JPEG does to a grey image: the cosine transform of 8 × 8 blocks, rounded to multiples of a quantisation table
/// (ITU-T T.81, Annex K, scaled by quality as the Independent JPEG Group does). Entropy coding loses nothing and is left
/// out.
package enum JPEGRoundTrip {
  /// Four blocks of 8 pixels along a side: 28 pixels and the last one repeated.
  private static let blocks = 4
  private static let side = 8 * blocks

  private static let luminance: [Int] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87,
    80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72,
    92,
    95, 98, 112, 100, 103, 99,
  ]

  /// The table for a quality from 1 to 100.
  package static func quantisation(quality: Int) -> [Float] {
    let scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality
    return luminance.map { Float(max(1, min(255, ($0 * scale + 50) / 100))) }
  }

  /// basis[frequency · 8 + place] of the orthonormal cosine transform.
  private static let basis: [Float] = (0..<64).map { index in
    let (frequency, place) = (index / 8, index % 8)
    let scale = frequency == 0 ? 0.125.squareRoot() : 0.5
    return Float(scale * PortableMath.cos(Double(frequency * (2 * place + 1)) * .pi / 16))
  }

  /// The transform of every block of the image in grey levels −128…127, block after block.
  package static func coefficients(of image: Plane) -> [Float] {
    let levels = image.bytes.map { Float($0) - 128 }
    var coefficients: [Float] = []
    coefficients.reserveCapacity(side * side)
    for block in 0..<blocks * blocks {
      var values = [Float](repeating: 0, count: 64)
      for index in 0..<64 {
        let y = min(Plane.side - 1, block / blocks * 8 + index / 8)
        let x = min(Plane.side - 1, block % blocks * 8 + index % 8)
        values[index] = levels[y * Plane.side + x]
      }
      coefficients += transformed(transformed(values, inverse: false), inverse: false)
    }
    return coefficients
  }

  /// The image from coefficients rounded to multiples of the table's entries.
  package static func image(from coefficients: [Float], quantisation: [Float]) -> Plane {
    var image = Plane(filledWith: 0)
    for block in 0..<blocks * blocks {
      var rounded = [Float](repeating: 0, count: 64)
      for index in 0..<64 {
        rounded[index] = (coefficients[block * 64 + index] / quantisation[index]).rounded() * quantisation[index]
      }
      let values = transformed(transformed(rounded, inverse: true), inverse: true)
      let (top, left) = (block / blocks * 8, block % blocks * 8)
      for y in 0..<min(8, Plane.side - top) {
        for x in 0..<min(8, Plane.side - left) {
          image.values[(top + y) * Plane.side + left + x] = (values[y * 8 + x] + 128) / 255
        }
      }
    }
    return image
  }

  /// One pass over the rows of a block, transposed: two passes transform both directions.
  private static func transformed(_ block: [Float], inverse: Bool) -> [Float] {
    var result = [Float](repeating: 0, count: 64)
    for row in 0..<8 {
      for output in 0..<8 {
        var sum: Float = 0
        for input in 0..<8 { sum += block[row * 8 + input] * basis[inverse ? input * 8 + output : output * 8 + input] }
        result[output * 8 + row] = sum
      }
    }
    return result
  }
}
