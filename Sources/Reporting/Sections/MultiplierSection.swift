import Economics
import Results
import Statistics
import Sweeps

/// What the money of the recommended option is worth elsewhere, and how each way of collecting goes on with more money.
struct MultiplierSection {
  let analysis: MultiplierAnalysis
  let currency: String

  /// nil when nothing is recommended or there is one budget.
  init?(_ report: ReportAnalysis) {
    guard let analysis = report.worth else { return nil }
    self.analysis = analysis
    currency = report.input.sweep.prices.currency
  }

  /// What the first screen says of it: the money of the answer, at the budget of the question, against the first of the others.
  var headline: Markup? {
    // What buys elsewhere says what the way of collecting is worth; where nothing does, what choosing is worth. What was measured
    // says more than a bound; what holds at another budget answers another question.
    let elsewhere = analysis.lines.filter { $0.option.shift != analysis.recommended.shift }
    let lines = elsewhere.isEmpty ? analysis.lines : elsewhere
    let level = analysis.budgets.count - 1
    // A bound below what the answer itself costs says nothing: that pool ends before.
    let found =
      lines.first { $0.multipliers[level].kind == .measured } ?? lines.first { $0.multipliers[level].factor >= 1 }
    return (found ?? lines.first).map { sentence($0, level: level) }
  }

  var markup: Markup {
    .element(
      "section", ["id": "worth"],
      [
        .heading(2, MultiplierWords.heading),
        .list(analysis.lines.prefix(Self.told).map { sentence($0, level: analysis.told($0)) }),
        .paragraph(MultiplierWords.explanation(analysis.weights), class: "note"), table.markup,
      ] + counted + next + [
        .details(MultiplierWords.curves, [.paragraph(MultiplierWords.curvesExplanation), curves.markup])
      ])
  }

  /// The same counted in images and in processor hours, at the budget that is told.
  private var counted: [Markup] {
    let kinds = [MultiplierAnalysis.Currency.images, .hours].filter { kind in
      analysis.lines.contains { $0.others[kind] != nil }
    }
    guard !kinds.isEmpty else { return [] }
    let table = DataTable(
      caption: MultiplierWords.countedCaption(DecisionWords.option(analysis.recommended)),
      corner: MultiplierWords.corner,
      columns: [.init(MultiplierWords.budget)]
        + kinds.flatMap { [.init(MultiplierWords.own($0)), .init(MultiplierWords.counted($0))] },
      rows: analysis.lines.map { line in
        let level = analysis.told(line)
        return DataTable.Row(
          [DecisionWords.option(line.option)],
          [.number(SettingWords.money(analysis.budgets[level], currency))]
            + kinds.flatMap { kind -> [DataTable.Cell] in
              guard let found = line.others[kind]?[level] else {
                return [.number(Numbers.missing), .number(Numbers.missing)]
              }
              return [
                DataTable.Cell([spelled(found.spent, kind)], style: "n"),
                DataTable.Cell([equivalent(found, spelled(found.equivalent, kind), { spelled($0, kind) })], style: "n"),
              ]
            })
      }, style: "wordy")
    return [table.markup]
  }

  private func spelled(_ value: Double, _ kind: MultiplierAnalysis.Currency) -> Markup {
    switch kind {
    case .money: .text(Numbers.amount(value))
    case .images: .text(Numbers.decimal(value, 0))
    case .hours: ProvenanceWords.duration(value * 3_600)
    }
  }

  /// Whether more money would put something else first, beyond what seeds may have done.
  var changesWithMoney: Bool {
    guard let best = analysis.steps.first, let lead = analysis.lead else { return false }
    return !best.option.isSameChoice(as: analysis.recommended) && lead.isClear
  }

  /// What comes first with the next money; nil where nothing is known of it.
  var nextSentence: Markup? {
    guard let best = analysis.steps.first else { return nil }
    let lead = analysis.lead.map { lead in
      MultiplierWords.NextLead(
        points: points(lead.difference), interval: Self.range(lead.interval),
        over: DecisionWords.option(lead.other.option),
        isClear: lead.isClear)
    }
    return MultiplierWords.next(
      amount(analysis.nextAmount), DecisionWords.option(best.option), then: Numbers.decimal(best.then, 1), lead,
      stays: best.option.isSameChoice(as: analysis.recommended), isFitted: best.isFitted,
      poolEnds: best.poolEnds.map(self.amount))
  }

  /// Where the next money goes furthest.
  private var next: [Markup] {
    guard let sentence = nextSentence else { return [] }
    let amount = amount(analysis.nextAmount)
    let table = DataTable(
      caption: MultiplierWords.nextCaption(amount, analysis.weights), corner: MultiplierWords.corner,
      columns: MultiplierWords.nextColumns.map { .init($0) },
      rows: analysis.steps.map { step in
        DataTable.Row(
          [DecisionWords.option(step.option)],
          [
            .number(Numbers.decimal(step.now, 1)),
            DataTable.Cell(
              [.delta(.text(Numbers.decimal(step.gain, 1, signed: true)))]
                + (step.interval.map { [.interval(Self.range($0))] } ?? []), style: "n"),
            .number(Numbers.decimal(step.then, 1)),
            DataTable.Cell(
              [MultiplierWords.reading(isFitted: step.isFitted, poolEnds: step.poolEnds.map(self.amount))], style: "n"),
          ])
      }, style: "wordy")
    return [.heading(3, MultiplierWords.nextHeading(amount)), .paragraph(sentence), table.markup]
  }

  private func points(_ value: Double) -> Markup { SettingWords.points(Numbers.decimal(value, 1)) }

  private static func range(_ interval: ClosedRange<Double>) -> Markup {
    SettingWords.range(
      Numbers.decimal(interval.lowerBound, 1, signed: true), Numbers.decimal(interval.upperBound, 1, signed: true))
  }

  /// Others that are told in words; all are in the table.
  private static let told = 2

  private func amount(_ value: Double) -> String { "\(Numbers.amount(value))\u{A0}\(currency)" }

  private func sentence(_ line: MultiplierAnalysis.Line, level: Int) -> Markup {
    let found = line.multipliers[level]
    let start = MultiplierWords.sentence(
      DecisionWords.option(analysis.recommended), spent: amount(found.spent),
      equivalent: equivalent(found, .text(amount(found.equivalent))), DecisionWords.option(line.option),
      budget: level == analysis.budgets.count - 1 ? nil : SettingWords.money(analysis.budgets[level], currency))
    let items = analysis.items[level]
    // A bound that is what one spends oneself says nothing of prices.
    guard items > 0, found.kind != .upperBound, found.kind != .lowerBound || found.factor > 1.05 else { return start }
    return .sentences([
      start,
      MultiplierWords.breakEven(
        DecisionWords.option(analysis.recommended),
        price: "\(Numbers.price(found.equivalent / items))\u{A0}\(currency)",
        now: "\(Numbers.price(found.spent / items))\u{A0}\(currency)", isBound: found.kind == .lowerBound),
    ])
  }

  private func equivalent(
    _ found: MoneyMultiplier, _ value: Markup, _ spell: (Double) -> Markup = { .text(Numbers.amount($0)) }
  ) -> Markup {
    let interval: Markup? =
      switch found.kind {
      case .upperBound: nil
      // A bound that every redraw keeps needs no interval.
      case .lowerBound: found.isSurelyBeyond ? nil : MultiplierWords.interval(found.low.map(spell), nil)
      case .measured, .extrapolated: MultiplierWords.interval(found.low.map(spell), found.high.map(spell))
      }
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
          DataTable.Cell([equivalent(found, .text(Numbers.amount(found.equivalent)))], style: "n")
        }
        let told = line.multipliers[analysis.told(line)]
        return DataTable.Row(
          [DecisionWords.option(line.option)],
          cells + [
            DataTable.Cell(
              [MultiplierWords.equivalent(told.kind, .text(Numbers.score(told.factor)), interval: nil)], style: "n")
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
        .delta(.text(Numbers.decimal(value, decimals))),
        .interval(CurveNumbersWords.interval(low, high)),
      ], style: "n")
  }
}
