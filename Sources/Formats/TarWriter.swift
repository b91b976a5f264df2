import Core

/// Writes a tar archive (POSIX.1-2001 "pax"): regular files alone, without times or owners, so that equal contents give equal
/// bytes.
package struct TarWriter: Sendable {
  private static let block = 512
  /// The largest size that a header's octal digits hold; larger files have a pax record.
  private static let octalLimit = 0o77_777_777_777

  /// What was written and not taken away; ``finished()`` ends the archive with it.
  private var bytes: [UInt8] = []
  private var taken = 0

  package init() {}

  /// How large the archive is so far.
  package var count: Int { taken + bytes.count }

  /// Adds a file. A name that does not fit into a plain header gets a pax record.
  package mutating func add(_ name: String, _ content: some Collection<UInt8>) {
    let path = Array(name.utf8)
    var records: [UInt8] = []
    if path.count > 100 || path.contains(where: { $0 >= 0x80 }) { records += Self.record("path", name) }
    if content.count > Self.octalLimit { records += Self.record("size", String(content.count)) }
    if !records.isEmpty {
      bytes += Self.header(name: Array("pax/\(path.count)".utf8), size: records.count, type: UInt8(ascii: "x"))
      append(padded: records)
    }
    bytes += Self.header(
      name: Array(path.prefix(100)), size: min(content.count, Self.octalLimit), type: UInt8(ascii: "0"))
    append(padded: content)
  }

  /// What was written since the last time, so that an archive need not be in memory as a whole.
  package mutating func take() -> [UInt8] {
    defer { bytes = [] }
    taken += bytes.count
    return bytes
  }

  /// The archive, or what was not taken of it, with the two empty blocks that end it.
  package consuming func finished() -> [UInt8] {
    bytes += [UInt8](repeating: 0, count: 2 * Self.block)
    return bytes
  }

  private mutating func append(padded content: some Collection<UInt8>) {
    bytes += content
    bytes += [UInt8](repeating: 0, count: (Self.block - content.count % Self.block) % Self.block)
  }

  /// `LENGTH key=value\n`, where the length counts itself.
  private static func record(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n".utf8
    var length = rest.count + 1
    while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
    return Array(String(length).utf8) + rest
  }

  private static func header(name: [UInt8], size: Int, type: UInt8) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: block)
    func put(_ text: some Collection<UInt8>, at place: Int) {
      header.replaceSubrange(place..<place + text.count, with: text)
    }
    func octal(_ value: Int, digits: Int) -> [UInt8] {
      let text = String(value, radix: 8)
      return Array((String(repeating: "0", count: digits - text.utf8.count) + text).utf8)
    }
    put(name, at: 0)
    put(octal(0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
    header[156] = type
    put(Array("ustar\u{0}00".utf8), at: 257)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6) + [0, UInt8(ascii: " ")], at: 148)
    return header
  }
}
