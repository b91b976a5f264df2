import Core
import Results

/// Pictures side by side as a BMP file inside a data address. BMP, because every browser shows it and its run lengths need no
/// library. Grey pictures have 14 levels of grey, which the eye takes for all of them at this size; coloured ones five bits a
/// colour.
struct Bitmap {
  private(set) var pixels: [UInt8]
  let width: Int
  let height: Int
  /// 1 for grey values and marks by a palette, 3 for blue, green, red.
  let channels: Int

  /// Of 16 colours the last two are those of marks.
  static let white: UInt8 = 13
  static let mark: UInt8 = 14
  private static let gap: UInt8 = 15
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
        let isMarked = picture.isWrong == true && isFrame
        guard channels == 3 else {
          pixels[place] = isMarked ? Self.mark : Self.level(picture.pixels[y * picture.width + x])
          continue
        }
        let own = (y * picture.width + x) * picture.channels
        for channel in 0..<3 {
          pixels[place + channel] =
            isMarked
            ? Self.markColour[channel] : picture.pixels[own + (picture.channels == 3 ? 2 - channel : 0)]
        }
      }
    }
  }

  private static func level(_ value: UInt8) -> UInt8 { UInt8((Int(value) * Int(white) + 127) / 255) }

  /// The whole file: 16 colours with run lengths, or 16 bits a pixel, rows from the bottom.
  var file: [UInt8] {
    let isGrey = channels == 1
    let data = isGrey ? runLengths : highColour
    let palette = isGrey ? (0..<16).flatMap(Self.colour) : []
    let start = 14 + 40 + palette.count
    let (size, bits) = (data.count, isGrey ? 4 : 16)
    // 2 stands for run lengths of 4 bits (BI_RLE4), 0 for none.
    let (compression, colours) = isGrey ? (2, 16) : (0, 0)
    let fields: [(value: Int, bytes: Int)] = [
      (start + size, 4), (0, 4), (start, 4), (40, 4), (width, 4), (height, 4), (1, 2), (bits, 2), (compression, 4),
      (size, 4), (2835, 4), (2835, 4), (colours, 4), (0, 4),
    ]
    var header: [UInt8] = [0x42, 0x4D]
    for field in fields { header += field.value.littleEndianBytes.prefix(field.bytes) }
    return header + palette + data
  }

  private static func colour(_ index: Int) -> [UInt8] {
    switch UInt8(index) {
    case mark: markColour + [0]
    case gap: gapColour + [0]
    default: [UInt8](repeating: UInt8(index * 255 / Int(white)), count: 3) + [0]
    }
  }

  private var runLengths: [UInt8] {
    var bytes: [UInt8] = []
    for y in (0..<height).reversed() {
      RunLengths.append(pixels[y * width..<(y + 1) * width], to: &bytes)
      bytes += y == 0 ? [0, 1] : [0, 0]
    }
    return bytes
  }

  /// Five bits each of red, green and blue, the highest first; rows are a multiple of four bytes.
  private var highColour: [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - width * 2 % 4) % 4)
    var bytes: [UInt8] = []
    for y in (0..<height).reversed() {
      for x in 0..<width {
        let place = (y * width + x) * 3
        let (blue, green, red) = (UInt16(pixels[place]), UInt16(pixels[place + 1]), UInt16(pixels[place + 2]))
        let colour: UInt16 = (red >> 3) << 10 | (green >> 3) << 5 | blue >> 3
        bytes += colour.littleEndianBytes
      }
      bytes += padding
    }
    return bytes
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

/// Run lengths of 4-bit pixels as BMP files have them (BI_RLE4; Microsoft, *Bitmap Compression*): a count and two colours that
/// alternate, or 0, a count of 3 to 255 and the pixels themselves, two a byte, filled to a multiple of two bytes.
enum RunLengths {
  private static let most = 255

  /// The bytes of one row, without the sign that ends it.
  static func append(_ row: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    var place = row.startIndex
    var literal = place
    func flush(_ end: Int) {
      while literal < end {
        let count = min(most, end - literal)
        let pixels = Array(row[literal..<literal + count])
        if count < 3 {
          bytes += [UInt8(count), pixels[0] << 4 | (count > 1 ? pixels[1] : 0)]
        } else {
          bytes += [0, UInt8(count)] + packed(pixels)
        }
        literal += count
      }
    }
    while place < row.endIndex {
      let run = length(row, from: place)
      // A run costs two bytes, and two more for what it parts.
      guard run > 7 || run == row.endIndex - place && run > 3 else {
        place += run
        continue
      }
      flush(place)
      bytes += [UInt8(run), row[place] << 4 | row[place]]
      place += run
      literal = place
    }
    flush(row.endIndex)
  }

  private static func length(_ row: ArraySlice<UInt8>, from start: Int) -> Int {
    var end = start + 1
    while end < row.endIndex, row[end] == row[start], end - start < most { end += 1 }
    return end - start
  }

  private static func packed(_ pixels: [UInt8]) -> [UInt8] {
    let bytes = stride(from: 0, to: pixels.count, by: 2).map { place in
      pixels[place] << 4 | (place + 1 < pixels.count ? pixels[place + 1] : 0)
    }
    return bytes + (bytes.count.isMultiple(of: 2) ? [] : [0])
  }
}
