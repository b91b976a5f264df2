import Core
import Reporting
import Results
import Sweeps
import TestSupport
import Testing

@Suite("The page's bytes")
struct ReportBytesTests {
  @Test("the same input gives the same bytes, in whatever order its results come")
  func order() {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding", "margin"].map { StrategyChoice(name: $0) }
    let failures = [
      ReportInput.Failure(label: "b", cause: .told("x")), ReportInput.Failure(label: "a", cause: .told("y")),
    ]
    let results = synthetic.results
    let page = HTMLReport.render(synthetic.input(results: results, failures: failures))
    var generator = SeededGenerator(seed: 1, purpose: "order")
    for _ in 0..<3 {
      var shuffled = results
      generator.shuffle(&shuffled)
      let input = synthetic.input(results: shuffled, failures: failures.reversed())
      #expect(HTMLReport.render(input) == page)
      #expect(ResultsTable.json(shuffled) == ResultsTable.json(results))
      #expect(ResultsTable.csv(shuffled) == ResultsTable.csv(results))
      #expect(
        ResultsTable.terminal(input) == ResultsTable.terminal(synthetic.input(results: results, failures: failures)))
    }
  }

  @Test("of two outcomes of one trial the smaller digest counts, and the page says that there were two")
  func variants() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding"].map { StrategyChoice(name: $0) }
    let results = synthetic.results
    let first = results[0]
    var values = first.values
    values.metrics["accuracy"] = 0.123
    let other = TrialResult(
      point: first.point, task: first.task, outcome: Digest(of: "another machine"), values: values)
    let page = HTMLReport.render(synthetic.input(results: results + [other]))
    #expect(page == HTMLReport.render(synthetic.input(results: [other] + results)))
    #expect(page.contains("gave different bytes on different machines"))
    #expect(page.contains(">12.3<") == (other.outcome < first.outcome))
  }

  private static let hostile = "<script>alert('x')</script> & \"quotes\" \u{1}\u{FFFE} ]]> --> </style>"

  /// A sweep with `text` wherever users and programs may write.
  private func input(_ text: String, currency: String) -> ReportInput {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding"].map { StrategyChoice(name: $0) }
    let herding = StrategyChoice(name: "herding", options: ["keep": .string(text)])
    // What was measured does not depend on what is written.
    let results = synthetic.results.map { result -> TrialResult in
      var values = result.values
      values.remarks = [Remark(sentence: text), Remark(.init(rawValue: text), names: [text: text])]
      let point = result.point
      return TrialResult(
        point: TrialPoint(
          strategy: point.strategy.name == "herding" ? herding : point.strategy, shift: point.shift,
          budget: point.budget, seed: point.seed, sizing: point.sizing, trainingLength: point.trainingLength,
          model: point.model), task: result.task, outcome: result.outcome, values: values)
    }
    synthetic.sweep.name = text
    synthetic.sweep.strategies = [StrategyChoice(name: "random"), herding]
    synthetic.sweep.prices.currency = currency
    return ReportInput(
      sweep: synthetic.sweep, metrics: .builtIn, strategies: .builtIn, results: results,
      expectedTrials: results.count + 1,
      failures: [.init(label: text, cause: .told(text))],
      poolFacts: [
        text: PartFacts(
          count: 3, licence: text, labelOrigin: Remark(sentence: text), notes: [Remark(.init(rawValue: text))],
          others: [text: 1]),
        "expert": PartFacts(classNames: [text], statements: [Remark(sentence: text)]),
      ], reference: FashionPlusPlus.reference,
      provenance: [.source(name: text, Digest(of: text)), .kernels([text])])
  }

  @Test("whatever users write stays text: it makes no element and takes none away")
  func escaping() throws {
    let page = try ParsedElement.page(HTMLReport.render(input(Self.hostile, currency: "<b>&")))
    let harmless = try ParsedElement.page(
      HTMLReport.render(input(PageChecks.harmless(Self.hostile), currency: "AbAA")))
    #expect(PageChecks.structure(page) == PageChecks.structure(harmless))
    #expect(page.all("script").count == 1 && page.all("style").count == 1)
    #expect(page.all("h1").first?.text.contains("<script>alert('x')</script> & \"quotes\"") == true)
  }
}
