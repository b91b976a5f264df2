import Core

/// Accuracy by class.
struct ClassSection {
  let setting: SettingAnalysis
  let classNames: [String]
  let level: Int

  private enum Words {
    static let heading = Markup(english: "Accuracy by class", japanese: "クラス別の正解率")
    static let caption = Markup(
      english:
        "Accuracy in percent on the base test images, means over ways of collecting and seeds. One row is one class, hardest for random first. Shades are differences to random.",
      japanese:
        "基本テスト画像での正解率（%）。集め方とシードの平均です。1行が1クラスで、無作為購入にとって難しいクラスから並べます。色の濃さは無作為購入との差を表します。")
    static let open = Markup(english: "All classes", japanese: "すべてのクラス")
    static let corner = Markup(english: "Class", japanese: "クラス")
    static func name(_ index: Int) -> Markup { Markup(english: "class \(index)", japanese: "クラス\(index)") }
  }

  /// More classes than this are cut to the hardest ones.
  private static let longest = 50

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    let present = grid.strategies.indices.filter { !grid.results($0).isEmpty }
    let means = present.map { meanAccuracies(of: $0) }
    guard let first = means.first, !first.isEmpty else { return [] }
    let reference = present.firstIndex { grid.strategies[$0].isReference }.map { means[$0] }
    let order = first.indices.sorted { (first[$0] ?? 2, $0) < (first[$1] ?? 2, $1) }.prefix(Self.longest)
    let differences = order.flatMap { index in means.compactMap { Self.difference($0, reference, index) } }
    let largest = RobustScale.largest(differences)
    let rows = order.map { index in
      DataTable.Row(
        [index < classNames.count ? .text(classNames[index]) : Words.name(index)],
        means.map { values in
          let shade = Self.difference(values, reference, index).map { Heat.style($0, largest: largest) } ?? ""
          return .number(Numbers.percentage(index < values.count ? values[index] : nil), style: shade)
        })
    }
    let table = DataTable(
      caption: Words.caption, corner: Words.corner, columns: present.map { .init(.code(setting.name($0))) }, rows: rows,
      style: "matrix")
    return [.heading(level, Words.heading), .details(Words.open, [table.markup], isOpen: true)]
  }

  private static func difference(_ values: [Double?], _ reference: [Double?]?, _ index: Int) -> Double? {
    guard let reference, index < min(values.count, reference.count), let own = values[index],
      let other = reference[index]
    else { return nil }
    return own - other
  }

  /// The mean accuracy on each class over all trials of a strategy.
  private func meanAccuracies(of strategy: Int) -> [Double?] {
    let series = grid.results(strategy).compactMap { $0.values.perClass["accuracy"] }
    let count = series.map(\.count).max() ?? 0
    return (0..<count).map { index in
      Grid.mean(series.compactMap { index < $0.count && $0[index].isFinite ? $0[index] : nil })
    }
  }
}
