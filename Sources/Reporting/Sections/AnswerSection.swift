import Results

/// The ways of choosing in the mean over all ways of collecting, utility by utility: for whoever cannot choose where images come
/// from.
struct AnswerSection {
  let analysis: ReportAnalysis

  private var input: ReportInput { analysis.input }
  private var settings: [SettingAnalysis] { analysis.settings }
  private var currency: String { input.sweep.prices.currency }

  var markup: Markup {
    guard settings.contains(where: { !$0.utilities.isEmpty }) else {
      return .element(
        "section", ["id": "answer"], [.heading(2, AnswerWords.heading), .paragraph(AnswerWords.nothing)])
    }
    let answered = settings.filter { !$0.utilities.isEmpty }
    guard answered.count > 1 else {
      return .element(
        "section", ["id": "answer"], [.heading(2, AnswerWords.heading)] + answered.flatMap { answer($0, level: 3) })
    }
    let parts = answered.flatMap { setting in
      [.heading(3, SettingWords.title(setting.setting, currency: currency))] + answer(setting, level: 4)
    }
    return .element("section", ["id": "answer"], [.heading(2, AnswerWords.heading)] + overview(answered) + parts)
  }

  /// The winners under each setting, a line a setting.
  private func overview(_ settings: [SettingAnalysis]) -> [Markup] {
    let lines = settings.map { setting in
      let winners = setting.utilities.compactMap { utility in
        utility.winner.map { winner in
          AnswerWords.winner(
            utility.metric, setting.name(winner.strategy),
            AnswerWords.badge(utility.certainty(seeds: setting.grid.replicates.count)))
        }
      }
      return AnswerWords.overview(SettingWords.title(setting.setting, currency: currency), winners)
    }
    return [.paragraph(AnswerWords.severalSettings(settings.count)), .list(lines)]
  }

  private func answer(_ setting: SettingAnalysis, level: Int) -> [Markup] {
    let sentences = [
      lead(setting).map { firstPlace($0, setting) }, spread(setting), winners(setting),
    ].compactMap { $0 }
    return [
      .element("div", class: "lead", sentences.map { .paragraph($0) }),
      .element(
        "div", class: "cards", setting.utilities.map { card(setting, $0, level).markup }
      ),
      .heading(level, AnswerWords.collecting),
    ]
      + CollectingTable(
        setting: setting, currency: currency,
        fact: setting.collecting.flatMap { analysis.facts(setting, .random, $0.metric.name) }
      ).markup
  }

  private func card(_ setting: SettingAnalysis, _ utility: UtilityAnalysis, _ level: Int) -> UtilityCard {
    UtilityCard(
      setting: setting, utility: utility, level: level, fact: analysis.facts(setting, .choosing, utility.metric.name))
  }

  private func lead(_ setting: SettingAnalysis) -> Markup? {
    guard let utility = setting.utilities.first, let winner = utility.winner else { return nil }
    let budget = SettingWords.money(setting.setting.budget, currency)
    let mean = Numbers.value(winner.mean, of: utility.metric)
    if setting.grid.reference == winner.strategy {
      guard setting.grid.strategies.count > 1 else { return nil }
      return AnswerWords.leadIsRandom(setting.name(winner.strategy), metric: utility.metric, mean: mean, budget: budget)
    }
    return AnswerWords.lead(
      winner: setting.name(winner.strategy), metric: utility.metric, mean: mean, shifts: winner.shifts,
      budget: budget, difference: winner.difference.map { SettingWords.difference($0, utility.metric) },
      isClear: winner.difference.map { difference in
        utility.differsFromReference(winner.strategy, setting.grid) || difference.interval == nil
      } ?? true)
  }

  /// The first sentence, followed by how sure the first place on the first utility is.
  private func firstPlace(_ lead: Markup, _ setting: SettingAnalysis) -> Markup {
    let first = setting.utilities[0]
    return .sentences(
      [.stated(analysis.facts(setting, .choosing, first.metric.name), lead)]
        + card(setting, first, 0).certainty.prefix(1))
  }

  /// Whether collecting or choosing made the larger difference on the first utility: the best pool against the worst, both
  /// bought at random, and the best strategy against the worst.
  private func spread(_ setting: SettingAnalysis) -> Markup? {
    guard let utility = setting.utilities.first, utility.metric.unit == .fraction, let winner = utility.winner,
      let reference = setting.grid.reference, setting.grid.strategies.count > 1
    else { return nil }
    let pools = utility.cells[reference].compactMap { $0?.mean }
    guard pools.count > 1, let least = pools.min(), let most = pools.max() else { return nil }
    let gain = winner.difference.map { UtilityAnalysis.sign(utility.metric) * $0.difference } ?? 0
    let means = utility.contenders.map(\.mean)
    let strategies = (means.max() ?? 0) - (means.min() ?? 0)
    return AnswerWords.spread(
      metric: utility.metric, pools: Numbers.percentage(most - least), strategies: Numbers.percentage(strategies),
      gain: gain > 0 ? Numbers.percentage(gain) : nil, isPoolsLarger: most - least > strategies)
  }

  private func winners(_ setting: SettingAnalysis) -> Markup? {
    var entries: [(metrics: [Markup], name: String)] = []
    for utility in setting.utilities {
      guard let winner = utility.winner else { continue }
      let (name, title) = (setting.name(winner.strategy), SettingWords.inSentence(utility.metric))
      if let known = entries.firstIndex(where: { $0.name == name }) {
        entries[known].metrics.append(title)
      } else {
        entries.append(([title], name))
      }
    }
    guard setting.utilities.count > 1, setting.grid.strategies.count > 1, let first = entries.first else { return nil }
    return entries.count == 1 ? AnswerWords.sameWinner(first.name) : AnswerWords.differentWinners(entries)
  }
}

/// One utility's winner.
struct UtilityCard {
  let setting: SettingAnalysis
  let utility: UtilityAnalysis
  let level: Int
  let fact: Fact?

  var markup: Markup {
    guard let winner = utility.winner else { return .empty }
    let certainty = utility.certainty(seeds: setting.grid.replicates.count)
    let badge = FactWords.badge(certainty, AnswerWords.badge(certainty))
    return .element(
      "div", class: "card",
      [
        .heading(level, utility.metric.shownTitle),
        .paragraph(AnswerWords.meaning(utility.metric), class: "meaning"),
        .element(
          "p", class: "winner",
          [.stated(fact, .code(setting.name(winner.strategy))), .text(" "), badge]),
        .paragraph(margin(winner)),
      ] + allowing(winner).map { .paragraph($0) } + self.certainty.map { .paragraph($0) }
        + leftOut.map { .paragraph($0) }
        + [
          .paragraph(AnswerWords.mean(Numbers.value(winner.mean, of: utility.metric), best: best), class: "small")
        ])
  }

  private func margin(_ winner: UtilityAnalysis.Standing) -> Markup {
    if setting.grid.reference == winner.strategy { return AnswerWords.isReference }
    guard let difference = winner.difference else { return AnswerWords.noReference }
    let metric = utility.metric
    return AnswerWords.againstRandom(
      SettingWords.difference(difference.difference, metric),
      interval: difference.interval.map { SettingWords.interval($0, metric) })
  }

  /// What the winner is worth once it is remembered that it was picked; nothing when two or fewer strategies compete.
  private func allowing(_ winner: UtilityAnalysis.Standing) -> [Markup] {
    guard utility.contenders.count > 2, let best = winner.amongMany else { return [] }
    let metric = utility.metric
    let reference = utility.standings.first { $0.strategy == setting.grid.reference }?.amongMany
    let isReference = setting.grid.reference == winner.strategy
    let lead = reference.flatMap { isReference ? nil : SettingWords.difference(best.shrunk - $0.shrunk, metric) }
    return [
      AnswerWords.allowing(
        lead: lead, chance: Numbers.chance(best.chanceFirst),
        regret: SettingWords.points(Numbers.difference(best.regret, of: metric).dropFirst(), metric))
    ]
  }

  /// What can be said of the first place, one or two sentences.
  var certainty: [Markup] {
    guard let runnerUp = utility.runnerUp else {
      return utility.winner.map { [AnswerWords.onlyOne(setting.name($0.strategy))] } ?? []
    }
    let seeds = setting.grid.replicates.count
    guard runnerUp.comparison.interval != nil else { return [AnswerWords.noInterval(seeds: seeds)] }
    guard let rival = utility.rivals.first else { return [AnswerWords.clearFirst(of: utility.contenders.count)] }
    let names = utility.rivals.map { setting.name($0.strategy) }
    let counted = ReplicateWords.counted(seeds, areDraws: setting.grid.hasDraws)
    let open =
      names.count > 4
      ? AnswerWords.notSeparableFromMany(Array(names.prefix(3)), others: names.count - 3, seeds: counted)
      : AnswerWords.notSeparable(from: names, seeds: counted)
    guard let needed = rival.comparison.seedsNeeded else { return [open, AnswerWords.tie] }
    let metric = utility.metric
    let lead = Numbers.difference(abs(rival.comparison.difference), of: metric).dropFirst()
    return [
      open,
      AnswerWords.seedsNeeded(
        needed, areDraws: setting.grid.hasDraws, rival: names[0], lead: SettingWords.points(lead, metric)),
    ]
  }

  /// Strategies that miss whole shifts take no part in the contest.
  private var leftOut: [Markup] {
    let names = utility.standings.filter { standing in
      setting.grid.isAchievable(standing.strategy)
        && !utility.contenders.contains { $0.strategy == standing.strategy }
    }.map { setting.name($0.strategy) }
    return names.isEmpty ? [] : [AnswerWords.leftOut(names)]
  }

  /// The best strategy in any one shift.
  private var best: (strategy: String, shift: String, value: String)? {
    guard setting.grid.shifts.count > 1,
      let point = setting.fronts.first(where: { $0.metric == utility.metric })?.points.first
    else { return nil }
    return (
      setting.name(point.strategy), setting.grid.shifts[point.shift], Numbers.value(point.utility, of: utility.metric)
    )
  }
}
