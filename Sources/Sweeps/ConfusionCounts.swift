package import Core

/// How often images of each class were taken for each class: the counts that are not zero, however many classes there are.
package struct ConfusionCounts: Hashable, Sendable {
  /// Images of one class that were taken for one class.
  package struct Entry: Hashable, Sendable {
    package let label: Int
    package let prediction: Int
    /// At least 1.
    package let count: Int

    package init(label: Int, prediction: Int, count: Int) {
      self.label = label
      self.prediction = prediction
      self.count = count
    }
  }

  package let classes: Int
  /// By label, then prediction.
  package let entries: [Entry]

  /// Takes entries in 0..<classes, each pair once; zeros are left out, order does not matter.
  package init(classes: Int, entries: [Entry]) {
    self.classes = classes
    self.entries = entries.filter { $0.count != 0 }.sorted { ($0.label, $0.prediction) < ($1.label, $1.prediction) }
  }

  /// Takes a square table: rows are true classes, columns predicted ones.
  package init(rows: [[Int]]) {
    self.init(
      classes: rows.count,
      entries: rows.indices.flatMap { label in
        rows[label].indices.map { Entry(label: label, prediction: $0, count: rows[label][$0]) }
      })
  }

  /// The square table; only for a number of classes whose square is small.
  package var rows: [[Int]] {
    var rows = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for entry in entries { rows[entry.label][entry.prediction] = entry.count }
    return rows
  }

  /// Up to so many classes the stored form is the square table.
  private static let largestTable = 256
  private static let largestCount = 1 << 40

  /// The rows of the square table; above 256 classes `{"classes": N, "entries": [[label, prediction, count], …]}`.
  package var json: JSONValue {
    func numbers(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .integer(Int64($0)) }) }
    guard classes > Self.largestTable else { return .array(rows.map(numbers)) }
    return [
      "classes": .integer(Int64(classes)),
      "entries": .array(entries.map { numbers([$0.label, $0.prediction, $0.count]) }),
    ]
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  package init(json: JSONValue, place: String) throws {
    func error(_ problem: String) -> ConfigurationError { ConfigurationError(place: place, problem: problem) }
    func numbers(_ json: JSONValue) throws -> [Int] {
      let numbers = (json.elements ?? []).map { $0.int ?? -1 }
      guard numbers.allSatisfy({ (0...Self.largestCount).contains($0) }) else {
        throw error("counts are whole numbers")
      }
      return numbers
    }
    if let table = json.elements {
      let rows = try table.map(numbers)
      guard rows.allSatisfy({ $0.count == rows.count }) else { throw error("a confusion matrix is square") }
      self.init(rows: rows)
      return
    }
    var object = try StrictObject(json, place: place)
    guard let classes = try object.integer("classes", in: 0...1_000_000) else { throw error("the classes are missing") }
    let entries = try (object.array("entries") ?? []).map(numbers)
    try object.finish()
    guard entries.allSatisfy({ $0.count == 3 && $0[0] < classes && $0[1] < classes }),
      Set(entries.map { $0.prefix(2) }).count == entries.count
    else { throw error("an entry is a label, a prediction and a count, each pair once") }
    self.init(classes: classes, entries: entries.map { Entry(label: $0[0], prediction: $0[1], count: $0[2]) })
  }
}
