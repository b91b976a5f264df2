/// Where the values of a batch of images lie while convolutions run over them: one plane a channel, in it the images one after
/// the other, each as rows that end in a zero and a row of zeros at the end. So whatever lies beside an image is zero, from
/// whichever side a convolution asks.
///
/// A buffer holds zeros before the first plane and behind the last. All kernels of ``PlaneKernels`` keep every such zero.
package struct PlaneLayout: Hashable, Sendable {
  package let images: Int
  package let height: Int
  package let width: Int
  package let channels: Int

  /// All at least 1; traps otherwise.
  package init(images: Int, height: Int, width: Int, channels: Int) {
    precondition(images > 0 && height > 0 && width > 0 && channels > 0, "planes need a size")
    (self.images, self.height, self.width, self.channels) = (images, height, width, channels)
  }

  /// From one row to the next.
  var rowLength: Int { width + 1 }
  /// From one image to the next.
  var imageLength: Int { (height + 1) * rowLength }
  /// From one plane to the next: a multiple of the 16 lanes of a vector.
  var length: Int { (images * imageLength + 15) / 16 * 16 }
  /// Values before the first plane and behind the last.
  package var margin: Int { (width + 2 + 15) / 16 * 16 + 16 }
  /// Values of a buffer.
  package var size: Int { channels * length + 2 * margin }

  /// Images of half the size, rounded up: what a step of two leaves.
  func halved(channels: Int) -> PlaneLayout {
    PlaneLayout(images: images, height: (height + 1) / 2, width: (width + 1) / 2, channels: channels)
  }

  /// Images of half the size, rounded down: what pooling leaves. Images must be at least 2 × 2.
  package var pooled: PlaneLayout {
    PlaneLayout(images: images, height: height / 2, width: width / 2, channels: channels)
  }

  func with(channels: Int) -> PlaneLayout {
    PlaneLayout(images: images, height: height, width: width, channels: channels)
  }

  /// 1 where a value of an image lies in a plane, else 0.
  package var mask: [Float] {
    var mask = [Float](repeating: 0, count: length)
    for image in 0..<images {
      for y in 0..<height {
        let start = image * imageLength + y * rowLength
        for x in 0..<width { mask[start + x] = 1 }
      }
    }
    return mask
  }

  /// The place of one value in a buffer.
  func place(image: Int, channel: Int, y: Int, x: Int) -> Int {
    margin + channel * length + image * imageLength + y * rowLength + x
  }
}
