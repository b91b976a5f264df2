import Statistics
import Sweeps

/// Utility against cost in numbers: areas, what a target costs, and where strategies change places, with intervals.
struct CurveNumbers {
  let analysis: CurveAnalysis
  let currency: String
  let strategyTable: StrategyCatalogue

  private static let mostCrossings = 6

  var markup: [Markup] {
    let metric = analysis.metric
    let low = Numbers.amount(analysis.range.lowerBound)
    let range = CurveNumbersWords.range(low, Numbers.amount(analysis.range.upperBound), currency)
    let target = analysis.target.map { [CurveNumbersWords.target(Numbers.value($0, of: metric), currency)] } ?? []
    let crossings =
      analysis.crossings.isEmpty
      ? [Markup.paragraph(CurveNumbersWords.noCrossing)]
      : [Markup.list(analysis.crossings.prefix(Self.mostCrossings).map { sentence($0) })]
    return [.paragraph(.sentences([range] + target), class: "note"), table.markup] + crossings
  }

  private var table: DataTable {
    let metric = analysis.metric
    let columns =
      [CurveNumbersWords.area, CurveNumbersWords.toReference]
      + (analysis.target == nil ? [] : [CurveNumbersWords.cost(currency)])
    return DataTable(
      caption: CurveNumbersWords.caption(metric), corner: SettingWords.strategy, columns: columns.map { .init($0) },
      rows: analysis.lines.map { line in
        let difference = line.toReference.map { found in
          cell(
            .text(Numbers.difference(found.value, of: metric)),
            found.interval.map { [SettingWords.interval($0, metric)] } ?? []
          )
        }
        return DataTable.Row(
          StrategyName.markup(line.strategy, strategyTable),
          [area(line.area), difference ?? .number(Numbers.missing)]
            + (line.costToTarget.map { [cost($0, isExact: line.toReference == nil)] } ?? []))
      }, style: "two")
  }

  private func area(_ estimate: CostCurveResamples.Estimate) -> DataTable.Cell {
    let metric = analysis.metric
    return cell(
      .text(Numbers.value(estimate.value, of: metric, bare: true)),
      estimate.interval.map {
        [
          CurveNumbersWords.interval(
            Numbers.value($0.lowerBound, of: metric, bare: true), Numbers.value($0.upperBound, of: metric, bare: true))
        ]
      } ?? [])
  }

  /// - Parameter isExact: whether the target is what this one reaches: its cost is known, whatever redraws say.
  private func cost(_ estimate: CostCurveResamples.Estimate, isExact: Bool) -> DataTable.Cell {
    let value = estimate.value.map { Markup.text(Numbers.amount($0)) } ?? CurveNumbersWords.never
    guard !isExact else { return cell(value, []) }
    let interval = estimate.interval.map { range in
      MultiplierWords.interval(
        .text(Numbers.amount(range.lowerBound)),
        range.upperBound.isFinite ? .text(Numbers.amount(range.upperBound)) : nil)
    }
    let share = estimate.share < 1 ? [CurveNumbersWords.share(Numbers.percent(estimate.share))] : []
    return cell(value, (interval.map { [$0] } ?? []) + share)
  }

  private func cell(_ value: Markup, _ notes: [Markup]) -> DataTable.Cell {
    DataTable.Cell(
      [.delta(value)] + notes.map { .interval($0) }, style: "n")
  }

  private func sentence(_ crossing: CurveAnalysis.Crossing) -> Markup {
    let found = crossing.crossing
    let interval =
      found.interval.map { CurveNumbersWords.bracket(Numbers.amount($0.lowerBound), Numbers.amount($0.upperBound)) }
      ?? .empty
    return CurveNumbersWords.crossing(
      crossing.later.label, crossing.earlier.label, "\(Numbers.amount(found.cost)) \(currency)", interval,
      Numbers.percent(found.share))
  }
}
