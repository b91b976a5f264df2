import Core
import Economics
import Statistics
import Sweeps

/// How many seeds a difference needs, in sentences for a terminal.
enum PowerWords {
  static func question(_ plan: PowerPlan) -> Markup {
    let size = SettingWords.difference(plan.wanted, plan.metric)
    let (title, power, level) = (plan.metric.shownTitle, Numbers.percent(plan.power), Numbers.percent(plan.level))
    return Markup(
      english: "To find a difference of \(size) in \(title) with a probability of \(power) (two-sided \(level)):",
      japanese: "\(title)の\(size)の差を \(power) の確率で見つけるには（両側 \(level)）：")
  }

  static func spread(_ plan: PowerPlan) -> Markup {
    let deviation = SettingWords.points(
      Numbers.difference(plan.spread.deviation, of: plan.metric).dropFirst(), plan.metric)
    let source =
      plan.spread.pairs.map {
        Markup(
          english: "measured on \(Numbers.counted($0, "pair")) of earlier trials", japanese: "以前の試行\($0)組で測定")
      } ?? Markup(english: "assumed, not measured", japanese: "測定せず仮定した値")
    return Markup(
      english: "paired differences vary by \(deviation) between seeds (standard deviation, \(source)).",
      japanese: "対応のある差のシード間のばらつきは\(deviation)です（標準偏差、\(source)）。")
  }

  static func need(_ need: PowerPlan.Need, shifts: Int, currency: String) -> Markup {
    let scope =
      need.isOverall
      ? Markup(english: "over all \(shifts) ways of collecting", japanese: "\(shifts)通りの集め方の全体")
      : Markup(english: "in one way of collecting", japanese: "1つの集め方の中")
    let family =
      need.comparisons == 1
      ? Markup(english: "one comparison", japanese: "比較1つ")
      : Markup(
        english: "any of \(need.comparisons) comparisons (Holm)", japanese: "比較\(need.comparisons)つのどれか（ホルム法）")
    let answer =
      need.seeds.map { Markup(english: "\(Numbers.counted($0, "seed"))", japanese: "シード\($0)個") }
      ?? Markup(english: "more than \(Power.mostPairs) pairs", japanese: "\(Power.mostPairs)組より多い")
    let cost = need.cost.map { self.cost($0, currency) } ?? .empty
    return Markup(
      english: "\(scope), \(family), \(test(need.test)): \(answer)\(cost)",
      japanese: "\(scope)、\(family)、\(test(need.test))：\(answer)\(cost)")
  }

  static func tableHeading(comparisons: Int) -> Markup {
    Markup(
      english: "Smallest difference that so many seeds show, after Holm over \(comparisons) comparisons:",
      japanese: "そのシード数で見つかる最小の差（比較\(comparisons)つ、ホルム法で補正）：")
  }

  static func row(_ row: PowerPlan.Row, _ metric: Metric, currency: String) -> Markup {
    let overall = Markup(
      english: "all ways \(smallest(row.overall, metric))", japanese: "集め方の全体 \(smallest(row.overall, metric))")
    let single = Markup(
      english: "one way \(smallest(row.single, metric))", japanese: "1つの集め方 \(smallest(row.single, metric))")
    let list = Markup.clauses((row.overall.isEmpty ? [] : [overall]) + [single])
    let cost = Self.cost(row.cost, currency)
    return Markup(
      english: "\(Numbers.counted(row.seeds, "seed")): \(list)\(cost)", japanese: "シード\(row.seeds)個：\(list)\(cost)")
  }

  private static func smallest(_ found: [Power.Test: Double], _ metric: Metric) -> Markup {
    let parts = Power.Test.allCases.map { test in
      let size =
        found[test].map { Markup.text(String(Numbers.difference($0, of: metric).dropFirst())) }
        ?? Markup(english: "nothing", japanese: "なし")
      return Markup(english: "\(size) (\(self.test(test)))", japanese: "\(size)（\(self.test(test))）")
    }
    return .joined(parts, by: Markup(english: ", ", japanese: "、"))
  }

  private static func cost(_ cost: PowerPlan.Cost, _ currency: String) -> Markup {
    let money =
      cost.money.map { Numbers.money($0) }.map {
        Markup(english: ", at most \($0) \(currency)", japanese: "、最大 \($0) \(currency)")
      } ?? .empty
    let time =
      cost.seconds.map { Numbers.score($0 / 3_600) }.map {
        Markup(english: ", \($0) CPU-hours", japanese: "、CPU \($0)時間")
      } ?? .empty
    return Markup(
      english: "; \(Numbers.counted(cost.trials, "trial"))\(money)\(time)",
      japanese: "、試行\(cost.trials)件\(money)\(time)")
  }

  private static func test(_ test: Power.Test) -> Markup {
    test == .t
      ? Markup(english: "t-test", japanese: "t検定") : Markup(english: "signed-rank test", japanese: "符号付き順位検定")
  }
}
