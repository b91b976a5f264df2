package import Core
package import Samples

/// Random changes of images, drawn anew each time that one is learnt from.
///
/// Each image is cropped and resized, moved and mirrored, coloured, partly erased; then the images of a batch are mixed.
package struct Augmentation: Hashable, Sendable {
  /// Half of the images are mirrored left to right.
  package var flips = false
  /// Images are moved by up to so many pixels each way.
  package var shift = 0
  /// What comes in from the side is the image itself, reflected at its edge; otherwise it is black.
  package var reflects = false
  /// The smallest share of the area that is cut out and resized to the whole, in (0, 1); 0 leaves the size as it is.
  package var leastArea = 0.0
  /// Brightness, contrast and saturation are multiplied by 1 − jitter to 1 + jitter.
  package var jitter = 0.0
  /// The share of images of which a rectangle is erased.
  package var erasing = 0.0
  /// α of the Beta(α, α) that shares of two images are drawn from; 0 mixes none.
  package var mixup = 0.0
  /// Likewise for rectangles of one image in another.
  package var cutmix = 0.0

  package init() {}

  private var moves: Bool { flips || shift > 0 }
  private var changesImages: Bool { moves || leastArea > 0 || jitter > 0 || erasing > 0 }

  /// Changes the first `count` rows: images of a shape, normalised, their values by height, width and channel. Vectors stay.
  ///
  /// - Parameter generator: numbers are drawn from it for each image, and only for what is asked for.
  package func apply(
    to rows: inout [Float], count: Int, shape: SampleShape, normalisation: PixelNormalisation?,
    _ generator: inout SeededGenerator
  ) {
    guard changesImages, let image = shape.image, let normalisation else { return }
    var change = ImageChange(
      height: image.height, width: image.width, channels: image.channels, normalisation: normalisation)
    for row in 0..<count {
      let range = row * shape.size..<(row + 1) * shape.size
      change.pixels.replaceSubrange(0..<shape.size, with: rows[range])
      if leastArea > 0 { change.cropAndResize(leastArea: leastArea, &generator) }
      if moves { change.move(upTo: shift, flips: flips, reflects: reflects, &generator) }
      if jitter > 0 { change.jitter(jitter, &generator) }
      if erasing > 0, generator.uniform() < erasing { change.erase(&generator) }
      rows.replaceSubrange(range, with: change.pixels)
    }
  }

  /// Mixes each of the first `count` rows with its partner, the row as far from the end as it is from the beginning, and
  /// returns the share that is its own.
  ///
  /// `mixup` (Zhang et al. 2018): λ x + (1 − λ) x′ with λ from Beta(α, α). `cutmix` (Yun et al. 2019): a rectangle of 1 − λ of the
  /// area at a random place, cut off at the edge, is the partner's; λ is what is left. Where both are asked for, each batch has
  /// one of them, with equal chances.
  package func mix(
    _ rows: inout [Float], count: Int, shape: SampleShape, _ generator: inout SeededGenerator
  ) -> Float {
    let image = shape.image
    let cuts = cutmix > 0 && image != nil
    guard mixup > 0 || cuts else { return 1 }
    if cuts, mixup == 0 || generator.uniform() < 0.5 {
      return cut(&rows, count: count, image!, share: Self.beta(cutmix, &generator), &generator)
    }
    let share = Float(Self.beta(mixup, &generator))
    for row in 0..<count / 2 {
      let (own, other) = (row * shape.size, (count - 1 - row) * shape.size)
      for place in 0..<shape.size {
        let (a, b) = (rows[own + place], rows[other + place])
        rows[own + place] = share * a + (1 - share) * b
        rows[other + place] = share * b + (1 - share) * a
      }
    }
    return share
  }

  private func cut(
    _ rows: inout [Float], count: Int, _ image: (height: Int, width: Int, channels: Int), share: Double,
    _ generator: inout SeededGenerator
  ) -> Float {
    let side = (1 - share).squareRoot()
    let tall = Self.span(of: side, in: image.height, &generator)
    let wide = Self.span(of: side, in: image.width, &generator)
    let size = image.height * image.width * image.channels
    for row in 0..<count / 2 {
      for y in tall {
        let line = (y * image.width + wide.lowerBound) * image.channels
        for place in line..<line + wide.count * image.channels {
          rows.swapAt(row * size + place, (count - 1 - row) * size + place)
        }
      }
    }
    return 1 - Float(tall.count * wide.count) / Float(image.height * image.width)
  }

  private static func span(of share: Double, in length: Int, _ generator: inout SeededGenerator) -> Range<Int> {
    let (middle, extent) = (generator.integer(below: length), Int(share * Double(length)))
    return max(middle - extent / 2, 0)..<min(middle + (extent + 1) / 2, length)
  }

  private static func beta(_ concentration: Double, _ generator: inout SeededGenerator) -> Double {
    generator.dirichlet([concentration, concentration])[0]
  }
}
