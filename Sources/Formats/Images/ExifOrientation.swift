import Core

/// How a camera was held, as EXIF says it (CIPA DC-008, tag 0x0112), found in the containers of the formats.
///
/// Nothing else of EXIF is read. What is damaged counts as upright, as in every program that shows pictures.
enum ExifOrientation {
  /// 1 to 8; 1 where nothing is said.
  static func find(in bytes: [UInt8], format: ImageFormat) -> Int {
    let place: Range<Int>? =
      switch format {
      case .jpeg: jpegSegment(bytes)
      case .png: pngChunk(bytes)
      case .webp: webpChunk(bytes)
      // The library reads a TIFF file's own tag.
      case .tiff: nil
      }
    guard let place else { return 1 }
    return orientation(in: bytes[place]) ?? 1
  }

  private static let mark: [UInt8] = Array("Exif".utf8) + [0, 0]

  /// The first segment APP1 that holds EXIF, without its mark. Segments end where the picture's data begin.
  private static func jpegSegment(_ bytes: [UInt8]) -> Range<Int>? {
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      if marker == 0xFF {
        place += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { return nil }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      let end = place + 2 + length
      guard length >= 2, end <= bytes.count else { return nil }
      if marker == 0xE1, bytes[(place + 4)..<end].starts(with: mark) { return (place + 4 + mark.count)..<end }
      place = end
    }
    return nil
  }

  private static func pngChunk(_ bytes: [UInt8]) -> Range<Int>? {
    chunk("eXIf", in: bytes, from: 8) { place in
      (bytes[(place + 4)..<(place + 8)], bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }, 4)
    }
  }

  private static func webpChunk(_ bytes: [UInt8]) -> Range<Int>? {
    let found = chunk("EXIF", in: bytes, from: 12) { place in
      let length = Int(UInt32(littleEndianBytes: bytes[(place + 4)..<(place + 8)]))
      return (bytes[place..<(place + 4)], length, length % 2)
    }
    // Some writers leave the mark of JPEG's segment in.
    guard let found, bytes[found].starts(with: mark) else { return found }
    return (found.lowerBound + mark.count)..<found.upperBound
  }

  /// The content of the first chunk called `name`.
  ///
  /// - Parameter header: of the chunk at a place: its name, the length of its content, and how much follows that.
  private static func chunk(
    _ name: String, in bytes: [UInt8], from start: Int, header: (Int) -> (ArraySlice<UInt8>, Int, Int)
  ) -> Range<Int>? {
    var place = start
    while place + 8 <= bytes.count {
      let (title, length, behind) = header(place)
      let end = place + 8 + length
      guard end <= bytes.count else { return nil }
      if title.elementsEqual(name.utf8) { return (place + 8)..<end }
      place = end + behind
    }
    return nil
  }

  /// The tag's value in the first directory of a TIFF structure.
  private static func orientation(in data: ArraySlice<UInt8>) -> Int? {
    let isLittle = data.starts(with: [0x49, 0x49, 42, 0])
    guard isLittle || data.starts(with: [0x4D, 0x4D, 0, 42]) else { return nil }
    func number(_ size: Int, at offset: Int) -> Int? {
      guard offset >= 0, offset + size <= data.count else { return nil }
      let field = data[(data.startIndex + offset)..<(data.startIndex + offset + size)]
      return isLittle ? Int(UInt32(littleEndianBytes: field)) : field.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(4, at: 4), let count = number(2, at: directory) else { return nil }
    for index in 0..<count {
      let entry = directory + 2 + 12 * index
      guard let tag = number(2, at: entry) else { return nil }
      guard tag == 0x0112 else { continue }
      guard number(2, at: entry + 2) == 3, let value = number(2, at: entry + 8), (1...8).contains(value) else {
        return nil
      }
      return value
    }
    return nil
  }
}
