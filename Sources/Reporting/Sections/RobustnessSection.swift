import Core

/// Accuracy under each corruption, and the mean corruption error relative to the reference.
struct RobustnessSection {
  let setting: SettingAnalysis
  let level: Int

  private enum Words {
    static let heading = Markup(english: "Robustness by corruption", japanese: "劣化の種類ごとの頑健性")
    static func caption(_ count: Int) -> Markup {
      Markup(
        english:
          "Accuracy in percent under \(count) corruptions of the test images, means over severities, ways of collecting and seeds. One row is one corruption, hardest for random first; the last row is mCE, the error relative to random's (below 1 is more robust). Shades are differences to random.",
        japanese:
          "テスト画像を\(count)種類の方法で劣化させたときの正解率（%）。強さ、集め方、シードの平均です。1行が1種類の劣化で、無作為購入にとって難しい順に並べます。最後の行は mCE、つまり無作為購入に対する誤りの比（1より小さいほど頑健）です。色の濃さは無作為購入との差を表します。"
      )
    }
    static let corner = Markup(english: "Corruption", japanese: "劣化")
    static let severities = Markup(english: "By severity", japanese: "強さごと")
    static func severityCaption(_ severities: Int) -> Markup {
      Markup(
        english:
          "Accuracy in percent by severity, means over corruptions. One row is one severity from 1 (mild) to \(severities) (strong).",
        japanese: "強さごとの正解率（%）。劣化の種類の平均です。1行が1つの強さで、1（弱い）から\(severities)（強い）まであります。")
    }
    static let severity = Markup(english: "Severity", japanese: "強さ")
    static let mean = Markup(english: "mean", japanese: "平均")
    static let mce = Markup.text("mCE")
  }

  private var grid: Grid { setting.grid }
  private var present: [Int] { grid.strategies.indices.filter { !grid.results($0).isEmpty } }
  /// Names of metrics of whole corruptions in any trial, the hardest first.
  private var corruptions: [String] {
    let names = Set(present.flatMap { grid.results($0).flatMap { Grid.corruptions(of: $0) } }).sorted()
    guard let first = present.first else { return names }
    let values = Dictionary(uniqueKeysWithValues: names.map { ($0, grid.mean($0, first) ?? 2) })
    return names.sorted { (values[$0]!, $0) < (values[$1]!, $1) }
  }

  var markup: [Markup] {
    let names = corruptions
    guard !names.isEmpty else { return [] }
    let largest = largest(names)
    let rows = names.map {
      row(label: grid.metrics[$0]?.thing.map { Markup($0) } ?? .code($0), metric: $0, largest: largest)
    }
    let last =
      [row(label: Words.mean, metric: "robustness", largest: largest, style: "total")] + [mce].compactMap { $0 }
    let table = DataTable(
      caption: Words.caption(names.count), corner: Words.corner, columns: columns, rows: rows + last, style: "matrix")
    return [.heading(level, Words.heading), table.markup] + severities(names)
  }

  private var columns: [DataTable.Column] { present.map { .init(.code(setting.name($0))) } }

  /// The differences to the reference under every corruption: one scale for the whole table.
  private func largest(_ names: [String]) -> Double {
    guard let reference = grid.reference else { return 0 }
    return RobustScale.largest(
      names.flatMap { name -> [Double] in
        guard let other = grid.mean(name, reference) else { return [] }
        return present.filter { $0 != reference }.compactMap { grid.mean(name, $0).map { $0 - other } }
      })
  }

  private func row(label: Markup, metric: String, largest: Double, style: String = "") -> DataTable.Row {
    let reference = grid.reference.flatMap { grid.mean(metric, $0) }
    let cells = present.map { strategy -> DataTable.Cell in
      let value = grid.mean(metric, strategy)
      guard let value, let reference else { return .number(Numbers.percentage(value)) }
      return .number(Numbers.percentage(value), style: Heat.style(value - reference, largest: largest))
    }
    return DataTable.Row([label], cells, style: style)
  }

  private var mce: DataTable.Row? {
    let values = present.map { grid.mean("robustness.mce", $0) }
    guard values.contains(where: { $0 != nil }) else { return nil }
    return DataTable.Row([Words.mce], values.map { .number(Numbers.decimal($0, 3)) }, style: "total")
  }

  private func severities(_ names: [String]) -> [Markup] {
    let severities = (1...5).filter { severity in
      present.contains { grid.mean("\(names[0]).\(severity)", $0) != nil }
    }
    guard let last = severities.last else { return [] }
    let rows = severities.map { severity in
      DataTable.Row(
        [.text(String(severity))],
        present.map { strategy in
          .number(Numbers.percentage(Grid.mean(names.compactMap { grid.mean("\($0).\(severity)", strategy) })))
        })
    }
    let table = DataTable(
      caption: Words.severityCaption(last), corner: Words.severity, columns: columns, rows: rows, style: "matrix")
    return [.details(Words.severities, [table.markup])]
  }
}
