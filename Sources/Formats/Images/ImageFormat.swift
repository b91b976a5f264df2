/// The format of a picture's file, told from its first bytes: names lie.
package enum ImageFormat: String, CaseIterable, Hashable, Sendable {
  case jpeg = "JPEG"
  case png = "PNG"
  case webp = "WebP"
  case tiff = "TIFF"

  /// nil for anything that is not one of the four; see ``ForeignContent`` for what it may be.
  package init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
      self = .webp
    } else if Self.tiffStarts.contains(where: { bytes.starts(with: $0) }) {
      self = .tiff
    } else {
      return nil
    }
  }

  /// Classic and big files, of either order of bytes.
  private static let tiffStarts: [[UInt8]] = [
    [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43],
  ]

  /// In lower case, without the point.
  package var extensions: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
    case .png: ["png"]
    case .webp: ["webp"]
    case .tiff: ["tif", "tiff"]
    }
  }

  /// What the end of a file's name promises; nil when it promises none of the four.
  package init?(extension text: String) {
    let lowered = text.lowercased()
    guard let format = Self.allCases.first(where: { $0.extensions.contains(lowered) }) else { return nil }
    self = format
  }

  /// Likewise, of a whole name or path.
  package init?(name: String) {
    guard let point = name.lastIndex(of: ".") else { return nil }
    self.init(extension: String(name[name.index(after: point)...]))
  }
}

/// What people put among their pictures that is none, or none that is read.
enum ForeignContent {
  /// For people: `an HTML page`; nil when nothing is known of it.
  static func description(of bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes.prefix(64), as: UTF8.self).lowercased().drop { $0.isWhitespace }
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "an HTML page" }
    if text.hasPrefix("<svg") || text.hasPrefix("<?xml") { return "XML or SVG" }
    if text.hasPrefix("version https://git-lfs") { return "a pointer of Git LFS instead of the file itself" }
    if let known = starts.first(where: { bytes.starts(with: $0.0) }) { return known.1 }
    guard bytes.count >= 12, bytes[4..<8].elementsEqual("ftyp".utf8) else { return nil }
    return "a picture or film in an ISO container (HEIC, AVIF, MP4)"
  }

  private static let starts: [([UInt8], String)] = [
    (Array("GIF8".utf8), "a GIF picture"), (Array("BM".utf8), "a BMP picture"), (Array("%PDF".utf8), "a PDF document"),
    ([0x1F, 0x8B], "gzip data"), ([0x50, 0x4B, 0x03, 0x04], "a zip archive"), ([0xFF, 0x0A], "a JPEG XL picture"),
    ([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL picture"),
    ([0, 0, 0, 0x0C, 0x6A, 0x50], "a JPEG 2000 picture"),
  ]
}
