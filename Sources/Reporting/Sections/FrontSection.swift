import Statistics
import Sweeps

/// Utility against cost, and the combinations that nothing beats.
struct FrontSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  /// The front's table ends here.
  private static let longest = 12

  var markup: [Markup] {
    let fronts = setting.fronts.filter { $0.metric.criterion != nil && !$0.points.isEmpty }
    guard let first = fronts.first else { return [] }
    return [
      .heading(level, FrontWords.heading), .paragraph(first.hasCostSpread ? FrontWords.spread : FrontWords.noSpread),
    ] + (setting.grid.replicates.count < 2 ? [.paragraph(FrontWords.oneSeed)] : []) + [
      legend, .element("div", class: "pair", fronts.map { figure($0) }),
    ]
  }

  private func figure(_ front: CostFront) -> Markup {
    let metric = front.metric
    let points = front.points.enumerated().map { plotted($0.element, front, isLabelled: $0.offset < 3) }
    let shown = RobustScale.range(points.map(\.y))
    let frame = PlotFrame(
      xValues: points.map(\.x), yValues: [shown.lowerBound, shown.upperBound],
      xTitle: front.hasCostSpread ? FrontWords.cost(currency) : FrontWords.selection(currency),
      yTitle: SettingWords.axis(metric),
      leastXSpan: setting.setting.budget.amount / 50, leastYSpan: 0.1)
    let plot = ScatterPlot(points: points, frame: frame, drawsFront: front.hasCostSpread)
    let picture = plot.markup(
      title: FrontWords.title(metric),
      description: FrontWords.description(metric, points.count, title(front.points[0], metric)))
    let outside =
      plot.outside.isEmpty ? [] : [Markup.paragraph(FrontWords.outside(plot.outside.map(\.title)), class: "note")]
    return .element("figure", [:], [picture] + outside + [table(front).markup])
  }

  private func plotted(_ point: CostFront.Point, _ front: CostFront, isLabelled: Bool) -> ScatterPlot.Point {
    let results = setting.grid.results(point.strategy, shift: point.shift)
    let selection = Grid.mean(results.map { $0.values.ledger.total(for: .selection).amount }) ?? 0
    let label = "\(setting.name(point.strategy)), \(setting.grid.shifts[point.shift])"
    return ScatterPlot.Point(
      x: front.hasCostSpread ? point.cost : selection,
      y: front.metric.unit == .fraction ? point.utility * 100 : point.utility, series: point.shift, state: point.state,
      title: title(point, front.metric), label: isLabelled ? .text(Shape.short(label, 30)) : nil)
  }

  private func title(_ point: CostFront.Point, _ metric: Metric) -> Markup {
    FrontWords.point(
      setting.name(point.strategy), setting.grid.shifts[point.shift], Numbers.value(point.utility, of: metric),
      "\(Numbers.amount(point.cost)) \(currency)", FrontWords.states.first { $0.state == point.state }!.name)
  }

  private func table(_ front: CostFront) -> DataTable {
    let open = front.points.filter { $0.state != .dominated }
    let shown = open.prefix(Self.longest)
    return DataTable(
      caption: FrontWords.caption(front.metric, open.count - shown.count), corner: SettingWords.strategy,
      columns: FrontWords.columns.enumerated().map { .init($0.element, isNumber: $0.offset > 0) },
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
    let states = FrontWords.states.map { state, name, look in
      key(Shape.mark(0, 7, 7, "mark \(state.rawValue)", title: name), FrontWords.key(name, look))
    }
    return .element("ul", class: "legend", shapes + states)
  }
}
