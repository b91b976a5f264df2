import Core
import Formats

/// What a CSV says of classes: either one row a class (results and numbers of training images, as the SELECT paper
/// publishes them) or one row a sample with its label (a manifest of a data set or of a subset), counted by class.
package struct ClassTable: Hashable, Sendable {
  /// One class. What the file does not tell is nil.
  package struct Row: Hashable, Sendable {
    package internal(set) var name: String?
    /// The class's number, which makes it unique; names may repeat.
    package internal(set) var index: Int?
    /// Training images of the class.
    package internal(set) var count: Int?
    package internal(set) var accuracy: Double?
    package internal(set) var precision: Double?
    package internal(set) var recall: Double?
    /// At most five rates at which the class is taken for another one, largest first.
    package internal(set) var confusionScores: [Double]?
    /// The skewness of those scores as the file gives it.
    package internal(set) var confusionSkewness: Double?

    /// For messages: `"missile" (657)`.
    var label: String {
      guard let name else { return index.map(String.init) ?? "?" }
      return index.map { "\"\(name)\" (\($0))" } ?? "\"\(name)\""
    }

    var rates: [Double?] {
      get { [accuracy, precision, recall] }
      set { (accuracy, precision, recall) = (newValue[0], newValue[1], newValue[2]) }
    }
  }

  /// Names the file in messages.
  package let name: String
  /// Whether the file has one row a sample.
  package let isManifest: Bool
  /// Rows of the file below its header.
  package let records: Int
  /// Each class once, in the order of the numbers where the classes have them, else of the names (of a table: of the file).
  package let rows: [Row]
  /// What was merged or left out, in plain sentences.
  package let notes: [String]

  /// Reads a CSV whose first line names the columns; capitals do not matter.
  ///
  /// With a column of counts (`class count`, `count`, `samples`) or of accuracies (`accuracy`) it is a per-class table;
  /// classes are told apart by `index`, or by `classname`, `name`, `class` or `label`. Otherwise it is a manifest with one
  /// `label` or `class` a sample.
  ///
  /// Where classes share a name, the published tables hold every combination of the classes' rates and numbers. Then the
  /// first distinct (accuracy, precision, recall) belongs to the smallest number, and so on; each merger is noted.
  ///
  /// An empty number of a class is unknown, and a note says so. Throws a ``DatasetError`` with the line of anything that
  /// cannot be understood.
  package init(csv bytes: [UInt8], name: String) throws {
    let file = try CommaSeparatedValues(bytes, name: name)
    guard let header = file.records.first else {
      throw DatasetError(name, "the file is empty; a first line with the names of the columns is needed")
    }
    let columns = try ClassColumns(header, of: file)
    let records = file.records.dropFirst()
    guard let first = records.first else { throw DatasetError(name, "there is no row below the names of the columns") }
    self.name = name
    self.records = records.count
    isManifest = !columns.describesClasses
    if isManifest {
      (rows, notes) = try columns.countedLabels(records, header: header)
    } else {
      var merging = ClassMerging(file: name)
      rows = try merging.merged(records.map { (try columns.row($0), $0.line) }, first: first.line)
      notes = merging.notes + columns.gaps(in: rows)
    }
  }

  /// One value a class, nil for those of which the file tells none.
  package func values(_ value: (Row) -> Double?) -> [Double?] { rows.map(value) }
}
