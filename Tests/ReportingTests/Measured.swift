import Core
import Economics
import Reporting
import Results
import Sweeps
import TestSupport

/// Sweeps of made-up measurements, one value a seed, whose verdicts can be worked out by hand.
struct Measured {
  struct Row {
    var strategy: StrategyChoice
    var shift = "expert"
    var budget = 50.0
    /// By metric, one value a seed.
    var metrics: [String: [Double]]
    /// Of a mix: the shares of each seed's trial.
    var splits: [[String: Double]] = []
    /// What each seed's trial spends, by item; 50 on acquiring unless stated.
    var spending: [PriceItem: Double]?
    /// What each seed's trial spends on choosing, by item.
    var choosing: [PriceItem: Double] = [:]
    var items = 1_000
    var candidates = 0

    init(
      _ name: String, on shift: String = "expert", budget: Double = 50, _ metrics: [String: [Double]],
      spending: [PriceItem: Double]? = nil
    ) {
      self.strategy = StrategyChoice(name: name)
      self.shift = shift
      self.budget = budget
      self.metrics = metrics
      self.spending = spending
    }
  }

  var rows: [Row]
  var weights: [String: Double]?
  var prices = PriceList.illustrative
  var pools = FashionPlusPlus.pools
  var field: String?

  var sweep: Sweep {
    func distinct<Element: Hashable>(_ elements: [Element]) -> [Element] {
      var seen: Set<Element> = []
      return elements.filter { seen.insert($0).inserted }
    }
    var sweep = Sweep(
      strategies: distinct(rows.map(\.strategy)), shifts: distinct(rows.map(\.shift)).filter { $0 != "mix" },
      budgets: distinct(rows.map(\.budget)).sorted().map { Money($0) },
      seeds: Array(0..<(rows.map { $0.metrics.values.map(\.count).max() ?? 0 }.max() ?? 0)))
    sweep.prices = prices
    return sweep
  }

  var results: [TrialResult] {
    rows.flatMap { row in
      (0..<(row.metrics.values.map(\.count).max() ?? 0)).map { seed in
        var ledger = Ledger(budget: Money(row.budget))
        for item in PriceItem.allCases {
          let amount = (row.spending ?? [.acquire: row.budget])[item] ?? 0
          ledger.charge(.purchase, item, quantity: 1_000, at: Money(amount / 1_000))
        }
        for item in PriceItem.allCases {
          guard let amount = row.choosing[item] else { continue }
          ledger.charge(.selection, item, quantity: 1_000, at: Money(amount / 1_000))
        }
        let metrics = row.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let name = "\(row.strategy.label)/\(row.shift)/\(row.budget)/\(seed)/\(metrics)"
        return TrialResult(
          point: TrialPoint(strategy: row.strategy, shift: row.shift, budget: Money(row.budget), seed: seed),
          task: TaskID(Digest(of: name)), outcome: Digest(of: name + "o"),
          values: TrialValues(
            metrics: row.metrics.compactMapValues { seed < $0.count ? $0[seed] : nil }, perClass: [:],
            ledger: ledger, items: row.items, poolSize: 5_000, candidates: row.candidates, remarks: [],
            split: seed < row.splits.count ? row.splits[seed] : [:]))
      }
    }
  }

  var input: ReportInput {
    ReportInput(
      sweep: sweep, metrics: .builtIn, strategies: .builtIn, results: results, expectedTrials: results.count,
      reference: FashionPlusPlus.reference, field: field, pools: pools, weights: weights)
  }
}
