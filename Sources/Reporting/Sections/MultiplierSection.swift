import Economics
import Results
import Statistics
import Sweeps

/// What the money of the recommended option is worth elsewhere, and how each way of collecting goes on with more money.
struct MultiplierSection {
  let analysis: MultiplierAnalysis
  let currency: String

  /// nil when nothing is recommended or there is one budget.
  init?(_ input: ReportInput, _ settings: [SettingAnalysis]) {
    guard let first = settings.first(where: { $0.verdict != nil }) else { return nil }
    let levels = settings.filter { $0.verdict != nil && $0.setting.kind == first.setting.kind }
    guard let verdict = levels.last?.verdict,
      let analysis = MultiplierAnalysis(input, levels.map(\.setting), verdict: verdict)
    else { return nil }
    self.analysis = analysis
    currency = input.sweep.prices.currency
  }

  var markup: Markup {
    .element(
      "section", ["id": "worth"],
      [
        .heading(2, MultiplierWords.heading),
        .list(analysis.lines.prefix(Self.told).map(sentence)),
        .paragraph(MultiplierWords.explanation(analysis.weights), class: "note"), table.markup,
        .details(MultiplierWords.curves, [.paragraph(MultiplierWords.curvesExplanation), curves.markup]),
      ])
  }

  /// Others that are told in words; all are in the table.
  private static let told = 2

  private func amount(_ value: Double) -> String { "\(Numbers.amount(value))\u{A0}\(currency)" }

  private func sentence(_ line: MultiplierAnalysis.Line) -> Markup {
    let level = analysis.told(line)
    let found = line.multipliers[level]
    let start = MultiplierWords.sentence(
      DecisionWords.option(analysis.recommended), spent: amount(found.spent),
      equivalent: equivalent(found, amount(found.equivalent)), DecisionWords.option(line.option))
    let items = analysis.items[level]
    guard items > 0, found.kind != .upperBound else { return start }
    return .sentences([
      start,
      MultiplierWords.breakEven(
        price: "\(Numbers.score(found.equivalent / items))\u{A0}\(currency)",
        now: "\(Numbers.score(found.spent / items))\u{A0}\(currency)", isBound: found.kind == .lowerBound),
    ])
  }

  private func equivalent(_ found: MoneyMultiplier, _ value: String) -> Markup {
    let interval =
      found.kind == .lowerBound || found.kind == .upperBound
      ? nil
      : MultiplierWords.interval(
        found.low.map(Numbers.amount), found.high.map(Numbers.amount))
    return MultiplierWords.equivalent(found.kind, value, interval: interval)
  }

  private var table: DataTable {
    DataTable(
      caption: MultiplierWords.caption(DecisionWords.option(analysis.recommended), currency),
      corner: MultiplierWords.corner,
      columns: zip(analysis.budgets, analysis.spent).map { budget, _ in
        .init(.text(SettingWords.money(budget, currency)))
      } + [.init(MultiplierWords.factor)],
      rows: analysis.lines.map { line in
        let cells = line.multipliers.map { found in
          DataTable.Cell([equivalent(found, Numbers.amount(found.equivalent))], style: "n")
        }
        let told = line.multipliers[analysis.told(line)]
        return DataTable.Row(
          [DecisionWords.option(line.option)],
          cells + [
            DataTable.Cell(
              [MultiplierWords.equivalent(told.kind, Numbers.score(told.factor), interval: nil)], style: "n")
          ])
      }, style: "wordy")
  }

  private var curves: DataTable {
    let far = 2 * (analysis.spent.last ?? 0)
    return DataTable(
      caption: MultiplierWords.curvesCaption(analysis.weights), corner: MultiplierWords.corner,
      columns: [
        .init(MultiplierWords.limit), .init(MultiplierWords.exponent), .init(MultiplierWords.atTwice(amount(far))),
      ],
      rows: analysis.curves.map { curve in
        let name = [DecisionWords.option(curve.option)]
        guard let band = curve.band else {
          return DataTable.Row(
            name, [DataTable.Cell([MultiplierWords.unidentified]), .number(Numbers.missing), .number(Numbers.missing)])
        }
        let fit = band.curve
        return DataTable.Row(
          name,
          [
            number(fit.limit, band.limit, 1), number(fit.exponent, band.exponent, 2),
            number(fit.utility(at: far), band.utilities(at: far), 1),
          ])
      }, style: "wordy")
  }

  private func number(_ value: Double, _ range: ClosedRange<Double>, _ decimals: Int) -> DataTable.Cell {
    let (low, high) = (Numbers.decimal(range.lowerBound, decimals), Numbers.decimal(range.upperBound, decimals))
    return DataTable.Cell(
      [
        .element("span", class: "delta", [.text(Numbers.decimal(value, decimals))]),
        .element("span", class: "interval", [CurveNumbersWords.interval(low, high)]),
      ], style: "n")
  }
}
