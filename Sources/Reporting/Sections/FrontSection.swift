import Core
import Statistics
import Sweeps

/// Utility against cost, and the combinations that nothing beats.
struct FrontSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  private enum Words {
    static let heading = Markup(english: "Accuracy against cost", japanese: "費用と正解率")
    static let noSpread = Markup(
      english:
        "Every trial spent nearly its whole budget, so total cost does not tell them apart: costs within 1\u{A0}% of the budget count as equal. The plots show instead how much of it went into choosing.",
      japanese:
        "どの試行も予算をほぼ使い切ったため、総費用では区別できません（差が予算の1\u{A0}%以内の費用は等しいとみなします）。そこで図には、そのうち選ぶために使った額を示します。")
    static let spread = Markup(
      english:
        "A point is on the front when nothing is both cheaper and better; costs within 1\u{A0}% of the budget count as equal. The line joins the points that are surely on it.",
      japanese:
        "より安く、しかもより良いものがほかにない点を、パレートフロント上の点と呼びます。差が予算の1\u{A0}%以内の費用は等しいとみなします。線は、確実にフロント上にある点を結びます。")
    static let oneSeed = Markup(
      english: "With one seed the states are those of single trials.", japanese: "シードが1個のため、状態は1回の試行だけで判断しています。")
    static let states: [(state: ParetoFront.State, name: Markup, look: Markup)] = [
      (
        .onFront, Markup(english: "on the front", japanese: "フロント上"), Markup(english: "filled", japanese: "塗りつぶし")
      ),
      (
        .ambiguous, Markup(english: "perhaps on the front", japanese: "フロント上かもしれない"),
        Markup(english: "ringed", japanese: "縁取り")
      ),
      (
        .dominated, Markup(english: "dominated", japanese: "ほかに劣る"), Markup(english: "faint outline", japanese: "薄い輪郭")
      ),
    ]
    static func key(_ name: Markup, _ look: Markup) -> Markup {
      Markup(english: "\(name) (\(look))", japanese: "\(name)（\(look)）")
    }
    static func cost(_ currency: String) -> Markup {
      Markup(english: "Spent per trial, \(currency)", japanese: "1試行あたりの支出（\(currency)）")
    }
    static func selection(_ currency: String) -> Markup {
      Markup(english: "Spent on choosing, \(currency)", japanese: "選ぶための支出（\(currency)）")
    }
    static func title(_ metric: Metric) -> Markup {
      Markup(english: "\(metric.shownTitle) against cost", japanese: "費用と\(metric.shownTitle)")
    }
    static func description(_ metric: Metric, _ points: Int, _ best: Markup) -> Markup {
      Markup(
        english:
          "\(metric.shownTitle) of \(points) combinations of strategy and way of collecting, means over seeds. Best: \(best). The table beside it lists the front.",
        japanese:
          "選び方と集め方の組み合わせ\(points)通りの\(metric.shownTitle)（シードの平均）。最良は\(best)。フロント上の組み合わせは、そばの表にあります。")
    }
    static func point(_ strategy: String, _ shift: String, _ value: String, _ cost: String, _ state: Markup) -> Markup {
      Markup(
        english: "\(strategy) on \(shift): \(value) for \(cost), \(state)",
        japanese: "\(shift) で \(strategy)：\(value)、費用 \(cost)、\(state)")
    }
    static func caption(_ metric: Metric, _ hidden: Int) -> Markup {
      let more =
        hidden > 0
        ? Markup(
          english: " \(hidden) more that may be are only in the plot.", japanese: "ほかにも可能性のある\(hidden)通りが図にだけあります。")
        : .empty
      return Markup(
        english:
          "\(metric.shownTitle): one row is one combination that is on the front or may be, best first; the last column is how often it is on the front when seeds are resampled.\(more)",
        japanese:
          "\(metric.shownTitle)：1行が、フロント上にある、またはその可能性がある組み合わせです。良い順に並べ、最後の列にはシードを再抽出したときフロント上に入る割合を示します。\(more)"
      )
    }
    static func outside(_ titles: [Markup]) -> Markup {
      let shown = Markup.joined(Array(titles.prefix(3)), by: Markup(english: "; ", japanese: "；"))
      let others = titles.count - 3
      let more = others > 0 ? Markup(english: "; and \(others) more", japanese: "；ほか\(others)件") : .empty
      return Markup(
        english: "Too far away for the plot: \(shown)\(more).", japanese: "離れすぎていて図に入らないもの：\(shown)\(more)。")
    }
    static let columns = [
      SettingWords.wayOfCollecting, Markup(english: "Mean", japanese: "平均"), Markup(english: "Spent", japanese: "支出"),
      Markup(english: "On the front", japanese: "フロント上の割合"),
    ]
  }

  /// The front's table ends here.
  private static let longest = 12

  var markup: [Markup] {
    let fronts = setting.fronts.filter { ["accuracy", "deployment"].contains($0.metric.name) && !$0.points.isEmpty }
    guard let first = fronts.first else { return [] }
    return [
      .heading(level, Words.heading), .paragraph(first.hasCostSpread ? Words.spread : Words.noSpread),
    ] + (setting.grid.seeds.count < 2 ? [.paragraph(Words.oneSeed)] : []) + [
      legend, .element("div", class: "pair", fronts.map { figure($0) }),
    ]
  }

  private func figure(_ front: CostFront) -> Markup {
    let metric = front.metric
    let points = front.points.enumerated().map { plotted($0.element, front, isLabelled: $0.offset < 3) }
    let shown = RobustScale.range(points.map(\.y))
    let frame = PlotFrame(
      xValues: points.map(\.x), yValues: [shown.lowerBound, shown.upperBound],
      xTitle: front.hasCostSpread ? Words.cost(currency) : Words.selection(currency),
      yTitle: SettingWords.axis(metric),
      leastXSpan: setting.setting.budget.amount / 50, leastYSpan: 0.1)
    let plot = ScatterPlot(points: points, frame: frame, drawsFront: front.hasCostSpread)
    let picture = plot.markup(
      title: Words.title(metric),
      description: Words.description(metric, points.count, title(front.points[0], metric)))
    let outside =
      plot.outside.isEmpty ? [] : [Markup.paragraph(Words.outside(plot.outside.map(\.title)), class: "note")]
    return .element("figure", [:], [picture] + outside + [table(front).markup])
  }

  private func plotted(_ point: CostFront.Point, _ front: CostFront, isLabelled: Bool) -> ScatterPlot.Point {
    let results = setting.grid.results(point.strategy, shift: point.shift)
    let selection = Grid.mean(results.map { $0.values.ledger.total(for: .selection).amount }) ?? 0
    let label = "\(setting.name(point.strategy)), \(setting.grid.shifts[point.shift])"
    return ScatterPlot.Point(
      x: front.hasCostSpread ? point.cost : selection,
      y: front.metric.unit == .fraction ? point.utility * 100 : point.utility, series: point.shift, state: point.state,
      title: title(point, front.metric), label: isLabelled ? label : "")
  }

  private func title(_ point: CostFront.Point, _ metric: Metric) -> Markup {
    Words.point(
      setting.name(point.strategy), setting.grid.shifts[point.shift], Numbers.value(point.utility, of: metric),
      "\(Numbers.amount(point.cost)) \(currency)", Words.states.first { $0.state == point.state }!.name)
  }

  private func table(_ front: CostFront) -> DataTable {
    let open = front.points.filter { $0.state != .dominated }
    let shown = open.prefix(Self.longest)
    return DataTable(
      caption: Words.caption(front.metric, open.count - shown.count), corner: SettingWords.strategy,
      columns: Words.columns.enumerated().map { .init($0.element, isNumber: $0.offset > 0) },
      rows: shown.map { point in
        DataTable.Row(
          [.code(setting.name(point.strategy))],
          [
            .text(setting.grid.shifts[point.shift]), .number(Numbers.value(point.utility, of: front.metric)),
            .number(Numbers.amount(point.cost)), .number(Numbers.chance(point.probability)),
          ])
      })
  }

  private var legend: Markup {
    func key(_ mark: Markup, _ text: Markup) -> Markup {
      .element(
        "li", [:],
        [.element("svg", ["class": "key", "width": "14", "height": "14", "aria-hidden": "true"], [mark]), text])
    }
    let shapes = setting.grid.shifts.enumerated().map { index, name in
      key(Shape.mark(index, 7, 7, "mark shape", title: .text(name)), .code(name))
    }
    let states = Words.states.map { state, name, look in
      key(Shape.mark(0, 7, 7, "mark \(state.rawValue)", title: name), Words.key(name, look))
    }
    return .element("ul", class: "legend", shapes + states)
  }
}
