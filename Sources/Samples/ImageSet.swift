/// Images of one size, eight bits a channel.
package struct ImageSet: Hashable, Sendable {
  package let count: Int
  package let height: Int
  package let width: Int
  /// 1 for grey images, 3 for red, green, blue; any number at least 1.
  package let channels: Int
  /// `count × height × width × channels` values: image after image, row after row, the channels of a pixel together.
  package var pixels: [UInt8]

  /// Values of one image.
  package var imageSize: Int { height * width * channels }

  /// Takes exactly `count × height × width × channels` values; traps otherwise.
  package init(count: Int, height: Int, width: Int, channels: Int = 1, pixels: [UInt8]) {
    precondition(
      channels > 0 && pixels.count == count * height * width * channels,
      "\(pixels.count) values cannot fill \(count) images")
    self.count = count
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
  }

  package var shape: SampleShape { .image(height: height, width: width, channels: channels) }

  /// A copy of one image's values.
  package func image(_ index: Int) -> ArraySlice<UInt8> { pixels[index * imageSize..<(index + 1) * imageSize] }

  /// The given images, in the given order; an image may appear more than once.
  package func selecting(_ indices: [Int]) -> ImageSet {
    var selected: [UInt8] = []
    selected.reserveCapacity(indices.count * imageSize)
    for index in indices { selected += image(index) }
    return ImageSet(count: indices.count, height: height, width: width, channels: channels, pixels: selected)
  }
}
