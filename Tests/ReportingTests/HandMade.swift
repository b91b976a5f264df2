import Core
import Economics
import Reporting
import Results
import Sweeps
import TestSupport

/// Small sweeps whose statistics can be worked out by hand.
enum HandMade {
  /// A sweep at a budget of 50 whose accuracies are given, by strategy, then shift, then seed; missing seeds at the end are
  /// missing trials. Every strategy spends 50 on acquiring, unless `spending` says otherwise.
  static func input(
    _ accuracies: [String: [String: [Double]]], seeds: Int, spending: [String: [PriceItem: Double]] = [:]
  ) -> ReportInput {
    let names = accuracies.keys.sorted()
    let shifts = FashionPlusPlus.shifts.filter { shift in accuracies.values.contains { $0[shift] != nil } }
    let sweep = Sweep(
      strategies: names.map { StrategyChoice(name: $0) }, shifts: shifts, budgets: [Money(50)],
      seeds: Array(0..<seeds))
    let results = names.flatMap { name in
      shifts.flatMap { shift in
        (accuracies[name]?[shift] ?? []).enumerated().map { seed, value -> TrialResult in
          var ledger = Ledger(budget: Money(50))
          let amounts: [PriceItem: Double] = spending[name] ?? [.acquire: 50]
          for item in PriceItem.allCases {
            ledger.charge(.purchase, item, quantity: 1000, at: Money((amounts[item] ?? 0) / 1000))
          }
          return TrialResult(
            point: TrialPoint(strategy: StrategyChoice(name: name), shift: shift, budget: Money(50), seed: seed),
            task: TaskID(Digest(of: "\(name)\(shift)\(seed)")), outcome: Digest(of: "\(name)\(shift)\(seed)o"),
            values: TrialValues(
              metrics: ["accuracy": value], perClass: [:], ledger: ledger, items: 1000, poolSize: 5000,
              candidates: 0, remarks: []))
        }
      }
    }
    return ReportInput(
      sweep: sweep, metrics: .builtIn, strategies: .builtIn, results: results,
      expectedTrials: names.count * shifts.count * seeds,
      reference: FashionPlusPlus.reference, pools: FashionPlusPlus.pools)
  }

  /// The same values on three shifts.
  static func threefold(_ values: [Double]) -> [String: [Double]] {
    ["expert": values, "crowdsourced": values, "retrieval-image": values]
  }
}
