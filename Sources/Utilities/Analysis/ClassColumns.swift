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

  private let table: CommaSeparatedValues
  private var file: String { table.name }
  private let width: Int
  private var places: [Column: Int] = [:]

  init(_ header: CommaSeparatedValues.Record, of table: CommaSeparatedValues) throws {
    self.table = table
    let file = table.name
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
      name: places[.name].map { Self.trimmed(record.fields[$0]) },
      index: try whole(.index, record, limit: Int(Int32.max)), count: try whole(.count, record, limit: Self.countLimit),
      accuracy: try rate(.accuracy, record), precision: try rate(.precision, record),
      recall: try rate(.recall, record), confusionScores: try scores(record),
      confusionSkewness: try places[.skewness].flatMap { place in
        try known(record.fields[place]).map { try number($0, record) }
      })
  }

  /// Sentences about classes of which `rows` lacks a number that the file has a column for.
  func gaps(in rows: [ClassTable.Row]) -> [String] {
    let values: [(Column, (ClassTable.Row) -> Bool)] = [
      (.count, { $0.count == nil }), (.accuracy, { $0.accuracy == nil }), (.precision, { $0.precision == nil }),
      (.recall, { $0.recall == nil }), (.skewness, { $0.confusionSkewness == nil }),
    ]
    return values.filter { places[$0.0] != nil }.compactMap { column, isMissing in
      let missing = rows.filter(isMissing)
      guard let first = missing.first else { return nil }
      let whom = missing.count == 1 ? first.label : "\(missing.count) classes, first \(first.label)"
      return "\(file): \"\(column.names[0])\" is empty for \(whom); "
        + (column == .count
          ? "what needs the counts of all classes is not computed" : "what is computed of it leaves them out")
    }
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
    var unlabelled = counts.removeValue(forKey: "") ?? 0
    let numbered = Self.numbered(counts)
    if let numbered {
      unlabelled += numbered[-1] ?? 0
    } else {
      unlabelled += counts.removeValue(forKey: "-1") ?? 0
    }
    let rows = numbered.map(Self.rows) ?? counts.keys.sorted().map { ClassTable.Row(name: $0, count: counts[$0]) }
    guard !rows.isEmpty else {
      throw DatasetError(file, "no row has a label: the column \"\(names[place])\" is empty or −1 everywhere")
    }
    let notes = unlabelled == 0 ? [] : ["\(unlabelled) rows of \(file) have no label (empty or −1) and are not counted"]
    return (rows, notes)
  }

  /// The counts by class number where all labels are whole numbers, also as floating point spells them (`1.0`, where labels
  /// are missing in a table of pandas); nil where some are names, or two spellings of a number stand side by side.
  private static func numbered(_ counts: [String: Int]) -> [Int: Int]? {
    var numbered: [Int: Int] = [:]
    for (text, count) in counts {
      guard let number = WholeNumber.parse(text), Int32(exactly: number) != nil,
        numbered.updateValue(count, forKey: number) == nil
      else { return nil }
    }
    return numbered
  }

  private static func rows(_ counts: [Int: Int]) -> [ClassTable.Row] {
    counts.keys.sorted().filter { $0 != -1 }.map { ClassTable.Row(index: $0, count: counts[$0]) }
  }

  private func check(_ record: CommaSeparatedValues.Record) throws {
    guard record.fields.count == width else {
      throw CommaSeparatedValues.error(
        file, line: record.line, "\(record.fields.count) fields instead of the \(width) that the first line names")
    }
  }

  /// nil for an empty field of any column but the number that tells classes apart.
  private func whole(_ column: Column, _ record: CommaSeparatedValues.Record, limit: Int) throws -> Int? {
    guard let place = places[column] else { return nil }
    guard let text = known(record.fields[place]) else {
      if column == .index { throw invalid("", column, record, "is no whole number from 0 to \(limit)") }
      return nil
    }
    // Tables written through floating point say 1300.0.
    guard let number = Int(text) ?? table.number(text).flatMap({ Int(exactly: $0) }), (0...limit).contains(number)
    else {
      throw invalid(text, column, record, "is no whole number from 0 to \(limit)")
    }
    return number
  }

  private func rate(_ column: Column, _ record: CommaSeparatedValues.Record) throws -> Double? {
    guard let place = places[column], let text = known(record.fields[place]) else { return nil }
    guard let rate = table.number(text), (-1e-9...1 + 1e-9).contains(rate) else {
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
    guard let number = table.number(Self.trimmed(text)) else {
      throw CommaSeparatedValues.error(file, line: record.line, "\"\(text)\" is no number")
    }
    return number
  }

  /// The text of a field; nil when it is empty.
  private func known(_ field: String) -> String? {
    let text = Self.trimmed(field)
    return text.isEmpty ? nil : text
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
