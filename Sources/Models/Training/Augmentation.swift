import Core
import Samples

/// Random changes of images, drawn anew each time that one is learnt from.
package struct Augmentation: Hashable, Sendable {
  /// Half of the images are mirrored left to right.
  package var flips = false
  /// Images are moved by up to so many pixels each way; black comes in from the side.
  package var shift = 0

  package init() {}

  package var isNone: Bool { !flips && shift == 0 }

  /// Changes the first `count` rows: images of a shape, normalised, their values by height, width and channel. Vectors stay.
  ///
  /// - Parameter generator: three numbers are drawn from it for each image.
  func apply(
    to rows: inout [Float], count: Int, shape: SampleShape, normalisation: PixelNormalisation?,
    _ generator: inout SeededGenerator
  ) {
    guard !isNone, let image = shape.image, let normalisation else { return }
    let black = zip(normalisation.mean, normalisation.deviation).map { -$0 / $1 }
    let (height, width, channels) = image
    var changed = [Float](repeating: 0, count: shape.size)
    for row in 0..<count {
      let (down, right) = (offset(&generator), offset(&generator))
      let mirrored = generator.integer(below: 2) == 1 && flips
      let start = row * shape.size
      for y in 0..<height {
        for x in 0..<width {
          let (fromY, movedX) = (y - down, x - right)
          let inside = (0..<height).contains(fromY) && (0..<width).contains(movedX)
          let fromX = mirrored ? width - 1 - movedX : movedX
          for channel in 0..<channels {
            changed[(y * width + x) * channels + channel] =
              inside ? rows[start + (fromY * width + fromX) * channels + channel] : black[channel]
          }
        }
      }
      rows.replaceSubrange(start..<start + shape.size, with: changed)
    }
  }

  private func offset(_ generator: inout SeededGenerator) -> Int {
    generator.integer(below: 2 * shift + 1) - shift
  }
}
