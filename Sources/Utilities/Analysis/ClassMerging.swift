import Core
import Formats

/// Makes each class of a per-class table appear once.
struct ClassMerging {
  private typealias Entry = (row: ClassTable.Row, line: Int)

  let file: String
  /// Which names were repeated and what was done.
  private(set) var notes: [String] = []

  init(file: String) { self.file = file }

  /// The classes of `entries`, by number where there are numbers, else as they come. Throws where rows contradict each other.
  mutating func merged(_ entries: [(row: ClassTable.Row, line: Int)], first: Int) throws -> [ClassTable.Row] {
    guard entries.allSatisfy({ $0.row.index != nil }) else { return try named(entries) }
    var byName: [String: [Entry]] = [:]
    for entry in entries { byName[entry.row.name ?? "", default: []].append(entry) }
    // Without names every number is a group of its own.
    let groups =
      entries[0].row.name == nil
      ? Dictionary(grouping: entries) { "\($0.row.index!)" }.values.map { $0 } : Array(byName.values)
    var merged: [Entry] = []
    for group in groups.sorted(by: { $0[0].line < $1[0].line }) { merged += try unrepeated(group) }
    merged.sort { ($0.row.index!, $0.line) < ($1.row.index!, $1.line) }
    for (entry, next) in zip(merged, merged.dropFirst()) where entry.row.index == next.row.index {
      throw contradiction(entry, next, "two classes have the number \(entry.row.index!)")
    }
    return merged.map(\.row)
  }

  private func named(_ entries: [Entry]) throws -> [ClassTable.Row] {
    var seen: [String: Entry] = [:]
    for entry in entries {
      if let earlier = seen.updateValue(entry, forKey: entry.row.name ?? "") {
        throw contradiction(
          earlier, entry, "the class \(entry.row.label) is repeated; a column \"index\" must tell such classes apart")
      }
    }
    return entries.map(\.row)
  }

  /// The classes that share one name.
  private mutating func unrepeated(_ group: [Entry]) throws -> [Entry] {
    guard group.count > 1 else { return group }
    let byIndex = Dictionary(grouping: group) { $0.row.index! }
    let indices = byIndex.keys.sorted()
    let label = group[0].row.name.map { "the name \"\($0)\"" } ?? "the number \(indices[0])"
    let numbers = indices.map(String.init).joined(separator: ", ")
    guard byIndex.count < group.count else {
      notes.append("\(file): \(label) belongs to the classes \(numbers), each with its own row")
      return group
    }
    for same in indices.map({ byIndex[$0]! }) {
      for entry in same where entry.row.count != same[0].row.count {
        throw contradiction(same[0], entry, "the class \(entry.row.label) has two different counts")
      }
    }
    var rates: [[Double?]] = []
    for entry in group where !rates.contains(entry.row.rates) { rates.append(entry.row.rates) }
    guard rates.count == 1 || rates.count == indices.count else {
      throw contradiction(
        group[0], group[group.count - 1],
        "\(label) has \(rates.count) different results for \(indices.count) class numbers, which cannot be told apart")
    }
    notes.append(
      "\(file): \(group.count) rows with \(label) became \(indices.count) (classes \(numbers)); of its distinct (accuracy, "
        + "precision, recall) the first belongs to the smallest number, the last to the largest")
    return indices.enumerated().map { place, index in
      var entry = byIndex[index]![0]
      entry.row.rates = rates[min(place, rates.count - 1)]
      return entry
    }
  }

  private func contradiction(_ first: Entry, _ second: Entry, _ problem: String) -> DatasetError {
    CommaSeparatedValues.error(file, line: second.line, "\(problem) (see line \(first.line))")
  }
}
