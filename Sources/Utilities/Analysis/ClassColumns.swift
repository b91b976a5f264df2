import Core
import Formats

/// Finds the columns of a ``ClassTable`` by their names and reads rows.
struct ClassColumns {
  private enum Column: CaseIterable {
    case name, index, count, accuracy, precision, recall, scores, skewness

    /// The names under which the column is known, the preferred one first.
    var names: [String] {
      switch self {
      case .name: ["classname", "class name", "class_name", "name", "class", "label"]
      case .index: ["index", "class index", "class_index", "class_id"]
      case .count: ["class count", "class_count", "count", "samples"]
      case .accuracy: ["accuracy"]
      case .precision: ["precision"]
      case .recall: ["recall"]
      case .scores: ["most confused scores"]
      case .skewness: ["skewness of normalized confusion scores"]
      }
    }
  }

  /// The columns that may hold the label of a sample, the preferred one first.
  private static let labels = ["label", "observed label", "observed_label", "class", "classname", "class_name"]
  /// The largest count of a class: sums of millions of them still fit.
  private static let countLimit = 1 << 40

  private let file: String
  private let width: Int
  private var places: [Column: Int] = [:]

  init(_ header: CommaSeparatedValues.Record, file: String) throws {
    self.file = file
    width = header.fields.count
    let names = header.fields.map { Self.normalised($0) }
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw CommaSeparatedValues.error(file, line: header.line, "the column \"\(name)\" appears twice")
    }
    for column in Column.allCases {
      places[column] = column.names.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    if describesClasses, places[.name] == nil, places[.index] == nil {
      throw CommaSeparatedValues.error(
        file, line: header.line, "a per-class table needs a column \"classname\" or \"index\"")
    }
  }

  /// Whether a row is a class, not a sample.
  var describesClasses: Bool { places[.count] != nil || places[.accuracy] != nil }

  func row(_ record: CommaSeparatedValues.Record) throws -> ClassTable.Row {
    try check(record)
    return ClassTable.Row(
      name: places[.name].map { record.fields[$0] },
      index: try whole(.index, record, limit: Int(Int32.max)), count: try whole(.count, record, limit: Self.countLimit),
      accuracy: try rate(.accuracy, record), precision: try rate(.precision, record),
      recall: try rate(.recall, record), confusionScores: try scores(record),
      confusionSkewness: try places[.skewness].map { try number(record.fields[$0], record) })
  }

  /// The classes of a manifest by their labels, with the number of samples of each.
  func countedLabels(
    _ records: ArraySlice<CommaSeparatedValues.Record>, header: CommaSeparatedValues.Record
  ) throws -> (rows: [ClassTable.Row], notes: [String]) {
    let names = header.fields.map { Self.normalised($0) }
    guard let place = Self.labels.lazy.compactMap({ names.firstIndex(of: $0) }).first else {
      throw CommaSeparatedValues.error(
        file, line: header.line,
        "neither a per-class table (no column \"class count\", \"count\" or \"accuracy\") nor a manifest (no column "
          + "\"label\" or \"class\"); the columns are \(names.prefix(12).joined(separator: ", "))")
    }
    var counts: [String: Int] = [:]
    for record in records {
      try check(record)
      counts[Self.trimmed(record.fields[place]), default: 0] += 1
    }
    let unlabelled = (counts.removeValue(forKey: "") ?? 0) + (counts.removeValue(forKey: "-1") ?? 0)
    guard !counts.isEmpty else {
      throw DatasetError(file, "no row has a label: the column \"\(names[place])\" is empty or −1 everywhere")
    }
    let notes = unlabelled == 0 ? [] : ["\(unlabelled) rows of \(file) have no label (empty or −1) and are not counted"]
    return (Self.rows(counts), notes)
  }

  /// Labels that are all whole numbers are class numbers, any others are names.
  private static func rows(_ counts: [String: Int]) -> [ClassTable.Row] {
    let indices = counts.keys.compactMap { Int32($0) }
    guard indices.count == counts.count, Set(indices).count == counts.count else {
      return counts.keys.sorted().map { ClassTable.Row(name: $0, count: counts[$0]) }
    }
    let numbered = counts.map { ClassTable.Row(index: Int($0.key), count: $0.value) }
    return numbered.sorted { $0.index! < $1.index! }
  }

  private func check(_ record: CommaSeparatedValues.Record) throws {
    guard record.fields.count == width else {
      throw CommaSeparatedValues.error(
        file, line: record.line, "\(record.fields.count) fields instead of the \(width) that the first line names")
    }
  }

  private func whole(_ column: Column, _ record: CommaSeparatedValues.Record, limit: Int) throws -> Int? {
    guard let place = places[column] else { return nil }
    let text = Self.trimmed(record.fields[place])
    // Tables written through floating point say 1300.0.
    guard let number = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }), (0...limit).contains(number) else {
      throw invalid(text, column, record, "is no whole number from 0 to \(limit)")
    }
    return number
  }

  private func rate(_ column: Column, _ record: CommaSeparatedValues.Record) throws -> Double? {
    guard let place = places[column] else { return nil }
    let text = Self.trimmed(record.fields[place])
    guard let rate = Double(text), (-1e-9...1 + 1e-9).contains(rate) else {
      throw invalid(text, column, record, "is no fraction from 0 to 1")
    }
    return rate
  }

  private func scores(_ record: CommaSeparatedValues.Record) throws -> [Double]? {
    guard let place = places[.scores] else { return nil }
    let list = record.fields[place].filter { $0 != "[" && $0 != "]" }
    return try list.split(separator: ",").map { try number(String($0), record) }
  }

  private func number(_ text: String, _ record: CommaSeparatedValues.Record) throws -> Double {
    guard let number = Double(Self.trimmed(text)), number.isFinite else {
      throw CommaSeparatedValues.error(file, line: record.line, "\"\(text)\" is no number")
    }
    return number
  }

  private func invalid(
    _ text: String, _ column: Column, _ record: CommaSeparatedValues.Record, _ problem: String
  ) -> DatasetError {
    CommaSeparatedValues.error(file, line: record.line, "\"\(text)\" for \"\(column.names[0])\" \(problem)")
  }

  private static func normalised(_ name: String) -> String { trimmed(name).lowercased() }

  private static func trimmed(_ text: String) -> String {
    guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
    let start = text.drop { $0.isWhitespace }
    return String(start[..<(start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex)])
  }
}
