import CImages
import CZlib
import CZstd

/// A library that files are read through, for those who want to know what a machine has.
package enum FormatLibrary: String, CaseIterable, Sendable {
  case jpeg, png, webp, tiff
  case colourProfiles = "colour profiles"
  case gzip, zstandard

  /// Name and version, as this process runs with it.
  package var version: String {
    switch self {
    case .jpeg: Self.image(WINNOW_LIBRARY_JPEG)
    case .png: Self.image(WINNOW_LIBRARY_PNG)
    case .webp: Self.image(WINNOW_LIBRARY_WEBP)
    case .tiff: Self.image(WINNOW_LIBRARY_TIFF)
    case .colourProfiles: Self.image(WINNOW_LIBRARY_LCMS)
    case .gzip: "zlib \(String(cString: zlibVersion()))"
    case .zstandard: "Zstandard \(String(cString: ZSTD_versionString()))"
    }
  }

  private static func image(_ library: some BinaryInteger) -> String {
    var text = [CChar](repeating: 0, count: 64)
    winnow_image_library(Int32(library), &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Reads something tiny through the library. What is wrong with what came out, in a sentence without its full stop; nil when
  /// it is right, and for colour profiles, which are no files.
  package var problem: String? {
    do {
      switch self {
      case .jpeg:
        let bytes = JPEGWriter.bytes(Self.grey, height: 8, width: 8, channels: 1, quality: 100)
        return try bytes.map(Self.problem) ?? "it cannot write a test picture"
      case .png: return try Self.problem(PNGWriter.bytes(Self.grey, height: 8, width: 8, channels: 1))
      case .webp: return try Self.problem(Self.webpBytes)
      case .tiff: return try Self.problem(Self.tiffBytes)
      case .colourProfiles: return nil
      case .gzip:
        let bytes = try Gzip.unpacked(Self.gzipBytes, name: "a test", limit: 64)
        return bytes == Self.words ? nil : "it unpacked other bytes than were packed"
      case .zstandard:
        var output = [UInt8](repeating: 0, count: 64)
        let count = winnow_zstd_decompress(Self.zstandardBytes, Self.zstandardBytes.count, &output, output.count)
        return count == Self.words.count && output.starts(with: Self.words)
          ? nil : "it unpacked other bytes than were packed"
      }
    } catch let error as ImageProblem {
      return "it cannot read a test picture: \(error.description)"
    } catch {
      return "it cannot read a test: \(error)"
    }
  }

  private static func problem(_ picture: [UInt8]) throws -> String? {
    let image = try ImageDecoder(channels: 1).decode(picture)
    let isGrey = image.pixels.allSatisfy { abs(Int($0) - Int(grey[0])) <= 2 }
    return image.pixels.count == 64 && isGrey ? nil : "a test picture came out with other pixels"
  }

  private static let grey = [UInt8](repeating: 120, count: 64)

  /// Eight rows of eight pixels of 120, as Pillow 13 writes them: lossless WebP, and TIFF with its directory before one strip.
  private static let webpBytes: [UInt8] = [
    82, 73, 70, 70, 30, 0, 0, 0, 87, 69, 66, 80, 86, 80, 56, 76, 17, 0, 0, 0, 47, 7, 192, 1, 0, 7, 80, 188, 226, 21,
    175,
    255, 129, 136, 232, 127, 0, 0,
  ]
  private static let tiffBytes: [UInt8] =
    [
      73, 73, 42, 0, 8, 0, 0, 0, 9, 0, 0, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 1, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 2, 1, 3,
      0,
      1, 0, 0, 0, 8, 0, 0, 0, 3, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 6, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 17, 1, 4, 0, 1, 0,
      0,
      0, 122, 0, 0, 0, 22, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 23, 1, 4, 0, 1, 0, 0, 0, 64, 0, 0, 0, 28, 1, 3, 0, 1, 0, 0,
      0, 1,
      0, 0, 0, 0, 0, 0, 0,
    ] + grey
  /// `winnow`, packed by Python's gzip and by zstd 1.5.
  private static let words = Array("winnow".utf8)
  private static let gzipBytes: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 43, 207, 204, 203, 203, 47, 7, 0, 11, 124, 115, 134, 6, 0, 0, 0,
  ]
  private static let zstandardBytes: [UInt8] = [
    0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x31, 0x00, 0x00, 0x77, 0x69, 0x6E, 0x6E, 0x6F, 0x77,
  ]
}
