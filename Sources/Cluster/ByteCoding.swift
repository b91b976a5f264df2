import Core

/// Writes values one after the other, for pipes between our own processes and for the spool.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: UInt64) { bytes += value.littleEndianBytes }
  mutating func write(_ value: Int) { write(UInt64(value)) }
  mutating func write(_ value: Double) { write(value.bitPattern) }
  mutating func write(_ digest: Digest) { bytes += digest.bytes }
  mutating func write(_ text: String) { write(Array(text.utf8)) }

  mutating func write(_ content: [UInt8]) {
    write(content.count)
    bytes += content
  }
}

/// Reads what ``ByteWriter`` wrote. Throws on anything else; never traps.
struct ByteReader {
  struct Malformed: Error, CustomStringConvertible {
    var description: String { "the bytes are not what this build writes" }
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func word() throws -> UInt64 { UInt64(littleEndianBytes: try take(8)) }

  /// A count or size, 0 or more.
  mutating func count() throws -> Int {
    guard let value = Int(exactly: try word()) else { throw Malformed() }
    return value
  }

  mutating func number() throws -> Double { Double(bitPattern: try word()) }
  mutating func content() throws -> [UInt8] { Array(try take(try count())) }
  mutating func text() throws -> String { String(decoding: try content(), as: UTF8.self) }

  mutating func digest() throws -> Digest {
    guard let digest = Digest(bytes: Array(try take(32))) else { throw Malformed() }
    return digest
  }

  /// As many values as a count that stands first says.
  mutating func list<Value>(_ read: (inout ByteReader) throws -> Value) throws -> [Value] {
    let count = try count()
    guard count <= bytes.count - position else { throw Malformed() }
    var values: [Value] = []
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }

  /// Throws unless everything was read.
  func finish() throws { guard position == bytes.count else { throw Malformed() } }

  private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else { throw Malformed() }
    defer { position += count }
    return bytes[position..<(position + count)]
  }
}
