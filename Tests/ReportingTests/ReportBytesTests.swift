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

  @Test("whatever users write stays text")
  func escaping() throws {
    let hostile = "<script>alert('x')</script> & \"quotes\" \u{1}\u{FFFE} ]]> --> </style>"
    var synthetic = SyntheticSweep()
    synthetic.sweep.name = hostile
    synthetic.sweep.strategies = [
      StrategyChoice(name: "random"), StrategyChoice(name: "herding", options: ["keep": .string(hostile)]),
    ]
    synthetic.sweep.prices.currency = "<b>&"
    let results = synthetic.results.map { result -> TrialResult in
      var values = result.values
      values.remarks = [Remark(sentence: hostile), Remark(.init(rawValue: hostile), names: [hostile: hostile])]
      return TrialResult(point: result.point, task: result.task, outcome: result.outcome, values: values)
    }
    let input = ReportInput(
      sweep: synthetic.sweep, metrics: .builtIn, strategies: .builtIn, results: results,
      expectedTrials: results.count + 1,
      failures: [.init(label: hostile, cause: .told(hostile))],
      poolFacts: [
        hostile: PartFacts(
          count: 3, licence: hostile, labelOrigin: Remark(sentence: hostile), notes: [Remark(.init(rawValue: hostile))],
          others: [hostile: 1]),
        "expert": PartFacts(classNames: [hostile], statements: [Remark(sentence: hostile)]),
      ], reference: FashionPlusPlus.reference,
      provenance: [.source(name: hostile, Digest(of: hostile)), .kernels([hostile])])
    let text = HTMLReport.render(input)
    let page = try ParsedElement.page(text)
    #expect(page.all("script").count == 1)
    // Numbers below others are in elements of this name, currencies never.
    #expect(!text.contains("<b>&") && page.all("b").allSatisfy { !$0.text.contains("&") })
    #expect(!text.contains("<script>alert") && text.ranges(of: "<script").count == 1)
    #expect(page.all("h1").first?.text.contains("<script>alert('x')</script> & \"quotes\"") == true)
    #expect(page.all("style").count == 1)
  }
}
