import Core
import Economics
import Reporting
import Results
import Statistics
import Sweeps
import Testing

@Suite("What the page says")
struct ReportContentTests {
  private static let synthetic = SyntheticSweep()

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func values(_ results: [TrialResult], _ strategy: String, _ shift: String? = nil) -> [Double] {
    results.filter { $0.point.strategy.name == strategy && (shift == nil || $0.point.shift == shift) }
      .sorted { ($0.point.shift, $0.point.seed) < ($1.point.shift, $1.point.seed) }
      .compactMap { $0.values.metrics["accuracy"] }
  }

  @Test("means, differences and intervals are those of the results")
  func ranking() throws {
    let results = Self.synthetic.results
    let table = try #require(try ParsedElement.page(Self.synthetic.input).table("Accuracy: "))
    let random = values(results, "random")
    for strategy in ["class-balanced", "herding", "k-center", "el2n", "confident-filter", "target-herding"] {
      let own = values(results, strategy)
      let row = try #require(table.row(strategy))
      #expect(row[0] == Numbers.percentage(mean(own)))
      let differences = zip(own, random).map { $0 - $1 }
      #expect(row[1].hasPrefix(Numbers.points(mean(differences))))
      let strata = stride(from: 0, to: 18, by: 3).map { Array(differences[$0..<$0 + 3]) }
      let interval = try #require(StratifiedMean(strata)).interval()
      let ends = row[1].split(separator: " ").suffix(3).compactMap { Self.number($0) }
      #expect(abs(ends[0] - interval.lowerBound * 100) < 0.051 && abs(ends[1] - interval.upperBound * 100) < 0.051)
    }
    let chances = table.rows.compactMap {
      $0.cells[3] == "–" ? nil : Self.number($0.cells[3].drop { "<> ".contains($0) || $0 == "\u{A0}" })
    }
    #expect(abs(chances.reduce(0, +) - 100) < 2)
  }

  private static func number(_ text: Substring) -> Double? {
    Double(text.replacing("−", with: "-").replacing("%", with: "").replacing("±", with: "").filter { !$0.isWhitespace })
  }

  @Test("cells of strategy and shift are means over seeds, with differences to random on the same shift")
  func shifts() throws {
    let results = Self.synthetic.results
    let table = try #require(try ParsedElement.page(Self.synthetic.input).table("Accuracy in percent, differences"))
    for (column, shift) in Self.synthetic.sweep.shifts.enumerated() {
      let cell = try #require(table.row("herding"))[column].split(separator: " ")
      let (own, random) = (mean(values(results, "herding", shift)), mean(values(results, "random", shift)))
      #expect(cell[0] == Numbers.percentage(own))
      #expect(cell[1] == Numbers.points(own - random))
    }
  }

  @Test("mCE of random is 1, and of another strategy the mean ratio of errors")
  func corruptionError() throws {
    let results = Self.synthetic.results
    let table = try #require(try ParsedElement.page(Self.synthetic.input).table("Accuracy in percent under 15"))
    #expect(table.rows.count == 17)
    let row = try #require(table.row("mCE"))
    #expect(row[0] == "1.000")
    let column = try #require(table.columns.firstIndex(of: "el2n"))
    let ratios = results.filter { $0.point.strategy.name == "el2n" }.map { result in
      let random = results.first {
        $0.point.strategy.name == "random" && $0.point.shift == result.point.shift && $0.point.seed == result.point.seed
      }!
      return mean(
        SyntheticSweep.kinds.map { kind in
          (1 - result.values.metrics["robustness.\(kind)"]!) / (1 - random.values.metrics["robustness.\(kind)"]!)
        })
    }
    #expect(row[column - 1] == Numbers.decimal(mean(ratios), 3))
  }

  @Test("the ledger's table adds up to the total")
  func ledger() throws {
    let table = try #require(try ParsedElement.page(Self.synthetic.input).table("Ledger in USD"))
    for row in table.rows {
      let amounts = row.cells.dropFirst(5).map { Double($0) ?? 0 }
      #expect(abs(amounts.reduce(0, +) - Double(row.cells[4])!) < 0.03)
    }
  }

  @Test("settings and budgets are never mixed in one table")
  func separation() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding"].map { StrategyChoice(name: $0) }
    synthetic.sweep.sizing = Sizing.allCases
    synthetic.sweep.trainingLength = [.equalSteps, .equalEpochs]
    synthetic.sweep.budgets = [Money(20), Money(50)]
    // Each setting has one accuracy of its own that no other number of the page looks like: 11.1, 22.2 … 88.8 %.
    let settings = synthetic.points.map { "\($0.sizing)\($0.trainingLength)\($0.budget)" }
    let names = settings.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let results = zip(synthetic.results, settings).map { result, setting -> TrialResult in
      var values = result.values
      values.metrics = ["accuracy": 0.111 * Double(names.firstIndex(of: setting)! + 1)]
      values.perClass = ["accuracy": [values.metrics["accuracy"]!]]
      return TrialResult(point: result.point, task: result.task, outcome: result.outcome, values: values)
    }
    let marks = Set((1...8).map { "\($0)\($0).\($0)" })
    let page = try ParsedElement.page(synthetic.input(results: results))
    #expect(page.all("section").filter { $0.attributes["id"]?.hasPrefix("evidence-") == true }.count == 8)
    let curves = page.tables.filter { $0.caption.contains("one column is one budget") }
    #expect(curves.count == 4, "only curves, one for each pair of sizing and length, go over budgets")
    var seen: Set<String> = []
    // One row of the table of training lengths is one setting.
    let goingOver = ["one column is one budget", "One row is one setting"]
    for table in page.tables where !goingOver.contains(where: table.caption.contains) {
      let found = Set(table.rows.flatMap(\.cells).flatMap { $0.split(separator: " ").map(String.init) }).intersection(
        marks)
      #expect(found.count <= 1, "\(table.caption)")
      seen.formUnion(found)
    }
    #expect(seen == marks)
  }

  @Test("missing trials and failures are counted, named and never filled in")
  func missing() throws {
    var synthetic = SyntheticSweep()
    synthetic.isMissing = { $0.strategy.name == "margin" && ($0.shift == "expert" || $0.seed == 2) }
    let failures = [ReportInput.Failure(label: "margin on expert", cause: .told("the process was killed three times"))]
    let page = try ParsedElement.page(synthetic.input(results: synthetic.results, failures: failures))
    #expect(page.all("header").first?.text.contains("172 of 180 trials") == true)
    #expect(page.element(id: "uncertain")?.text.contains("8 trials are missing") == true)
    let section = try #require(page.element(id: "missing"))
    #expect(
      section.table("One row is one failed trial")?.row("margin on expert") == ["the process was killed three times"])
    let gaps = try #require(section.table("Points with missing seeds"))
    #expect(gaps.rows.count == 6)
    #expect(gaps.rows.contains { $0.cells[0] == "expert" && $0.cells[2] == "0 of 3" })
    #expect(page.table("Accuracy in percent, differences")?.row("margin")?.first == "–")
  }

  @Test("results that contradict others are told with what two keys agree on, in both languages")
  func incidents() throws {
    var incidents = ReportInput.Incidents()
    (incidents.tasks, incidents.open, incidents.overturned, incidents.wrong) = (3, 1, 1, ["lab-7"])
    let input = Self.synthetic.input(results: Self.synthetic.results, incidents: incidents)
    let uncertain = try #require(try ParsedElement.page(input).element(id: "uncertain")).text
    #expect(uncertain.contains("Of 3 tasks somebody handed in another result than the one shown."))
    #expect(uncertain.contains("Of 1 two keys agree on another result, so the one shown is probably wrong."))
    #expect(uncertain.contains("Of 1 it is not known who is right"))
    #expect(uncertain.contains("Results of lab-7 are contradicted by two other keys each."))
    let japanese = HTMLReport.render(input, language: .japanese)
    #expect(japanese.contains("うち1件では、二つの鍵が別の結果で一致しており") && japanese.contains("どちらが正しいかまだ分かりません"))
    let plain = try #require(try ParsedElement.page(Self.synthetic.input).element(id: "uncertain")).text
    #expect(!plain.contains("another result than the one shown"))
  }

  @Test("a metric that is absent everywhere leaves no trace, one that is absent somewhere a dash")
  func absentMetrics() throws {
    let results = Self.synthetic.results.map { result -> TrialResult in
      var values = result.values
      values.metrics["deployment"] = nil
      if result.point.shift == "expert" { values.metrics["accuracy.worst-class"] = nil }
      if result.point.strategy.name == "herding" { values.metrics["accuracy"] = .nan }
      return TrialResult(point: result.point, task: result.task, outcome: result.outcome, values: values)
    }
    let page = try ParsedElement.page(Self.synthetic.input(results: results))
    #expect(page.table("Deployment") == nil)
    #expect(page.table("Worst class in percent, differences")?.row("random")?.first == "–")
    #expect(page.table("Accuracy: ")?.row("herding") == nil)
    #expect(!HTMLReport.render(Self.synthetic.input(results: results)).lowercased().contains(">nan"))
  }

  @Test("without any result the page still stands and says what failed")
  func nothing() throws {
    let input = Self.synthetic.input(
      results: [], failures: [.init(label: "part web", cause: .told("no such directory"))])
    let page = try ParsedElement.page(input)
    #expect(page.element(id: "answer")?.text.contains("No trial has finished yet") == true)
    #expect(page.element(id: "missing")?.text.contains("no such directory") == true)
    #expect(ResultsTable.terminal(input).hasPrefix("0 of 180 trials finished. 1 failure."))
  }
}
