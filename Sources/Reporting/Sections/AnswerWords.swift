import Sweeps

/// The sentences of the answer.
enum AnswerWords {
  static let heading = "The answer"
  static let uncertain = "What is uncertain"
  static let collecting = "Which way of collecting"
  static let nothing: Markup =
    "No trial has finished yet, so there is no answer. What failed is listed below; start the same sweep again to go on."

  static func subtitle(strategies: Int, shifts: Int, seeds: Int, finished: Int, expected: Int) -> Markup {
    "\(Numbers.counted(strategies, "strategy", "strategies")) of choosing × \(Numbers.counted(shifts, "way", "ways")) of collecting images × \(Numbers.counted(seeds, "seed")). \(strong: "\(Numbers.count(finished)) of \(Numbers.count(expected)) trials") finished."
  }

  // MARK: The first paragraph

  static func lead(
    winner: String, metric: Metric, mean: String, shifts: Int, budget: String, difference: String?, isClear: Bool
  ) -> Markup {
    let start: Markup =
      "For \(budget) a training set, \(code: winner) gives the best \(SettingWords.inSentence(metric)): \(strong: mean) on average over \(Numbers.counted(shifts, "way", "ways")) of collecting images"
    guard let difference else { return "\(start). There is no \(code: "random") in this setting to compare it with." }
    return isClear
      ? "\(start), \(difference) against buying at random."
      : "\(start), \(difference) against buying at random, which is \(strong: "not separable") from nothing gained."
  }

  static func leadIsRandom(metric: Metric, mean: String, budget: String) -> Markup {
    "For \(budget) a training set, no strategy did better than buying at random: \(code: "random") has the best \(SettingWords.inSentence(metric)), \(strong: mean) on average."
  }

  /// `gain` is nil when nothing beats random.
  static func spread(metric: Metric, pools: String, gain: String?, isPoolsLarger: Bool) -> Markup {
    let name = SettingWords.inSentence(metric)
    let first =
      isPoolsLarger
      ? "For \(name), where the images come from matters more than how they are chosen"
      : "For \(name), how images are chosen matters more than where they come from"
    let second =
      gain.map { "the best strategy gives \($0) points more than random" } ?? "no strategy gives more than random"
    return
      "\(first): bought at random, the best way of collecting gives \(pools) points more than the worst; \(second)."
  }

  static func bestCombination(strategy: String, shift: String, value: String, of count: Int) -> Markup {
    "The best single combination measured is \(code: strategy) on \(code: shift) with \(strong: value), which is likely a little too good, as it is the best of \(count)."
  }

  static func sameWinner(_ name: String) -> Markup {
    "\(code: name) comes first on every utility below."
  }

  static func differentWinners(_ winners: [(metrics: [String], name: String)]) -> Markup {
    let parts = winners.enumerated().map { index, entry -> Markup in
      "\(index > 0 ? "; " : "")\(code: entry.name) on \(Numbers.list(entry.metrics))"
    }
    return "No single strategy wins everything: \(.group(parts)) come first."
  }

  // MARK: Several settings

  static func severalSettings(_ count: Int) -> Markup {
    "This sweep has \(count) settings, each answered on its own. The winners in short:"
  }

  static func winner(_ metric: Metric, _ name: String, _ status: String) -> Markup {
    "\(SettingWords.inSentence(metric)) \(code: name) (\(status))"
  }

  static func overview(_ setting: String, _ winners: [Markup]) -> Markup {
    let parts = winners.enumerated().map { "\($0.offset > 0 ? "; " : "")\($0.element)" as Markup }
    return "\(strong: setting): \(.group(parts))."
  }

  // MARK: Cards

  static func againstRandom(_ difference: String, interval: String?) -> Markup {
    guard let interval else { return "\(strong: difference) against \(code: "random")" }
    return "\(strong: difference) against \(code: "random"), 95\u{A0}% interval \(interval)"
  }

  static let isReference: Markup = "No strategy had a better mean than buying at random."
  static let noReference: Markup = "There is no reference to compare with."
  static let clear = "clear first place"
  static let open = "first place open"
  static let unknown = "no interval"

  static func clearFirst(of count: Int) -> Markup {
    "Clearly ahead of the \(Numbers.counted(count - 1, "other strategy", "other strategies"))."
  }

  static func notSeparable(from rivals: [String], seeds: Int) -> Markup {
    "Not separable from \(codes: rivals) at \(Numbers.counted(seeds, "seed"))."
  }

  static func notSeparableFromMany(_ shown: [String], others: Int, seeds: Int) -> Markup {
    "Not separable from \(.group(shown.map { "\(code: $0), " }))and \(Numbers.counted(others, "other", "others")) at \(Numbers.counted(seeds, "seed"))."
  }

  static func seedsNeeded(_ count: Int, rival: String, lead: String) -> Markup {
    let seeds = count > 1000 ? "more than 1,000 seeds" : "about \(Numbers.counted(count, "seed"))"
    return "To show a lead of \(lead) over \(code: rival), \(seeds) would be needed."
  }

  static func tooFewPairs(_ pairs: Int, needed: Int) -> Markup {
    "The interval leaves out 0, but with \(Numbers.counted(pairs, "pair")) of trials no difference can be significant; \(needed) or more would be needed."
  }

  static func leftOut(_ names: [String]) -> Markup {
    "Left out, because whole ways of collecting are missing: \(codes: names)."
  }

  static let tie: Markup = "The runner-up has the same mean, so no number of seeds can be given."

  static func noInterval(seeds: Int) -> Markup {
    seeds < 2
      ? "One seed gives no interval: this order may be chance. At least 2 seeds are needed, 5 or more are better."
      : "Too few trials have finished for an interval: this order may be chance."
  }

  static func onlyOne(_ name: String) -> Markup {
    "\(code: name) is the only strategy, so there is nothing to compare."
  }

  static func mean(_ value: String, best: (strategy: String, shift: String, value: String)?) -> Markup {
    guard let best else { return "Mean \(value)." }
    return "Mean \(value). Best on \(code: best.shift): \(code: best.strategy), \(best.value)."
  }
}
