import Core
import Statistics
import Sweeps

/// Utility against cost in numbers: areas, what a target costs, and where strategies change places, with intervals.
struct CurveNumbers {
  let analysis: CurveAnalysis
  let currency: String

  private enum Words {
    static func range(_ low: String, _ high: String, _ currency: String) -> Markup {
      Markup(
        english:
          "Between two budgets a curve is taken as straight over the logarithm of the cost. The mean over \(low) to \(high) \(currency) weighs every doubling of the money alike; intervals are 95\u{A0}% over resamples of the trials, paired.",
        japanese:
          "予算と予算の間は、費用の対数に対して直線とみなします。\(low)～\(high) \(currency) の平均では、費用が2倍になる区間をどれも同じ重みで数えます。区間は、対応を保って試行を再抽出した95\u{A0}%区間です。"
      )
    }
    static func target(_ value: String, _ currency: String) -> Markup {
      Markup(
        english: "The target is what \(code: "random") reaches at the largest budget, \(value).",
        japanese: "目標は、最大の予算で \(code: "random") が達する値（\(value)）です。")
    }
    static func caption(_ metric: Metric) -> Markup {
      Markup(
        english: "\(metric.shownTitle): the curves in numbers. One row is one strategy.",
        japanese: "\(metric.shownTitle)：曲線を数値で。1行が1つの選び方です。")
    }
    static let area = Markup(english: "Mean over the costs", japanese: "費用全体の平均")
    static let toReference = Markup(english: "To random", japanese: "無作為との差")
    static func cost(_ currency: String) -> Markup {
      Markup(english: "Cost of the target, \(currency)", japanese: "目標に要する費用（\(currency)）")
    }
    static let never = Markup(english: "not reached", japanese: "達しない")
    static func share(_ share: String) -> Markup {
      Markup(english: "in \(share) of resamples", japanese: "再抽出の\(share)")
    }
    static func interval(_ low: String, _ high: String) -> Markup {
      Markup(english: "\(low) to \(high)", japanese: "\(low)～\(high)")
    }
    static func crossing(_ later: String, _ earlier: String, _ cost: String, _ interval: Markup, _ share: String)
      -> Markup
    {
      Markup(
        english:
          "Beyond \(cost)\(interval) \(code: later) is better than \(code: earlier), below it worse; they cross so in \(share) of resamples.",
        japanese:
          "\(cost)\(interval)を超えると \(code: later) が \(code: earlier) を上回り、それ以下では下回ります。再抽出の\(share)でこのように交差します。")
    }
    static func bracket(_ low: String, _ high: String) -> Markup {
      Markup(english: " (\(low) to \(high))", japanese: "（\(low)～\(high)）")
    }
    static let noCrossing = Markup(
      english:
        "Within these costs no two of the strategies that are best at some budget, or \(code: "random"), change places.",
      japanese: "この費用の範囲では、いずれかの予算で最良の選び方と \(code: "random") の間に、順位の入れ替わりはありません。")
  }

  private static let mostCrossings = 6

  var markup: [Markup] {
    let metric = analysis.metric
    let low = Numbers.amount(analysis.range.lowerBound)
    let range = Words.range(low, Numbers.amount(analysis.range.upperBound), currency)
    let target = analysis.target.map { [Words.target(Numbers.value($0, of: metric), currency)] } ?? []
    let crossings =
      analysis.crossings.isEmpty
      ? [Markup.paragraph(Words.noCrossing)]
      : [Markup.list(analysis.crossings.prefix(Self.mostCrossings).map { sentence($0) })]
    return [.paragraph(.sentences([range] + target), class: "note"), table.markup] + crossings
  }

  private var table: DataTable {
    let metric = analysis.metric
    let columns = [Words.area, Words.toReference] + (analysis.target == nil ? [] : [Words.cost(currency)])
    return DataTable(
      caption: Words.caption(metric), corner: SettingWords.strategy, columns: columns.map { .init($0) },
      rows: analysis.lines.map { line in
        let difference = line.toReference.map { found in
          cell(
            .text(Numbers.difference(found.value, of: metric)),
            found.interval.map { [SettingWords.interval($0, metric)] } ?? []
          )
        }
        return DataTable.Row(
          StrategyName.markup(line.strategy),
          [area(line.area), difference ?? .number(Numbers.missing)] + (line.costToTarget.map { [cost($0)] } ?? []))
      }, style: "two")
  }

  private func area(_ estimate: CostCurveBootstrap.Estimate) -> DataTable.Cell {
    let metric = analysis.metric
    return cell(
      .text(Numbers.value(estimate.value, of: metric, bare: true)),
      estimate.interval.map {
        [
          Words.interval(
            Numbers.value($0.lowerBound, of: metric, bare: true), Numbers.value($0.upperBound, of: metric, bare: true))
        ]
      } ?? [])
  }

  private func cost(_ estimate: CostCurveBootstrap.Estimate) -> DataTable.Cell {
    let value = estimate.value.map { Markup.text(Numbers.amount($0)) } ?? Words.never
    let interval = estimate.interval.map {
      Words.interval(Numbers.amount($0.lowerBound), Numbers.amount($0.upperBound))
    }
    let share = estimate.share < 1 ? [Words.share(Numbers.percent(estimate.share))] : []
    return cell(value, (interval.map { [$0] } ?? []) + share)
  }

  private func cell(_ value: Markup, _ notes: [Markup]) -> DataTable.Cell {
    DataTable.Cell(
      [.element("span", class: "delta", [value])] + notes.map { .element("span", class: "interval", [$0]) }, style: "n")
  }

  private func sentence(_ crossing: CurveAnalysis.Crossing) -> Markup {
    let found = crossing.crossing
    let interval =
      found.interval.map { Words.bracket(Numbers.amount($0.lowerBound), Numbers.amount($0.upperBound)) } ?? .empty
    return Words.crossing(
      crossing.later.label, crossing.earlier.label, "\(Numbers.amount(found.cost)) \(currency)", interval,
      Numbers.percent(found.share))
  }
}
