package import Core
package import Results
package import Sweeps

/// How well each class is known, over the trials of a sweep: for tables that stay readable with a thousand classes.
package struct ClassTable {
  package enum Order: String, CaseIterable, Sendable {
    case worst
    case best
    /// By the class's name.
    case name
  }

  package struct Row: Hashable, Sendable {
    package let number: Int
    package let name: String
    /// Means over the trials; nil where no trial says it.
    package let accuracy: Double?
    package let precision: Double?
    /// Test images of the class, over all trials.
    package let images: Int
    /// The class that its images are most often taken for, and how often.
    package let takenFor: (name: String, count: Int)?

    package static func == (left: Row, right: Row) -> Bool { left.number == right.number && left.name == right.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }

  /// In the order of the classes.
  package let rows: [Row]
  package let trials: Int

  /// - Parameters:
  ///   - results: trials of one data set.
  ///   - input: what says the names of the classes.
  package init(_ results: [TrialResult], of input: ReportInput) {
    trials = results.count
    let names = input.classNames
    let series = results.map(\.values)
    let confusions = results.map(\.values.confusion)
    let count = max(
      series.map { $0.series(.accuracy)?.count ?? 0 }.max() ?? 0, confusions.map(\.classes).max() ?? 0)
    var mistakes: [[Int: Int]] = Array(repeating: [:], count: count)
    var images = [Int](repeating: 0, count: count)
    for entry in confusions.flatMap(\.entries) {
      images[entry.label] += entry.count
      if entry.label != entry.prediction { mistakes[entry.label][entry.prediction, default: 0] += entry.count }
    }
    func name(_ index: Int) -> String { names.indices.contains(index) ? names[index] : String(index) }
    func mean(_ kind: ClassSeries, _ index: Int) -> Double? {
      Grid.mean(
        series.compactMap { values in
          guard let own = values.series(kind), index < own.count, own[index].isFinite else { return nil }
          return own[index]
        })
    }
    rows = (0..<count).map { index in
      let most = mistakes[index].max { ($0.value, $1.key) < ($1.value, $0.key) }
      return Row(
        number: index, name: name(index), accuracy: mean(.accuracy, index), precision: mean(.precision, index),
        images: images[index], takenFor: most.map { (name($0.key), $0.value) })
    }
  }

  /// The rows whose names hold `search`, whatever their case, in `order`; a class without an accuracy comes last.
  package func rows(_ order: Order, search: String? = nil) -> [Row] {
    let wanted = search?.lowercased()
    let found = rows.filter { row in wanted.map { row.name.lowercased().contains($0) } ?? true }
    switch order {
    case .worst: return found.sorted { ($0.accuracy ?? 2, $0.number) < ($1.accuracy ?? 2, $1.number) }
    case .best: return found.sorted { (-($0.accuracy ?? -1), $0.number) < (-($1.accuracy ?? -1), $1.number) }
    case .name: return found.sorted { ($0.name.lowercased(), $0.number) < ($1.name.lowercased(), $1.number) }
    }
  }

  /// Comma-separated values with a header, one line a row.
  package static func csv(_ rows: [Row]) -> String {
    func number(_ value: Double?) -> String { value.map { String($0) } ?? "" }
    func quoted(_ text: String) -> String {
      text.contains { ",\"\n\r".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
    let lines = rows.map { row in
      [
        String(row.number), quoted(row.name), number(row.accuracy), number(row.precision), String(row.images),
        quoted(row.takenFor?.name ?? ""), row.takenFor.map { String($0.count) } ?? "",
      ].joined(separator: ",")
    }
    return (["class,name,accuracy,precision,images,taken_for,taken_for_images"] + lines).joined(separator: "\n") + "\n"
  }

  package static func json(_ rows: [Row]) -> JSONValue {
    .array(
      rows.map { row in
        [
          "class": .integer(Int64(row.number)), "name": .string(row.name),
          "accuracy": row.accuracy.map { .number($0) } ?? .null,
          "precision": row.precision.map { .number($0) } ?? .null, "images": .integer(Int64(row.images)),
          "takenFor": row.takenFor.map { .string($0.name) } ?? .null,
          "takenForImages": row.takenFor.map { .integer(Int64($0.count)) } ?? .null,
        ]
      })
  }

  /// Lines for a terminal: accuracy, images, the name, and what the class is taken for.
  package static func text(_ rows: [Row]) -> [String] {
    func padded(_ text: String) -> String { String(repeating: " ", count: max(0, 9 - text.count)) + text }
    return [padded("accuracy") + padded("images") + "  class"]
      + rows.map { row in
        let other = row.takenFor.map { TerminalWords.takenFor($0.name, $0.count).plainText(in: .english) } ?? ""
        return padded(Numbers.percent(row.accuracy)) + padded(Numbers.count(row.images)) + "  \(row.name)\(other)"
      }
  }
}
