import CImages

/// Makes pixels of the bytes of a JPEG, PNG, WebP or TIFF file, through libjpeg-turbo, libpng, libwebp and libtiff.
///
/// A picture comes out as a person would see it on white paper: turned upright as EXIF says, transparent parts over white,
/// CMYK as printed, 16 bits scaled to 8, colours of another profile converted to sRGB by Little CMS. Of animations and files
/// of several pages the first is taken.
package struct ImageDecoder: Hashable, Sendable {
  /// The most pixels that are decoded, as the header says them; more are refused before anything is allocated. Decoding
  /// takes up to 20 bytes a pixel. 64 Mi hold the largest photograph of ImageNet (9,331 × 6,530).
  package var pixelLimit = 64 << 20
  /// What comes out: 1 (ITU-R BT.601 luma) or 3 channels; nil for grey where the file is grey, else colour.
  package var channels: Int?
  /// The shorter side that the picture will be made smaller to. A JPEG is then decoded at a half, a quarter or an eighth of its
  /// size as long as it stays at least twice as large as that, which saves time and moves values by less than one level on
  /// average, in fine textures by up to ten. nil for decoding whole.
  package var target: Int?

  /// - Parameters:
  ///   - channels: 1, 3 or nil; traps otherwise.
  ///   - target: see ``target``.
  package init(channels: Int? = nil, target: Int? = nil) {
    precondition(channels.map { $0 == 1 || $0 == 3 } ?? true, "pictures have 1 or 3 channels")
    (self.channels, self.target) = (channels, target)
  }

  /// The picture in `bytes`.
  ///
  /// - Parameter name: of the file, to see whether it promises another format.
  /// - Throws: an ``ImageProblem``.
  package func decode(_ bytes: [UInt8], name: String = "") throws(ImageProblem) -> DecodedImage {
    let format = try Self.format(of: bytes)
    let header = try inspect(bytes, format)
    let (width, height) = (Int(header.width), Int(header.height))
    let channels = self.channels ?? (ImageFindings.Mode(rawValue: header.mode)!.isGrey ? 1 : 3)
    let reduction = format == .jpeg ? reduction(of: min(width, height)) : 1
    let (columns, rows) = ((width + reduction - 1) / reduction, (height + reduction - 1) / reduction)
    var pixels = [UInt8](repeating: 0, count: rows * columns * channels)
    let found = try Self.call { info, message in
      switch format {
      case .jpeg:
        winnow_jpeg_decode(
          bytes, bytes.count, header.width, header.height, Int32(reduction), Int32(channels), &pixels, &info, &message,
          message.count)
      case .png:
        winnow_png_decode(
          bytes, bytes.count, header.width, header.height, Int32(channels), &pixels, &info, &message, message.count)
      case .webp:
        winnow_webp_decode(
          bytes, bytes.count, header.width, header.height, Int32(channels), &pixels, &info, &message, message.count)
      case .tiff:
        winnow_tiff_decode(
          bytes, bytes.count, header.width, header.height, Int32(channels), &pixels, &info, &message, message.count)
      }
    }
    let findings = Self.findings(found, bytes, format, reduction: reduction, name: name)
    guard findings.orientation > 1 else {
      return DecodedImage(height: rows, width: columns, channels: channels, pixels: pixels, findings: findings)
    }
    var upright = [UInt8](repeating: 0, count: pixels.count)
    winnow_orient(pixels, Int32(rows), Int32(columns), Int32(channels), Int32(findings.orientation), &upright)
    let isTurned = findings.orientation >= 5
    return DecodedImage(
      height: isTurned ? columns : rows, width: isTurned ? rows : columns, channels: channels, pixels: upright,
      findings: findings)
  }

  /// Height and width of the picture in `bytes` as a person sees it, from its header alone.
  package func size(of bytes: [UInt8]) throws(ImageProblem) -> (height: Int, width: Int) {
    let format = try Self.format(of: bytes)
    let header = try inspect(bytes, format)
    let (height, width) = (Int(header.height), Int(header.width))
    return Self.orientation(header, bytes, format) >= 5 ? (width, height) : (height, width)
  }

  private static func format(of bytes: [UInt8]) throws(ImageProblem) -> ImageFormat {
    guard !bytes.isEmpty else { throw ImageProblem(.empty, "the file is empty") }
    if let format = ImageFormat(bytes) { return format }
    guard let content = ForeignContent.description(of: bytes) else {
      throw ImageProblem(.notAnImage, "this is no JPEG, PNG, WebP or TIFF file")
    }
    throw ImageProblem(.notAnImage, "this is \(content); JPEG, PNG, WebP and TIFF are read")
  }

  private func inspect(_ bytes: [UInt8], _ format: ImageFormat) throws(ImageProblem) -> winnow_image_info {
    let header = try Self.call { info, message in
      switch format {
      case .jpeg: winnow_jpeg_inspect(bytes, bytes.count, &info, &message, message.count)
      case .png: winnow_png_inspect(bytes, bytes.count, &info, &message, message.count)
      case .webp: winnow_webp_inspect(bytes, bytes.count, &info, &message, message.count)
      case .tiff: winnow_tiff_inspect(bytes, bytes.count, &info, &message, message.count)
      }
    }
    let (width, height) = (Int(header.width), Int(header.height))
    guard width > 0, height > 0 else { throw ImageProblem(.damaged, "the picture is \(width)×\(height) pixels large") }
    guard width * height <= pixelLimit else {
      throw ImageProblem(
        .tooLarge, "the picture has \(width)×\(height) pixels; at most \(pixelLimit) pixels are decoded")
    }
    return header
  }

  private func reduction(of side: Int) -> Int {
    guard let target, target > 0 else { return 1 }
    return [8, 4, 2].first { side >= 2 * target * $0 } ?? 1
  }

  private static func call(
    _ body: (inout winnow_image_info, inout [CChar]) -> Int32
  ) throws(ImageProblem) -> winnow_image_info {
    var info = winnow_image_info()
    var message = [CChar](repeating: 0, count: 256)
    let status = Int(body(&info, &message))
    if status == WINNOW_IMAGE_DONE { return info }
    let words = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let reason = words.isEmpty ? "" : " (\(words))"
    switch status {
    case WINNOW_IMAGE_TRUNCATED: throw ImageProblem(.truncated, "the file is cut short\(reason)")
    case WINNOW_IMAGE_UNSUPPORTED: throw ImageProblem(.unsupported, "this kind of picture is not read\(reason)")
    case WINNOW_IMAGE_NO_MEMORY: throw ImageProblem(.noMemory, "there was not enough memory to decode it")
    default: throw ImageProblem(.damaged, "the file is damaged\(reason)")
    }
  }

  private static func orientation(_ info: winnow_image_info, _ bytes: [UInt8], _ format: ImageFormat) -> Int {
    info.orientation > 0 ? Int(info.orientation) : ExifOrientation.find(in: bytes, format: format)
  }

  private static func findings(
    _ info: winnow_image_info, _ bytes: [UInt8], _ format: ImageFormat, reduction: Int, name: String
  ) -> ImageFindings {
    let profile = ImageFindings.Profile(rawValue: info.profile)!
    var remarks: Set<ImageFindings.Remark> = []
    if let promised = ImageFormat(name: name), promised != format { remarks.insert(.misnamed) }
    if info.has_no_end != 0 { remarks.insert(.noEnd) }
    // libtiff warns of every private tag; libpng of every odd chunk. Only JPEG's warnings are about pixels.
    if format == .jpeg, info.warnings > info.has_no_end { remarks.insert(.repaired) }
    if info.frames > 1 { remarks.insert(.severalFrames) }
    if profile == .unusable { remarks.insert(.unusableProfile) }
    return ImageFindings(
      format: format, height: Int(info.height), width: Int(info.width), mode: .init(rawValue: info.mode)!,
      depth: Int(info.depth), orientation: orientation(info, bytes, format), profile: profile, reduction: reduction,
      remarks: remarks)
  }
}
