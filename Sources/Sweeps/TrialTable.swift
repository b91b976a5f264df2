package import Core

/// Which tasks compute which point of a sweep's grid: what the store keeps beside a planned sweep, so that nobody who reads
/// results has to plan it again.
package struct TrialTable: Hashable, Sendable {
  /// A point of the grid with the tasks that compute it.
  package struct Row: Hashable, Sendable {
    package let point: TrialPoint
    /// Chooses, trains, and measures what does not depend on the deployment.
    package let task: TaskID
    /// The scores that the trial reads; nil when it reads none.
    package let scores: TaskID?
    /// The measure tasks, by the name that the measured accuracy has among the metrics (`deployment`).
    package let measures: [String: TaskID]

    package init(point: TrialPoint, task: TaskID, scores: TaskID?, measures: [String: TaskID]) {
      self.point = point
      self.task = task
      self.scores = scores
      self.measures = measures
    }
  }

  /// As it was planned: every default written out.
  package let sweep: Sweep
  /// For each data set of the sweep the task of every part that it reads, by the part's name.
  package let parts: [[String: TaskID]]
  /// One a point, in the order of ``Sweep/points``.
  package let rows: [Row]

  package init(sweep: Sweep, parts: [[String: TaskID]], rows: [Row]) {
    self.sweep = sweep
    self.parts = parts
    self.rows = rows
  }

  /// The tasks of all parts.
  package var partTasks: Set<TaskID> { Set(parts.flatMap(\.values)) }

  /// What people call each task of the sweep.
  package func labels() -> [TaskID: String] {
    var labels: [TaskID: String] = [:]
    for (name, task) in parts.joined() { labels[task] = "part \(name)" }
    for row in rows {
      labels[row.task] = row.point.label
      if let scores = row.scores, labels[scores] == nil {
        labels[scores] = "scores for \(row.point.strategy.name), \(row.point.shift), seed \(row.point.seed)"
      }
      for (name, task) in row.measures { labels[task] = "\(name) of \(row.point.label)" }
    }
    return labels
  }
}

extension TrialTable {
  private static let magic = Array("WTAB".utf8)
  private static let version: UInt8 = 1

  /// The stored form: `WTAB`, a version byte, the length of a JSON header in four bytes (low byte first), the header
  /// (the sweep, the parts, a list of them for several data sets, the names of the measures), then one record a row, in the order of the sweep's points: the
  /// digests of trial, scores (zeros for none) and measures, 32 bytes each.
  package var bytes: [UInt8] {
    let names = rows.first?.measures.keys.sorted() ?? []
    let parts = parts.map { JSONValue.object($0.mapValues { .string($0.description) }) }
    let header: JSONValue = [
      "sweep": sweep.json, "parts": parts.count == 1 ? parts[0] : .array(parts),
      "measures": .array(names.map { .string($0) }),
    ]
    let text = header.canonical
    var bytes = Self.magic + [Self.version] + UInt32(text.count).littleEndianBytes + text
    bytes.reserveCapacity(bytes.count + rows.count * 32 * (2 + names.count))
    for row in rows {
      bytes += row.task.digest.bytes
      bytes += row.scores?.digest.bytes ?? [UInt8](repeating: 0, count: 32)
      for name in names { bytes += row.measures[name]!.digest.bytes }
    }
    return bytes
  }

  /// Reads what ``bytes`` wrote. Throws a ``ConfigurationError`` at `place` on anything else.
  package init(bytes: [UInt8], place: String) throws {
    func damaged(_ what: String) -> ConfigurationError {
      ConfigurationError(place: place, problem: "its trial table is damaged: \(what); plan the sweep again")
    }
    guard bytes.starts(with: Self.magic), bytes.count > 9 else { throw damaged("it does not begin with WTAB") }
    guard bytes[4] == Self.version else { throw damaged("it has version \(bytes[4]), not \(Self.version)") }
    let length = Int(littleEndianBytes: bytes[5..<9])
    guard length <= bytes.count - 9 else { throw damaged("its header is cut off") }
    var header = try StrictObject(try JSONValue.parse(Array(bytes[9..<9 + length]), source: place), place: place)
    sweep = try Sweep(json: try header.require("sweep"), place: header.path("sweep"))
    let lists = header.value("parts").map { $0.elements ?? [$0] } ?? []
    parts = lists.map { ($0.members ?? [:]).compactMapValues { $0.text.flatMap { TaskID($0) } } }
    let names = (try header.array("measures") ?? []).compactMap(\.text)
    try header.finish()
    guard Set(names).count == names.count else { throw damaged("a measure is named twice") }
    let width = 32 * (2 + names.count)
    let (count, rest) = (bytes.count - 9 - length).quotientAndRemainder(dividingBy: width)
    // Counted before they are made: a damaged header may ask for any number of points.
    guard rest == 0, count == sweep.pointCount, case let points = sweep.points, points.count == count else {
      throw damaged("its rows do not fit its grid")
    }
    guard parts.count == sweep.datasets.count else { throw damaged("it has not the parts of each data set") }
    rows = points.enumerated().map { index, point in
      let start = 9 + length + index * width
      func digest(_ column: Int) -> Digest {
        Digest(bytes: Array(bytes[start + 32 * column..<start + 32 * (column + 1)]))!
      }
      let scores = bytes[start + 32..<start + 64].contains { $0 != 0 } ? TaskID(digest(1)) : nil
      return Row(
        point: point, task: TaskID(digest(0)), scores: scores,
        measures: Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, TaskID(digest(2 + $0))) }))
    }
  }
}
