import Core

/// The dictionary at the start of a `.npy` file, a Python literal such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumPyHeader {
  /// As it is written there: `'<f4'`, or the list of a structure's fields with one space after commas.
  let typeName: String
  let shape: [Int]

  /// Throws a ``DatasetError`` about `name` for anything but the three keys, once each, in C order.
  init(parsing header: [UInt8], name: String) throws {
    var scanner = Scanner(bytes: header)
    var typeName: String?
    var shape: [Int]?
    var order: Bool?
    guard scanner.take("{") else { throw Self.unreadable(name) }
    while !scanner.take("}") {
      guard let key = scanner.quoted(), scanner.take(":") else { throw Self.unreadable(name) }
      switch key {
      case "descr" where typeName == nil: typeName = scanner.typeName()
      case "fortran_order" where order == nil: order = scanner.flag()
      case "shape" where shape == nil: shape = scanner.sizes()
      default: throw Self.unreadable(name)
      }
      guard scanner.take(",") || scanner.next == UInt8(ascii: "}") else { throw Self.unreadable(name) }
    }
    guard let typeName, let shape, let order, scanner.next == nil else { throw Self.unreadable(name) }
    guard !order else { throw DatasetError(name, "the values are in Fortran order; only C order is read") }
    self.typeName = typeName
    self.shape = shape
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

    mutating func quoted() -> String? {
      guard take("'"), let end = bytes[position...].firstIndex(of: UInt8(ascii: "'")), end - position < 32 else {
        return nil
      }
      defer { position = end + 1 }
      return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    /// A quoted name, or a list of pairs of a field's name and its type.
    mutating func typeName() -> String? {
      guard take("[") else { return quoted().map { "'\($0)'" } }
      var fields: [String] = []
      while !take("]") {
        guard fields.count < 8, take("("), let field = quoted(), take(","), let type = quoted(), take(")") else {
          return nil
        }
        fields.append("('\(field)', '\(type)')")
        guard take(",") || next == UInt8(ascii: "]") else { return nil }
      }
      return "[\(fields.joined(separator: ", "))]"
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
      return Int(String(decoding: digits, as: UTF8.self))
    }
  }
}
