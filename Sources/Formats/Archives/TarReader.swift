import Core

/// Goes through a tar archive member by member, in one pass and in bounded memory: POSIX ustar and pax, and GNU's long names
/// (POSIX.1-2017, pax; tar(5)).
///
/// Nothing is ever written. A member that is no file, or whose name leads out of the archive, is named with the reason.
package struct TarReader {
  /// A file in the archive.
  package struct Member: Hashable, Sendable {
    /// Relative, without `./` in front.
    package let path: String
    /// Where its content begins in the (decompressed) archive, and how long it is, in bytes.
    package let offset: Int
    package let size: Int
  }

  package enum Entry: Hashable, Sendable {
    case file(Member)
    case skipped(path: String, SkipReason)
  }

  private static let blockSize = 512
  /// Extended headers hold a name and some numbers.
  private static let largestExtension = 1 << 20
  /// The longest path of Linux.
  private static let longestPath = 4_096

  private let stream: any ByteStream
  private let name: String
  /// What of the member at hand was not read yet, and what fills its last block.
  private var (rest, padding) = (0, 0)
  private var current = ""
  /// The archive ends in the blocks of zeros that mark the end; false before it was reached, and where they are missing.
  package private(set) var hasEndMark = false
  private var isAtEnd = false

  /// - Parameter name: of the file, for messages.
  package init(_ stream: any ByteStream, name: String) { (self.stream, self.name) = (stream, name) }

  /// The next member; nil at the end. Throws a ``DatasetError`` where the archive is cut short or damaged; it cannot be read
  /// further then.
  package mutating func next() throws -> Entry? {
    guard !isAtEnd else { return nil }
    try skipRest()
    var records = Extensions()
    while true {
      let place = stream.position
      let block = try stream.read(Self.blockSize)
      guard block.count == Self.blockSize, block.contains(where: { $0 != 0 }) else {
        guard block.isEmpty || block.count == Self.blockSize else { throw cut("in the header at byte \(place)") }
        hasEndMark = !block.isEmpty
        isAtEnd = true
        return nil
      }
      guard let header = TarHeader(block) else {
        throw DatasetError(
          name, place == 0 ? "this is not a tar archive" : "the archive is damaged at byte \(place); get the file again"
        )
      }
      guard let size = records.size ?? header.size else {
        throw DatasetError(name, "the size of a member is damaged at byte \(place); get the file again")
      }
      switch header.kind {
      case "L": records.path = try longText(header.size)
      case "K": _ = try longText(header.size)
      case "x": try records.read(try extended(header.size))
      case "g": _ = try extended(header.size)
      default:
        try skipSparseMap(header, block)
        begin(header.hasContent ? size : 0, path: records.path ?? header.path)
        if header.kind == "5" {
          // Folders are nothing by themselves.
          try skipRest()
          records = Extensions()
          continue
        }
        return entry(header, records, size)
      }
    }
  }

  /// The content of the file that ``next()`` gave last, once. Throws a ``DatasetError`` when the archive ends inside it, or it is
  /// larger than `limit` bytes.
  package mutating func content(limit: Int) throws -> [UInt8] {
    guard rest <= limit else { throw DatasetError("\(name), \(current)", "the member has more than \(limit) bytes") }
    let bytes = try stream.read(rest)
    guard bytes.count == rest else { throw cut("inside \(current)") }
    rest = 0
    return bytes
  }

  private func entry(_ header: TarHeader, _ records: Extensions, _ size: Int) -> Entry {
    func skipped(_ reason: SkipReason) -> Entry { .skipped(path: String(current.prefix(200)), reason) }
    if records.isSparse || header.kind == "S" { return skipped(.sparseMember) }
    switch header.kind {
    case "0", "\0", "7": break
    case "1", "2": return skipped(.link)
    default: return skipped(.specialFile)
    }
    guard current.utf8.count <= Self.longestPath else { return skipped(.longName) }
    guard !(records.hasBadName || (records.path == nil && header.hasBadName)) else { return skipped(.badName) }
    guard let path = RelativePath.normalised(current) else { return skipped(.unsafePath) }
    return .file(Member(path: path, offset: stream.position, size: size))
  }

  private mutating func begin(_ size: Int, path: String) {
    (rest, padding) = (size, (Self.blockSize - size % Self.blockSize) % Self.blockSize)
    current = path
  }

  private mutating func skipRest() throws {
    guard try stream.skip(rest) == rest else { throw cut("inside \(current)") }
    // Archives whose last block was not filled are whole all the same.
    _ = try stream.skip(padding)
    (rest, padding) = (0, 0)
  }

  /// GNU's old form of sparse members continues its map in blocks behind the header.
  private func skipSparseMap(_ header: TarHeader, _ block: [UInt8]) throws {
    var hasMore = header.kind == "S" && block[482] == 1
    while hasMore {
      let map = try stream.read(Self.blockSize)
      guard map.count == Self.blockSize else { throw cut("in a header") }
      hasMore = map[504] == 1
    }
  }

  private mutating func extended(_ size: Int?) throws -> [UInt8] {
    guard let size, size <= Self.largestExtension else {
      throw DatasetError(
        name, "an extended header has more than \(Self.largestExtension) bytes; the archive is damaged")
    }
    begin(size, path: "an extended header")
    let bytes = try content(limit: size)
    try skipRest()
    return bytes
  }

  private mutating func longText(_ size: Int?) throws -> String {
    String(decoding: try extended(size).prefix { $0 != 0 }, as: UTF8.self)
  }

  private func cut(_ place: String) -> DatasetError {
    DatasetError(name, "the archive is cut short \(place); get the file again")
  }
}

/// What a pax header says of the member behind it.
private struct Extensions {
  var path: String?
  var size: Int?
  var isSparse = false
  var hasBadName = false

  /// Reads records `LENGTH KEY=VALUE\n`; what follows a damaged one is ignored.
  mutating func read(_ bytes: [UInt8]) throws {
    var place = 0
    while place < bytes.count {
      guard let blank = bytes[place...].firstIndex(of: 0x20),
        let length = Int(String(decoding: bytes[place..<blank], as: UTF8.self)), length > blank - place + 1,
        length <= bytes.count - place,
        let equals = bytes[blank..<(place + length)].firstIndex(of: UInt8(ascii: "="))
      else { return }
      let value = bytes[(equals + 1)..<(place + length - 1)]
      switch String(decoding: bytes[(blank + 1)..<equals], as: UTF8.self) {
      case "path":
        path = String(decoding: value, as: UTF8.self)
        hasBadName = String(validating: value, as: UTF8.self) == nil || value.contains(0)
      case "size":
        size = Int(String(decoding: value, as: UTF8.self)).flatMap { (0..<(1 << 48)).contains($0) ? $0 : nil }
      case let key where key.hasPrefix("GNU.sparse."): isSparse = true
      default: break
      }
      place += length
    }
  }
}
