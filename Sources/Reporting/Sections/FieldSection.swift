import Results
import Statistics
import Sweeps

/// How many field pictures are worth as much as others, and up to which price of a photograph.
struct FieldSection {
  let analysis: FieldAnalysis
  let currency: String

  /// nil when the data set has no pool of the field, or there is one budget.
  init?(_ report: ReportAnalysis) {
    guard let first = report.grids.settings.first else { return nil }
    guard let analysis = FieldAnalysis(report.grids, report.grids.budgets(of: first)) else { return nil }
    self.analysis = analysis
    currency = report.input.sweep.prices.currency
  }

  var markup: Markup {
    .element(
      "section", ["id": "field"],
      [
        .heading(2, FieldWords.heading), .paragraph(sentences), .paragraph(FieldWords.explanation, class: "note"),
        table.markup,
      ])
  }

  /// The answer against the best other way of collecting.
  var sentences: Markup {
    let line = analysis.lines[0]
    return .sentences([
      FieldWords.equal(
        line.equal.kind, Numbers.decimal(line.equal.equivalent, 0), interval: interval(line),
        pictures: Numbers.decimal(line.pictures, 0), shift: line.shift),
      FieldWords.worth(line.equal.kind, Numbers.score(line.worth), shift: line.shift),
      FieldWords.breakEven(
        line.breakEven, range: FieldWords.range(line.breakEvenRange.low, line.breakEvenRange.high),
        now: "\(Numbers.score(analysis.photograph))\u{A0}\(currency)", currency: currency),
    ])
  }

  private func interval(_ line: FieldAnalysis.Line) -> Markup? {
    guard line.equal.kind == .measured || line.equal.kind == .extrapolated else { return nil }
    return MultiplierWords.interval(
      line.equal.low.map { .text(Numbers.decimal($0, 0)) }, line.equal.high.map { .text(Numbers.decimal($0, 0)) })
  }

  private var table: DataTable {
    DataTable(
      caption: FieldWords.caption, corner: FieldWords.corner,
      columns: FieldWords.columns(currency).map { .init($0) },
      rows: analysis.lines.map { line in
        let equal = MultiplierWords.equivalent(
          line.equal.kind, .text(Numbers.decimal(line.equal.equivalent, 0)), interval: interval(line))
        return DataTable.Row(
          [.code(line.shift)],
          [
            .number(Numbers.decimal(line.pictures, 0)),
            .number(Numbers.value(line.value, of: analysis.metric, bare: true)),
            DataTable.Cell([equal], style: "n"), .number(Numbers.score(line.worth)),
            DataTable.Cell([FieldWords.price(line.breakEven)], style: "n"),
          ])
      }, style: "wordy")
  }
}
