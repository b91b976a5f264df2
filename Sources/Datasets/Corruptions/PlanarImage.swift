import Numerics
package import Samples

/// One image, channel by channel: grey, or red, green and blue.
package struct PlanarImage: Hashable, Sendable {
  /// Planes of one size, at least one.
  var planes: [Plane]

  /// The image at `index` of `images`.
  package init(_ images: ImageSet, at index: Int) {
    let (pixels, channels) = (images.image(index), images.channels)
    planes = (0..<channels).map { channel in
      let values = stride(from: pixels.startIndex + channel, to: pixels.endIndex, by: channels).map { pixels[$0] }
      return Plane(bytes: values[...], height: images.height, width: images.width)
    }
  }

  init(planes: [Plane]) { self.planes = planes }

  /// The values of all pixels, the channels of a pixel together, 0…255.
  package var bytes: [UInt8] { ImageKernels.levels(ofPlanes: planes.map(\.values)) }

  /// The luma of ITU-R BT.601, as JPEG has it; a grey image itself.
  var grey: Plane {
    guard planes.count == 3 else { return planes[0] }
    return combined { 0.299 * $0 + 0.587 * $1 + 0.114 * $2 }
  }

  /// The greatest value of any channel.
  var brightest: Float { planes.map { $0.values.max() ?? 0 }.max() ?? 0 }

  /// One plane from the three of a colour image.
  func combined(_ value: (_ first: Float, _ second: Float, _ third: Float) -> Float) -> Plane {
    var plane = planes[0]
    for pixel in 0..<plane.count {
      plane.values[pixel] = value(planes[0].values[pixel], planes[1].values[pixel], planes[2].values[pixel])
    }
    return plane
  }

  /// The same change of every channel.
  func mapped(_ change: (Plane) -> Plane) -> PlanarImage { PlanarImage(planes: planes.map(change)) }

  /// `forms` gives several forms of a channel; the answer has as many images, each of one form of every channel.
  func eachPlane(_ forms: (Plane) -> [Plane]) -> [PlanarImage] {
    let ofChannels = planes.map(forms)
    return ofChannels[0].indices.map { form in PlanarImage(planes: ofChannels.map { $0[form] }) }
  }
}
