import Economics
import Results
import Statistics

/// What the reader must know before using the answer.
struct UncertaintySection {
  let input: ReportInput
  let settings: [SettingAnalysis]

  var markup: Markup {
    .element(
      "section", ["id": "uncertain"],
      [.heading(2, UncertaintyWords.heading), .list(items, class: "uncertain")])
  }

  private var items: [Markup] {
    missing + [price] + oracles + seeds + overlap
      + [hasDraws ? UncertaintyWords.scopeOfDraws : UncertaintyWords.scope]
      + input.statements.map { UncertaintyWords.simulated($0.parts, input.remarkWords.sentence($0.remark)) }
  }

  private var price: Markup {
    let prices = input.sweep.prices
    guard !prices.isIllustrative else { return UncertaintyWords.illustrative(prices.currency) }
    let left = illustrativeItems
    return left.isEmpty
      ? UncertaintyWords.ownPrices(prices.currency) : UncertaintyWords.someIllustrative(left, prices.currency)
  }

  /// The illustrative prices that some trial paid although others are the user's own: `store`, `retrieval-image: retrieve`.
  private var illustrativeItems: [String] {
    let prices = input.sweep.prices
    let paid = Set(
      input.results.flatMap { result in
        result.values.ledger.entries.map { PaidItem(item: $0.item, shift: result.point.shift) }
      })
    return PriceItem.allCases.flatMap { item -> [String] in
      let shifts = input.sweep.shifts.filter {
        paid.contains(PaidItem(item: item, shift: $0)) && prices.isIllustrative(item, in: $0)
      }
      guard shifts.contains(where: { prices.exceptions[$0]?[item] == nil }) else {
        return shifts.map { "\($0): \(item.rawValue)" }
      }
      return [item.rawValue]
    }
  }

  private struct PaidItem: Hashable {
    let item: PriceItem
    let shift: String
  }

  private var oracles: [Markup] {
    let names = input.sweep.strategies.filter { input.strategies.has(.unachievable, $0) }.map(\.label)
    return names.isEmpty ? [] : [UncertaintyWords.oracle(names)]
  }

  private var missing: [Markup] {
    let missing = input.expectedTrials - settings.reduce(0) { $0 + $1.finished }
    let variants = settings.reduce(0) { $0 + $1.grid.variants + $1.mixes.variants }
    return (missing > 0 ? [UncertaintyWords.missing(missing)] : [])
      + (variants > 0 ? [UncertaintyWords.variants(variants)] : [])
      + (input.incidents.tasks > 0 ? [UncertaintyWords.incidents(input.incidents)] : [])
  }

  private var seeds: [Markup] {
    guard let grid = settings.first(where: { $0.grid.finished > 0 })?.grid else { return [] }
    let count = grid.replicates.count
    let eligible = grid.strategies.indices.count(where: grid.isAchievable)
    let best = eligible > 2 ? [UncertaintyWords.bestOf(eligible)] : []
    guard count > 1 else { return eligible > 1 ? [UncertaintyWords.oneSeed] + best : [] }
    let factor = Distributions.studentTQuantile(0.975, degrees: Double(count - 1)) / Distributions.normalQuantile(0.975)
    let wide = factor >= 1.15 ? Numbers.decimal(factor, 1) : nil
    if grid.hasDraws {
      return [UncertaintyWords.draws(count, seeds: grid.trials.count / count, factor: wide)] + best
    }
    let few = wide.map { [UncertaintyWords.seeds(count, factor: $0)] } ?? []
    return eligible > 1 ? few + best : []
  }

  private var hasDraws: Bool { settings.contains { $0.grid.hasDraws } }

  /// Two random subsets of n out of N have n/N of their samples in common, so that the mean over a subset varies by √(1 − n/N) of
  /// what it would without end to the pool. From this share on a tenth of the spread is missing.
  private static let largeOverlap = 0.2

  private static func percent(_ share: Double) -> String { "\(Numbers.decimal(share * 100, 0))\u{A0}%" }

  private var overlap: [Markup] {
    guard !hasDraws, let first = settings.first(where: { $0.grid.finished > 0 }),
      let grid = settings.last(where: { $0.grid.finished > 0 && $0.setting.kind == first.setting.kind })?.grid,
      grid.replicates.count > 1, let row = grid.reference
    else { return [] }
    let large = grid.shifts.indices.compactMap { shift -> (shift: Int, bought: Double, size: Double)? in
      let values = grid.results(row, shift: shift).map(\.values)
      guard let bought = Grid.mean(values.map { Double($0.items) }),
        let size = Grid.mean(values.map { Double($0.poolSize) }), size > 0, bought / size >= Self.largeOverlap
      else { return nil }
      return (shift, bought, size)
    }
    guard let largest = large.max(by: { ($0.bought / $0.size, -$0.shift) < ($1.bought / $1.size, -$1.shift) }) else {
      return []
    }
    let share = min(1, largest.bought / largest.size)
    return [
      UncertaintyWords.overlap(
        bought: Numbers.decimal(largest.bought, 0), of: grid.shifts[largest.shift],
        size: Numbers.decimal(largest.size, 0), share: Self.percent(share),
        shown: Self.percent((1 - share).squareRoot()), others: large.count - 1)
    ]
  }
}
