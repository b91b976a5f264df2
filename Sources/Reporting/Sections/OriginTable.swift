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

  /// What a subset has of one pool.
  private struct Share {
    let pool: String
    /// Of the subset, 0…1.
    let share: Double
    /// What those samples say of themselves.
    let stated: OriginCounts
  }

  /// Subsets chosen within one pool.
  private var singles: [DataTable.Row] {
    input.sweep.shifts.compactMap { shift in
      let trials = input.results.filter { $0.point.shift == shift }
      guard !trials.isEmpty else { return nil }
      return row(
        [OriginWords.within(shift)], trials.map(\.values.items),
        shares: [Share(pool: shift, share: 1, stated: stated(trials, shift))])
    }
  }

  private func stated(_ trials: [TrialResult], _ pool: String) -> OriginCounts {
    trials.reduce(into: OriginCounts()) { counts, trial in
      if let own = input.stated[trial.task]?[pool] { counts.add(own) }
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
          trials.map(\.values.items),
          shares: pools.map {
            Share(pool: $0, share: Double(counts[$0]!) / Double(total), stated: stated(trials, $0))
          })
      }
    }
  }

  private func row(_ title: [Markup], _ sizes: [Int], shares: [Share]) -> DataTable.Row {
    let (least, most) = (sizes.min() ?? 0, sizes.max() ?? 0)
    let size = least == most ? Numbers.count(least) : "\(Numbers.count(least))–\(Numbers.count(most))"
    return DataTable.Row(
      title,
      [
        .number(size),
        DataTable.Cell(listed(shares.flatMap(licences(of:)))),
        DataTable.Cell(
          listed(
            shares.map { own in
              let words = input.poolFacts[own.pool]?.labelOrigin.map(input.remarkWords.sentence)
              return (words ?? OriginWords.unknown, own.share)
            }), style: "prose"),
        DataTable.Cell([synthetic(shares)]),
      ])
  }

  /// The licences of a share, each with the share that it has.
  private func licences(of own: Share) -> [(name: Markup, share: Double)] {
    func name(_ licence: String?) -> Markup { licence.map { .text($0) } ?? OriginWords.unknown }
    guard let stated = own.stated.licenceShares else {
      return [(name(input.origins[own.pool]?.licence), own.share)]
    }
    return stated.map { (name($0.licence), own.share * $0.share) }
  }

  /// Each name once, with its share where there are several.
  private func listed(_ named: [(name: Markup, share: Double)]) -> [Markup] {
    var found: [(name: Markup, share: Double)] = []
    for (own, share) in named {
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
  private func synthetic(_ shares: [Share]) -> Markup {
    let ranges = shares.map { own -> (least: Double, most: Double) in
      if let stated = own.stated.syntheticShare {
        return (own.share * stated.lowerBound, own.share * stated.upperBound)
      }
      let kind: Provenance.Synthetic = input.origins[own.pool]?.synthetic ?? .no
      switch kind {
      case .yes: return (own.share, own.share)
      case .some, .bySample: return (0, own.share)
      case .no: return (0, 0)
      }
    }
    let (least, most) = (ranges.reduce(0) { $0 + $1.least }, ranges.reduce(0) { $0 + $1.most })
    return least == most
      ? .text(Numbers.percent(least)) : OriginWords.between(Numbers.percent(least), Numbers.percent(most))
  }
}
