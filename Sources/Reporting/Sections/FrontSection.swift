import Statistics
import Sweeps

/// Utility against cost, and the combinations that nothing beats.
struct FrontSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  private enum Words {
    static let heading = "Accuracy against cost"
    static let noSpread: Markup =
      "Every trial spent nearly its whole budget, so total cost does not tell them apart: costs within 1\u{A0}% of the budget count as equal. The plots show instead how much of it went into choosing."
    static let spread: Markup =
      "A point is on the front when nothing is both cheaper and better; costs within 1\u{A0}% of the budget count as equal. The line joins the points that are surely on it."
    static let oneSeed: Markup = "With one seed the states are those of single trials."
    static let states: [(state: ParetoFront.State, name: String, look: String)] = [
      (.onFront, "on the front", "filled"), (.ambiguous, "perhaps on the front", "ringed"),
      (.dominated, "dominated", "faint outline"),
    ]
    static func cost(_ currency: String) -> String { "Spent per trial, \(currency)" }
    static func selection(_ currency: String) -> String { "Spent on choosing, \(currency)" }
    static func title(_ metric: String) -> String { "\(metric) against cost" }
    static func description(_ metric: String, _ points: Int, _ best: String) -> String {
      "\(metric) of \(points) combinations of strategy and way of collecting, means over seeds. Best: \(best). The table beside it lists the front."
    }
    static func point(_ strategy: String, _ shift: String, _ value: String, _ cost: String, _ state: String) -> String {
      "\(strategy) on \(shift): \(value) for \(cost), \(state)"
    }
    static func caption(_ metric: String, _ hidden: Int) -> String {
      "\(metric): one row is one combination that is on the front or may be, best first; the last column is how often it is on the front when seeds are resampled."
        + (hidden > 0 ? " \(hidden) more that may be are only in the plot." : "")
    }
    static func outside(_ titles: [String]) -> Markup {
      "Too far away for the plot: \(titles.prefix(3).joined(separator: "; "))\(titles.count > 3 ? "; and \(Numbers.count(titles.count - 3)) more" : "")."
    }
    static let columns = ["Way of collecting", "Mean", "Spent", "On the front"]
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
      yTitle: metric.unit == .fraction ? "\(metric.title), %" : metric.title,
      leastXSpan: setting.setting.budget.amount / 50, leastYSpan: 0.1)
    let plot = ScatterPlot(points: points, frame: frame, drawsFront: front.hasCostSpread)
    let picture = plot.markup(
      title: Words.title(metric.title),
      description: Words.description(metric.title, points.count, title(front.points[0], metric)))
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

  private func title(_ point: CostFront.Point, _ metric: Metric) -> String {
    Words.point(
      setting.name(point.strategy), setting.grid.shifts[point.shift], Numbers.value(point.utility, of: metric),
      "\(Numbers.amount(point.cost)) \(currency)", Words.states.first { $0.state == point.state }!.name)
  }

  private func table(_ front: CostFront) -> DataTable {
    let open = front.points.filter { $0.state != .dominated }
    let shown = open.prefix(Self.longest)
    return DataTable(
      caption: Words.caption(front.metric.title, open.count - shown.count), corner: "Strategy",
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
    func key(_ mark: Markup, _ text: String) -> Markup {
      .element(
        "li", [:],
        [.element("svg", ["class": "key", "width": "14", "height": "14", "aria-hidden": "true"], [mark]), .text(text)])
    }
    let shapes = setting.grid.shifts.enumerated().map { index, name in
      key(Shape.mark(index, 7, 7, "mark shape", title: name), name)
    }
    let states = Words.states.map { state, name, look in
      key(Shape.mark(0, 7, 7, "mark \(state.rawValue)", title: name), "\(name) (\(look))")
    }
    return .element("ul", class: "legend", shapes + states)
  }
}
