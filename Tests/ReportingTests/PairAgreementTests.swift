import Core
import Economics
import Foundation
import Reporting
import Results
import Statistics
import Sweeps
import Testing

/// Whoever asks whether one strategy is better than another, the page, `compare` or `plan --power`, is told the same.
@Suite("Every pair of strategies, asked three ways") struct PairAgreementTests {
  /// Values of two strategies, one row a pool with one value a seed; the first under the name that everything is compared with.
  private struct Pair {
    let values: [String: (first: [Double], second: [Double])]

    private func rows(_ name: String, _ values: (String) -> [Double]) -> [Measured.Row] {
      self.values.keys.sorted().map { Measured.Row(name, on: $0, ["accuracy": values($0)]) }
    }
    private var first: [Measured.Row] { rows("random") { values[$0]!.first } }

    /// One sweep of both.
    var together: ReportInput { Measured(rows: first + rows("margin") { values[$0]!.second }).input }
    /// Two sweeps of one strategy that came out differently.
    var comparison: SweepComparison {
      SweepComparison(
        before: Measured(rows: first).input, after: Measured(rows: rows("random") { values[$0]!.second }).input)
    }
    var seeds: Int { values.values.first!.first.count }
    var strata: [[Double]] { values.keys.sorted().map { zip(values[$0]!.second, values[$0]!.first).map(-) } }
    /// The spread within a pool, as `plan --power` measures it.
    var spread: Double {
      let squares = strata.reduce(0) { sum, stratum in
        let mean = stratum.reduce(0, +) / Double(stratum.count)
        return sum + stratum.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      }
      return (squares / Double(strata.reduce(0) { $0 + $1.count - 1 })).squareRoot()
    }
  }

  private static func sweep(_ shifts: [String], seeds: Int, noise: Double) -> SyntheticSweep {
    var synthetic = SyntheticSweep()
    synthetic.sweep.shifts = shifts
    synthetic.sweep.seeds = Array(0..<seeds)
    synthetic.noise = noise
    return synthetic
  }

  private static func pairs(_ synthetic: SyntheticSweep) -> [Pair] {
    let values = Dictionary(
      grouping: synthetic.results.sorted { $0.point.seed < $1.point.seed },
      by: { [$0.point.strategy.label, $0.point.shift] }
    ).mapValues { $0.map { $0.values.metrics["accuracy"]! } }
    let names = synthetic.sweep.strategies.map(\.label)
    return names.indices.flatMap { first in
      (first + 1..<names.count).map { second in
        Pair(
          values: Dictionary(
            uniqueKeysWithValues: synthetic.sweep.shifts.map { shift in
              (shift, (values[[names[first], shift]]!, values[[names[second], shift]]!))
            }))
      }
    }
  }

  @Test(
    "difference, interval, p, mark and seeds needed are the same everywhere",
    arguments: [
      sweep(["expert", "crowdsourced", "retrieval-text"], seeds: 3, noise: 0.012),
      sweep(["expert"], seeds: 8, noise: 0.02), sweep(["expert", "crowdsourced"], seeds: 5, noise: 0.03),
    ])
  func agreement(synthetic: SyntheticSweep) throws {
    let pairs = Self.pairs(synthetic)
    #expect(pairs.count == 45)
    var (different, alike) = (0, 0)
    for pair in pairs {
      let change = try #require(
        pair.comparison.parts[0].changes.first {
          $0.metric.name == "accuracy" && ($0.shift == nil) == (pair.values.count > 1)
        })
      let pValue = try #require(change.pValue)
      let interval = try #require(change.interval)

      // The page: its statistics, and the star of its ranking.
      let page = try ParsedElement.page(pair.together)
      let statistics = try #require(page.table("Accuracy: differences to random")?.row("margin"))
      // Points with one decimal, or two where one would say 0.
      func isPrinted(_ value: Double, as text: some StringProtocol) -> Bool {
        Double(
          text.replacingOccurrences(of: "−", with: "-").replacingOccurrences(of: "±0.00", with: value < 0 ? "-0" : "0")
        ).map {
          abs($0 - 100 * value) <= 0.0501 && ($0.sign == .minus) == (value < 0)
        }
          ?? false
      }
      let ends = statistics[2].split(separator: " to ")
      #expect(isPrinted(change.difference, as: statistics[1]))
      #expect(isPrinted(interval.lowerBound, as: ends[0]) && isPrinted(interval.upperBound, as: ends[1]))
      if pValue >= 0.001 {
        #expect(abs(try #require(Double(statistics[3])) - pValue) <= 0.000_501)
      } else {
        #expect(statistics[3] == "< 0.001")
      }
      let isDifferent = change.finding == .moreThanNoise
      #expect(isDifferent == (pValue <= 0.05) && isDifferent == !interval.contains(0))
      let sentences = page.all("p").map(\.text) + page.all("li").map(\.text)
      #expect(sentences.contains { $0.contains("Not separable from ") } == !isDifferent)

      // The plan: as many seeds as the page asks for, and more than there are where it calls the pair open.
      let plan = PowerPlan(
        metric: change.metric, wanted: abs(change.difference), spread: .assumed(pair.spread), shifts: pair.values.count,
        strategies: 1, trialsPerSeed: 1)
      let need = try #require(plan.needs.first { $0.isOverall == (pair.values.count > 1) })
      let needed = need.seeds ?? Power.mostPairs / pair.values.count
      #expect(Power.unitsNeeded(pair.strata) == needed)
      if pair.values.count == 1 {
        let margin = try #require(Verdict.all(of: pair.together).first?.margin)
        #expect(margin.seedsNeeded == needed && margin.isClear == isDifferent)
        if !isDifferent { #expect(needed > pair.seeds) }
      }
      if isDifferent { different += 1 } else { alike += 1 }
    }
    #expect(different > 4 && alike > 4, "\(different) pairs differ, \(alike) do not: the sweep asks too little")
  }
}
