package import Sweeps

/// A small image with what is known of its label.
package struct Picture: Hashable, Sendable {
  package let width: Int
  package let height: Int
  /// 1 for grey, 3 for red, green, blue.
  package let channels: Int
  /// Values row by row from the top, the channels of a pixel together; 0 is black.
  package let pixels: [UInt8]
  /// The name of the class it was bought as.
  package let label: String
  /// Whether the label is known to be wrong, or known to be right; nil where nobody has checked.
  package let isWrong: Bool?

  /// - Precondition: `channels` is 1 or 3, and `pixels` has `width` × `height` × `channels` values.
  package init(width: Int, height: Int, channels: Int = 1, pixels: [UInt8], label: String, isWrong: Bool?) {
    precondition(
      width > 0 && height > 0 && [1, 3].contains(channels) && pixels.count == width * height * channels,
      "a picture's pixels do not fit its size")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
    self.label = label
    self.isWrong = isWrong
  }
}

/// Some of the images that a strategy chose from a pool.
package struct PictureGrid: Hashable, Sendable {
  package let strategy: StrategyChoice
  package let shift: String
  /// In the order to be shown, all of one size; a few dozen are enough.
  package let pictures: [Picture]

  package init(strategy: StrategyChoice, shift: String, pictures: [Picture]) {
    self.strategy = strategy
    self.shift = shift
    self.pictures = pictures
  }
}
