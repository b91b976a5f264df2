/// Accuracy by class.
struct ClassSection {
  let setting: SettingAnalysis
  let classNames: [String]
  let level: Int

  /// More classes than this are cut to the hardest ones and the easiest ones.
  private static let longest = 50
  /// More classes than this are not listed at all: a page must open.
  private static let mostListed = 2_000

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    let present = grid.strategies.indices.filter { !grid.results($0).isEmpty }
    let means = present.map { meanAccuracies(of: $0) }
    guard let first = means.first(where: { !$0.isEmpty }) else { return [] }
    let reference = grid.reference.flatMap { present.firstIndex(of: $0) }.map { means[$0] }
    let order = first.indices.sorted { (first[$0] ?? 2, $0) < (first[$1] ?? 2, $1) }
    let differences = order.prefix(Self.longest).flatMap { index in
      means.compactMap { Self.difference($0, reference, index) }
    }
    let largest = RobustScale.largest(differences)
    func table(_ caption: Markup, _ classes: some Sequence<Int>) -> Markup {
      let rows = classes.map { index in
        DataTable.Row(
          [index < classNames.count ? .text(classNames[index]) : ClassWords.name(index)],
          means.map { values in
            let shade = Self.difference(values, reference, index).map { Heat.style($0, largest: largest) } ?? ""
            return .number(Numbers.percentage(index < values.count ? values[index] : nil), style: shade)
          })
      }
      return DataTable(
        caption: caption, corner: ClassWords.corner, columns: present.map { .init(.code(setting.name($0))) },
        rows: rows, style: "matrix"
      ).markup
    }
    let count = order.count
    let isShort = count <= Self.longest
    let hardest = Markup.details(
      isShort ? ClassWords.open : ClassWords.hardest(Self.longest, of: count),
      [table(ClassWords.caption, order.prefix(Self.longest))], isOpen: true)
    guard !isShort else { return [.heading(level, ClassWords.heading), hardest] }
    let easiest = order.filter { first[$0] != nil }.suffix(Self.longest).reversed()
    var parts = [
      hardest, Markup.details(ClassWords.easiest(Self.longest), [table(ClassWords.easiestCaption, easiest)]),
    ]
    if count <= Self.mostListed {
      let byName = first.indices.sorted { (name($0).lowercased(), $0) < (name($1).lowercased(), $1) }
      parts.append(.details(ClassWords.everyClass(count), [table(ClassWords.everyCaption, byName)]))
    }
    return [.heading(level, ClassWords.heading)] + parts + [.paragraph(ClassWords.elsewhere)]
  }

  private func name(_ index: Int) -> String { index < classNames.count ? classNames[index] : String(index) }

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
