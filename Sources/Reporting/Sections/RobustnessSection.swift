/// Accuracy under each corruption, and the mean corruption error relative to the reference.
struct RobustnessSection {
  let setting: SettingAnalysis
  let level: Int

  private var grid: Grid { setting.grid }
  private var present: [Int] { grid.strategies.indices.filter { !grid.results($0).isEmpty } }
  /// Names of metrics of whole corruptions in any trial, the hardest first.
  private var corruptions: [String] {
    let names = Set(present.flatMap { grid.results($0).flatMap { grid.corruptions(of: $0) } }).sorted()
    guard let first = present.first else { return names }
    let values = Dictionary(uniqueKeysWithValues: names.map { ($0, grid.mean($0, first) ?? 2) })
    return names.sorted { (values[$0]!, $0) < (values[$1]!, $1) }
  }

  var markup: [Markup] {
    let names = corruptions
    guard !names.isEmpty else { return [] }
    let largest = largest(names)
    let rows = names.map {
      row(label: grid.metrics[name: $0]?.thing.map { Markup($0) } ?? .code($0), metric: $0, largest: largest)
    }
    let mean = grid.metrics.metric(for: .robustness).map {
      row(label: RobustnessWords.mean, metric: $0.name, largest: largest, style: "total")
    }
    let last = [mean, mce].compactMap { $0 }
    let table = DataTable(
      caption: RobustnessWords.caption(names.count), corner: RobustnessWords.corner, columns: columns,
      rows: rows + last, style: "matrix")
    return [.heading(level, RobustnessWords.heading), table.markup] + severities(names)
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
    let values = present.map { grid.mean(.relativeCorruptionError, $0) }
    guard values.contains(where: { $0 != nil }) else { return nil }
    return DataTable.Row([RobustnessWords.mce], values.map { .number(Numbers.decimal($0, 3)) }, style: "total")
  }

  private func severities(_ names: [String]) -> [Markup] {
    var metrics: [Int: [String]] = [:]
    for metric in grid.metrics.metrics {
      guard case .severity(let severity, let kind) = metric.role, names.contains(kind) else { continue }
      metrics[severity, default: []].append(metric.name)
    }
    let severities = metrics.keys.sorted().filter { severity in
      present.contains { strategy in metrics[severity]!.contains { grid.mean($0, strategy) != nil } }
    }
    guard let last = severities.last else { return [] }
    let rows = severities.map { severity in
      DataTable.Row(
        [.text(String(severity))],
        present.map { strategy in
          .number(Numbers.percentage(Grid.mean(metrics[severity]!.compactMap { grid.mean($0, strategy) })))
        })
    }
    let table = DataTable(
      caption: RobustnessWords.severityCaption(last), corner: RobustnessWords.severity, columns: columns, rows: rows,
      style: "matrix")
    return [.details(RobustnessWords.severities, [table.markup])]
  }
}
