import Core

/// Labels in any form in which people keep them: whole numbers of any type (also those that went through floating point),
/// as a row, a column or a list of lines; or names, as text.
package struct LabelFile: Hashable, Sendable {
  /// One a sample; where the file holds names, the place of the label in ``names``.
  package let numbers: [Int]
  /// The different names in the order of their UTF-8 bytes; nil where the file holds numbers.
  package let names: [String]?

  /// Reads NumPy arrays, IDX files and text with one label a line (or a column called `label` or `class`), gzipped or not.
  ///
  /// Throws a ``DatasetError`` that names `name` and the first label, counted from 0, that is wrong.
  package init(_ file: [UInt8], name: String) throws {
    let bytes = try Gzip.unpacked(file, name: name, limit: ArrayFile.sizeLimit)
    if ArrayFile.isArray(bytes) {
      let array = try ArrayFile.array(bytes, name: name)
      // QMNIST keeps eight numbers a digit, of which the first is the label.
      let isQMNIST = IDXFile.isIDX(bytes) && array.shape.count == 2 && array.shape[1] == 8
      guard isQMNIST || array.shape.count(where: { $0 != 1 }) <= 1 else {
        throw DatasetError(name, "labels are one for each sample, but the array has the shape \(array.shape)")
      }
      let step = isQMNIST ? 8 : 1
      if case .text(let texts) = array.values {
        self.init(texts: texts)
      } else {
        let all = try Self.wholeNumbers(array.values, name: name)
        self.init(numbers: stride(from: 0, to: all.count, by: step).map { all[$0] })
      }
    } else {
      self.init(texts: try Self.lines(of: bytes, name: name))
    }
  }

  private init(numbers: [Int], names: [String]? = nil) {
    self.numbers = numbers
    self.names = names
  }

  private init(texts: [String]) {
    let numbers = texts.compactMap(WholeNumber.parse)
    if numbers.count == texts.count {
      self.init(numbers: numbers)
      return
    }
    let names = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.init(numbers: texts.map { places[$0]! }, names: names)
  }

  private static func wholeNumbers(_ values: NumPyArray.Values, name: String) throws -> [Int] {
    if let integers = values.integers { return integers }
    guard let doubles = values.doubles else { throw DatasetError(name, "labels are whole numbers or names") }
    return try doubles.enumerated().map { index, value in
      guard let number = Int(exactly: value) else {
        throw DatasetError(name, "label \(index) is \(value), but labels are whole numbers")
      }
      return number
    }
  }

  private static func lines(of bytes: [UInt8], name: String) throws -> [String] {
    let table = try CommaSeparatedValues(bytes, name: name)
    guard let first = table.records.first else { throw DatasetError(name, "it holds no labels") }
    let headings = ["label", "observed label", "observed_label", "class", "classname", "class_name"]
    let heading = first.fields.map { $0.lowercased() }
    if let column = headings.lazy.compactMap({ heading.firstIndex(of: $0) }).first {
      return try table.records.dropFirst().map { record in
        guard column < record.fields.count, !record.fields[column].isEmpty else {
          throw CommaSeparatedValues.error(name, line: record.line, "there is no label")
        }
        return record.fields[column]
      }
    }
    return try table.records.map { record in
      guard record.fields.count == 1 else {
        throw CommaSeparatedValues.error(
          name, line: record.line, "one label a line is needed, or a first line that names a column \"label\"")
      }
      return record.fields[0]
    }
  }
}

/// Whole numbers as tables write them.
package enum WholeNumber {
  /// `12`, `-1`, and `12.0`, which is what becomes of 12 in a column of floating-point numbers; nil for anything else.
  package static func parse(_ text: String) -> Int? {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return Int(text) }
    let zeros = text.utf8[text.utf8.index(after: point)...]
    guard !zeros.isEmpty, zeros.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
    return Int(text[..<point])
  }
}
