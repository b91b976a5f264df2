import Core
import Economics
import Reporting
import Statistics
import Sweeps
import Testing

private func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}

@Suite("What changed between two sweeps")
struct SweepComparisonTests {
  private static let jitter = [0.004, -0.003, 0.001, -0.002, 0.003, -0.001, 0.002, -0.004]

  private func measured(_ margin: Double, budget: Double = 50, seeds: Int = 8, noise: Double = 1) -> Measured {
    func around(_ mean: Double, _ step: Int) -> [Double] {
      (0..<seeds).map { mean + noise * Self.jitter[($0 * step + step) % 8] }
    }
    return Measured(rows: [
      .init("random", budget: budget, ["accuracy": around(0.8, 1)]),
      .init("margin", budget: budget, ["accuracy": around(margin, 3)]),
    ])
  }

  @Test("a sweep compared with itself has changed in nothing")
  func itself() throws {
    let input = measured(0.82).input
    let found = SweepComparison(before: input, after: input)
    #expect(found.request.isEmpty && found.commonTrials == 16 && found.equalTrials == 16)
    #expect(found.onlyBefore == 0 && found.onlyAfter == 0)
    let part = try #require(found.parts.first)
    #expect(part.isSameVerdict == true && part.winners.allSatisfy { $0.isSame })
    #expect(part.changes.count == 2 && part.changes.allSatisfy { $0.finding == .unchanged && $0.difference == 0 })
    #expect(found.text(currency: "USD").contains("Both ask for the same."))
  }

  @Test("a change of one strategy alone is found, with its pairs, and turns the verdict")
  func oneChange() throws {
    let found = SweepComparison(before: measured(0.82).input, after: measured(0.78).input)
    let part = try #require(found.parts.first)
    #expect(part.isSameVerdict == false && part.winners[0].after?.name == "random")
    let random = try #require(part.changes.first { $0.strategy.name == "random" })
    let margin = try #require(part.changes.first { $0.strategy.name == "margin" })
    #expect(random.finding == .unchanged && random.adjusted == nil)
    #expect(margin.finding == .moreThanNoise && margin.isPaired && margin.trials == 8)
    #expect(isClose(margin.difference, -0.04) && isClose(margin.pValue, 2.0 / 256) && margin.adjusted == margin.pValue)
    #expect(isClose(margin.signedRank, 2.0 / 256) && random.signedRank == 1)
    #expect(found.text(currency: "USD").contains("Verdict: random on expert instead of margin on expert."))
    #expect(found.text(currency: "USD").contains("Accuracy of margin on expert: "))
  }

  @Test("swapping the sides turns the differences around")
  func swapped() throws {
    let (old, new) = (measured(0.82).input, measured(0.83, noise: 2).input)
    let (one, other) = (SweepComparison(before: old, after: new), SweepComparison(before: new, after: old))
    for (a, b) in zip(one.parts[0].changes, other.parts[0].changes) {
      #expect(isClose(a.difference, -b.difference) && a.pValue == b.pValue && a.finding == b.finding)
    }
  }

  @Test("few pairs are said to be too few, not to be without a difference")
  func tooFew() throws {
    let found = SweepComparison(before: measured(0.82, seeds: 3).input, after: measured(0.9, seeds: 3).input)
    let margin = try #require(found.parts[0].changes.first { $0.strategy.name == "margin" })
    #expect(margin.finding == .tooFewTrials && isClose(margin.pValue, 0.25))
    #expect(found.text(currency: "USD").contains("too few trials to tell: 1"))
  }

  @Test("other budgets are compared in order, unpaired, with Welch's test")
  func otherBudgets() throws {
    let found = SweepComparison(before: measured(0.82).input, after: measured(0.86, budget: 80, noise: 2).input)
    let part = try #require(found.parts.first)
    #expect(part.budgetBefore == Money(50) && part.budgetAfter == Money(80) && found.commonTrials == 0)
    let margin = try #require(part.changes.first { $0.strategy.name == "margin" })
    #expect(!margin.isPaired && margin.finding == .moreThanNoise && isClose(margin.difference, 0.04))
    #expect(found.request.map(\.path) == ["budgets"])
    #expect(found.text(currency: "USD").contains("Budget 50.00 → 80.00 USD"))
  }

  @Test("what is asked differently is named by its path, prices and strategies in full")
  func request() throws {
    let before = measured(0.82)
    var after = before
    after.prices.state(.labelExpert, Price(0.1))
    after.prices.claim()
    after.rows.append(.init("herding", ["accuracy": [0.8]]))
    let found = SweepComparison(before: before.input, after: after.input)
    #expect(found.request.map(\.path) == ["prices.label.expert", "strategies"])
    let lines = found.text(currency: "USD").split(separator: "\n")
    #expect(lines.contains("  prices.label.expert: 0.036 → 0.1") && lines.contains("  strategies: with herding"))
    #expect(found.onlyAfter == 1)
    let japanese = found.text(currency: "USD", language: .japanese)
    #expect(japanese.contains("依頼の違い：") && japanese.contains("strategies：herding あり"))
  }

  @Test("the JSON form holds every change")
  func json() throws {
    let found = SweepComparison(before: measured(0.82).input, after: measured(0.78).input)
    let parsed = try JSONValue.parse(Array(found.json.canonicalText.utf8), source: "comparison")
    let changes = try #require(parsed["parts"]?.elements?.first?["changes"]?.elements)
    #expect(changes.count == 2 && changes[1]["finding"]?.text == "more than noise")
    #expect(parsed["trials"]?["common"]?.int == 16)
  }
}

@Suite("Seeds that a wanted difference needs")
struct PowerPlanTests {
  private let accuracy = MetricCatalogue.builtIn[name: "accuracy"]!

  @Test("the spread is that of the paired differences to random, each group around its own mean")
  func spread() throws {
    // Differences 1, 3 on expert and −2, 2, 0 on crowdsourced, in points: squares 2 + 8 over 1 + 2 degrees of freedom.
    let rows = [
      Measured.Row("random", ["accuracy": [0.50, 0.60]]), Measured.Row("margin", ["accuracy": [0.51, 0.63]]),
      Measured.Row("random", on: "crowdsourced", ["accuracy": [0.4, 0.5, 0.45]]),
      Measured.Row("margin", on: "crowdsourced", ["accuracy": [0.38, 0.52, 0.45]]),
    ]
    let found = try #require(
      PowerPlan.Spread.measured(
        Measured(rows: rows).results, metric: "accuracy", reference: StrategyChoice(name: "random")))
    #expect(isClose(found.deviation, 0.01 * (10.0 / 3).squareRoot()) && found.pairs == 5)
    #expect(
      PowerPlan.Spread.measured(
        Measured(rows: [rows[0]]).results, metric: "accuracy", reference: StrategyChoice(name: "random")) == nil)
    #expect(PowerPlan.Spread.measured([], metric: "accuracy", reference: StrategyChoice(name: "random")) == nil)
  }

  @Test("seeds are the published numbers of pairs, and cost what their trials cost")
  func published() throws {
    let plan = PowerPlan(
      metric: accuracy, wanted: 0.005, spread: .assumed(0.01), shifts: 1, strategies: 1, trialsPerSeed: 2,
      trialCost: Money(50), trialSeconds: 0.8)
    let t = try #require(plan.needs.first)
    #expect(t.seeds == 34 && t.cost?.trials == 68 && t.cost?.money == Money(3_400) && isClose(t.cost?.seconds, 54.4))
    #expect(plan.needs.count == 1)
  }

  @Test("several ways of collecting share the burden, and Holm's correction adds to it")
  func scopes() throws {
    let plan = PowerPlan(
      metric: accuracy, wanted: 0.01, spread: .assumed(0.01), shifts: 6, strategies: 9, trialsPerSeed: 60)
    func seeds(_ isOverall: Bool, _ comparisons: Int) throws -> Int {
      try #require(plan.needs.first { $0.isOverall == isOverall && $0.comparisons == comparisons }?.seeds)
    }
    // Ten strategies are 45 pairs, as the report corrects for.
    #expect(plan.comparisons == 45)
    #expect(try seeds(true, 1) < seeds(false, 1) && seeds(false, 1) < seeds(false, 45))
    #expect(try seeds(false, 1) == 10)
    let row = try #require(plan.table.first { $0.seeds == 10 })
    #expect(try #require(row.overall) < #require(row.single))
    // Over 45 pairs two seeds in one shift can show nothing.
    #expect(plan.table[0].single == nil && plan.table[0].overall != nil)
  }

  @Test("the table's differences shrink with seeds, and the text says what was assumed")
  func table() throws {
    let plan = PowerPlan(
      metric: accuracy, wanted: 0.01, spread: .assumed(0.012), shifts: 1, strategies: 2, trialsPerSeed: 3,
      trialCost: Money(25))
    let shown = plan.table.compactMap(\.single)
    #expect(shown == shown.sorted(by: >) && shown.count >= plan.table.count - 1)
    let text = plan.text(currency: "EUR")
    #expect(text.contains("To find a difference of +1.0 points in Accuracy"))
    #expect(text.contains("vary by 1.2 points between seeds (standard deviation, assumed, not measured)"))
    #expect(text.contains("10 seeds: one way ") && text.contains("30 trials, at most 750.00 EUR"))
    #expect(plan.json["table"]?.elements?.count == plan.table.count)
  }
}

@Suite("The verdict for other programs")
struct VerdictJSONTests {
  @Test("names choice, margin, weights and what would change it")
  func json() throws {
    let rows = [
      Measured.Row("random", ["accuracy": [0.80, 0.82, 0.81, 0.79], "deployment": [0.6, 0.61, 0.6, 0.6]]),
      Measured.Row("margin", ["accuracy": [0.81, 0.81, 0.82, 0.80], "deployment": [0.5, 0.5, 0.5, 0.51]]),
    ]
    let verdict = try #require(Verdict.all(of: Measured(rows: rows, weights: ["accuracy": 1]).input).first)
    let json = verdict.json
    #expect(json["recommended"]?["strategy"]?.text == "margin" && json["weightsAreDefault"] == .bool(false))
    #expect(json["margin"]?["furtherSeeds"]?.int == 30 && json["margin"]?["isClear"] == .bool(false))
    #expect(json["weightChanges"]?.elements?.first?["utility"]?.text == "deployment")
    #expect(json["source"] == .null)
  }
}
