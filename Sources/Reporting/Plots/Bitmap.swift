import Core
import Results

/// A picture as a BMP file inside a data address. BMP, because every browser shows it and it needs no compression, which
/// would belong to a library: a row of twenty small pictures is 16 kB, and the page bounds how many it shows.
struct Bitmap {
  private(set) var pixels: [UInt8]
  let width: Int
  let height: Int
  /// 1 for grey values and marks by a palette, 3 for blue, green, red.
  let channels: Int

  /// Values above this are colours of marks.
  static let white: UInt8 = 250
  static let mark: UInt8 = 251
  private static let gap: UInt8 = 252
  private static let markColour: [UInt8] = [0x10, 0x7A, 0xE8]
  private static let gapColour: [UInt8] = [0x88, 0x88, 0x88]

  /// Filled with the grey of gaps, which is seen on light and on dark pages.
  init(width: Int, height: Int, channels: Int = 1) {
    (self.width, self.height, self.channels) = (width, height, channels)
    pixels = [UInt8](repeating: channels == 1 ? Self.gap : Self.gapColour[0], count: width * height * channels)
  }

  /// Pictures of one size side by side; those whose label is wrong get a coloured frame and corner.
  init(row pictures: [Picture], gap: Int = 2) {
    let (width, height) = (pictures[0].width, pictures[0].height)
    self.init(
      width: pictures.count * (width + gap) - gap, height: height, channels: pictures.map(\.channels).max() ?? 1)
    for (index, picture) in pictures.enumerated() {
      draw(picture, left: index * (width + gap), width: width, height: height)
    }
  }

  private mutating func draw(_ picture: Picture, left: Int, width: Int, height: Int) {
    for y in 0..<min(height, picture.height) {
      for x in 0..<min(width, picture.width) {
        let isFrame = min(x, y, width - 1 - x, height - 1 - y) < 2 || x + (height - 1 - y) > width + height - 2 - 9
        let place = (y * self.width + left + x) * channels
        let colour = self.colour(of: picture, x: x, y: y, isMarked: picture.isWrong == true && isFrame)
        for (channel, value) in colour.enumerated() { pixels[place + channel] = value }
      }
    }
  }

  private func colour(of picture: Picture, x: Int, y: Int, isMarked: Bool) -> [UInt8] {
    guard !isMarked else { return channels == 1 ? [Self.mark] : Self.markColour }
    let place = (y * picture.width + x) * picture.channels
    guard channels == 1 else {
      return (0..<3).reversed().map { picture.pixels[place + (picture.channels == 3 ? $0 : 0)] }
    }
    return [UInt8(Int(picture.pixels[place]) * Int(Self.white) / 255)]
  }

  /// The whole file: 8 bits a pixel with a palette, or 24 without, rows from the bottom, each a multiple of four bytes.
  var file: [UInt8] {
    let row = width * channels
    let stride = (row + 3) / 4 * 4
    let colours = channels == 1 ? 256 : 0
    let start = 14 + 40 + colours * 4
    var header: [UInt8] = [0x42, 0x4D]
    let size = stride * height
    let fields: [(value: Int, bytes: Int)] = [
      (start + size, 4), (0, 4), (start, 4), (40, 4), (width, 4), (height, 4), (1, 2), (8 * channels, 2), (0, 4),
      (size, 4), (2835, 4), (2835, 4), (colours, 4), (0, 4),
    ]
    for field in fields { header += field.value.littleEndianBytes.prefix(field.bytes) }
    let palette = (0..<colours).flatMap { Self.paletteColour(UInt8($0)) }
    let padding = [UInt8](repeating: 0, count: stride - row)
    let rows = (0..<height).reversed().flatMap { (y: Int) -> [UInt8] in pixels[y * row..<(y + 1) * row] + padding }
    return header + palette + rows
  }

  /// The four bytes of an index of the palette.
  private static func paletteColour(_ index: UInt8) -> [UInt8] {
    switch index {
    case mark: return markColour + [0]
    case gap: return gapColour + [0]
    default:
      let level = UInt8(min(255, Int(index) * 255 / Int(white)))
      return [level, level, level, 0]
    }
  }

  /// `data:image/bmp;base64,…`
  var address: String { "data:image/bmp;base64," + Self.base64(file) }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// RFC 4648.
  static func base64(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = (0..<3).reduce(0) { $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0) }
      let known = min(3, bytes.count - start)
      for place in 0..<4 {
        output.append(place <= known ? alphabet[group >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
