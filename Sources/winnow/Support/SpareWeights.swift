import Core
import Execution
import ObjectStore
import Planning
import Results
import Sweeps

/// Trained networks that nobody asks to keep: of trials whose every measure is known, whose sweeps keep others, and that can be
/// trained again.
struct SpareWeights {
  private let store: Store

  /// - Parameter store: opened for writing, so that no coordinator is at work.
  init(_ store: Store) { self.store = store }

  /// What was let go.
  struct Report {
    let objects: Int
    let bytes: Int

    /// What a person should know; nil when nothing went.
    var note: String? {
      guard objects > 0 else { return nil }
      return "Of \(objects) trained networks (\(ByteCount.text(bytes))) only digests are kept; those of one seed stay, "
        + "or all with \"storeWeights\": \"all\" in the sweep."
    }
  }

  /// Lets go what is spare of the sweeps `ids`, or of all. What another sweep of the store asks to keep, or has not measured
  /// yet, stays.
  func release(of ids: Set<Digest>? = nil, dryRun: Bool) throws -> Report {
    var spare: Set<TaskID> = []
    var kept: Set<TaskID> = []
    for sweep in try StoredSweeps(store).all(unreadable: { _ in }) {
      let table = sweep.table
      let measured = try store.finished(among: table.rows.flatMap(\.measures.values))
      kept.formUnion(table.trialsWithStoredWeights)
      for row in table.rows {
        guard row.measures.values.allSatisfy(measured.contains), Catalogue.winnow.tables.trainsAgain(row.point.model)
        else {
          kept.insert(row.task)
          continue
        }
        if ids?.contains(sweep.id) ?? true { spare.insert(row.task) }
      }
    }
    spare.subtract(kept)
    var networks: Set<Digest> = []
    for (task, outcome) in try store.outcomes(of: spare.sorted()) {
      let place = "outcome of task \(task.short)"
      if let network = try Outcome(bytes: outcome.bytes, place: place).object(.model) {
        networks.insert(network.digest)
      }
    }
    let report = try store.release(networks, madeBy: spare, dryRun: dryRun)
    return Report(objects: report.objects, bytes: report.bytes)
  }
}
