import Core

/// The dictionary at the start of a `.npy` file, a Python literal such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumPyHeader {
  let type: NumPyType
  let shape: [Int]
  /// Whether the first axis is the fastest.
  let isFortranOrder: Bool

  /// Throws a ``DatasetError`` about `name` for anything but the three keys, once each, and for types that are not read.
  init(parsing header: [UInt8], name: String) throws {
    var scanner = Scanner(bytes: header)
    var written: (name: String, type: NumPyType?)?
    var shape: [Int]?
    var order: Bool?
    guard scanner.take("{") else { throw Self.unreadable(name) }
    while !scanner.take("}") {
      guard let key = scanner.quoted(), scanner.take(":") else { throw Self.unreadable(name) }
      switch key {
      case "descr" where written == nil: written = scanner.type()
      case "fortran_order" where order == nil: order = scanner.flag()
      case "shape" where shape == nil: shape = scanner.sizes()
      default: throw Self.unreadable(name)
      }
      guard scanner.take(",") || scanner.next == UInt8(ascii: "}") else { throw Self.unreadable(name) }
    }
    guard let written, let shape, let order, scanner.next == nil else { throw Self.unreadable(name) }
    guard let type = written.type else {
      throw DatasetError(
        name,
        "values of type \(written.name) are not read; truth values, whole numbers of 8 to 64 bits, floating-point numbers "
          + "of 16 to 64, text, and pairs of u8 are")
    }
    self.type = type
    self.shape = shape
    isFortranOrder = order
  }

  private static func unreadable(_ name: String) -> DatasetError {
    DatasetError(name, "the header of the NumPy array cannot be read")
  }

  /// Reads the few tokens that such a header is made of; spaces and line ends between them do not count.
  private struct Scanner {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The next byte that is not white space.
    var next: UInt8? {
      mutating get {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x0A { position += 1 }
        return position < bytes.count ? bytes[position] : nil
      }
    }

    mutating func take(_ symbol: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: symbol) else { return false }
      position += 1
      return true
    }

    /// Text in single or double quotes.
    mutating func quoted() -> String? {
      guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
      position += 1
      guard let end = bytes[position...].firstIndex(of: quote), end - position < 32 else { return nil }
      defer { position = end + 1 }
      return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    /// A quoted name, or a list of pairs of a field's name and its type: as it is written, and what it means.
    mutating func type() -> (String, NumPyType?)? {
      guard take("[") else { return quoted().map { ("'\($0)'", NumPyType($0)) } }
      var fields: [String] = []
      var types: [NumPyType?] = []
      while !take("]") {
        guard fields.count < 8, take("("), let field = quoted(), take(","), let type = quoted(), take(")") else {
          return nil
        }
        fields.append("('\(field)', '\(type)')")
        types.append(NumPyType(type))
        guard take(",") || next == UInt8(ascii: "]") else { return nil }
      }
      let known = types.compactMap { $0 }
      let isPair =
        types.count == 2 && known.count == 2 && known.allSatisfy { $0.kind == .unsigned && $0.size == 8 }
        && known[0].isBigEndian == known[1].isBigEndian
      return (
        "[\(fields.joined(separator: ", "))]",
        isPair ? NumPyType(.identifiers, size: 16, isBigEndian: known[0].isBigEndian) : nil
      )
    }

    mutating func flag() -> Bool? {
      _ = next
      for (word, value) in [("True", true), ("False", false)] where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return value
      }
      return nil
    }

    mutating func sizes() -> [Int]? {
      guard take("(") else { return nil }
      var sizes: [Int] = []
      while !take(")") {
        guard sizes.count < 32, let size = number() else { return nil }
        sizes.append(size)
        guard take(",") || next == UInt8(ascii: ")") else { return nil }
      }
      return sizes
    }

    private mutating func number() -> Int? {
      _ = next
      let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      position += digits.count
      // Python 2 wrote long numbers as 12L.
      if position < bytes.count, bytes[position] == UInt8(ascii: "L"), !digits.isEmpty { position += 1 }
      return Int(String(decoding: digits, as: UTF8.self))
    }
  }
}
