import Core
import Datasets

extension StrategyRow {
  /// A subset that somebody chose elsewhere.
  static let imported = StrategyRow(
    StrategyDescription(
      name: "imported",
      summary: "the images that a file names, in its order, as many as the budget buys; looking is not charged",
      words: Words(english: "buy the images that a file names", japanese: "ファイルに書かれた画像を購入する"),
      source: "–", needs: [],
      options: [
        .file(
          "file",
          "the subset: CSV with a column uid or index, or NumPy (rows of the pool, or names as u8,u8), as exported")
      ])
  ) { count, setting in
    guard let bytes = setting.evidence.outside.files["file"] else {
      throw CurationError("the imported subset was not given")
    }
    let imported = try ImportedSubset(reading: bytes, name: "the imported subset")
    let positions = try setting.candidates.positions(of: imported, name: "the imported subset")
    return Selection(Array(positions.prefix(count)))
  }
}
