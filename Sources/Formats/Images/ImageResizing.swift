import CImages

/// Antialiased bicubic resampling as Pillow does it (`Image.resize` with `BICUBIC`): Keys' kernel with a = −0.5, widened by
/// the factor of a reduction, its weights normalised in double precision and rounded to 22 bits; first along rows, then along
/// columns, each pass rounded to eight bits. Bit by bit what Pillow does up to version 12; version 13 takes some tall pictures the
/// other way round.
package enum BicubicResampling {
  /// The part `rows` × `columns` of `image` resized to `height` × `width`. Traps for sizes below 1 and parts outside.
  package static func resized(
    _ image: DecodedImage, toHeight height: Int, width: Int, rows: Range<Int>? = nil, columns: Range<Int>? = nil
  ) -> DecodedImage {
    let (rows, columns) = (rows ?? 0..<height, columns ?? 0..<width)
    precondition(height > 0 && width > 0, "a picture has at least one pixel")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= height && columns.lowerBound >= 0 && columns.upperBound <= width,
      "the part lies in the picture")
    var pixels = image.pixels
    var sourceWidth = image.width
    if width != image.width || columns.count != width {
      let weights = Weights(input: image.width, output: width, places: columns)
      var result = [UInt8](repeating: 0, count: image.height * columns.count * image.channels)
      winnow_resample_rows(
        pixels, Int32(image.height), Int32(image.width), Int32(image.channels), weights.starts, weights.counts,
        weights.values, Int32(weights.stride), Int32(columns.count), &result)
      pixels = result
      sourceWidth = columns.count
    }
    if height != image.height || rows.count != height {
      let weights = Weights(input: image.height, output: height, places: rows)
      let rowSize = sourceWidth * image.channels
      var result = [UInt8](repeating: 0, count: rows.count * rowSize)
      winnow_resample_columns(
        pixels, Int32(rowSize), weights.starts, weights.counts, weights.values, Int32(weights.stride),
        Int32(rows.count), &result)
      pixels = result
    }
    return DecodedImage(
      height: rows.count, width: columns.count, channels: image.channels, pixels: pixels, findings: image.findings)
  }

  /// What each place of a side is made of.
  private struct Weights {
    var starts: [Int32] = []
    var counts: [Int32] = []
    /// `stride` a place.
    var values: [Int32] = []
    let stride: Int

    init(input: Int, output: Int, places: Range<Int>) {
      let scale = Double(input) / Double(output)
      let widening = max(scale, 1)
      let support = 2 * widening
      stride = Int(support.rounded(.up)) * 2 + 1
      values.reserveCapacity(places.count * stride)
      for place in places {
        let centre = (Double(place) + 0.5) * scale
        let first = max(Int(centre - support + 0.5), 0)
        let end = min(Int(centre + support + 0.5), input)
        let weights = (first..<end).map { BicubicResampling.kernel((Double($0) - centre + 0.5) / widening) }
        let sum = weights.reduce(0, +)
        starts.append(Int32(first))
        counts.append(Int32(weights.count))
        values += weights.map { Self.fixed(sum == 0 ? $0 : $0 / sum) }
        values += [Int32](repeating: 0, count: stride - weights.count)
      }
    }

    private static func fixed(_ weight: Double) -> Int32 {
      Int32(weight * 0x1p22 + (weight < 0 ? -0.5 : 0.5))
    }
  }

  /// R. Keys, "Cubic convolution interpolation for digital image processing", 1981.
  private static func kernel(_ distance: Double) -> Double {
    let a = -0.5
    let x = abs(distance)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }
}

/// How pictures of any size become squares of one size.
package enum ResizeRule: String, CaseIterable, Hashable, Sendable {
  /// The shorter side is made `side` long, the longer in proportion, and the middle is cut out (torchvision's `Resize` and
  /// `CenterCrop`).
  case crop
  /// Both sides are made `side` long, whatever the proportions were.
  case squash
  /// The longer side is made `side` long, the shorter in proportion, in the middle of a white square.
  case pad

  /// Pixels that come from no picture file, as a square of the same channels: see ``apply(to:side:)``.
  package func apply(to pixels: [UInt8], height: Int, width: Int, channels: Int, side: Int) -> [UInt8] {
    // What a file would have said is never looked at here.
    let findings = ImageFindings(
      format: .png, height: height, width: width, mode: channels == 1 ? .grey : .colour, depth: 8, orientation: 1,
      profile: .none, reduction: 1, remarks: [])
    let image = DecodedImage(height: height, width: width, channels: channels, pixels: pixels, findings: findings)
    return apply(to: image, side: side).pixels
  }

  /// `image` as a square. Traps for sides below 1.
  package func apply(to image: DecodedImage, side: Int) -> DecodedImage {
    switch self {
    case .squash: return BicubicResampling.resized(image, toHeight: side, width: side)
    case .crop:
      let shorter = min(image.height, image.width)
      // The longer side is rounded down, and the middle to the nearest even number where it lies between two pixels.
      func long(_ size: Int) -> Int { size == shorter ? side : side * size / shorter }
      func middle(_ size: Int) -> Range<Int> {
        let start = Int((Double(size - side) / 2).rounded(.toNearestOrEven))
        return start..<(start + side)
      }
      let (height, width) = (long(image.height), long(image.width))
      return BicubicResampling.resized(
        image, toHeight: height, width: width, rows: middle(height), columns: middle(width))
    case .pad:
      let longer = max(image.height, image.width)
      func short(_ size: Int) -> Int { max(1, Int((Double(side) * Double(size) / Double(longer)).rounded())) }
      return Self.padded(
        BicubicResampling.resized(image, toHeight: short(image.height), width: short(image.width)), side: side)
    }
  }

  private static func padded(_ image: DecodedImage, side: Int) -> DecodedImage {
    let (top, left) = ((side - image.height) / 2, (side - image.width) / 2)
    let rowSize = image.width * image.channels
    var pixels = [UInt8](repeating: 255, count: side * side * image.channels)
    for y in 0..<image.height {
      let start = ((top + y) * side + left) * image.channels
      pixels.replaceSubrange(start..<(start + rowSize), with: image.pixels[(y * rowSize)..<((y + 1) * rowSize)])
    }
    return DecodedImage(height: side, width: side, channels: image.channels, pixels: pixels, findings: image.findings)
  }
}
