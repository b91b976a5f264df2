import Core
import Economics
import Reporting
import Results
import Sweeps
import TestSupport
import Testing

/// Metrics that a report works out of several trials.
@Suite struct DerivedMetricsTests {
  private static func result(_ strategy: String, _ shift: String, _ changes: (inout TrialValues) -> Void) -> TrialResult
  {
    let point = TrialPoint(strategy: StrategyChoice(name: strategy), shift: shift, budget: Money(50), seed: 0)
    var values = TrialValues(
      metrics: ["accuracy": 0.8, "transfer": 0.5, "transfer.shift": 0.75, "transfer.faces": 0.0],
      perClass: ["accuracy": [0.9, 0.8, 0.4], "count": [10, 20, 30]], ledger: Ledger(budget: Money(50)),
      items: 60,
      poolSize: 100, candidates: 60, remarks: [])
    changes(&values)
    let label = "\(strategy) \(shift)"
    return TrialResult(
      point: point, task: TaskID(Digest(of: label)), outcome: Digest(of: label + " outcome"), values: values)
  }

  private static let page: String = {
    var sweep = Sweep(
      strategies: ["random", "herding"].map { StrategyChoice(name: $0) }, shifts: ["expert", "crowdsourced"],
      budgets: [Money(50)], seeds: [0])
    sweep.name = "derived"
    let results = sweep.shifts.flatMap { shift in
      sweep.strategies.map { strategy in
        result(strategy.name, shift) {
          guard shift == "crowdsourced" else { return }
          $0.perClass = ["accuracy": [0.7, 0.9, 0.4], "count": [30, 20, 10]]
          $0.metrics["transfer.shift"] = 0.85
        }
      }
    }
    return HTMLReport.render(
      ReportInput(
        sweep: sweep, metrics: .builtIn, strategies: .builtIn, results: results, expectedTrials: 4, failures: [],
        poolFacts: [:],
        reference: FashionPlusPlus.reference, provenance: []))
  }()

  @Test func correlationsWithTheBaselineAreInTheReport() {
    // Counts of the crowdsourced trials run against those of the expert baseline.
    #expect(Self.page.contains("R:INAV,AV") && Self.page.contains("R:INA,A"))
    #expect(Self.page.contains("\u{2212}1.000") || Self.page.contains("-1.000"))
  }

  @Test func tasksThatSayNothingAreNamed() {
    #expect(Self.page.contains("faces (all models equal)"))
    #expect(!Self.page.contains("shift (all models equal)"))
  }
}
