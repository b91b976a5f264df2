import Core
import Economics
import Sweeps

/// What terminals and plots say of a verdict.
enum VerdictWords {
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
}
