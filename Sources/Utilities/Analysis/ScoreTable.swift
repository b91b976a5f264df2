import Core
import Formats

/// Scores of methods on tasks, or over seeds: anybody's numbers.
package struct ScoreTable: Hashable, Sendable {
  package let methods: [String]
  /// The tasks, or the seeds.
  package let units: [String]
  /// One row a method, one value a unit; nil where a file has none.
  package let values: [[Double?]]

  /// Reads one file or several.
  ///
  /// - A CSV: the first line names the columns, the first column the methods, and every other column is a unit. An empty field is a
  ///   missing score.
  /// - The published results of SELECT's VTAB evaluation: a line `NAME Results:`, then lines `TASK Accuracy: VALUE`; one file a
  ///   method.
  ///
  /// Several files of the second kind, or of either, make one table: methods in the order of the files, units in the order in which
  /// they first occur. Throws a ``DatasetError`` with the line of what cannot be understood, and where a method comes twice.
  package init(files: [(name: String, bytes: [UInt8])]) throws {
    var methods: [String] = []
    var units: [String] = []
    var scores: [String: [String: Double]] = [:]
    for file in files {
      for (method, found) in try Self.read(file.bytes, name: file.name) {
        guard scores[method] == nil else { throw DatasetError(file.name, "the method “\(method)” comes twice") }
        methods.append(method)
        for (unit, _) in found where !units.contains(unit) { units.append(unit) }
        scores[method] = Dictionary(found.compactMap { unit, value in value.map { (unit, $0) } }) { $1 }
      }
    }
    guard !methods.isEmpty, !units.isEmpty else {
      throw DatasetError(files.first?.name ?? "the table", "there is no method with a score")
    }
    self.methods = methods
    self.units = units
    values = methods.map { method in units.map { scores[method]?[$0] } }
  }

  private typealias Scores = [(method: String, scores: [(unit: String, value: Double?)])]

  private static func read(_ bytes: [UInt8], name: String) throws -> Scores {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(trimmed)
    let isPublished = lines.first { !$0.isEmpty }?.hasSuffix("Results:") ?? false
    return isPublished ? try published(lines, name: name) : try table(bytes, name: name)
  }

  private static func published(_ lines: [String], name: String) throws -> Scores {
    var found: Scores = []
    for (number, line) in lines.enumerated() where !line.isEmpty {
      if line.hasSuffix("Results:") {
        found.append((trimmed(line.dropLast("Results:".count)), []))
        continue
      }
      guard let place = line.firstRange(of: " Accuracy:"), let value = Double(trimmed(line[place.upperBound...])),
        value.isFinite, !found.isEmpty
      else {
        throw DatasetError(
          name, "line \(number + 1), “\(line)”, is neither “NAME Results:” nor “TASK Accuracy: NUMBER”")
      }
      found[found.count - 1].scores.append((trimmed(line[..<place.lowerBound]), value))
    }
    return found
  }

  private static func table(_ bytes: [UInt8], name: String) throws -> Scores {
    let file = try CommaSeparatedValues(bytes, name: name)
    guard let header = file.records.first, header.fields.count > 1 else {
      throw DatasetError(name, "a first line that names a column of methods and a column a task or seed is needed")
    }
    let units = header.fields.dropFirst().map(trimmed)
    guard Set(units).count == units.count, !units.contains("") else {
      throw DatasetError(name, "every column needs a name of its own")
    }
    return try file.records.dropFirst().map { record in
      guard record.fields.count == header.fields.count else {
        throw DatasetError(
          name, "line \(record.line) has \(record.fields.count) fields where the first line has \(header.fields.count)")
      }
      let scores = try zip(units, record.fields.dropFirst()).map { unit, field -> (unit: String, value: Double?) in
        let text = trimmed(field)
        guard !text.isEmpty else { return (unit, nil) }
        let number = text.hasSuffix("%") ? Double(trimmed(text.dropLast())).map { $0 / 100 } : Double(text)
        guard let number, number.isFinite else {
          throw DatasetError(name, "line \(record.line), column \(unit): “\(text)” is not a number")
        }
        return (unit, number)
      }
      return (trimmed(record.fields[0]), scores)
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(String(text).drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
