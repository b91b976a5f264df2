import Execution
import ObjectStore
import Planning
import Results

extension Catalogue {
  /// The tables of this program.
  static let winnow = Catalogue.standard()
}

extension ResultsGuide {
  /// What the tables of this program say.
  static let winnow = ResultsGuide(
    tables: { try Catalogue.winnow.tables.wording(of: $0) },
    firstRelease: { try FirstReleasePlan(store: $0).table(of: $1, catalogue: .winnow) })
}

extension Terminal {
  /// Says that a sweep is left out.
  static func note(_ sweep: UnreadableSweep) {
    note("Note: sweep \(sweep.id.short) (\(sweep.name)) is left out: \(sweep.reason.problem)")
  }
}

extension StoredSweeps {
  init(_ store: Store) { self.init(store, guide: .winnow) }
}
