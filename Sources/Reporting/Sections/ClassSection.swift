/// Accuracy by class.
struct ClassSection {
  let setting: SettingAnalysis
  let classNames: [String]
  let level: Int

  /// More classes than this are cut to the hardest ones.
  private static let longest = 50

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    let present = grid.strategies.indices.filter { !grid.results($0).isEmpty }
    let means = present.map { meanAccuracies(of: $0) }
    guard let first = means.first(where: { !$0.isEmpty }) else { return [] }
    let reference = present.firstIndex { grid.strategies[$0].isReference }.map { means[$0] }
    let order = first.indices.sorted { (first[$0] ?? 2, $0) < (first[$1] ?? 2, $1) }.prefix(Self.longest)
    let differences = order.flatMap { index in means.compactMap { Self.difference($0, reference, index) } }
    let largest = RobustScale.largest(differences)
    let rows = order.map { index in
      DataTable.Row(
        [index < classNames.count ? .text(classNames[index]) : ClassWords.name(index)],
        means.map { values in
          let shade = Self.difference(values, reference, index).map { Heat.style($0, largest: largest) } ?? ""
          return .number(Numbers.percentage(index < values.count ? values[index] : nil), style: shade)
        })
    }
    let table = DataTable(
      caption: ClassWords.caption, corner: ClassWords.corner, columns: present.map { .init(.code(setting.name($0))) },
      rows: rows,
      style: "matrix")
    return [
      .heading(level, ClassWords.heading), .details(title(order.count, of: first.count), [table.markup], isOpen: true),
    ]
  }

  private func title(_ shown: Int, of total: Int) -> Markup {
    shown < total ? ClassWords.hardest(shown, of: total) : ClassWords.open
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
