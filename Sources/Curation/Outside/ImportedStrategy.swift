import Datasets

/// A subset that somebody chose elsewhere.
struct ImportedStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "imported",
    summary: "the images that a file names, in its order, as many as the budget buys; looking is not charged",
    source: "–", needs: [],
    options: [
      .file(
        "file",
        "the subset: CSV with a column uid or index, or NumPy (rows of the pool, or names as u8,u8), as exported")
    ])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    guard let bytes = evidence.outside.files["file"] else { throw CurationError("the imported subset was not given") }
    let imported = try ImportedSubset(reading: bytes, name: "the imported subset")
    return Selection(Array(try candidates.positions(of: imported, name: "the imported subset").prefix(count)))
  }
}
