import CZlib
import Core

/// Reads zip archives (PKWARE's APPNOTE 6.3) as far as NumPy's `.npz` files need it: members stored or deflated, sizes of
/// 32 or 64 bits, no encryption.
struct ZipArchive {
  struct Member {
    let name: String
    fileprivate let method: Int
    fileprivate let flags: Int
    fileprivate let sum: UInt32
    fileprivate let packedSize: Int
    /// Bytes of the content.
    let size: Int
    fileprivate let offset: Int
  }

  /// In the order of the archive's directory.
  let members: [Member]
  private let file: Fields

  static func isArchive(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// Reads the directory at the end of `bytes`. Throws a ``DatasetError`` about `name` when it is damaged.
  init(_ bytes: [UInt8], name: String) throws {
    file = Fields(bytes: bytes, name: name)
    guard let end = Self.end(in: bytes) else { throw file.damaged }
    var count = try file.number(2, at: end + 10)
    var place = try file.number(4, at: end + 16)
    // Archives with large numbers keep them in a second record, found through a locator before the first.
    if count == 0xFFFF || place == 0xFFFF_FFFF, end >= 20, try file.number(4, at: end - 20) == 0x0706_4B50 {
      let large = try file.number(8, at: end - 12)
      guard try file.number(4, at: large) == 0x0606_4B50 else { throw file.damaged }
      count = try file.number(8, at: large + 32)
      place = try file.number(8, at: large + 48)
    }
    var members: [Member] = []
    while members.count < count {
      let (member, next) = try file.member(at: place)
      members.append(member)
      place = next
    }
    self.members = members
  }

  /// The content of `member`. Throws a ``DatasetError`` when it is damaged, packed in a way that is not read, or larger
  /// than `limit` bytes.
  func content(of member: Member, limit: Int) throws -> [UInt8] {
    let place = "\(file.name), \(member.name)"
    guard member.flags & 1 == 0 else { throw DatasetError(place, "the member is encrypted, which is not read") }
    guard member.size <= limit else {
      throw DatasetError(place, "the member holds more than \(limit) bytes, which no file of this kind should")
    }
    guard try file.number(4, at: member.offset) == 0x0403_4B50 else { throw file.damaged }
    let start =
      try member.offset + 30 + file.number(2, at: member.offset + 26) + file.number(2, at: member.offset + 28)
    let packed = try file.bytes(member.packedSize, at: start)
    var content = packed
    switch member.method {
    case 0: break
    case 8:
      // Deflate never gets below a thousandth: a directory that promises more is wrong, and costs no memory.
      guard member.size <= packed.count.multipliedReportingOverflow(by: 1_032).partialValue else { throw file.damaged }
      content = [UInt8](repeating: 0, count: max(member.size, 1))
      var written = 0
      let status = winnow_inflate(
        Int32(WINNOW_INFLATE_RAW), packed, packed.count, &content, member.size, &written)
      guard Int(status) == WINNOW_INFLATE_DONE else { throw file.damaged }
      content.removeLast(content.count - written)
    default: throw DatasetError(place, "the member is packed with method \(member.method); only deflate (8) is read")
    }
    guard content.count == member.size, winnow_crc32(content, content.count) == member.sum else { throw file.damaged }
    return content
  }

  /// Where the record that ends an archive starts: behind it is only a comment of up to 65,535 bytes.
  private static func end(in bytes: [UInt8]) -> Int? {
    let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    guard bytes.count >= 22 else { return nil }
    return (max(0, bytes.count - 22 - 0xFFFF)...(bytes.count - 22)).last { bytes[$0...].starts(with: signature) }
  }

  /// Little-endian numbers at places that a damaged file may put anywhere.
  private struct Fields {
    let bytes: [UInt8]
    let name: String

    var damaged: DatasetError { DatasetError(name, "the zip archive is damaged or cut short; get the file again") }

    func bytes(_ count: Int, at place: Int) throws -> [UInt8] {
      guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else { throw damaged }
      return Array(bytes[place..<(place + count)])
    }

    func number(_ size: Int, at place: Int) throws -> Int {
      guard place >= 0, place <= bytes.count - size else { throw damaged }
      let value = UInt64(littleEndianBytes: bytes[place..<place + size])
      guard value < 1 << 48 else { throw damaged }
      return Int(value)
    }

    /// The member whose entry in the directory is at `place`, and the place of the next.
    func member(at place: Int) throws -> (Member, next: Int) {
      guard try number(4, at: place) == 0x0201_4B50 else { throw damaged }
      let (nameSize, extraSize) = (try number(2, at: place + 28), try number(2, at: place + 30))
      var sizes = [try number(4, at: place + 24), try number(4, at: place + 20), try number(4, at: place + 42)]
      var extra = place + 46 + nameSize
      let end = extra + extraSize
      while extra + 4 <= end {
        let (kind, length) = (try number(2, at: extra), try number(2, at: extra + 2))
        var value = extra + 4
        // Field 1 holds, in this order, those of the three numbers that do not fit in 32 bits.
        for index in sizes.indices where kind == 1 && sizes[index] == 0xFFFF_FFFF && value + 8 <= extra + 4 + length {
          sizes[index] = try number(8, at: value)
          value += 8
        }
        extra += 4 + length
      }
      let title = String(decoding: try bytes(nameSize, at: place + 46), as: UTF8.self)
      let member = Member(
        name: title, method: try number(2, at: place + 10), flags: try number(2, at: place + 8),
        sum: UInt32(try number(4, at: place + 16)), packedSize: sizes[1], size: sizes[0], offset: sizes[2])
      return (member, end + (try number(2, at: place + 32)))
    }
  }
}
