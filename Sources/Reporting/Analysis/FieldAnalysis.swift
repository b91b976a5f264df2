import Economics
import Results
import Statistics
import Sweeps

/// What pictures taken in the field are worth: how many of them reach what other ways of collecting reach, bought without
/// choosing, and up to which price of a photograph that is the cheaper way.
///
/// How far a number of pictures goes does not depend on what they cost, so that the field's curve is one over numbers of
/// pictures. What is compared is the accuracy in the deployment.
struct FieldAnalysis {
  /// A price per photograph, or what can be said of it.
  enum Price: Hashable {
    case at(Double)
    /// Even this many times as much as was measured would be worth it.
    case atLeast(Double)
    case below(Double)
    /// Labels and setting up alone cost more than the other way.
    case never
  }

  /// One other way of collecting.
  struct Line {
    let shift: String
    /// What it reaches for the largest budget at which it was bought, and with how many pictures.
    let value: Double
    let pictures: Double
    let cost: Double
    /// The number of field pictures that reach the same, with its interval.
    let equal: MoneyMultiplier
    /// The dearest photograph at which the field reaches it for the same money, and the ends of its interval.
    let breakEven: Price
    let breakEvenRange: (low: Price, high: Price)

    /// How many pictures from there one field picture is worth.
    var worth: Double { pictures / equal.equivalent }
    /// The ends of its 95 % interval; nil for an end that lies beyond what was measured.
    var worthRange: (low: Double?, high: Double?) {
      (equal.high.map { pictures / $0 }, equal.low.map { pictures / $0 })
    }
  }

  let field: String
  let metric: Metric
  /// The price of a photograph and of a label in this sweep.
  let photograph: Double
  /// What the field reached, by number of pictures, the fewest first.
  let points: [(pictures: Double, value: Double)]
  /// The best way first.
  let lines: [Line]

  private static let replicates = 2_000

  /// nil without a pool of the field, without a deployment, with one budget or one seed.
  ///
  /// - Parameter settings: differ in their budget only, the smallest first.
  init?(_ all: Grids, _ settings: [Setting]) {
    let input = all.input
    guard let field = input.field, settings.count > 1, let last = settings.last,
      let metric = input.metrics.metric(for: .deployment)
    else { return nil }
    let grids = settings.map(all.sources)
    guard let own = Self.subject(grids, field, metric), let seeds = own.values.first?.count, seeds > 1 else {
      return nil
    }
    let prices = input.sweep.prices
    let resamples = PairedResamples(strata: [Int](repeating: 0, count: seeds), replicates: Self.replicates, seed: 0)
    let isIdentified = LearningCurveBand(own, resamples: resamples) != nil
    let rest = Self.rest(of: field, grids)
    let largest = all.sources(last)
    self.field = field
    self.metric = metric
    photograph = prices.price(.photograph, in: field).amount
    points = zip(own.costs, own.values).map { ($0, Descriptive.mean($1)) }
    lines = largest.shifts.filter { $0 != field }.compactMap { shift -> Line? in
      guard let results = Self.results(largest, shift), let values = Self.values(largest, shift, metric),
        values.count == seeds, let cost = Grid.mean(results.map { $0.values.ledger.total.amount }),
        let pictures = Grid.mean(results.map { Double($0.values.items) }), cost > 0, pictures > 0
      else { return nil }
      let equal = MoneyMultiplier(
        spent: pictures, utilities: values, other: own, extrapolates: isIdentified, resamples: resamples)
      func price(_ count: Double) -> Price {
        let price = (cost - rest.once) / count - rest.perPicture
        return price > 0 ? .at(price) : .never
      }
      func bounded(_ count: Double) -> Price {
        switch (equal.kind, price(count)) {
        case (.upperBound, .at(let amount)): .atLeast(amount)
        case (.lowerBound, .at(let amount)): .below(amount)
        case (_, let price): price
        }
      }
      let low = equal.high.map(price) ?? .below(Self.amount(price(own.costs.last ?? 1)))
      let high = equal.low.map(price) ?? .atLeast(Self.amount(price(own.costs.first ?? 1)))
      return Line(
        shift: shift, value: Descriptive.mean(values), pictures: pictures, cost: cost, equal: equal,
        breakEven: bounded(equal.equivalent), breakEvenRange: (low, high))
    }.sorted { ($1.value, $0.shift) < ($0.value, $1.shift) }
    guard !lines.isEmpty else { return nil }
  }

  private static func amount(_ price: Price) -> Double {
    switch price {
    case .at(let amount), .atLeast(let amount), .below(let amount): amount
    case .never: 0
    }
  }

  /// What the field's pictures cost beside the photographs: once, and for each.
  private static func rest(of field: String, _ grids: [Grid]) -> (once: Double, perPicture: Double) {
    var (once, others, items) = (0.0, 0.0, 0)
    for grid in grids {
      for result in results(grid, field) ?? [] {
        items += result.values.items
        let entries = result.values.ledger.entries.filter { $0.item != .photograph }
        func sum(_ entries: [Ledger.Entry]) -> Double { entries.reduce(Money.zero) { $0 + $1.total }.amount }
        once = sum(entries.filter { $0.item == .setup })
        others += sum(entries.filter { $0.item != .setup })
      }
    }
    return (once, items > 0 ? others / Double(items) : 0)
  }

  private static func results(_ grid: Grid, _ shift: String) -> [TrialResult]? {
    guard let row = grid.reference, let column = grid.shifts.firstIndex(of: shift) else { return nil }
    let results = grid.results(row, shift: column)
    return results.count == grid.trials.count && !results.isEmpty ? results : nil
  }

  private static func values(_ grid: Grid, _ shift: String, _ metric: Metric) -> [Double]? {
    guard let row = grid.reference, let column = grid.shifts.firstIndex(of: shift) else { return nil }
    let values = grid.replicates.indices.compactMap { grid.value(metric.name, row, column, replicate: $0) }
    return values.count == grid.replicates.count ? values : nil
  }

  /// The values of one way of collecting, bought without choosing, by the number of pictures. Budgets that buy the whole pool
  /// alike are one.
  private static func subject(_ grids: [Grid], _ shift: String, _ metric: Metric) -> CostCurveResamples.Subject? {
    var (counts, rows): ([Double], [[Double]]) = ([], [])
    for grid in grids {
      guard let found = results(grid, shift), let values = values(grid, shift, metric) else { return nil }
      let count = Grid.mean(found.map { Double($0.values.items) }) ?? 0
      guard count > (counts.last ?? 0) else { continue }
      counts.append(count)
      rows.append(values)
    }
    return counts.count > 1 ? CostCurveResamples.Subject(costs: counts, values: rows) : nil
  }
}
