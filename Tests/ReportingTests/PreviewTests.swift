import Economics
import Foundation
import Reporting
import Results
import Sweeps
import Testing

/// Writes pages for looking at: `WINNOW_REPORT_PREVIEW=DIR swift test --filter Preview`.
@Suite("Preview", .enabled(if: ProcessInfo.processInfo.environment["WINNOW_REPORT_PREVIEW"] != nil))
struct PreviewTests {
  private func write(_ synthetic: SyntheticSweep, _ name: String, failures: [ReportInput.Failure] = []) throws {
    let directory = ProcessInfo.processInfo.environment["WINNOW_REPORT_PREVIEW"]!
    let input = synthetic.input(results: synthetic.results, failures: failures)
    let start = ContinuousClock.now
    let page = HTMLReport.render(input)
    print("\(name): \(page.utf8.count) bytes in \(ContinuousClock.now - start)")
    try page.write(toFile: "\(directory)/\(name).html", atomically: true, encoding: .utf8)
    let japanese = HTMLReport.render(input, language: .japanese)
    try japanese.write(toFile: "\(directory)/\(name).ja.html", atomically: true, encoding: .utf8)
    print(ResultsTable.terminal(input, width: 80, colours: false))
  }

  @Test func builtIn() throws { try write(SyntheticSweep(), "built-in") }

  @Test func budgets() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.budgets = [25, 50, 100, 200].map { Money($0) }
    try write(synthetic, "budgets")
  }

  @Test func incomplete() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding", "margin"].map { StrategyChoice(name: $0) }
    synthetic.isMissing = { $0.seed == 2 && $0.strategy.name == "margin" && $0.shift == "expert" }
    try write(
      synthetic, "incomplete",
      failures: [.init(label: "margin on expert, budget 50, seed 2", cause: .told("the process was killed 3 times"))])
  }

  @Test func oneSeed() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.seeds = [0]
    synthetic.sweep.shifts = ["expert"]
    try write(synthetic, "one-seed")
  }
}
