package import Core
package import Datasets
import Formats
package import ObjectStore
import Sweeps

/// What of a store was made with certain samples.
package struct StoredUses {
  /// A trial that was trained on some of them.
  package struct Trial: Hashable, Sendable {
    package let sweep: Digest
    package let sweepName: String
    package let label: String
    package let task: TaskID
    package let outcome: Digest
    /// The stored network.
    package let model: Digest?
    /// How many of them it was trained on.
    package let samples: Int
  }

  /// A sweep whose parts hold some of them, whether a trial chose them or not.
  package struct Sweep: Hashable, Sendable {
    package let id: Digest
    package let name: String
    /// The pools and sets that hold them, by name; blocks go by the name of their source.
    package let sources: [String]
    package let trials: [Trial]
  }

  private let store: Store
  private let sought: SampleRows.Sought

  package init(of sought: SampleRows.Sought, in store: Store) {
    self.store = store
    self.sought = sought
  }

  /// The sweeps of the store that hold some of the samples, oldest first. Throws when an object is missing or damaged.
  package func sweeps(_ sweeps: [StoredSweep]) throws -> [Sweep] {
    var known: [TaskID: Set<Int>] = [:]
    func rows(_ task: TaskID) throws -> Set<Int> {
      if let rows = known[task] { return rows }
      let rows = try self.rows(of: task)
      known[task] = rows
      return rows
    }
    return try sweeps.compactMap { sweep in
      let holding = Set(try sweep.table.parts.joined().filter { try !rows($0.value).isEmpty }.map(\.key))
      guard !holding.isEmpty else { return nil }
      let trials = try sweep.table.rows.compactMap { row -> Trial? in
        guard let stored = try store.outcomes(of: [row.task])[row.task] else { return nil }
        let outcome = try Outcome(bytes: stored.bytes, place: row.point.label)
        let samples = try count(of: row.task, outcome, label: row.point.label, rows)
        guard samples > 0 else { return nil }
        return Trial(
          sweep: sweep.id, sweepName: sweep.name, label: row.point.label, task: row.task, outcome: stored.digest,
          model: outcome.object(.model)?.digest, samples: samples)
      }
      let sources = Set(holding.map { $0.split(separator: "/").first.map(String.init) ?? $0 })
      return Sweep(id: sweep.id, name: sweep.name, sources: sources.sorted(), trials: trials)
    }
  }

  /// The rows of a part's objects that hold some of the samples; none while it is not built.
  private func rows(of part: TaskID) throws -> Set<Int> {
    guard let stored = try store.outcomes(of: [part])[part] else { return [] }
    let place = "part \(part.short)"
    let objects = try Outcome(bytes: stored.bytes, place: place).objects
    let needed = SampleRows.needed(of: Set(objects.keys), for: sought)
    guard !needed.isEmpty else { return [] }
    let contents = try needed.map { ($0, try store.read(objects[$0]!.digest)) }
    return Set(try SampleRows.of(sought, in: Dictionary(uniqueKeysWithValues: contents), owner: place))
  }

  /// How many of the samples a trial was trained on.
  private func count(
    of trial: TaskID, _ outcome: Outcome, label: String, _ rows: (TaskID) throws -> Set<Int>
  ) throws -> Int {
    guard let bytes = try store.specification(of: trial), let subset = outcome.object(.subset) else { return 0 }
    let inputs = try TaskSpecification(bytes: bytes, place: label).inputs
    let chosen = try integers(subset, label)
    guard let sources = outcome.object(.sources), let shifts = outcome.object(.shifts) else {
      guard let held = try inputs[TrialInput.pool.name].map(rows), !held.isEmpty else { return 0 }
      return chosen.count(where: held.contains)
    }
    let names = try JSONValue.parse(try store.read(sources.digest), source: label).elements?.compactMap(\.text) ?? []
    let held = try names.map { try inputs[TrialInput.source(shift: $0).name].map(rows) ?? [] }
    return zip(chosen, try integers(shifts, label)).count { row, shift in
      held.indices.contains(shift) && held[shift].contains(row)
    }
  }

  private func integers(_ object: ObjectReference, _ label: String) throws -> [Int] {
    let array = try NumPyArray(reading: try store.read(object.digest), name: label)
    guard let values = array.values.integers else {
      throw DatasetError(label, "an object that names its samples holds no whole numbers")
    }
    return values
  }
}
