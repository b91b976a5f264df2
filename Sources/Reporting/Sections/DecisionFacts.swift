import Results
import Sweeps

/// The facts beside a recommendation, each as a few sentences whose numbers link to their evidence.
struct DecisionFacts {
  let analysis: ReportAnalysis
  let setting: SettingAnalysis
  let verdict: Verdict

  private var input: ReportInput { analysis.input }
  private var option: VerdictOption { verdict.recommended.option }
  private var isMix: Bool { option.shift == Grid.mix }
  private var grid: Grid { isMix ? setting.mixes : setting.grid }
  private var currency: String { input.sweep.prices.currency }
  private var strategy: Int { grid.strategies.firstIndex(of: option.strategy)! }
  private var shift: Int { grid.shifts.firstIndex(of: option.shift)! }
  private var trials: String { Anchor.trials(grid, strategy, shift: shift) }

  // MARK: What you get

  /// What decides first, then everything else on the first page, for what else one gets.
  var gains: [Markup] {
    let decisive = zip(verdict.weights.entries, verdict.recommended.utilities).map { entry, value in
      line(entry.metric, value, isDecisive: true)
    }
    let weighted = Set(verdict.weights.entries.map(\.metric))
    let beside = setting.utilities.map(\.metric).filter { !weighted.contains($0) }.compactMap { metric in
      grid.mean(metric.name, strategy, shift: shift).map { line(metric, $0, isDecisive: false) }
    }
    let left = verdict.weights.leftOut
    let hasReference = !isMix && !option.isReference && setting.grid.reference != nil
    return [.list(decisive + beside, class: "plainlist")] + (hasReference ? [DecisionWords.bracket] : [])
      + [DecisionWords.weights(verdict.weights)]
      + (left.isEmpty ? [] : [DecisionWords.leftOut(left)])
  }

  private func line(_ metric: Metric, _ value: Double, isDecisive: Bool) -> Markup {
    let number = Markup.traced(Numbers.value(value, of: metric), to: trials)
    return DecisionWords.utility(
      metric, isDecisive ? .strong(number) : number, difference: isMix ? nil : difference(metric))
  }

  /// To random in the same pool; nil for random itself.
  private func difference(_ metric: Metric) -> Markup? {
    let utility = setting.utilities.first { $0.metric == metric }
    guard let comparison = utility?.cells[strategy][shift]?.difference else { return nil }
    return .traced(
      SettingWords.difference(comparison.difference, metric), to: Anchor.shifts(setting.setting, metric))
  }

  // MARK: How sure

  var certainty: [Markup] {
    let badge = FactWords.badge(verdict.certainty)
    let together = DecisionWords.sureOf(DecisionWords.option(option), badge)
    return source + [.stated(analysis.facts(setting, .options), together)] + reasons
      + (verdict.incomplete.isEmpty ? [] : [DecisionWords.incomplete(verdict.incomplete.count)])
  }

  /// How sure the way of collecting is, before the way of choosing.
  private var source: [Markup] {
    guard let source = verdict.source else { return [] }
    let badge = FactWords.badge(source.certainty(seeds: setting.grid.replicates.count))
    let name = isMix ? DecisionWords.mixed : .code(option.shift)
    return [
      .stated(
        analysis.facts(setting, .sources),
        DecisionWords.source(
          name, badge, chance: source.chanceBest.map { Numbers.chance($0) }, next: DecisionWords.option(source.next),
          behind: Self.points(source.difference)))
    ]
  }

  private var reasons: [Markup] {
    guard let margin = verdict.margin, let runnerUp = verdict.runnerUp else { return [DecisionWords.alone] }
    let other = DecisionWords.option(runnerUp.option)
    let points = Self.points(margin.difference)
    guard let interval = margin.interval else {
      return [DecisionWords.margin(points, over: other, interval: nil), DecisionWords.oneSeed]
    }
    let (low, high) = (
      Numbers.decimal(interval.lowerBound, 1, signed: true), Numbers.decimal(interval.upperBound, 1, signed: true)
    )
    let range = SettingWords.range(low, high)
    let further = margin.furtherSeeds.flatMap {
      margin.isClear || $0 == 0 ? nil : DecisionWords.furtherSeeds($0, areDraws: grid.hasDraws)
    }
    let chance = Markup.traced(
      Numbers.chance(verdict.recommended.chanceBest), to: Anchor.evidence(setting.setting))
    return [
      DecisionWords.chance(chance, of: verdict.standings.count),
      DecisionWords.margin(points, over: other, interval: range),
    ] + [allowing, heldOut, further].compactMap { $0 }
  }

  /// What is to be expected of the best of many.
  private var allowing: Markup? {
    guard verdict.standings.count > 2, let score = verdict.recommended.shrunkScore,
      let regret = verdict.recommended.expectedRegret
    else { return nil }
    return DecisionWords.allowing(
      score: Numbers.decimal(score, 1), measured: Numbers.decimal(verdict.recommended.score, 1),
      regret: Self.points(regret))
  }

  private var heldOut: Markup? { setting.heldOut.map { HeldOutWords.sentence($0, recommended: option) } }

  private static func points(_ value: Double) -> Markup {
    SettingWords.points(Numbers.decimal(value, value < 0.1 ? 2 : 1))
  }

  // MARK: What it costs

  private var items: String {
    Numbers.decimal(Grid.mean(grid.results(strategy, shift: shift).map { Double($0.values.items) }), 0)
  }
  private var spent: String { "\(Numbers.amount(verdict.recommended.cost))\u{A0}\(currency)" }

  /// How many images that is, for how much.
  var howMany: Markup { DecisionWords.howMany(items, spent) }

  /// The plain thing to do instead, where something is chosen.
  var plainChoice: Markup? {
    guard let plain = verdict.plain, let row = setting.grid.strategies.firstIndex(of: plain.standing.option.strategy),
      let column = setting.grid.shifts.firstIndex(of: plain.standing.option.shift)
    else { return nil }
    let results = setting.grid.results(row, shift: column)
    let metric = verdict.weights.single
    let score = plain.standing.score
    return DecisionWords.plainChoice(
      items: Numbers.decimal(Grid.mean(results.map { Double($0.values.items) }), 0),
      "\(Numbers.amount(plain.standing.cost))\u{A0}\(currency)",
      score: metric?.unit == .fraction ? Numbers.percent(abs(score) / 100) : Numbers.decimal(score, 1),
      behind: Self.points(plain.margin.difference),
      doubt: FactWords.doubt(
        hasInterval: plain.margin.interval != nil, isDecided: plain.margin.isClear, open: FactWords.notSeparable))
  }

  /// What stays of the budget, from one part in a hundred on, and why.
  private var unspent: Markup? {
    let budget = setting.setting.budget.amount
    let left = budget - verdict.recommended.cost
    guard budget > 0, left > 0.01 * budget else { return nil }
    let results = grid.results(strategy, shift: shift)
    func mean(_ count: (TrialValues) -> Int) -> Double { Grid.mean(results.map { Double(count($0.values)) }) ?? 0 }
    let (bought, looked, pool) = (mean(\.items), mean(\.candidates), mean(\.poolSize))
    let why: DecisionWords.Left =
      !isMix && max(bought, looked) >= pool && pool > 0
      ? .poolEnds(Numbers.decimal(pool, 0))
      : (looked > bought ? .leftOut(Numbers.decimal(bought, 0), of: Numbers.decimal(looked, 0)) : .unknown)
    return DecisionWords.unspent("\(Numbers.amount(left))\u{A0}\(currency)", why)
  }

  var costs: [Markup] {
    let results = grid.results(strategy, shift: shift)
    let selection = Grid.mean(results.map { $0.values.ledger.total(for: .selection).amount }) ?? 0
    let ledger = isMix ? trials : Anchor.ledger(setting.setting)
    let choosing =
      selection > 0
      ? DecisionWords.choosing(
        .traced("\(Numbers.amount(selection))\u{A0}\(currency)", to: ledger),
        share: Numbers.percent(selection / max(verdict.recommended.cost, 1e-9))) : DecisionWords.notChoosing
    return [DecisionWords.cost(.traced(spent, to: ledger), items: .traced(items, to: trials)), choosing]
      + [unspent].compactMap { $0 }
      + (input.sweep.prices.isIllustrative ? [DecisionWords.illustrative] : [])
  }

  // MARK: What would change it

  /// Changes further away than these are not on the first page.
  private static let shownWeights = 3
  private static let shownPrices = 2

  var changes: [Markup] { weights + prices + more }

  /// What more money would put first, where that is something else.
  private var more: [Markup] {
    guard let section = MultiplierSection(analysis), section.changesWithMoney, let next = section.nextSentence else {
      return []
    }
    return [next]
  }

  private var weights: [Markup] {
    let nearest = verdict.weightChanges.enumerated().sorted {
      let (first, second) = (
        abs($0.element.turningPoint - $0.element.weight), abs($1.element.turningPoint - $1.element.weight)
      )
      return first == second ? $0.offset < $1.offset : first < second
    }.prefix(Self.shownWeights).map(\.element)
    guard !nearest.isEmpty else { return verdict.standings.count > 1 ? [DecisionWords.robustToWeights] : [] }
    return [
      .list(
        nearest.map { change in
          DecisionWords.weightChange(
            change.metric, now: Self.share(change.weight), turning: Self.share(change.turningPoint),
            isMore: change.turningPoint > change.weight, DecisionWords.option(change.successor))
        }, class: "plainlist")
    ]
  }

  private static func share(_ value: Double) -> String {
    Numbers.decimal(value * 100, value > 0 && value < 0.1 ? 1 : 0) + "\u{A0}%"
  }

  private var prices: [Markup] {
    guard let changes = verdict.priceChanges else { return [DecisionWords.oneBudget] }
    let sorted = changes.filter { $0.ratio > 0 }.sorted { Self.distance($0) < Self.distance($1) }
    var nearest = Array(sorted.prefix(Self.shownPrices))
    // Where to collect weighs more than how to choose: the nearest price that changes that is shown too.
    func moves(_ change: PriceChange) -> Bool { change.successor.shift != option.shift }
    if !nearest.contains(where: moves), let moving = sorted.first(where: moves) { nearest.append(moving) }
    let lines = nearest.map {
      DecisionWords.priceChange($0.item, factor: Numbers.score($0.ratio), DecisionWords.option($0.successor))
    }
    let stability = verdict.stabilityOverPrices.map { share in
      DecisionWords.priceStability(
        Numbers.chance(share), source: isMix ? nil : verdict.sourceStabilityOverPrices.map { Numbers.chance($0) })
    }
    return (lines.isEmpty ? [] : [.list(Array(lines), class: "plainlist")]) + [stability].compactMap { $0 }
  }

  private static func distance(_ change: PriceChange) -> Double { max(change.ratio, 1 / change.ratio) }
}
