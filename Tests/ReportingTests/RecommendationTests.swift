import Core
import Reporting
import Sweeps
import Testing

private func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}

@Suite("The verdict for stated weights")
struct RecommendationTests {
  /// Margin wins on accuracy by two points, herding on deployment by six.
  private func contest(_ weights: [String: Double]?) throws -> Verdict {
    let noise = [0.001, -0.001, 0.002, -0.002, 0.0005, -0.0005, 0]
    func around(_ mean: Double, _ turn: Int) -> [Double] { noise.indices.map { mean + noise[($0 * turn) % 7] } }
    let rows = [
      Measured.Row("random", ["accuracy": around(0.8, 1), "deployment": around(0.6, 1)]),
      Measured.Row("margin", ["accuracy": around(0.84, 2), "deployment": around(0.6, 3)]),
      Measured.Row("herding", ["accuracy": around(0.82, 3), "deployment": around(0.66, 2)]),
      Measured.Row("oracle-clean", ["accuracy": around(0.95, 1), "deployment": around(0.95, 1)]),
    ]
    return try #require(Verdict.all(of: Measured(rows: rows, weights: weights).input).first)
  }

  @Test("the weights decide, and the oracle is never recommended")
  func weightsDecide() throws {
    #expect(try contest(["accuracy": 1]).recommended.option.strategy.name == "margin")
    let even = try contest(nil)
    // Nobody stated weights: where the model will work decides, and there herding has six points more.
    #expect(even.recommended.option.strategy.name == "herding" && even.weights.origin == .question)
    #expect(even.weights.single?.name == "deployment")
    #expect(isClose(even.margin?.difference, 6, 0.2) && isClose(even.recommended.score, 66, 0.2))
    let both = try contest(["accuracy": 1, "deployment": 1])
    #expect(both.standings.map(\.option.strategy.name) == ["herding", "margin", "random"])
    // Half of six points less half of two.
    #expect(isClose(both.margin?.difference, 2, 0.1) && isClose(both.recommended.score, 74, 0.1))
    #expect(even.margin?.isClear == true && (even.recommended.chanceBest ?? 0) > 0.99 && even.margin?.furtherSeeds == 0)
    #expect(even.recommended.option.split == [VerdictOption.Source(shift: "expert", share: 1)])
  }

  @Test("only the proportions of the weights count")
  func proportions() throws {
    let (one, other) = (
      try contest(["accuracy": 3, "deployment": 1]), try contest(["accuracy": 0.75, "deployment": 0.25])
    )
    #expect(one == other && one.weights.entries.map(\.weight) == [0.75, 0.25])
  }

  @Test("the turning weight is where both options score the same")
  func turningWeight() throws {
    let verdict = try contest(["accuracy": 9, "deployment": 1])
    #expect(verdict.recommended.option.strategy.name == "margin")
    let change = try #require(verdict.weightChanges.first { $0.metric.name == "deployment" })
    // (1 − w)·2 = w·6 at a quarter.
    #expect(isClose(change.turningPoint, 0.25, 0.01) && change.successor.strategy.name == "herding")
    let below = try contest(["accuracy": 1 - change.turningPoint + 0.01, "deployment": change.turningPoint - 0.01])
    let above = try contest(["accuracy": 1 - change.turningPoint - 0.01, "deployment": change.turningPoint + 0.01])
    #expect(below.recommended.option.strategy.name == "margin" && above.recommended.option.strategy.name == "herding")
    // A utility without weight turns the verdict too when it gets enough.
    let single = try contest(["accuracy": 1])
    #expect(single.weightChanges.map(\.metric.name) == ["deployment"])
    #expect(isClose(single.weightChanges[0].turningPoint, change.turningPoint, 1e-9))
  }

  @Test("low values of an error count as good, in percent of random's mean")
  func otherUnits() throws {
    let rows = [
      Measured.Row("random", ["accuracy": [0.8, 0.8], "nll": [0.5, 0.5]]),
      Measured.Row("margin", ["accuracy": [0.82, 0.82], "nll": [0.45, 0.45]]),
      Measured.Row("herding", ["accuracy": [0.84, 0.84], "nll": [0.5, 0.5]]),
    ]
    let verdict = try #require(
      Verdict.all(of: Measured(rows: rows, weights: ["accuracy": 1, "nll": 1]).input).first)
    // Margin: 2 points of accuracy and 10 % less loss, against 4 points.
    #expect(verdict.recommended.option.strategy.name == "margin" && isClose(verdict.margin?.difference, 4))
    #expect(verdict.recommended.utilities == [0.82, 0.45])
  }

  @Test("a margin within the noise is not clear, and more seeds are asked for")
  func notClear() throws {
    let rows = [
      Measured.Row("random", ["accuracy": [0.80, 0.82, 0.81, 0.79]]),
      Measured.Row("margin", ["accuracy": [0.81, 0.81, 0.82, 0.80]]),
    ]
    let verdict = try #require(Verdict.all(of: Measured(rows: rows).input).first)
    let margin = try #require(verdict.margin)
    // Differences 1, −1, 1, 1 points: d = .5 / 1, so the published 34 pairs.
    #expect(!margin.isClear && margin.seedsNeeded == 34 && margin.furtherSeeds == 30)
    let chance = try #require(verdict.recommended.chanceBest)
    #expect(chance > 0.6 && chance < 0.99)
    #expect(isClose(verdict.standings.reduce(0) { $0 + ($1.chanceBest ?? 0) }, 1))
  }

  @Test("three seeds are clear when the margin is far beyond their spread, and not when it is not")
  func threeSeeds() throws {
    func margin(_ values: [Double]) throws -> Verdict.Margin {
      let rows = [
        Measured.Row("random", ["accuracy": [0.80, 0.81, 0.80]]), Measured.Row("margin", ["accuracy": values]),
      ]
      return try #require(Verdict.all(of: Measured(rows: rows).input).first?.margin)
    }
    // Differences of 10, 9 and 10 points, t = 29; of 1, 3 and 5, t = 2.6 where 4.3 is needed.
    #expect(try margin([0.90, 0.90, 0.90]).isClear)
    let open = try margin([0.81, 0.84, 0.85])
    #expect(!open.isClear && open.interval?.contains(0) == true && (open.furtherSeeds ?? 0) > 0)
  }

  @Test("the best of many is expected to do a little worse again, and its chance and regret are stated")
  func bestOfMany() throws {
    let noise = [0.004, -0.003, 0.001, -0.002, 0.003]
    let names = ["random", "margin", "herding", "k-center", "el2n"]
    let rows = names.enumerated().map { index, name in
      Measured.Row(
        name, ["accuracy": noise.indices.map { 0.8 + noise[($0 * (index + 1)) % 5] + 0.0005 * Double(index) }])
    }
    let verdict = try #require(Verdict.all(of: Measured(rows: rows).input).first)
    let best = verdict.recommended
    let (shrunk, regret) = (try #require(best.shrunkScore), try #require(best.expectedRegret))
    #expect(shrunk < best.score && regret > 0 && (best.chanceBest ?? 1) < 0.9)
    #expect(verdict.standings.dropFirst().allSatisfy { ($0.expectedRegret ?? 0) >= regret })
    let page = try #require(try ParsedElement.page(Measured(rows: rows).input).element(id: "decision")).text
    #expect(page.contains("It is really the best of 5 options with a probability of"))
    #expect(page.contains("The best of many is partly lucky"))
  }

  @Test("one seed gives an order without any certainty")
  func oneSeed() throws {
    let rows = [Measured.Row("random", ["accuracy": [0.5]]), Measured.Row("margin", ["accuracy": [0.9]])]
    let verdict = try #require(Verdict.all(of: Measured(rows: rows).input).first)
    #expect(verdict.recommended.option.strategy.name == "margin" && verdict.recommended.chanceBest == nil)
    #expect(verdict.margin?.interval == nil && verdict.margin?.seedsNeeded == nil)
  }

  @Test("an option that misses a trial or a utility does not take part and is named")
  func incomplete() throws {
    let rows = [
      Measured.Row("random", ["accuracy": [0.8, 0.8], "deployment": [0.5, 0.5]]),
      Measured.Row("margin", ["accuracy": [0.9, 0.9], "deployment": [0.9]]),
      Measured.Row("herding", ["accuracy": [0.95]]),
    ]
    let verdict = try #require(Verdict.all(of: Measured(rows: rows).input).first)
    #expect(verdict.standings.count == 1 && verdict.margin == nil && verdict.runnerUp == nil)
    #expect(verdict.incomplete.map(\.strategy.name) == ["margin", "herding"])
    let partly = Measured(rows: rows, weights: ["accuracy": 1, "brier": 2]).input
    #expect(Verdict.all(of: partly).first?.weights.leftOut == ["brier"])
    #expect(Verdict.all(of: Measured(rows: rows, weights: ["brier": 2]).input).isEmpty)
  }

  @Test("a mix is an option beside the single pools, with its split")
  func mixes() throws {
    var mix = Measured.Row("mix", on: "mix", ["accuracy": [0.86, 0.87]])
    mix.splits = [["expert": 0.25, "crowdsourced": 0.75], ["expert": 0.25, "crowdsourced": 0.75]]
    var search = Measured.Row("mix-search", on: "mix", ["accuracy": [0.84, 0.84]])
    search.splits = [["expert": 0.5, "crowdsourced": 0.5], ["expert": 0.7, "crowdsourced": 0.3]]
    let rows = [
      Measured.Row("random", on: "expert", ["accuracy": [0.8, 0.81]]),
      Measured.Row("random", on: "crowdsourced", ["accuracy": [0.7, 0.71]]), mix, search,
    ]
    let verdict = try #require(Verdict.all(of: Measured(rows: rows).input).first)
    #expect(
      verdict.recommended.option.split == [
        VerdictOption.Source(shift: "crowdsourced", share: 0.75), VerdictOption.Source(shift: "expert", share: 0.25),
      ])
    let found = try #require(verdict.runnerUp).option.split
    #expect(found.map(\.shift) == ["expert", "crowdsourced"] && isClose(found[0].share, 0.6))
    // The tables of single pools have no row and no column for mixes.
    let page = try ParsedElement.page(Measured(rows: rows).input)
    let pools = try #require(page.tables.first { $0.caption.hasPrefix("Images bought.") })
    #expect(pools.columns.contains("expert") && !pools.columns.contains("mix") && pools.row("mix") == nil)
  }

  @Test("dearer scoring turns the verdict where the curves meet at the same budget")
  func breakEvenPrice() throws {
    // Both gain 10 points a doubling; margin is 5 ahead and pays half for scoring.
    let rows = [25.0, 50, 100].enumerated().flatMap { step, budget in
      [
        Measured.Row("random", budget: budget, ["accuracy": [0.5 + 0.1 * Double(step)]]),
        Measured.Row(
          "margin", budget: budget, ["accuracy": [0.55 + 0.1 * Double(step)]],
          spending: [.acquire: budget / 2, .score: budget / 2]),
      ]
    }
    let verdicts = Verdict.all(of: Measured(rows: rows).input)
    #expect(verdicts.count == 3)
    for verdict in verdicts {
      let changes = try #require(verdict.priceChanges)
      let score = try #require(changes.first { $0.item == .score })
      #expect(isClose(score.ratio, 2 * 2.0.squareRoot() - 1, 1e-6) && score.successor.strategy.name == "random")
      let stability = try #require(verdict.stabilityOverPrices)
      #expect(stability > 0.6 && stability < 1)
    }
    #expect(try contest(nil).priceChanges == nil)
  }

  @Test("the order of the results does not matter")
  func orderOfResults() throws {
    let input = SyntheticSweep().input
    let turned = SyntheticSweep().input(results: input.results.reversed())
    #expect(Verdict.all(of: input) == Verdict.all(of: turned))
  }

  @Test("weights are read as people type them, and mistakes are explained")
  func parsing() throws {
    #expect(
      try UtilityWeights.parse("accuracy=2, deployment=0.5", among: .builtIn) == ["accuracy": 2, "deployment": 0.5])
    for text in ["", "accuracy", "accuracy=-1", "accuracy=0", "accuracy=1,accuracy=2", "acuracy=1", "data.gini=1"] {
      #expect(throws: ConfigurationError.self, "\(text)") { try UtilityWeights.parse(text, among: .builtIn) }
    }
  }
}
