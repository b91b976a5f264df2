import Sweeps

/// The sentences of the answer.
enum AnswerWords {
  static let heading = Markup(
    english: "Ways of choosing, averaged over all ways of collecting", japanese: "すべての集め方を平均したときの選び方")
  static let collecting = Markup(english: "Which way of collecting", japanese: "どの集め方がよいか")
  static let nothing = Markup(
    english:
      "No trial has finished yet, so there is no answer. What failed is listed below; start the same sweep again to go on.",
    japanese: "まだ終わった試行がないため、答えはありません。失敗した試行は下に挙げています。同じスイープをもう一度始めると続きから計算します。")

  static func subtitle(strategies: Int, shifts: Int, seeds: Int, finished: Int, expected: Int) -> Markup {
    let (done, all) = (Numbers.count(finished), Numbers.count(expected))
    return Markup(
      english:
        "\(Numbers.counted(strategies, "strategy", "strategies")) of choosing × \(Numbers.counted(shifts, "way", "ways")) of collecting images × \(Numbers.counted(seeds, "seed")). \(strong: "\(done) of \(all) trials") finished.",
      japanese:
        "選び方\(strategies)通り × 画像の集め方\(shifts)通り × シード\(seeds)個。\(strong: "\(all)件中\(done)件の試行")が終わりました。")
  }

  /// For a sweep that still has something to do, or has lost some of its trials.
  static func unfinished(finished: Int, expected: Int, failed: Int) -> Markup {
    let (done, all) = (Numbers.count(finished), Numbers.count(expected))
    let lost = failed > 0
    return Markup(
      english:
        "\(strong: "This sweep is not complete.") \(done) of \(all) trials are in\(lost ? ", \(Numbers.counted(failed, "task")) failed" : ""). What stands here may change with the rest.",
      japanese:
        "\(strong: "このスイープはまだ完了していません。")試行は\(all)件中\(done)件です\(lost ? "（失敗したタスク\(failed)件）" : "")。残りの結果によって、ここに書かれていることは変わりえます。"
    )
  }

  // MARK: The first paragraph

  static func lead(
    winner: String, metric: Metric, mean: String, shifts: Int, budget: String, difference: Markup?, isClear: Bool
  ) -> Markup {
    let name = SettingWords.inSentence(metric)
    let start = Markup(
      english:
        "For \(budget) a training set, \(code: winner) gives the best \(name): \(strong: mean) on average over \(Numbers.counted(shifts, "way", "ways")) of collecting images",
      japanese: "学習データ1組に\(budget)を使う場合、\(name)が最も高いのは \(code: winner) で、\(shifts)通りの集め方の平均は\(strong: mean)です")
    guard let difference else {
      return Markup(
        english: "\(start). Nothing was bought at random in this setting to compare it with.",
        japanese: "\(start)。この設定には比べる相手の無作為購入がありません。")
    }
    return isClear
      ? Markup(
        english: "\(start), \(difference) against buying at random.", japanese: "\(start)。無作為購入との差は\(difference)です。")
      : Markup(
        english:
          "\(start), \(difference) against buying at random, which is \(strong: "not separable") from nothing gained.",
        japanese: "\(start)。無作為購入との差は\(difference)で、\(strong: "差があるとは言い切れません")。")
  }

  static func leadIsRandom(_ reference: String, metric: Metric, mean: String, budget: String) -> Markup {
    let name = SettingWords.inSentence(metric)
    return Markup(
      english:
        "For \(budget) a training set, no strategy did better than buying at random: \(code: reference) has the best \(name), \(strong: mean) on average.",
      japanese:
        "学習データ1組に\(budget)を使う場合、無作為購入より良い選び方はありませんでした。\(name)が最も高いのは \(code: reference) で、平均は\(strong: mean)です。")
  }

  /// `gain` is the best strategy's over random, nil when nothing beats that.
  static func spread(metric: Metric, pools: String, strategies: String, gain: String?, isPoolsLarger: Bool) -> Markup {
    let name = SettingWords.inSentence(metric)
    let first =
      isPoolsLarger
      ? Markup(
        english: "For \(name), where the images came from made a larger difference here than how they were chosen",
        japanese: "\(name)への影響は、ここでは画像の選び方よりも集め方のほうが大きいものでした")
      : Markup(
        english: "For \(name), how images were chosen made a larger difference here than where they came from",
        japanese: "\(name)への影響は、ここでは画像の集め方よりも選び方のほうが大きいものでした")
    let second =
      gain.map {
        Markup(
          english: "\($0) more than random", japanese: "無作為購入との差は\($0)ポイントです")
      } ?? Markup(english: "none more than random", japanese: "無作為購入を上回る選び方はありません")
    return Markup(
      english:
        "\(first): bought at random, the best way of collecting gives \(pools) points more than the worst; in the mean over all ways of collecting the best strategy gives \(strategies) points more than the worst, and \(second).",
      japanese:
        "\(first)。無作為に購入した場合、最も良い集め方と最も悪い集め方の差は\(pools)ポイントです。すべての集め方の平均では、最も良い選び方と最も悪い選び方の差は\(strategies)ポイントで、\(second)。"
    )
  }

  static func sameWinner(_ name: String) -> Markup {
    Markup(
      english: "In that mean \(code: name) comes first on every utility.",
      japanese: "この平均では、どの指標でも \(code: name) が首位です。")
  }

  static func differentWinners(_ winners: [(metrics: [Markup], name: String)]) -> Markup {
    let parts = winners.map { entry in
      let metrics = Markup.list(of: entry.metrics)
      return Markup(english: "\(code: entry.name) on \(metrics)", japanese: "\(metrics)は \(code: entry.name)")
    }
    let list = Markup.clauses(parts)
    return Markup(
      english: "In that mean no single strategy wins everything: \(list) come first.",
      japanese: "この平均では、すべての指標で首位になる選び方はありません。それぞれの首位：\(list)。"
    )
  }

  // MARK: Several settings

  static func severalSettings(_ count: Int) -> Markup {
    Markup(
      english: "This sweep has \(count) settings, each answered on its own. The winners in short:",
      japanese: "このスイープには\(count)通りの設定があり、それぞれに答えを出します。首位の一覧は次のとおりです。")
  }

  static func winner(_ metric: Metric, _ name: String, _ status: Markup) -> Markup {
    let metric = SettingWords.inSentence(metric)
    return Markup(english: "\(metric) \(code: name) (\(status))", japanese: "\(metric)は \(code: name)（\(status)）")
  }

  static func overview(_ setting: Markup, _ winners: [Markup]) -> Markup {
    let list = Markup.clauses(winners)
    return Markup(english: "\(strong: setting): \(list).", japanese: "\(strong: setting)：\(list)。")
  }

  // MARK: Cards

  static func againstRandom(_ difference: Markup, interval: Markup?) -> Markup {
    let start = Markup(
      english: "\(strong: difference) against buying at random",
      japanese: "無作為購入との差 \(strong: difference)")
    guard let interval else { return start }
    return Markup(english: "\(start), 95\u{A0}% interval \(interval)", japanese: "\(start)（95\u{A0}%信頼区間 \(interval)）")
  }

  static func meaning(_ metric: Metric) -> Markup {
    Markup(english: "\(metric.shownMeaning).", japanese: "\(metric.shownMeaning)。")
  }

  static let isReference = Markup(
    english: "No strategy had a better mean than buying at random.", japanese: "無作為購入より平均の高い選び方はありませんでした。")
  static let noReference = Markup(
    english: "There is no reference to compare with.", japanese: "比べる基準がありません。")
  static let clear = Markup(english: "clear first place", japanese: "首位は確実")
  static let open = Markup(english: "first place open", japanese: "首位は未確定")
  static let likely = Markup(english: "first place likely", japanese: "首位はおそらく確か")
  static let unknown = Markup(english: "no interval", japanese: "信頼区間なし")

  /// How sure a first place on a card is, in two or three words.
  static func badge(_ certainty: Certainty) -> Markup {
    switch certainty {
    case .clear: clear
    case .likely: likely
    case .open: open
    case .unknown: unknown
    case .alone: FactWords.certainty(.alone)
    }
  }

  static func clearFirst(of count: Int) -> Markup {
    Markup(
      english: "Clearly ahead of the \(Numbers.counted(count - 1, "other strategy", "other strategies")).",
      japanese: "ほかの\(count - 1)通りの選び方より確実に上です。")
  }

  /// - Parameter seeds: how many there are (``ReplicateWords``).
  static func notSeparable(from rivals: [String], seeds: Markup) -> Markup {
    Markup(
      english: "Not separable from \(codes: rivals) at \(seeds).",
      japanese: "\(seeds)では、\(codes: rivals) と差があるとは言い切れません。")
  }

  static func notSeparableFromMany(_ shown: [String], others: Int, seeds: Markup) -> Markup {
    Markup(
      english:
        "Not separable from \(.group(shown.map { .group([.code($0), .text(", ")]) }))and \(Numbers.counted(others, "other", "others")) at \(seeds).",
      japanese: "\(seeds)では、\(codes: shown) ほか\(others)通りと差があるとは言い切れません。")
  }

  static func seedsNeeded(_ count: Int, areDraws: Bool, rival: String, lead: Markup) -> Markup {
    let needed = ReplicateWords.counted(min(count, 1_000), areDraws: areDraws)
    return Markup(
      english:
        "To show a lead of \(lead) over \(code: rival), \(count > 1_000 ? "more than" : "about") \(needed) would be needed.",
      japanese:
        "\(code: rival) に対する\(lead)の差を示すには、\(needed)\(count > 1_000 ? "超" : "ほど")が必要です。")
  }

  /// `lead` is nil where the winner is random itself, or nothing is known of random.
  static func allowing(lead: Markup?, chance: String, regret: Markup) -> Markup {
    let certainty = Markup(
      english: "it is really the best with a probability of \(chance), and taking it loses \(regret) on average",
      japanese: "本当に最良である確率は\(chance)、これを選んで失う分は平均\(regret)です")
    return lead.map {
      Markup(
        english: "Allowing for the choice: \($0) against buying at random; \(certainty).",
        japanese: "選び出しを考慮した無作為購入との差は\($0)。\(certainty)。")
    } ?? Markup(english: "Allowing for the choice, \(certainty).", japanese: "選び出しを考慮すると、\(certainty)。")
  }

  static func leftOut(_ names: [String]) -> Markup {
    Markup(
      english: "Left out, because whole ways of collecting are missing: \(codes: names).",
      japanese: "欠けている集め方があるため、次の選び方は除きました：\(codes: names)。")
  }

  static let tie = Markup(
    english: "The runner-up has the same mean, so no number of seeds can be given.",
    japanese: "次点の平均が同じため、必要なシード数は示せません。")

  static func noInterval(seeds: Int) -> Markup {
    seeds < 2
      ? Markup(
        english:
          "One seed gives no interval: this order may be chance. At least 2 seeds are needed, 5 or more are better.",
        japanese: "シードが1個では信頼区間が出せず、この順位は偶然かもしれません。少なくとも2個、できれば5個以上のシードが必要です。")
      : Markup(
        english: "Too few trials have finished for an interval: this order may be chance.",
        japanese: "終わった試行が少なく信頼区間を出せません。この順位は偶然かもしれません。")
  }

  static func onlyOne(_ name: String) -> Markup {
    Markup(
      english: "\(code: name) is the only strategy, so there is nothing to compare.",
      japanese: "選び方が \(code: name) だけなので、比べるものがありません。")
  }

  static func mean(_ value: String, best: (strategy: String, shift: String, value: String)?) -> Markup {
    guard let best else { return Markup(english: "Mean \(value).", japanese: "平均 \(value)。") }
    return Markup(
      english: "Mean \(value). Best on \(code: best.shift): \(code: best.strategy), \(best.value).",
      japanese: "平均 \(value)。最良は \(code: best.shift) での \(code: best.strategy) で、\(best.value)。")
  }
}
