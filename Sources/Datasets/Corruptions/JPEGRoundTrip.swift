import Core

/// What JPEG does to one plane: the cosine transform of 8 × 8 blocks, rounded to multiples of a quantisation table
/// (ITU-T T.81, Annex K, scaled by quality as the Independent JPEG Group does). Entropy coding loses nothing and is left
/// out.
package enum JPEGRoundTrip {
  /// The two tables of Annex K: K.1 for grey images and luma, K.2 for chroma.
  package enum Table: Sendable { case luminance, chrominance }

  private static let luminance: [Int] = [
    [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99],
  ].flatMap(\.self)

  private static let chrominance: [Int] =
    [
      [17, 18, 24, 47, 99, 99, 99, 99], [18, 21, 26, 66, 99, 99, 99, 99], [24, 26, 56, 99, 99, 99, 99, 99],
      [47, 66, 99, 99, 99, 99, 99, 99],
    ].flatMap(\.self) + [Int](repeating: 99, count: 32)

  /// The eight rows of the table for a quality from 1 to 100.
  package static func quantisation(quality: Int, table: Table = .luminance) -> [SIMD8<Float>] {
    let scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality
    let entries = table == .luminance ? luminance : chrominance
    let steps = entries.map { Float(max(1, min(255, ($0 * scale + 50) / 100))) }
    return (0..<8).map { row in SIMD8(steps[row * 8..<row * 8 + 8]) }
  }

  /// The rows of a block of 8 × 8 values.
  private typealias Block = [SIMD8<Float>]

  /// waves[frequency][place] of the orthonormal cosine transform.
  private static let waves: Block = (0..<8).map { frequency in
    var wave = SIMD8<Float>()
    for place in 0..<8 {
      let scale = frequency == 0 ? 0.125.squareRoot() : 0.5
      wave[place] = Float(scale * PortableMath.cos(Double(frequency * (2 * place + 1)) * .pi / 16))
    }
    return wave
  }

  /// The same by place.
  private static let places: Block = transposed(waves)

  /// Blocks along a side of `length` pixels.
  private static func blocks(_ length: Int) -> Int { (length + 7) / 8 }

  /// The transform of every block of the plane in grey levels −128…127, block after block. Where the last block is not full,
  /// the last pixel is repeated.
  package static func coefficients(of plane: Plane) -> [SIMD8<Float>] {
    let levels = plane.bytes.map { Float($0) - 128 }
    let across = blocks(plane.width)
    var coefficients: [SIMD8<Float>] = []
    coefficients.reserveCapacity(8 * across * blocks(plane.height))
    for block in 0..<across * blocks(plane.height) {
      var values = Block(repeating: SIMD8(), count: 8)
      for index in 0..<64 {
        let y = min(plane.height - 1, block / across * 8 + index / 8)
        let x = min(plane.width - 1, block % across * 8 + index % 8)
        values[index / 8][index % 8] = levels[y * plane.width + x]
      }
      coefficients += transformed(transformed(values, places), places)
    }
    return coefficients
  }

  /// The plane of the given size from coefficients rounded to multiples of the table's entries.
  package static func image(
    from coefficients: [SIMD8<Float>], quantisation: [SIMD8<Float>], height: Int, width: Int
  ) -> Plane {
    let across = blocks(width)
    var image = Plane(height: height, width: width, filledWith: 0)
    for block in 0..<across * blocks(height) {
      let rounded = (0..<8).map { row in
        (coefficients[block * 8 + row] / quantisation[row]).rounded(.toNearestOrAwayFromZero) * quantisation[row]
      }
      let values = transformed(transformed(rounded, waves), waves)
      let (top, left) = (block / across * 8, block % across * 8)
      for y in 0..<min(8, height - top) {
        for x in 0..<min(8, width - left) {
          image.values[(top + y) * width + left + x] = (values[y][x] + 128) / 255
        }
      }
    }
    return image
  }

  /// One pass over the rows of a block, transposed: two passes transform both directions. Value i of a row counts
  /// `weights[i]` in the row that it becomes.
  private static func transformed(_ block: Block, _ weights: Block) -> Block {
    transposed(
      block.map { row in
        var sum = SIMD8<Float>()
        for input in 0..<8 { sum += row[input] * weights[input] }
        return sum
      })
  }

  private static func transposed(_ block: Block) -> Block {
    var result = Block(repeating: SIMD8(), count: 8)
    for row in 0..<8 {
      for column in 0..<8 { result[column][row] = block[row][column] }
    }
    return result
  }
}
