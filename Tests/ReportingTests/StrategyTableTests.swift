import Core
import Curation
import Foundation
import Reporting
import Results
import Sweeps
import TestSupport
import Testing

/// Reports learn from the table of strategies what a strategy is; no name tells them.
@Suite("Strategies as reports know them") struct StrategyTableTests {
  private static func row(_ name: String, _ roles: Set<StrategyRole> = []) -> StrategyCatalogue.Row {
    StrategyCatalogue.Row(
      name: name, words: Words(english: "do \(name)", japanese: "\(name)をする"), roles: roles)
  }

  /// Three rows of a table that nobody ships: `unseen` is the baseline, `crystal-ball` is for nobody.
  private static let table = StrategyCatalogue([
    row("unseen", [.baseline]), row("crystal-ball", [.unachievable, .knowsLabels]), row("oracle-of-ours"),
  ])

  private func input(_ rows: [Measured.Row]) -> ReportInput {
    Measured(rows: rows).input.with(strategies: Self.table)
  }

  @Test("an unachievable row of any name is shown, flagged, and never ranked or recommended") func unachievable() throws
  {
    let input = input([
      .init("unseen", ["accuracy": [0.70, 0.71, 0.705]]), .init("crystal-ball", ["accuracy": [0.95, 0.96, 0.955]]),
      .init("oracle-of-ours", ["accuracy": [0.80, 0.815, 0.80]]),
    ])
    let page = try PageChecks.page(input, inAll: true)
    #expect(page.table("Accuracy:")?.rows.first?.header == "crystal-ball not achievable")
    let decision = try #require(page.element(id: "decision")).text
    #expect(decision.contains("choosing with oracle-of-ours") && !decision.contains("crystal-ball"))
    let verdict = try #require(Verdict.all(of: input).first)
    #expect(verdict.standings.map(\.option.strategy.name) == ["oracle-of-ours", "unseen"])
    #expect(verdict.standings.map(\.option.isReference) == [false, true])
    let look = try #require(DecisionLook(input, error: 0.05))
    #expect(!look.options.map(\.strategy.name).contains("crystal-ball"))
  }

  @Test("what everything is compared with is the table's baseline, and stays in every look") func baseline() throws {
    let input = input([
      .init("oracle-of-ours", ["accuracy": [0.80, 0.815, 0.80]]), .init("unseen", ["accuracy": [0.70, 0.71, 0.705]]),
    ])
    let page = try PageChecks.page(input)
    let rows = try #require(page.table("Accuracy:")).rows
    #expect(rows.map(\.header) == ["oracle-of-ours", "unseen"])
    #expect(rows.map { $0.cells[1].hasPrefix("+10.0") } == [true, false])
    let look = try #require(DecisionLook(input, error: 0.05))
    #expect(look.next(of: input.sweep).strategies.contains(StrategyChoice(name: "unseen")))
    let spread = PowerPlan.Spread.measured(
      input.results, metric: "accuracy", reference: StrategyChoice(name: "unseen"))
    #expect(spread?.pairs == 3)
    #expect(
      PowerPlan.Spread.measured(input.results, metric: "accuracy", reference: StrategyChoice(name: "random")) == nil)
  }

  @Test("plain words are the table's, in the page's language, and those of an option that turns a strategy around")
  func words() throws {
    let input = input([.init("unseen", ["accuracy": [0.70]]), .init("oracle-of-ours", ["accuracy": [0.80]])])
    #expect(try PageChecks.page(input).element(id: "decision")?.text.contains("That is: do oracle-of-ours.") == true)
    #expect(HTMLReport.render(input, language: .japanese).contains("oracle-of-oursをする"))
    let easy = StrategyChoice(name: "ssl-prototypes", options: ["order": "easy"])
    let hard = StrategyChoice(name: "ssl-prototypes", options: ["order": "hard"])
    let plain = StrategyCatalogue.builtIn
    #expect(plain.words(of: easy)?.english.hasSuffix("the typical ones") == true)
    #expect(plain.words(of: hard) == plain.words(of: StrategyChoice(name: "ssl-prototypes")))
    #expect(plain.words(of: StrategyChoice(name: "of an older store")) == nil)
  }

  @Test("the checks of results find their strategies by what they are") func sanity() throws {
    let table = StrategyCatalogue([
      Self.row("unseen", [.baseline]), Self.row("sieve", [.filtersLabels]), Self.row("truth", [.knowsLabels]),
      Self.row("follower", [.followsTarget]),
    ])
    func row(_ name: String, _ accuracy: Double, noise: Double) -> Measured.Row {
      Measured.Row(
        name,
        [
          "accuracy": [accuracy, accuracy + 0.01], "deployment": [accuracy, accuracy + 0.01],
          "data.label-noise": [noise, noise],
        ])
    }
    let input = Measured(rows: [
      row("unseen", 0.6, noise: 0.2), row("sieve", 0.7, noise: 0.1), row("truth", 0.8, noise: 0),
      row("follower", 0.65, noise: 0.2),
    ]).input.with(strategies: table)
    let page = try PageChecks.page(input)
    let clean = try #require(page.table("Accuracy in percent on pools with wrong labels"))
    #expect(Array(clean.columns[1...3]) == ["unseen", "sieve", "truth"])
    #expect(page.table("Accuracy on the deployment images")?.rows.map(\.header) == ["follower"])
  }

  @Test("no strategy's name stands in Reporting") func names() throws {
    let names = Set(StrategyRegistry.listed.map(\.name))
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Reporting")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    #expect(files.count > 100)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      // Every second piece between quotation marks is a literal.
      let literals = text.split(separator: "\n").filter { !$0.contains("///") }.flatMap { line in
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      }
      // A verdict's JSON has the margin between its first two.
      let found = literals.filter { names.contains($0) && $0 != "margin" }
      #expect(found.isEmpty, "\(file.lastPathComponent): \(found)")
    }
  }
}
