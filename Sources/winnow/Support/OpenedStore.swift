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

extension StoredSweeps {
  init(_ store: Store) { self.init(store, guide: .winnow) }
}
