import Economics
import Reporting
import Results
import Sweeps
import Testing

@Suite("A look at budgets below which another option leads") struct CrossingLookTests {
  private let noise = [0.0, 0.02, -0.02, 0.01, -0.01]

  /// `margin` on expert is best at 80, `random` on web at 10 and 20; `herding` and the other pools never lead.
  private var measured: Measured {
    let means: [(name: String, shift: String, values: [Double])] = [
      ("margin", "expert", [0.50, 0.58, 0.80]), ("random", "expert", [0.48, 0.56, 0.7]),
      ("herding", "expert", [0.48, 0.55, 0.6]), ("random", "web", [0.60, 0.62, 0.64]),
      ("margin", "web", [0.55, 0.56, 0.6]), ("herding", "web", [0.5, 0.5, 0.5]),
    ]
    var rows: [Measured.Row] = []
    for (place, row) in means.enumerated() {
      let turned: [Double] = Array(noise[(place % 5)...]) + Array(noise[..<(place % 5)])
      for (budget, mean) in zip([10.0, 20, 80], row.values) {
        let values: [Double] = turned.map { mean + $0 }
        rows.append(Measured.Row(row.name, on: row.shift, budget: budget, ["accuracy": values]))
      }
    }
    return Measured(rows: rows)
  }

  private func look(_ input: ReportInput) throws -> CrossingLook {
    let best = try #require(DecisionLook(input, error: 0.05)).leader
    return try #require(CrossingLook(input, best: best, error: 0.05))
  }

  @Test("the next round keeps what changes places, with half as many seeds again and a budget between")
  func next() throws {
    let look = try look(measured.input)
    #expect(look.best.strategy.name == "margin" && look.best.shift == "expert")
    #expect(look.crossings.map(\.option.strategy.name) == ["random"])
    let crossing = try #require(look.crossings.first)
    // 4 behind at 20, 16 ahead at 80: a fifth of the way, 20 · 4^0.2 = 26.4.
    #expect(crossing.option.shift == "web" && abs(crossing.budget - 26.39) < 0.01 && !crossing.isTold)
    #expect(look.furtherBudget == Money(26))
    let next = look.next(of: measured.sweep)
    #expect(next.budgets == [10, 20, 80, 26].map { Money($0) })
    #expect(next.seeds == Array(0..<8))
    #expect(Set(next.strategies.map(\.name)) == ["margin", "random"] && Set(next.shifts) == ["expert", "web"])
  }

  @Test("the order of the results changes nothing")
  func order() throws {
    let input = measured.input
    let reversed = ReportInput(
      sweep: input.sweep, metrics: input.metrics, strategies: input.strategies, results: input.results.reversed(),
      expectedTrials: input.expectedTrials, reference: input.reference, pools: input.pools)
    #expect(try look(reversed).crossings == look(input).crossings)
  }

  @Test("one budget has no such place")
  func single() throws {
    var single = measured
    single.rows.removeAll { $0.budget < 80 }
    let best = try #require(DecisionLook(single.input, error: 0.05)).leader
    #expect(CrossingLook(single.input, best: best, error: 0.05) == nil)
  }
}
