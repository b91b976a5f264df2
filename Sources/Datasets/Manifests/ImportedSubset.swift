import Core
import Formats
package import Samples

/// A subset that somebody brings along, in any of the forms of ``SubsetManifest/Format``.
package enum ImportedSubset: Hashable, Sendable {
  /// Rows of a pool, in the order of choice.
  case indices([Int])
  /// Names of images, in the file's order.
  case identifiers([SampleIdentifier])

  /// Reads a file, whose form its content tells. Throws a ``DatasetError`` that names `name` and, for text, the line.
  package init(reading bytes: [UInt8], name: String) throws {
    self = try bytes.first == 0x93 ? Self.array(bytes, name: name) : Self.table(bytes, name: name)
    guard count > 0 else { throw DatasetError(name, "the subset is empty") }
  }

  package var count: Int {
    switch self {
    case .indices(let indices): indices.count
    case .identifiers(let identifiers): identifiers.count
    }
  }

  /// The members as text, for comparing subsets of the same form.
  package var names: Set<String> {
    switch self {
    case .indices(let indices): Set(indices.map(String.init))
    case .identifiers(let identifiers): Set(identifiers.map(\.description))
    }
  }

  /// The rows of `pool`, in the file's order, repetitions left out. Throws a ``DatasetError`` when some are not in it.
  package func rows(of pool: Pool, name: String) throws -> [Int] {
    let rows: [Int?]
    switch self {
    case .indices(let indices): rows = indices.map { (0..<pool.count).contains($0) ? $0 : nil }
    case .identifiers(let identifiers):
      let known = Dictionary((0..<pool.count).map { (pool.identifier(of: $0), $0) }) { first, _ in first }
      rows = identifiers.map { known[$0] }
    }
    let missing = rows.count { $0 == nil }
    guard missing == 0 else {
      throw DatasetError(name, "\(missing) of \(rows.count) samples are not in the pool \(pool.shift)")
    }
    var seen: Set<Int> = []
    return rows.compactMap { $0 }.filter { seen.insert($0).inserted }
  }

  private static func array(_ bytes: [UInt8], name: String) throws -> ImportedSubset {
    let array = try NumPyArray(reading: bytes, name: name)
    guard array.shape.count == 1 else { throw DatasetError(name, "a subset is an array of one dimension") }
    if case .identifiers(let identifiers) = array.values { return .identifiers(identifiers) }
    guard let indices = array.values.integers else {
      throw DatasetError(name, "a subset holds whole numbers (rows of the pool) or names of type u8,u8")
    }
    return .indices(indices)
  }

  private static func table(_ bytes: [UInt8], name: String) throws -> ImportedSubset {
    let file = try CommaSeparatedValues(bytes, name: name)
    guard let header = file.records.first else { throw DatasetError(name, "the file is empty") }
    guard let column = header.fields.firstIndex(of: "uid") ?? header.fields.firstIndex(of: "index") else {
      throw CommaSeparatedValues.error(name, line: header.line, "a column \"uid\" or \"index\" is needed")
    }
    func read<Value>(_ kind: String, _ parse: (String) -> Value?) throws -> [Value] {
      try file.records.dropFirst().map { record in
        guard record.fields.count == header.fields.count, let value = parse(record.fields[column]) else {
          throw CommaSeparatedValues.error(
            name, line: record.line, "there is no \(kind) in the column \"\(kind)\"")
        }
        return value
      }
    }
    return try header.fields[column] == "uid"
      ? .identifiers(read("uid") { SampleIdentifier($0) }) : .indices(read("index") { Int($0) })
  }
}
