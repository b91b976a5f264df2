import Datasets

/// Per-class results as the SELECT paper publishes them: one CSV a model, one row a class, with accuracy, precision, recall,
/// confusion scores and the number of training images.
package struct PerClassTable: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package let name: String
    /// The class's number, which makes it unique; names may repeat.
    package let index: Int
    package private(set) var accuracy: Double
    package private(set) var precision: Double
    package private(set) var recall: Double
    /// Training images of the class.
    package let count: Int
    /// At most five rates at which the class is taken for another one, largest first.
    package let confusionScores: [Double]
    /// The published skewness of those scores.
    package let confusionSkewness: Double

    fileprivate var rates: [Double] {
      get { [accuracy, precision, recall] }
      set { (accuracy, precision, recall) = (newValue[0], newValue[1], newValue[2]) }
    }
  }

  /// In the order of the class numbers, each number once.
  package let rows: [Row]

  /// Reads a published table and undoes its repetitions.
  ///
  /// Where two classes share a name, the published tables hold every combination of the two classes' rates and numbers. Of
  /// a repeated name the first distinct (accuracy, precision, recall) belongs to the smaller number, the last to the larger.
  /// Throws a `DatasetError` on anything that is not such a table.
  package init(csv text: String) throws {
    let records = try CommaSeparatedValues.records(text)
    guard let header = records.first else { throw PerClassTable.error(line: 1, "the table is empty") }
    let columns = try Columns(header.fields)
    let all = try records.dropFirst().map { try columns.row($0) }
    let groups = Dictionary(grouping: all, by: \.name)
    var rows: [Row] = []
    for name in groups.keys.sorted() { rows += Self.unrepeated(groups[name]!) }
    self.rows = rows.sorted { $0.index < $1.index }
  }

  /// What is wrong in which line, from 1.
  fileprivate static func error(line: Int, _ problem: String) -> DatasetError {
    DatasetError("line \(line) of the per-class table", problem)
  }

  private static func unrepeated(_ rows: [Row]) -> [Row] {
    var byIndex: [Int: Row] = [:]
    for row in rows { byIndex[row.index] = byIndex[row.index] ?? row }
    return byIndex.keys.sorted().enumerated().map { place, index in
      var row = byIndex[index]!
      row.rates = (place == 0 ? rows.first! : rows.last!).rates
      return row
    }
  }
}

/// Finds the columns that are needed by their names.
private struct Columns {
  private let places: [String: Int]
  private let count: Int

  init(_ header: [String]) throws {
    places = Dictionary(zip(header, header.indices), uniquingKeysWith: { first, _ in first })
    count = header.count
    let needed = [
      "classname", "index", "accuracy", "Precision", "Recall", "Class Count", "most confused scores",
      "skewness of normalized confusion scores",
    ]
    for name in needed where places[name] == nil {
      throw PerClassTable.error(line: 1, "the column \"\(name)\" is missing")
    }
  }

  func row(_ record: CommaSeparatedValues.Record) throws -> PerClassTable.Row {
    guard record.fields.count == count else {
      throw PerClassTable.error(line: record.line, "\(record.fields.count) fields instead of \(count)")
    }
    func field(_ name: String) -> String { record.fields[places[name]!] }
    func value<Value: LosslessStringConvertible>(_ name: String, _ type: Value.Type) throws -> Value {
      guard let value = Value(field(name)) else {
        throw PerClassTable.error(line: record.line, "\"\(field(name))\" is no value for \"\(name)\"")
      }
      return value
    }
    let scores = field("most confused scores").filter { $0 != "[" && $0 != "]" && $0 != " " }.split(separator: ",")
    return PerClassTable.Row(
      name: field("classname"), index: try value("index", Int.self), accuracy: try value("accuracy", Double.self),
      precision: try value("Precision", Double.self), recall: try value("Recall", Double.self),
      count: try value("Class Count", Int.self),
      confusionScores: try scores.map { score in
        guard let score = Double(score) else {
          throw PerClassTable.error(line: record.line, "\"\(score)\" is no confusion score")
        }
        return score
      }, confusionSkewness: try value("skewness of normalized confusion scores", Double.self))
  }
}

/// Comma-separated values with quotes as in RFC 4180.
enum CommaSeparatedValues {
  struct Record {
    /// The line on which the record starts, from 1.
    let line: Int
    let fields: [String]
  }

  /// The records of `text`; empty lines are skipped. Throws when a quoted field is never closed.
  static func records(_ text: String) throws -> [Record] {
    var records: [Record] = []
    var fields: [String] = []
    var field = ""
    var (line, start, isQuoted, wasQuote) = (1, 1, false, false)
    func endRecord() {
      fields.append(field)
      if fields != [""] { records.append(Record(line: start, fields: fields)) }
      (fields, field) = ([], "")
    }
    for character in text {
      if isQuoted, character != "\"" {
        field.append(character)
      } else if character == "\"" {
        // A quote right after a closing quote stands for itself.
        if !isQuoted, wasQuote { field.append(character) }
        isQuoted.toggle()
      } else if character == "," {
        fields.append(field)
        field = ""
      } else if character.isNewline {
        endRecord()
        start = line + 1
      } else {
        field.append(character)
      }
      wasQuote = character == "\""
      if character.isNewline { line += 1 }
    }
    guard !isQuoted else { throw PerClassTable.error(line: start, "a quoted field is never closed") }
    endRecord()
    return records
  }
}
