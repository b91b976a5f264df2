import Economics
import Statistics
import Sweeps

/// How stable the order of the strategies is: which of them the data tell apart, and what seeds, ways of collecting, utilities
/// and prices do to the order.
struct StabilitySection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  var markup: [Markup] {
    let parts = diagrams + stability
    return parts.isEmpty ? [] : [.heading(level, StabilityWords.heading)] + parts
  }

  private var diagrams: [Markup] {
    let figures = setting.utilities.compactMap { diagram($0) }
    return figures.isEmpty ? [] : [.paragraph(StabilityWords.diagrams), .element("div", class: "pair", figures)]
  }

  private func diagram(_ utility: UtilityAnalysis) -> Markup? {
    let statistics = FullStatistics(setting.grid, utility)
    guard let test = statistics.friedman, utility.contenders.count > 2 else { return nil }
    let ranks = CriticalDifference(test)
    let names = utility.contenders.map { setting.name($0.strategy) }
    let picture = CriticalDifferenceDiagram(ranks: ranks, names: names).markup(
      title: StabilityWords.diagram(utility.metric),
      description: StabilityWords.description(names[ranks.order[0]], ranks.cliques.count),
      difference: StabilityWords.difference(Numbers.decimal(ranks.difference, 2)))
    return .element("figure", [:], [.element("figcaption", [:], [utility.metric.shownTitle]), picture])
  }

  private var stability: [Markup] {
    guard let stability = setting.stability else { return [] }
    let judges = judges(stability)
    guard !judges.isEmpty || stability.prices != nil else { return [] }
    return [
      .paragraph(StabilityWords.order(SettingWords.inSentence(stability.metric))), agreement(stability, judges).markup,
      .details(StabilityWords.firsts, [firsts(stability, judges).markup]),
    ] + prices(stability)
  }

  private typealias Judges = (name: Markup, count: Int, stability: RankStability)

  private func judges(_ stability: StabilityAnalysis) -> [Judges] {
    [
      stability.seeds.map { (StabilityWords.seeds, setting.grid.replicates.count, $0) },
      stability.shifts.map { (StabilityWords.shifts, setting.grid.shifts.count, $0) },
      stability.utilities.map { (StabilityWords.utilities, stability.utilityMetrics.count, $0) },
    ].compactMap { $0 }
  }

  private func agreement(_ stability: StabilityAnalysis, _ judges: [Judges]) -> DataTable {
    let rows = judges.map { judge in
      DataTable.Row(
        [judge.name],
        [
          .number(Numbers.count(judge.count)), .number(Numbers.decimal(judge.stability.concordance, 2)),
          .number(
            judge.stability.pValue.map { $0 < 0.001 ? "<\u{A0}0.001" : Numbers.decimal($0, 3) } ?? Numbers.missing),
        ] + first(judge.stability.firstPlace, stability))
    }
    let prices = stability.prices.map { found in
      DataTable.Row(
        [StabilityWords.prices],
        [.number(Numbers.count(1_000)), .number(Numbers.missing), .number(Numbers.missing)]
          + first(found.firstPlace, stability))
    }
    return DataTable(
      caption: StabilityWords.caption, corner: StabilityWords.judge,
      columns: StabilityWords.columns.enumerated().map { .init($0.element, isNumber: $0.offset != 3) },
      rows: rows + (prices.map { [$0] } ?? []))
  }

  private func first(_ shares: [Double], _ stability: StabilityAnalysis) -> [DataTable.Cell] {
    let best = shares.indices.max { (shares[$0], -$0) < (shares[$1], -$1) }!
    return [
      DataTable.Cell([.code(setting.name(stability.strategies[best]))]), .number(Numbers.percent(shares[best])),
    ]
  }

  private func firsts(_ stability: StabilityAnalysis, _ judges: [Judges]) -> DataTable {
    let shares =
      judges.map { ($0.name, $0.stability.firstPlace) }
      + (stability.prices.map { [(StabilityWords.prices, $0.firstPlace)] } ?? [])
    return DataTable(
      caption: StabilityWords.firstsCaption, corner: SettingWords.strategy, columns: shares.map { .init($0.0) },
      rows: stability.strategies.indices.map { place in
        DataTable.Row(
          StrategyName.markup(setting.grid.strategies[stability.strategies[place]], setting.grid.strategyTable),
          shares.map { .number(Numbers.percent($0.1[place])) })
      })
  }

  private func prices(_ stability: StabilityAnalysis) -> [Markup] {
    guard let prices = stability.prices else { return [] }
    let taus = prices.concordance
    let agreement =
      taus.isEmpty
      ? []
      : [
        StabilityWords.tau(
          Numbers.decimal(Descriptive.quantile(0.5, ofSorted: taus), 2),
          Numbers.decimal(Descriptive.quantile(0.05, ofSorted: taus), 2))
      ]
    let turns = prices.breakEvens.map { turn in
      StabilityWords.breakEven(
        PriceItem.allCases[turn.item], Numbers.score(turn.ratio),
        setting.name(stability.strategies[turn.successor]))
    }
    let changes = turns.isEmpty ? StabilityWords.noBreakEven : StabilityWords.breakEvens(turns)
    let start = StabilityWords.price(SettingWords.inSentence(stability.metric), currency)
    return [.paragraph(.sentences([start] + agreement + [changes]))]
  }
}
