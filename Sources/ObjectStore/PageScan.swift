import Core
import Foundation
import GRDB

/// Reads the rows of a SQLite database without its trees: every page that looks like a leaf of a table, in the file and in its
/// log, whatever points to it. What comes out may be old or wrong; see ``FoundRow``.
///
/// Source: "Database File Format", https://www.sqlite.org/fileformat.html, sections 1.3, 1.6, 2.1 and 4.1.
struct PageScan {
  private let main: Data
  private let log: Data
  private let pageSize: Int
  /// Where the pages in the log begin, oldest first.
  private var frames: [(page: Int, offset: Int)] = []

  /// - Parameter log: the content of the `-wal` file; empty when there was none.
  init(main: Data, log: Data) {
    self.main = main
    self.log = log
    var size = 4096
    if main.starts(with: Array("SQLite format 3\0".utf8)), main.count >= 100 {
      let stored = Int(main[16]) << 8 | Int(main[17])
      let found = stored == 1 ? 65536 : stored
      if found >= 512, found & (found - 1) == 0 { size = found }
    }
    pageSize = size
    guard log.count > 32 else { return }
    // Frames of an earlier round of the log have another salt.
    let salt = Array(log[16..<24])
    for start in stride(from: 32, through: log.count - 24 - size, by: 24 + size) {
      let page = Self.number(Array(log[start..<start + 4]))
      if Array(log[start + 8..<start + 16]) == salt { frames.append((page, start + 24)) }
    }
  }

  /// Gives the columns of each row that can be read, and its number, newest pages first.
  func forEachRow(_ body: (_ number: Int64, _ columns: [DatabaseValue]) throws -> Void) rethrows {
    for frame in frames.reversed() {
      try read(Array(log[frame.offset..<frame.offset + pageSize]), isFirst: frame.page == 1, body)
    }
    for start in stride(from: 0, to: main.count, by: pageSize) {
      try read(Array(main[start..<min(start + pageSize, main.count)]), isFirst: start == 0, body)
    }
  }

  private func read(
    _ page: [UInt8], isFirst: Bool, _ body: (_ number: Int64, _ columns: [DatabaseValue]) throws -> Void
  ) rethrows {
    let header = isFirst ? 100 : 0
    guard page.count == pageSize, page[header] == 0x0D else { return }
    let count = Int(page[header + 3]) << 8 | Int(page[header + 4])
    for index in 0..<count {
      let pointer = header + 8 + index * 2
      guard pointer + 2 <= page.count else { return }
      let start = Int(page[pointer]) << 8 | Int(page[pointer + 1])
      if let row = row(in: page, at: start) { try body(row.number, row.columns) }
    }
  }

  private func row(in page: [UInt8], at start: Int) -> (number: Int64, columns: [DatabaseValue])? {
    var position = start
    guard let length = Self.variable(page, &position), let number = Self.variable(page, &position),
      length > 0, length <= Int64(main.count + log.count),
      let payload = payload(Int(length), in: page, at: position), let columns = Self.columns(payload)
    else { return nil }
    return (number, columns)
  }

  /// The bytes of a row, of which a long one continues on other pages.
  private func payload(_ length: Int, in page: [UInt8], at position: Int) -> [UInt8]? {
    let most = pageSize - 35
    var local = length
    if length > most {
      let least = (pageSize - 12) * 32 / 255 - 23
      let fitting = least + (length - least) % (pageSize - 4)
      local = fitting <= most ? fitting : least
    }
    guard position + local <= page.count else { return nil }
    var bytes = Array(page[position..<position + local])
    guard bytes.count < length else { return bytes }
    guard position + local + 4 <= page.count else { return nil }
    var next = Self.number(Array(page[position + local..<position + local + 4]))
    while bytes.count < length {
      guard let more = self.page(next) else { return nil }
      next = Self.number(Array(more[..<4]))
      bytes += more[4...].prefix(length - bytes.count)
    }
    return bytes
  }

  /// The newest state of a page.
  private func page(_ number: Int) -> [UInt8]? {
    if let frame = frames.last(where: { $0.page == number }) {
      return Array(log[frame.offset..<frame.offset + pageSize])
    }
    let start = (number - 1) * pageSize
    guard number > 0, start + pageSize <= main.count else { return nil }
    return Array(main[start..<start + pageSize])
  }

  private static func columns(_ payload: [UInt8]) -> [DatabaseValue]? {
    var position = 0
    guard let headerSize = variable(payload, &position), headerSize >= 1, headerSize <= Int64(payload.count) else {
      return nil
    }
    var content = Int(headerSize)
    var columns: [DatabaseValue] = []
    while position < Int(headerSize) {
      guard let type = variable(payload, &position), type >= 0,
        let value = value(type, payload, &content)
      else { return nil }
      columns.append(value)
    }
    return columns
  }

  private static func value(_ type: Int64, _ payload: [UInt8], _ position: inout Int) -> DatabaseValue? {
    switch type {
    case 0: return .null
    case 8, 9: return (type - 8).databaseValue
    case 1...6:
      let size = [1, 2, 3, 4, 6, 8][Int(type) - 1]
      guard position + size <= payload.count else { return nil }
      defer { position += size }
      let start: Int64 = payload[position] >= 0x80 ? -1 : 0
      return payload[position..<position + size].reduce(start) { $0 << 8 | Int64($1) }.databaseValue
    case 12...:
      guard type / 2 - 6 <= Int64(payload.count - position) else { return nil }
      let size = Int(type / 2 - 6)
      defer { position += size }
      let bytes = payload[position..<position + size]
      return type % 2 == 0 ? Data(bytes).databaseValue : String(decoding: bytes, as: UTF8.self).databaseValue
    default: return nil
    }
  }

  /// Seven bits a byte, the highest first, nine bytes at most; the ninth has eight.
  private static func variable(_ bytes: [UInt8], _ position: inout Int) -> Int64? {
    var value: UInt64 = 0
    for count in 0..<9 {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      if count == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
      value = value << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return Int64(bitPattern: value) }
    }
    return nil
  }

  private static func number(_ bytes: [UInt8]) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
