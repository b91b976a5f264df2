import Results
import Statistics
import Sweeps

/// How many field pictures are worth as much as others, and up to which price of a photograph.
struct FieldSection {
  let analysis: FieldAnalysis
  /// nil in one world.
  let worlds: FieldWorlds?
  let currency: String

  /// nil when the data set has no pool of the field, or there is one budget.
  init?(_ report: ReportAnalysis) {
    guard let first = report.grids.settings.first else { return nil }
    guard let analysis = FieldAnalysis(report.grids, report.grids.budgets(of: first)) else { return nil }
    self.analysis = analysis
    worlds = FieldWorlds(report.grids, like: first)
    currency = report.input.sweep.prices.currency
  }

  var markup: Markup {
    .element(
      "section", ["id": "field"],
      [
        .heading(2, FieldWords.heading), .paragraph(sentences), .paragraph(FieldWords.explanation, class: "note"),
        table.markup,
      ] + (worlds.map { [.paragraph(changes($0)), table($0).markup] } ?? []))
  }

  /// Whether the worth changes from world to world.
  private func changes(_ worlds: FieldWorlds) -> Markup {
    guard worlds.comparisons > 0 else { return FieldWords.notCompared }
    guard let change = worlds.changes.first else { return FieldWords.noChange(worlds.comparisons) }
    func worth(_ place: Int) -> Markup {
      let world = worlds.worlds[place]
      let line = world.analysis.lines.first { $0.shift == change.shift }!
      return FieldWords.worth(line.equal.kind, Numbers.score(line.worth), range: range(line), in: world.name)
    }
    return FieldWords.change(
      worth(change.more), worth(change.less), shift: change.shift, decided: worlds.changes.count,
      of: worlds.comparisons)
  }

  private func range(_ line: FieldAnalysis.Line) -> Markup {
    let (low, high) = line.worthRange
    return MultiplierWords.interval(low.map { .text(Numbers.score($0)) }, high.map { .text(Numbers.score($0)) })
  }

  private func table(_ worlds: FieldWorlds) -> DataTable {
    let hasDistance = worlds.worlds.contains { $0.distance != nil }
    let columns =
      worlds.shifts.map { DataTable.Column(.code($0)) } + (hasDistance ? [.init(FieldWords.distance)] : [])
    let rows = worlds.worlds.map { world in
      let worths = worlds.shifts.map { shift -> DataTable.Cell in
        let line = world.analysis.lines.first { $0.shift == shift }!
        return DataTable.Cell(
          [FieldWords.worth(line.equal.kind, Numbers.score(line.worth), range: range(line))], style: "n")
      }
      let distance = world.distance.map { DataTable.Cell.number(Numbers.score($0)) } ?? .number(Numbers.missing)
      return DataTable.Row([.code(world.name)], worths + (hasDistance ? [distance] : []))
    }
    return DataTable(caption: FieldWords.worldsCaption, corner: FieldWords.world, columns: columns, rows: rows)
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
