import Core

/// The classes of a table beside those of its baseline.
struct ClassPairing {
  private let pairs: [(own: ClassTable.Row, baseline: ClassTable.Row)]
  /// The table's own classes; of a manifest also those that only the baseline has, without a sample.
  let completed: [ClassTable.Row]
  private(set) var notes: [String] = []

  init(_ table: ClassTable, baseline: ClassTable) throws {
    let key = try Self.key(table, baseline)
    var others: [Key: ClassTable.Row] = [:]
    for row in baseline.rows { others[key(row)] = row }
    var pairs: [(ClassTable.Row, ClassTable.Row)] = []
    for row in table.rows {
      guard let other = others.removeValue(forKey: key(row)) else { continue }
      if let name = row.name, let otherName = other.name, name != otherName {
        throw DatasetError(
          table.name, "the class \(row.label) is \(other.label) in \(baseline.name): the label sets differ")
      }
      pairs.append((row, other))
    }
    guard !pairs.isEmpty else { throw DatasetError(table.name, "it has no class in common with \(baseline.name)") }
    let missing = baseline.rows.filter { others[key($0)] != nil }
    // A class of which a manifest holds no sample is one that was left out, not one that is unknown.
    let absent = table.isManifest ? missing.map { ClassTable.Row(name: $0.name, index: $0.index, count: 0) } : []
    completed = table.rows + absent
    let added = table.isManifest ? zip(absent, missing).map { (own: $0, baseline: $1) } : []
    let (unknown, unpaired) = (table.rows.count - pairs.count, missing.count - absent.count)
    self.pairs = pairs.map { (own: $0, baseline: $1) } + added
    if unknown + unpaired > 0 {
      notes.append(
        "\(pairs.count) classes are in both \(table.name) and \(baseline.name); \(unknown) of the first and \(unpaired) of "
          + "the second have no partner, and correlations with the baseline leave them out")
    }
    if !absent.isEmpty {
      notes.append("\(absent.count) classes of \(baseline.name) have no sample in \(table.name) and count as empty")
    }
  }

  func own(_ value: (ClassTable.Row) -> Double?) -> [Double?] { pairs.map { value($0.own) } }

  func baseline(_ value: (ClassTable.Row) -> Double?) -> [Double?] { pairs.map { value($0.baseline) } }

  private enum Key: Hashable {
    case index(Int)
    case name(String)
  }

  /// How classes of the two are told apart.
  private static func key(_ table: ClassTable, _ baseline: ClassTable) throws -> (ClassTable.Row) -> Key {
    let all = table.rows + baseline.rows
    if all.allSatisfy({ $0.index != nil }) { return { .index($0.index!) } }
    let names = [table, baseline].map { $0.rows.compactMap(\.name) }
    guard names[0].count == table.rows.count, names[1].count == baseline.rows.count else {
      throw DatasetError(
        table.name, "its classes cannot be matched with those of \(baseline.name): one has numbers, the other names")
    }
    guard names.allSatisfy({ Set($0).count == $0.count }) else {
      throw DatasetError(
        table.name, "its classes cannot be matched with those of \(baseline.name) by name, because a name is repeated")
    }
    return { .name($0.name!) }
  }
}
