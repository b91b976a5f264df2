import Results
import Statistics
import Sweeps

/// Whether each strategy that looks before it buys was worth its price.
struct ChoosingSection {
  let analysis: ChoosingAnalysis
  let currency: String
  private let strategyTable: StrategyCatalogue

  /// nil when nothing looks before it buys.
  init?(_ report: ReportAnalysis) {
    let settings = report.settings.filter { $0.setting.kind == report.settings[0].setting.kind }
    guard let analysis = ChoosingAnalysis(settings) else { return nil }
    self.analysis = analysis
    currency = report.input.sweep.prices.currency
    strategyTable = report.input.strategies
  }

  var markup: Markup {
    .element(
      "section", ["id": "choosing"],
      [
        .heading(2, ChoosingWords.heading),
        .paragraph(
          ChoosingWords.explanation(analysis.metric.shownTitle, SettingWords.money(analysis.budget, currency)),
          class: "note"),
        DataTable(
          caption: ChoosingWords.caption, corner: SettingWords.strategy,
          columns: ChoosingWords.columns(currency).map { .init($0) }, rows: analysis.lines.map(row), style: "wordy"
        ).markup,
      ])
  }

  private func row(_ line: ChoosingAnalysis.Line) -> DataTable.Row {
    let interval = line.difference.interval()
    let candidate = line.candidates > 0 ? line.spent / line.candidates : 0
    return DataTable.Row(
      StrategyName.markup(line.strategy, strategyTable),
      [
        DataTable.Cell(
          [
            .element(
              "span", class: "delta", [.text(Numbers.difference(line.difference.estimate, of: analysis.metric))]),
            .element(
              "span", class: "interval",
              [
                CurveNumbersWords.interval(
                  Numbers.difference(interval.lowerBound, of: analysis.metric),
                  Numbers.difference(interval.upperBound, of: analysis.metric))
              ]),
          ], style: "n"),
        DataTable.Cell([ChoosingWords.finding(line.finding)]), .number(Numbers.amount(line.spent)),
        .number(Numbers.score(candidate)),
        DataTable.Cell([ChoosingWords.breakEven(line.breakEven, candidate: candidate)], style: "n"),
      ])
  }
}
