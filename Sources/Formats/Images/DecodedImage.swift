package import Samples

/// A picture as rows of pixels, upright, eight bits a channel.
package struct DecodedImage: Hashable, Sendable {
  package let height: Int
  package let width: Int
  /// 1 or 3.
  package let channels: Int
  /// `height × width × channels` values: row after row from the top, the channels of a pixel together.
  package let pixels: [UInt8]
  package let findings: ImageFindings

  /// Takes exactly `height × width × channels` values; traps otherwise.
  package init(height: Int, width: Int, channels: Int, pixels: [UInt8], findings: ImageFindings) {
    precondition(
      pixels.count == height * width * channels, "\(pixels.count) values do not fill \(height)×\(width)×\(channels)")
    (self.height, self.width, self.channels, self.pixels) = (height, width, channels, pixels)
    self.findings = findings
  }

  package var shape: SampleShape { .image(height: height, width: width, channels: channels) }
}

/// What a picture's file said and what was done about it.
package struct ImageFindings: Hashable, Sendable {
  package enum Mode: Int32, CaseIterable, Sendable {
    case grey = 1
    case greyAlpha, colour, colourAlpha, palette, paletteAlpha, cmyk

    package var isGrey: Bool { self == .grey || self == .greyAlpha }
    package var hasAlpha: Bool { self == .greyAlpha || self == .colourAlpha || self == .paletteAlpha }
  }

  /// What became of the colour profile.
  package enum Profile: Int32, CaseIterable, Sendable {
    case none
    /// The file says that it is sRGB.
    case sRGB
    /// The colours were converted to sRGB.
    case converted
    /// It is damaged or made for other pixels; the colours were taken as sRGB.
    case unusable
  }

  /// Something worth counting that did not keep the picture from being used.
  package enum Remark: String, CaseIterable, Sendable {
    /// The name promises another format than the bytes hold.
    case misnamed
    /// All pixels are there, the mark of the end is not.
    case noEnd
    /// Parts of the data were not valid, and the library went on.
    case repaired
    /// It has more frames or pages; the first was taken.
    case severalFrames
    case unusableProfile
  }

  package let format: ImageFormat
  /// As stored, before turning and before any reduction.
  package let height: Int
  package let width: Int
  package let mode: Mode
  /// Bits a channel.
  package let depth: Int
  /// EXIF's orientation, 1 to 8, which was undone; 1 is upright.
  package let orientation: Int
  package let profile: Profile
  /// JPEG: each side was divided by this when decoding, 1, 2, 4 or 8.
  package let reduction: Int
  package let remarks: Set<Remark>
}
