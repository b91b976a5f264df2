import CZlib
import Core

/// Writes pictures as PNG (ISO/IEC 15948), without losses: 8 bits, grey or colour. Equal pictures give equal bytes with one
/// version of zlib.
package enum PNGWriter {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// - Parameters:
  ///   - pixels: row after row, the channels of a pixel together; traps unless there are `height × width × channels`.
  ///   - channels: 1 or 3; traps otherwise.
  package static func bytes(_ pixels: some Collection<UInt8>, height: Int, width: Int, channels: Int) -> [UInt8] {
    precondition([1, 3].contains(channels) && pixels.count == height * width * channels, "no picture of this size")
    let pixels = Array(pixels)
    let row = width * channels
    var lines: [UInt8] = []
    lines.reserveCapacity(pixels.count + height)
    for y in 0..<height {
      // Filter 0: pixels as they are.
      lines.append(0)
      lines += pixels[y * row..<(y + 1) * row]
    }
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, channels == 1 ? 0 : 2, 0, 0, 0]
    return signature + chunk("IHDR", header) + chunk("IDAT", deflated(lines)) + chunk("IEND", [])
  }

  private static func deflated(_ lines: [UInt8]) -> [UInt8] {
    var length = compressBound(UInt(lines.count))
    var output = [UInt8](repeating: 0, count: Int(length))
    let status = compress2(&output, &length, lines, UInt(lines.count), 6)
    precondition(status == Z_OK, "a buffer as large as zlib asks for is large enough")
    output.removeLast(output.count - Int(length))
    return output
  }

  private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + content
    return bigEndian(UInt32(content.count)) + body + bigEndian(UInt32(winnow_crc32(body, body.count)))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] { value.littleEndianBytes.reversed() }
}
