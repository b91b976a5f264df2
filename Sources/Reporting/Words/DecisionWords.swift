import Core
import Economics
import Results
import Sweeps

/// The sentences of the first page, for readers who have two minutes and no statistics.
enum DecisionWords {
  static let heading = Markup(english: "What to do", japanese: "結論")
  static let get = Markup(english: "What you get", japanese: "得られるもの")
  static let sure = Markup(english: "How sure that is", japanese: "どこまで確かか")
  static let cost = Markup(english: "What it costs", japanese: "費用")
  static let change = Markup(english: "What would change it", japanese: "答えが変わる条件")

  // MARK: The recommendation

  /// The one question that the first screen answers.
  static func question(_ weights: UtilityWeights, _ setting: Markup) -> Markup {
    let criterion = criterion(weights)
    let meaning =
      weights.single.map { Markup(english: " (\($0.shownMeaning))", japanese: "（\($0.shownMeaning)）") } ?? .empty
    return Markup(
      english:
        "The question: at \(setting), which way of collecting and choosing images is best by \(criterion)\(meaning)?",
      japanese: "問い：\(setting)のとき、\(criterion)\(meaning)が最も良くなる画像の集め方と選び方はどれか。")
  }

  static func recommendation(_ option: VerdictOption) -> Markup {
    let name = option.strategy.label
    if option.shift == Grid.mix {
      return option.split.isEmpty
        ? Markup(english: "Split the budget as \(code: name) does.", japanese: "\(code: name) のとおりに予算を分けてください。")
        : Markup(english: "Split the budget: \(split(option)).", japanese: "予算を次のように分けてください：\(split(option))。")
    }
    return option.isReference
      ? Markup(
        english: "Buy from \(code: option.shift), without choosing (\(code: name)).",
        japanese: "\(code: option.shift) から、選ばずに（\(code: name)）購入してください。")
      : Markup(
        english: "Buy from \(code: option.shift), choosing with \(code: name).",
        japanese: "\(code: option.shift) から、\(code: name) で選んで購入してください。")
  }

  static func split(_ option: VerdictOption) -> Markup {
    .list(
      of: option.split.map { source in
        let share = Numbers.decimal(source.share * 100, 0)
        return Markup(
          english: "\(share)\u{A0}% for \(code: source.shift)", japanese: "\(code: source.shift) に \(share)\u{A0}%")
      })
  }

  /// The same in plain words; nil when neither the pool nor the strategy has any.
  static func plain(_ option: VerdictOption, _ input: ReportInput) -> Markup? {
    let strategy = input.strategies.words(of: option.strategy).map { Markup($0) }
    guard option.shift != Grid.mix else {
      return strategy.map { Markup(english: "That is: \($0).", japanese: "つまり、\($0)ということです。") }
    }
    switch (input.pools[option.shift].map { Markup($0) }, strategy) {
    case (let pool?, let strategy?):
      return Markup(
        english: "That is: take \(pool), and \(strategy).", japanese: "つまり、\(pool)を使い、\(strategy)ということです。")
    case (let pool?, nil): return Markup(english: "That is: take \(pool).", japanese: "つまり、\(pool)を使うということです。")
    case (nil, let strategy?): return Markup(english: "That is: \(strategy).", japanese: "つまり、\(strategy)ということです。")
    case (nil, nil): return nil
    }
  }

  /// What is chosen by `strategy` from one pool.
  static func choice(_ strategy: String, on shift: String) -> Markup {
    Markup(english: "\(code: strategy) on \(code: shift)", japanese: "\(code: shift) での \(code: strategy)")
  }

  /// An option in a sentence.
  static func option(_ option: VerdictOption) -> Markup {
    let name = option.strategy.label
    guard option.shift == Grid.mix else {
      return choice(name, on: option.shift)
    }
    guard !option.split.isEmpty else {
      return Markup(english: "a budget split by \(code: name)", japanese: "\(code: name) による予算の分割")
    }
    return Markup(english: "a split budget (\(split(option)))", japanese: "予算の分割（\(split(option))）")
  }

  // MARK: What you get

  static func utility(_ metric: Metric, _ value: Markup, difference: Markup?) -> Markup {
    guard let difference else {
      return Markup(english: "\(metric.shownTitle): \(value)", japanese: "\(metric.shownTitle)：\(value)")
    }
    return Markup(
      english: "\(metric.shownTitle): \(value) (\(difference))",
      japanese: "\(metric.shownTitle)：\(value)（\(difference)）")
  }

  static let bracket = Markup(
    english: "In brackets: against buying there at random.", japanese: "括弧内は、同じ集め方で無作為に購入した場合との差です。")

  static func weights(_ weights: UtilityWeights) -> Markup {
    if weights.origin == .question, let metric = weights.single {
      let name = SettingWords.inSentence(metric)
      let reason =
        metric.criterion == .deployment
        ? Markup(english: ", because the model will work there", japanese: "（モデルを実際に使う環境だからです）") : .empty
      return Markup(
        english:
          "What decides is \(name)\(reason). Ask something else with \(code: "winnow report --weights accuracy=2,deployment=1") or \(code: "--goal \"accuracy ≥ 85 %, cheapest\"").",
        japanese:
          "決め手は\(name)です\(reason)。ほかの問いは \(code: "winnow report --weights accuracy=2,deployment=1") や \(code: "--goal \"accuracy ≥ 85 %, cheapest\"") で指定できます。"
      )
    }
    if weights.origin == .question {
      return Markup(
        english: "Neither accuracy nor deployment was measured, so these \(weights.entries.count) count the same.",
        japanese: "正解率も運用環境での正解率も測っていないため、この\(weights.entries.count)個の指標を同じ重みで評価しました。")
    }
    let parts = weights.entries.map { entry in
      let share = Numbers.decimal(entry.weight * 100, 0)
      let name = SettingWords.inSentence(entry.metric)
      return Markup(english: "\(name) \(share)\u{A0}%", japanese: "\(name) \(share)\u{A0}%")
    }
    let list = Markup.list(of: parts)
    return Markup(english: "Weighted as stated: \(list).", japanese: "指定された重み：\(list)。")
  }

  static func leftOut(_ names: [String]) -> Markup {
    Markup(
      english: "Weighted but not measured, so left out: \(codes: names).",
      japanese: "重みの指定があっても測っていないため除いたもの：\(codes: names)。")
  }

  // MARK: How sure

  static let certain = Markup(english: "sure", japanese: "確か")
  static let likely = Markup(english: "likely", japanese: "おそらく")
  static let open = Markup(english: "open", japanese: "未確定")
  static let unknown = Markup(english: "cannot be said", japanese: "判断できません")

  static let alone = Markup(
    english: "Nothing else was measured, so there is nothing to compare.", japanese: "ほかに測ったものがないため、比べられません。")
  static let oneSeed = Markup(
    english: "Everything was measured once, so the order may be chance. Run with 6 seeds or more.",
    japanese: "どれも1回しか測っていないため、順位は偶然かもしれません。6個以上のシードで実行してください。")

  static func chance(_ share: Markup, of count: Int) -> Markup {
    Markup(
      english: "It is really the best of \(count) options with a probability of \(share).",
      japanese: "\(count)通りの選択肢の中で本当に最良である確率は \(share) です。")
  }

  static func allowing(score: String, measured: String, regret: Markup) -> Markup {
    Markup(
      english:
        "The best of many is partly lucky: of its score of \(measured), \(score) is to be expected again, and choosing it loses \(regret) on average against the option that is really best.",
      japanese:
        "多くの中の最良には幸運も含まれます。総合点\(measured)のうち、次も見込めるのは\(score)です。本当に最良の選択肢と比べて失う分は、平均\(regret)です。")
  }

  static func margin(_ points: Markup, over runnerUp: Markup, interval: Markup?) -> Markup {
    let range =
      interval.map { Markup(english: " (95\u{A0}% interval \($0))", japanese: "（95\u{A0}%信頼区間 \($0)）") } ?? .empty
    return Markup(
      english: "Next comes \(runnerUp), \(points) behind\(range).", japanese: "次点は \(runnerUp) で、差は\(points)です\(range)。"
    )
  }

  static let mixed = Markup(english: "splitting the budget", japanese: "予算の分割")

  static func source(_ name: Markup, _ badge: Markup, chance: String?, next: Markup, behind: Markup) -> Markup {
    let share =
      chance.map {
        Markup(
          english: " The best of all is there with a probability of \($0).", japanese: "最良の選択肢がここにある確率は \($0) です。")
      } ?? .empty
    return Markup(
      english:
        "Collecting: \(name) \(badge).\(share) The best elsewhere is \(next), \(behind) behind.",
      japanese: "集め方：\(name) \(badge)。\(share)ほかの集め方での最良は \(next) で、差は\(behind)です。")
  }

  static func sureOf(_ option: Markup, _ badge: Markup) -> Markup {
    Markup(
      english: "Collecting and choosing together: \(option) \(badge).", japanese: "集め方と選び方の組み合わせ：\(option) \(badge)。")
  }

  static func furtherSeeds(_ count: Int, areDraws: Bool) -> Markup {
    let needed = ReplicateWords.further(min(count, 1_000), areDraws: areDraws)
    return count > 1_000
      ? Markup(
        english: "More than \(needed) would be needed to tell the two apart: take whichever suits you better.",
        japanese: "2つを見分けるには\(needed)を超えて増やす必要があります。都合のよいほうを選んでかまいません。")
      : Markup(
        english:
          "About \(needed) would probably show which of the two is better, if they differ as much as it seems.",
        japanese: "見かけどおりの差があるなら、\(needed)ほど増やせば、どちらが良いかおそらく分かります。")
  }

  // MARK: Cost

  static func howMany(_ items: String, _ amount: String) -> Markup {
    Markup(english: "That buys \(items) images for \(amount).", japanese: "\(amount)で画像\(items)枚です。")
  }

  /// Buying unseen in the same place instead.
  static func plainChoice(items: String, _ amount: String, score: String, behind: Markup, doubt: Markup) -> Markup {
    Markup(
      english:
        "Without choosing, the same budget buys \(items) images there for \(amount) and reaches \(score), \(behind) less (\(doubt)).",
      japanese: "選ばずに同じ集め方で購入すると、\(amount)で\(items)枚、結果は\(score)で、\(behind)下がります（\(doubt)）。")
  }

  /// Why money stays.
  enum Left {
    case poolEnds(String)
    case leftOut(String, of: String)
    case unknown
  }

  static func unspent(_ amount: String, _ why: Left) -> Markup {
    switch why {
    case .poolEnds(let count):
      Markup(
        english: "\(amount) of the budget stays: the pool has no more than its \(count) images.",
        japanese: "予算のうち\(amount)が残ります。この集め方で得られる画像は\(count)枚までだからです。")
    case .leftOut(let bought, let looked):
      Markup(
        english: "\(amount) of the budget stays: of \(looked) images looked at, \(bought) were bought.",
        japanese: "予算のうち\(amount)が残ります。調べた\(looked)枚のうち、購入したのは\(bought)枚だからです。")
    case .unknown: Markup(english: "\(amount) of the budget stays.", japanese: "予算のうち\(amount)が残ります。")
    }
  }

  static func cost(_ amount: Markup, items: Markup) -> Markup {
    Markup(
      english: "\(strong: amount) for \(items) training images.", japanese: "学習用画像\(items)枚で\(strong: amount)です。")
  }

  static func choosing(_ amount: Markup, share: String) -> Markup {
    Markup(
      english: "Of that, \(amount) (\(share)) pays for obtaining and examining candidates to choose from.",
      japanese: "そのうち\(amount)（\(share)）は、選ぶために候補の画像を入手して調べる費用です。")
  }

  static let notChoosing = Markup(
    english: "Nothing of that is spent on choosing.", japanese: "選ぶための費用はかかりません。")
  static let illustrative = Markup(
    english: "The prices are examples, not offers: put in your own before you decide.",
    japanese: "価格は例であり、見積もりではありません。決める前に自社の価格を入れてください。")

  // MARK: What would change it

  static func weightChange(_ metric: Metric, now: String, turning: String, isMore: Bool, _ successor: Markup) -> Markup
  {
    let name = SettingWords.inSentence(metric)
    return Markup(
      english:
        "If \(name) counted a little \(isMore ? "more" : "less") than \(turning) of all (now \(now)), first would be \(successor).",
      japanese: "\(name)の重みが \(turning) を少し\(isMore ? "上回れば" : "下回れば")（現在 \(now)）、首位は \(successor) になります。")
  }

  static func priceChange(_ item: PriceItem, factor: String, _ successor: Markup) -> Markup {
    Markup(
      english:
        "If \(PriceWords.named(item)) cost \(factor) times what it does, first would be \(successor).",
      japanese:
        "\(PriceWords.named(item))の価格が \(factor) 倍になれば、首位は \(successor) になります。")
  }

  static func priceStability(_ share: String, source: String?) -> Markup {
    let collecting =
      source.map { Markup(english: ", and in \($0) of them the way of collecting", japanese: "、集め方が同じままだったのは\($0)") }
      ?? .empty
    return Markup(
      english:
        "In \(share) of 1,000 price lists in which every price changed at random (most of them to between 0.6 and 1.6 times what they are) the recommendation stays\(collecting).",
      japanese: "すべての価格を無作為に（多くは0.6～1.6倍の範囲で）1,000回変えたところ、同じ推奨のままだったのは\(share)\(collecting)でした。")
  }

  static let oneBudget = Markup(
    english: "Whether other prices would change it can only be said of a sweep with two budgets or more.",
    japanese: "価格が変わったときの答えは、2つ以上の予算でスイープを実行すると分かります。")
  static let robustToWeights = Markup(
    english: "No change of a single weight puts anything else first.", japanese: "1つの重みをどう変えても、首位は変わりません。")

  // MARK: The picture and the table

  static func plotTitle(_ weights: UtilityWeights) -> Markup {
    weights.entries.count == 1
      ? Markup(
        english: "\(weights.entries[0].metric.shownTitle) by way of collecting",
        japanese: "集め方ごとの\(SettingWords.inSentence(weights.entries[0].metric))")
      : Markup(english: "Overall score by way of collecting", japanese: "集め方ごとの総合点")
  }

  static func plotNote(_ weights: UtilityWeights) -> Markup {
    weights.entries.count == 1
      ? Markup(
        english:
          "Filled: the best way of choosing there. Hollow: buying there at random. The line is how much more the best way of choosing reached there; whether that is more than chance is told below.",
        japanese: "塗りつぶし：そこで最も良い選び方。白抜き：そこで無作為に購入した場合。線の長さは選んだときの差です。差が確かかどうかは、下の節で示します。")
      : Markup(
        english:
          "The score is the weighted mean of the measures above, in percentage points. Filled: the best way of choosing there. Hollow: buying there at random. The line is how much more the best way of choosing reached there; whether that is more than chance is told below.",
        japanese:
          "総合点は、上に挙げた指標の加重平均（ポイント）です。塗りつぶし：そこで最も良い選び方。白抜き：そこで無作為に購入した場合。線の長さは選んだときの差です。差が確かかどうかは、下の節で示します。")
  }

  static func plotAxis(_ weights: UtilityWeights) -> Markup {
    weights.entries.count == 1
      ? SettingWords.axis(weights.entries[0].metric) : Markup(english: "Score, points", japanese: "総合点（ポイント）")
  }

  static func plotLine(_ line: String, _ best: String, _ value: String, _ reference: String?) -> Markup {
    guard let reference else {
      return Markup(english: "\(line): \(best) \(value)", japanese: "\(line)：\(best) \(value)")
    }
    return Markup(
      english: "\(line): \(best) \(value), random \(reference)",
      japanese: "\(line)：\(best) \(value)、random \(reference)")
  }

  /// What options are judged by, inside a sentence.
  static func criterion(_ weights: UtilityWeights) -> Markup {
    weights.single.map(SettingWords.inSentence) ?? Markup(english: "the overall score", japanese: "総合点")
  }

  static let others = Markup(english: "Other budgets and settings", japanese: "ほかの予算と設定")
  static func other(_ setting: Markup, _ option: Markup, _ badge: Markup, next: Markup?) -> Markup {
    let start = Markup(english: "\(setting): \(option) \(badge)", japanese: "\(setting)：\(option) \(badge)")
    return next.map { Markup(english: "\(start), next \($0)", japanese: "\(start)、次点は \($0)") } ?? start
  }
  static func incomplete(_ count: Int) -> Markup {
    Markup(
      english:
        "\(Numbers.counted(count, "combination")) \(count == 1 ? "takes" : "take") no part, because not every trial of \(count == 1 ? "it" : "them") has finished.",
      japanese: "\(count)通りの組み合わせは、まだ終わっていない試行があるため、比較に加えていません。")
  }
}
