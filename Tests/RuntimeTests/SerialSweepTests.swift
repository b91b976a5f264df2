import Core
import Foundation
import Runtime
import Sweeps
import Testing

@Suite(
  "A sweep on one thread",
  .enabled(if: FileManager.default.fileExists(atPath: DatasetChoice().directory)))
struct SerialSweepTests {
  private var small: Sweep {
    var sweep = Sweep(
      strategies: Sweep.builtIn.strategies, shifts: ["crowdsourced"], budgets: [Money(6)], seeds: [1])
    sweep.training.hidden = [16]
    sweep.training.steps = 40
    sweep.dataset.corruptionImages = 20
    return sweep
  }

  @Test("every built-in strategy spends at most its budget and learns something; twice gives the same bytes")
  func everyStrategy() throws {
    let first = try SerialSweep(small)
    try first.run()
    for (point, values) in try first.trials() {
      #expect(values.ledger.total <= point.budget, "\(point.label)")
      #expect(values.items > 0 && values.items <= values.poolSize, "\(point.label)")
      #expect((values.metrics["accuracy"] ?? 0) > 0.2, "\(point.label)")
      #expect(values.perClass["accuracy"]?.count == 10)
    }
    let second = try SerialSweep(small)
    try second.run()
    #expect(first.outcomes.mapValues(\.canonical) == second.outcomes.mapValues(\.canonical))
  }

  @Test(
    "the built-in sweep, with its CPU seconds by phase",
    .enabled(if: ProcessInfo.processInfo.environment["WINNOW_LONG_TESTS"] != nil))
  func builtIn() throws {
    let sweep = try SerialSweep(.builtIn)
    try sweep.run()
    for (phase, seconds) in sweep.phaseSeconds.sorted(by: { $0.value > $1.value }) { print(phase, seconds) }
    for (point, values) in try sweep.trials() where point.seed == 0 {
      let metrics = ["accuracy", "robustness", "deployment", "representation.knn20", "data.label-noise"]
      print(point.label, values.items, metrics.map { String(format: "%.3f", values.metrics[$0] ?? .nan) })
    }
  }
}
