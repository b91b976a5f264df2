import Core

/// What JPEG at low quality leaves of an image: grey, or as luma and two chroma planes of half the size (4:2:0), as the
/// Independent JPEG Group's library does by default. The qualities are ImageNet-C's; CIFAR-10-C has 80…40.
struct JPEGCompression: Corruption {
  private static let tables = [25, 18, 15, 10, 7].map { quality in
    (
      luminance: JPEGRoundTrip.quantisation(quality: quality),
      chrominance: JPEGRoundTrip.quantisation(quality: quality, table: .chrominance)
    )
  }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    guard image.planes.count == 3 else {
      let coefficients = JPEGRoundTrip.coefficients(of: image.planes[0])
      return Self.tables.map { PlanarImage(planes: [decoded(coefficients, $0.luminance, like: image.planes[0])]) }
    }
    let colour = LumaAndChroma(image)
    let luma = JPEGRoundTrip.coefficients(of: colour.luma)
    let chroma = colour.chroma.map { JPEGRoundTrip.coefficients(of: $0) }
    return Self.tables.map { tables in
      LumaAndChroma(
        luma: decoded(luma, tables.luminance, like: colour.luma),
        chroma: zip(chroma, colour.chroma).map { decoded($0, tables.chrominance, like: $1) }
      ).image
    }
  }

  private func decoded(_ coefficients: [SIMD8<Float>], _ quantisation: [SIMD8<Float>], like plane: Plane) -> Plane {
    JPEGRoundTrip.image(
      from: coefficients, quantisation: quantisation, height: plane.height, width: plane.width)
  }
}

/// A colour image as JFIF stores it: full luma, and the chroma planes blue − luma and red − luma, a pixel for two by two.
/// Every step is rounded to grey levels, as in a decoder.
package struct LumaAndChroma {
  /// Luma, ITU-R BT.601.
  package let luma: Plane
  /// Cb and Cr, 128 for none, of half the height and width, rounded up.
  package let chroma: [Plane]

  package init(luma: Plane, chroma: [Plane]) { (self.luma, self.chroma) = (luma, chroma) }

  /// Takes a colour image.
  package init(_ image: PlanarImage) {
    luma = image.grey
    let middle: Float = 128.0 / 255
    let blue = image.combined { -0.168736 * $0 - 0.331264 * $1 + 0.5 * $2 + middle }
    let red = image.combined { 0.5 * $0 - 0.418688 * $1 - 0.081312 * $2 + middle }
    chroma = [Self.halved(blue), Self.halved(red)]
  }

  /// Red, green and blue.
  package var image: PlanarImage {
    let full = PlanarImage(planes: [luma] + chroma.map { Self.doubled($0, height: luma.height, width: luma.width) })
    let middle: Float = 128.0 / 255
    let levels = full.mapped { Plane(bytes: $0.bytes[...], height: luma.height, width: luma.width) }
    return PlanarImage(planes: [
      levels.combined { luma, _, red in luma + 1.402 * (red - middle) },
      levels.combined { luma, blue, red in luma - 0.344136 * (blue - middle) - 0.714136 * (red - middle) },
      levels.combined { luma, blue, _ in luma + 1.772 * (blue - middle) },
    ])
  }

  /// Means over two by two pixels; the last row and column count twice where the size is odd.
  private static func halved(_ plane: Plane) -> Plane {
    let (height, width) = ((plane.height + 1) / 2, (plane.width + 1) / 2)
    let levels = plane.bytes.map(Int.init)
    var means: [UInt8] = []
    means.reserveCapacity(height * width)
    for y in 0..<height {
      let (upper, lower) = (2 * y * plane.width, min(2 * y + 1, plane.height - 1) * plane.width)
      for x in 0..<width {
        let (left, right) = (2 * x, min(2 * x + 1, plane.width - 1))
        let sum = levels[upper + left] + levels[upper + right] + levels[lower + left] + levels[lower + right]
        means.append(UInt8((sum + 2) / 4))
      }
    }
    return Plane(bytes: means[...], height: height, width: width)
  }

  /// Twice as large: a pixel is three quarters of the nearest one and a quarter of the next, along rows and columns.
  private static func doubled(_ plane: Plane, height: Int, width: Int) -> Plane {
    let levels = plane.bytes.map(Int.init)
    func sources(_ place: Int, _ length: Int) -> (near: Int, next: Int) {
      (place / 2, max(0, min(length - 1, place.isMultiple(of: 2) ? place / 2 - 1 : place / 2 + 1)))
    }
    let columns = (0..<width).map { sources($0, plane.width) }
    var doubled: [UInt8] = []
    doubled.reserveCapacity(height * width)
    for y in 0..<height {
      let rows = sources(y, plane.height)
      let (near, next) = (rows.near * plane.width, rows.next * plane.width)
      for (x, column) in columns.enumerated() {
        let own = 3 * levels[near + column.near] + levels[next + column.near]
        let other = 3 * levels[near + column.next] + levels[next + column.next]
        // Halves are rounded up and down in turn.
        doubled.append(UInt8((3 * own + other + (x.isMultiple(of: 2) ? 8 : 7)) / 16))
      }
    }
    return Plane(bytes: doubled[...], height: height, width: width)
  }
}
