import Statistics
import Sweeps

/// The options that no other beats in cost and every weighted utility at once.
struct JointFrontSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  /// The table ends here.
  private static let longest = 15

  var markup: [Markup] {
    guard let front = setting.jointFront, front.metrics.count > 1 else { return [] }
    func count(_ state: ParetoFront.State) -> Int { front.points.count { $0.state == state } }
    let explanation = JointFrontWords.explanation(front.metrics, count(.onFront), count(.ambiguous), count(.dominated))
    let notes =
      (setting.grid.replicates.count < 2 ? [JointFrontWords.oneSeed] : [])
      + (front.leftOut > 0 ? [JointFrontWords.leftOut(front.leftOut)] : [])
    return [.heading(level, JointFrontWords.heading), .paragraph(.sentences([explanation] + notes))]
      + [.element("div", class: "pair", [.element("figure", [:], [plot(front)]), table(front).markup])]
  }

  private func plot(_ front: JointFront) -> Markup {
    let (first, second) = (front.metrics[0], front.metrics[1])
    func shown(_ value: Double, _ metric: Metric) -> Double { metric.unit == .fraction ? value * 100 : value }
    let points = front.points.enumerated().map { place, point in
      ScatterPlot.Point(
        x: shown(point.values[0], first), y: shown(point.values[1], second),
        series: setting.grid.shifts.firstIndex(of: point.option.shift) ?? setting.grid.shifts.count,
        state: point.state, title: VerdictWords.option(point.option),
        label: place < 3 ? VerdictWords.option(point.option) : nil)
    }
    let range = RobustScale.range(points.map(\.y))
    let frame = PlotFrame(
      xValues: points.map(\.x), yValues: [range.lowerBound, range.upperBound], xTitle: SettingWords.axis(first),
      yTitle: SettingWords.axis(second), leastXSpan: 0.1, leastYSpan: 0.1)
    return ScatterPlot(points: points, frame: frame, drawsFront: false)
      .markup(title: JointFrontWords.title(first, second), description: JointFrontWords.description(points.count))
  }

  private func table(_ front: JointFront) -> DataTable {
    let open = front.points.filter { $0.state != .dominated }
    let shown = open.prefix(Self.longest)
    let columns =
      [DataTable.Column(SettingWords.wayOfCollecting, isNumber: false)]
      + front.metrics.map { DataTable.Column(SettingWords.axis($0)) }
      + [
        DataTable.Column(JointFrontWords.spent), DataTable.Column(JointFrontWords.state, isNumber: false),
        DataTable.Column(JointFrontWords.chance),
      ]
    return DataTable(
      caption: JointFrontWords.caption(open.count - shown.count), corner: SettingWords.strategy, columns: columns,
      rows: shown.map { point in
        let values = zip(front.metrics, point.values).map { metric, value in
          DataTable.Cell.number(Numbers.value(value, of: metric, bare: true))
        }
        return DataTable.Row(
          StrategyName.markup(point.option.strategy, setting.grid.strategyTable),
          [.text(point.option.shift)] + values + [
            .number(Numbers.amount(point.cost)), DataTable.Cell([JointFrontWords.name(point.state)]),
            .number(Numbers.chance(point.probability)),
          ])
      })
  }
}
