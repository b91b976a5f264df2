import Core
import Economics
import Sweeps

/// The verdict in a few sentences for a terminal.
enum VerdictWords {
  static func heading(_ verdict: Verdict, currency: String) -> Markup {
    let (budget, sizing) = (Numbers.money(verdict.budget), SettingWords.sizing(verdict.sizing))
    let length = SettingWords.length(verdict.trainingLength)
    return Markup(
      english: "With \(budget) \(currency) (\(sizing), \(length)):",
      japanese: "予算 \(budget) \(currency)（\(sizing)、\(length)）：")
  }

  /// `herding on expert`, or a mix with its split; text alone, so that it can stand in a plot too.
  static func option(_ option: VerdictOption) -> Markup {
    let (name, shift) = (option.strategy.label, option.shift)
    guard shift == Grid.mix else { return Markup(english: "\(name) on \(shift)", japanese: "\(shift) での \(name)") }
    guard !option.split.isEmpty else { return .text(name) }
    let split = Markup.joined(
      option.split.map { .text("\(Numbers.decimal($0.share * 100, 0)) % \($0.shift)") },
      by: Markup(english: ", ", japanese: "、"))
    return Markup(english: "\(name) (\(split))", japanese: "\(name)（\(split)）")
  }

  static func recommended(_ standing: Verdict.Standing) -> Markup {
    let (option, score) = (Self.option(standing.option), Numbers.decimal(standing.score, 1))
    guard let chance = standing.chanceBest.map({ Numbers.chance($0) }) else {
      return Markup(english: "Recommended: \(option), score \(score).", japanese: "推奨：\(option)、得点 \(score)。")
    }
    return Markup(
      english: "Recommended: \(option), score \(score), really the best with a probability of \(chance).",
      japanese: "推奨：\(option)、得点 \(score)、本当に最良である確率 \(chance)。")
  }

  static func runnerUp(_ standing: Verdict.Standing?, _ margin: Verdict.Margin?) -> Markup {
    guard let standing else {
      return Markup(english: "Nothing else could be compared with it.", japanese: "ほかに比べられるものはありませんでした。")
    }
    let option = Self.option(standing.option)
    guard let margin else { return Markup(english: "Runner-up: \(option).", japanese: "次点：\(option)。") }
    return Markup(
      english: "Runner-up: \(option), behind by \(self.margin(margin)).",
      japanese: "次点：\(option)、差は\(self.margin(margin))。")
  }

  /// `1.3 points (95 % interval +0.2 to +2.4, 3 seeds: not settled, about 5 more would be needed)`.
  static func margin(_ margin: Verdict.Margin) -> Markup {
    let interval = margin.interval.map { interval in
      let range = SettingWords.range(
        Numbers.decimal(interval.lowerBound, 1, signed: true), Numbers.decimal(interval.upperBound, 1, signed: true))
      return Markup(english: "95 % interval \(range)", japanese: "95 %信頼区間 \(range)")
    }
    let needed = margin.furtherSeeds.flatMap { $0 > 0 ? $0 : nil }.map {
      Markup(english: ", about \($0) more would be needed", japanese: "、あと約\($0)個必要")
    }
    let further = needed ?? Markup.empty
    let open = Markup(english: ": not settled\(further)", japanese: "：未確定\(further)")
    let seeds = Markup(english: "\(Numbers.counted(margin.seeds, "seed"))", japanese: "シード\(margin.seeds)個")
    let details = Markup.joined(
      (interval.map { [$0] } ?? []) + [Markup.group([seeds, margin.isClear ? Markup.empty : open])],
      by: Markup(english: ", ", japanese: "、"))
    let size = Numbers.decimal(margin.difference, 1)
    return Markup(english: "\(size) points (\(details))", japanese: "\(size)ポイント（\(details)）")
  }

  static func weights(_ weights: UtilityWeights) -> Markup {
    let list = weights.entries.map { "\($0.metric.name) \(Numbers.decimal($0.weight, 2))" }.joined(separator: ", ")
    return weights.origin == .question
      ? Markup(
        english: "Decided by: \(list) (no weights were stated).", japanese: "決め手：\(list)（重みの指定なし）。")
      : Markup(english: "Weights: \(list).", japanese: "重み：\(list)。")
  }

  static func leftOut(_ names: [String]) -> Markup {
    let list = names.joined(separator: ", ")
    return Markup(english: "Not measured, so left out: \(list).", japanese: "測っていないため除いたもの：\(list)。")
  }

  // MARK: What would change it

  static func weightChange(_ change: WeightChange) -> Markup {
    let (name, turning) = (change.metric.name, Numbers.decimal(change.turningPoint, 2))
    let (now, successor) = (Numbers.decimal(change.weight, 2), option(change.successor))
    return Markup(
      english: "\(name) at a weight of \(turning) instead of \(now) puts \(successor) first.",
      japanese: "\(name) の重みが \(now) から \(turning) になると、首位は \(successor) になります。")
  }

  static func priceChange(_ change: PriceChange) -> Markup {
    let (item, ratio, successor) = (change.item.rawValue, Numbers.score(change.ratio), option(change.successor))
    return Markup(
      english: "\(item) × \(ratio) puts \(successor) first.",
      japanese: "\(item) × \(ratio) になると、首位は \(successor) になります。")
  }

  static let noPriceChange = Markup(
    english: "No change of a single price puts another option first.", japanese: "1つの価格をどう変えても、首位は変わりません。")
  static let oneBudget = Markup(
    english: "With one budget nothing says what other prices would change.",
    japanese: "予算が1つだけなので、価格が変わったときのことは分かりません。")

  static func incomplete(_ count: Int) -> Markup {
    Markup(
      english: "Not finished, so not compared: \(Numbers.counted(count, "option")).",
      japanese: "終わっていない試行があるため、比較に加えていない選択肢：\(count)個。")
  }
}
