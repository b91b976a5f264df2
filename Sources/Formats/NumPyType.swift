/// The element type that a `.npy` header names, such as `<f4`, `|b1`, `>i8`, `<U12` or a pair of `u8`.
struct NumPyType: CustomStringConvertible {
  enum Kind: Equatable {
    case bool, signed, unsigned, floating, text, bytes, identifiers
  }

  let kind: Kind
  /// Bytes of an element.
  let size: Int
  let isBigEndian: Bool

  init(_ kind: Kind, size: Int, isBigEndian: Bool = false) {
    self.kind = kind
    self.size = size
    self.isBigEndian = isBigEndian
  }

  /// Reads a name without quotes; nil for a type that is not read.
  init?(_ name: String) {
    var letters = name[...]
    let order = letters.first.flatMap { "<>=|".contains($0) ? $0 : nil }
    if order != nil { letters = letters.dropFirst() }
    guard let letter = letters.first, let number = Int(letters.dropFirst()), (0...1 << 20).contains(number) else {
      return nil
    }
    switch (letter, number) {
    case ("b", 1), ("?", 1): kind = .bool
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): kind = .signed
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): kind = .unsigned
    case ("f", 2), ("f", 4), ("f", 8): kind = .floating
    case ("U", 1...): kind = .text
    case ("S", 1...): kind = .bytes
    default: return nil
    }
    size = kind == .text ? 4 * number : number
    isBigEndian = order == ">"
  }

  /// The bytes that change places between the two orders.
  var unit: Int {
    switch kind {
    case .bool, .bytes: 1
    case .signed, .unsigned, .floating: size
    case .text: 4
    case .identifiers: 8
    }
  }

  /// As NumPy writes it in a header, with quotes.
  var description: String {
    let order = unit == 1 ? "|" : isBigEndian ? ">" : "<"
    return switch kind {
    case .bool: "'|b1'"
    case .signed: "'\(order)i\(size)'"
    case .unsigned: "'\(order)u\(size)'"
    case .floating: "'\(order)f\(size)'"
    case .text: "'\(order)U\(size / 4)'"
    case .bytes: "'|S\(size)'"
    case .identifiers: "[('f0', '\(order)u8'), ('f1', '\(order)u8')]"
    }
  }
}
