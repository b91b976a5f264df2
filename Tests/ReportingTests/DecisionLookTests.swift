import Economics
import Reporting
import Results
import Statistics
import Sweeps
import Testing

@Suite("A look at whether a sweep is decided") struct DecisionLookTests {
  /// `herding` is best, `margin` close to it, `random` far behind, and `crowdsourced` is far worse than `expert`.
  private let open = HandMade.input(
    [
      "random": ["expert": [0.60, 0.61, 0.59, 0.60, 0.61], "crowdsourced": [0.40, 0.41, 0.39, 0.40, 0.42]],
      "margin": ["expert": [0.80, 0.84, 0.82, 0.81, 0.83], "crowdsourced": [0.50, 0.51, 0.49, 0.50, 0.52]],
      "herding": ["expert": [0.82, 0.83, 0.84, 0.80, 0.85], "crowdsourced": [0.50, 0.51, 0.50, 0.50, 0.52]],
    ], seeds: 5)

  @Test("the next round keeps what may still be the best, with half as many seeds again")
  func next() throws {
    let look = try #require(DecisionLook(open, error: 0.05))
    #expect(!look.isDecided && look.seeds == 5)
    #expect(look.leader.strategy.name == "herding" && look.leader.shift == "expert")
    #expect(look.rivals.map(\.option.strategy.name) == ["margin"])
    let next = look.next(of: open.sweep)
    #expect(next.seeds == Array(0..<8))
    #expect(next.shifts == ["expert"])
    #expect(next.strategies.map(\.name) == ["herding", "margin", "random"])
  }

  @Test("the order of the results changes nothing")
  func order() throws {
    let reversed = ReportInput(
      sweep: open.sweep, metrics: open.metrics, strategies: open.strategies, results: open.results.reversed(),
      expectedTrials: open.expectedTrials,
      reference: open.reference, pools: open.pools)
    #expect(DecisionLook(reversed, error: 0.05) == DecisionLook(open, error: 0.05))
  }

  @Test("later looks are held to the number of options of the first")
  func rule() throws {
    let first = try #require(DecisionLook(open, error: 0.05))
    let two = HandMade.input(
      ["margin": ["expert": [0.80, 0.84, 0.82]], "herding": ["expert": [0.82, 0.83, 0.84]]], seeds: 3)
    let second = try #require(DecisionLook(two, error: 0.05, rule: first.rule))
    #expect(second.rule.outLevel == SequentialDecision(error: 0.05, options: 6).outLevel)
  }

  @Test("what it calls decided is sure on the page, and nothing is open then")
  func agreement() throws {
    let input = HandMade.input(
      [
        "random": ["expert": [0.60, 0.61, 0.59, 0.60, 0.61]], "margin": ["expert": [0.80, 0.81, 0.80, 0.80, 0.81]],
      ], seeds: 5)
    let look = try #require(DecisionLook(input, error: 0.05))
    let verdict = try #require(Verdict.all(of: input).last)
    #expect(look.isDecided && look.rivals.isEmpty && look.furtherSeeds == 0)
    #expect(verdict.margin?.isClear == true && verdict.recommended.option == look.leader)
  }

  @Test("without a measured utility there is nothing to look at")
  func nothing() {
    let empty = ReportInput(
      sweep: open.sweep, metrics: open.metrics, strategies: open.strategies, results: [], expectedTrials: 30)
    #expect(DecisionLook(empty, error: 0.05) == nil)
  }
}
