import Core

/// Where a sample's class stands: the first of some places that says one.
package struct LabelFields: Hashable, Sendable {
  /// Keys of a sample's JSON, ``ManifestSource/keyField``, or for tables of labels a column; at least one.
  package let names: [String]

  /// Traps without a name.
  package init(_ names: [String]) {
    precondition(!names.isEmpty, "a place is needed")
    self.names = names
  }

  /// Reads a string or a list of them; nil for nothing. Throws a ``ConfigurationError`` for anything else.
  init?(_ key: String, of object: inout StrictObject) throws {
    guard let value = object.value(key), value != .null else { return nil }
    let texts = (value.elements ?? [value]).compactMap(\.text)
    guard !texts.isEmpty, texts.count == (value.elements?.count ?? 1), texts.allSatisfy({ !$0.isEmpty }) else {
      throw object.error(
        key, "the name of a field, or a list of names of which the first that says a class counts, is needed")
    }
    self.init(texts)
  }

  var json: JSONValue { names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) }) }

  /// What the first place says.
  ///
  /// Where there are several, a whole number that is no class of `classCount` is passed over: readers of ImageNet++ take `idx`
  /// only from 0 to 999.
  func label(classCount: Int?, _ value: (String) -> String?) -> String? {
    for name in names {
      guard let text = value(name) else { continue }
      if names.count > 1, let classCount, let number = Int(text), !(0..<classCount).contains(number) { continue }
      return text
    }
    return nil
  }
}
