import Formats
import Samples

/// Makes pictures of any size into images of the data set's shape.
struct ImageFitting {
  private let size: Int
  private let channels: Int
  private let fit: ResizeRule

  /// Traps for vectors.
  init(_ rule: SampleRule) {
    guard case .image(let size, let channels, let fit) = rule else { preconditionFailure("vectors are no pictures") }
    (self.size, self.channels, self.fit) = (size, channels, fit)
  }

  /// Decodes and fits; throws an `ImageProblem`.
  func decoded(_ bytes: [UInt8], name: String) throws(ImageProblem) -> [UInt8] {
    try inspected(bytes, name: name).pixels
  }

  /// The same, with what the file said of itself.
  func inspected(_ bytes: [UInt8], name: String) throws(ImageProblem) -> (pixels: [UInt8], findings: ImageFindings) {
    let image = try ImageDecoder(channels: channels, target: size).decode(bytes, name: name)
    return (fit.apply(to: image, side: size).pixels, image.findings)
  }

  /// Fits pixels of 1 or 3 channels that are decoded already.
  func fitted(_ pixels: [UInt8], height: Int, width: Int, channels: Int) -> [UInt8] {
    let converted = Self.converted(pixels, from: channels, to: self.channels)
    guard height != size || width != size else { return converted }
    return fit.apply(to: converted, height: height, width: width, channels: self.channels, side: size)
  }

  /// Grey to equal channels, or colour to ITU-R BT.601 luma, as Pillow rounds it.
  private static func converted(_ pixels: [UInt8], from: Int, to: Int) -> [UInt8] {
    switch (from, to) {
    case (1, 3): pixels.flatMap { [$0, $0, $0] }
    case (3, 1):
      stride(from: 0, to: pixels.count, by: 3).map { place in
        let (red, green, blue) = (Int(pixels[place]), Int(pixels[place + 1]), Int(pixels[place + 2]))
        return UInt8((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16)
      }
    default: pixels
    }
  }
}
