import Results
import Sweeps

/// Under which licences the samples of every subset are, how they were labelled, and how many of them are synthetic.
struct OriginTable {
  let input: ReportInput

  /// Nothing where no data set says anything of it.
  var markup: [Markup] {
    let rows = singles + mixes
    guard !input.origins.isEmpty, !rows.isEmpty else { return [] }
    let table = DataTable(
      caption: OriginWords.caption, corner: OriginWords.corner,
      columns: OriginWords.columns.enumerated().map { .init($0.element, isNumber: $0.offset == 0) },
      rows: rows, style: "wordy")
    let licences = input.sweep.licences
    return [.heading(3, OriginWords.heading)]
      + (licences.isEmpty ? [] : [.paragraph(OriginWords.allowed(licences.joined(separator: ", ")))]) + [table.markup]
  }

  /// Subsets chosen within one pool: all of it is of one origin.
  private var singles: [DataTable.Row] {
    input.sweep.shifts.compactMap { shift in
      let sizes = input.results.filter { $0.point.shift == shift }.map(\.values.items)
      guard !sizes.isEmpty else { return nil }
      return row([OriginWords.within(shift)], sizes, shares: [(shift, 1)])
    }
  }

  /// Mixes: by the samples that they bought of each pool.
  private var mixes: [DataTable.Row] {
    input.sweep.strategies.filter(\.isMix).flatMap { strategy in
      input.sweep.budgets.compactMap { budget in
        let trials = input.results.filter { $0.point.strategy == strategy && $0.point.budget == budget }
        var counts: [String: Int] = [:]
        for trial in trials { counts.merge(input.bought[trial.task] ?? [:], uniquingKeysWith: +) }
        let total = counts.values.reduce(0, +)
        guard total > 0 else { return nil }
        let pools = input.origins.keys.sorted().filter { counts[$0] != nil }
        let title = StrategyName.markup(strategy, input.strategies)
        let isOnly = input.sweep.budgets.count == 1
        return row(
          isOnly ? title : title + [OriginWords.budget("\(Numbers.money(budget)) \(input.sweep.prices.currency)")],
          trials.map(\.values.items), shares: pools.map { ($0, Double(counts[$0]!) / Double(total)) })
      }
    }
  }

  private func row(_ title: [Markup], _ sizes: [Int], shares: [(pool: String, share: Double)]) -> DataTable.Row {
    let (least, most) = (sizes.min() ?? 0, sizes.max() ?? 0)
    let size = least == most ? Numbers.count(least) : "\(Numbers.count(least))–\(Numbers.count(most))"
    return DataTable.Row(
      title,
      [
        .number(size),
        DataTable.Cell(listed(shares) { input.origins[$0]?.licence.map { .text($0) } ?? OriginWords.unknown }),
        DataTable.Cell(
          listed(shares) { pool in
            input.poolFacts[pool]?.labelOrigin.map(input.remarkWords.sentence) ?? OriginWords.unknown
          }, style: "prose"),
        DataTable.Cell([synthetic(shares)]),
      ])
  }

  /// What `name` says of each pool, with the share of the samples where there are several.
  private func listed(_ shares: [(pool: String, share: Double)], _ name: (String) -> Markup) -> [Markup] {
    var found: [(name: Markup, share: Double)] = []
    for (pool, share) in shares {
      let own = name(pool)
      if let known = found.firstIndex(where: { $0.name == own }) {
        found[known].share += share
      } else {
        found.append((own, share))
      }
    }
    guard found.count > 1 else { return found.map(\.name) }
    return [.list(found.map { Markup.group([.text("\(Numbers.percent($0.share)): "), $0.name]) })]
  }

  /// The share that is synthetic for certain, up to the share that may be.
  private func synthetic(_ shares: [(pool: String, share: Double)]) -> Markup {
    func share(_ kinds: [Provenance.Synthetic]) -> Double {
      shares.filter { pool, _ in input.origins[pool].map { kinds.contains($0.synthetic) } ?? false }
        .reduce(0) { $0 + $1.share }
    }
    let (least, most) = (share([.yes]), share([.yes, .some]))
    return least == most
      ? .text(Numbers.percent(least)) : OriginWords.between(Numbers.percent(least), Numbers.percent(most))
  }
}
