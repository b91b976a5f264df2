/// Grey images of one size, eight bits a pixel.
package struct ImageSet: Hashable, Sendable {
  package let count: Int
  package let height: Int
  package let width: Int
  /// `count × height × width` values, image after image, row after row.
  package var pixels: [UInt8]

  /// Pixels of one image.
  package var imageSize: Int { height * width }

  /// Takes exactly `count × height × width` pixels; traps otherwise.
  package init(count: Int, height: Int, width: Int, pixels: [UInt8]) {
    precondition(pixels.count == count * height * width, "\(pixels.count) pixels cannot fill \(count) images")
    self.count = count
    self.height = height
    self.width = width
    self.pixels = pixels
  }

  /// A copy of one image's pixels.
  package func image(_ index: Int) -> ArraySlice<UInt8> { pixels[index * imageSize..<(index + 1) * imageSize] }

  /// The given images, in the given order; an image may appear more than once.
  package func selecting(_ indices: [Int]) -> ImageSet {
    var selected: [UInt8] = []
    selected.reserveCapacity(indices.count * imageSize)
    for index in indices { selected += image(index) }
    return ImageSet(count: indices.count, height: height, width: width, pixels: selected)
  }
}
