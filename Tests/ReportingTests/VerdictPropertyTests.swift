import Core
import Economics
import Reporting
import Results
import Sweeps
import Testing

/// Verdicts of random results, against what follows from the definitions alone.
@Suite("The verdict, worked out again") struct VerdictPropertyTests {
  private static let metrics = ["accuracy", "deployment", "nll"]

  /// Some strategies on some pools with every value, and weights.
  private struct Contest {
    let measured: Measured
    let weights: [String: Double]

    init(_ generator: inout SeededGenerator, seeds: Int) {
      let names = ["random", "margin", "herding", "oracle-clean", "k-center"].prefix(3 + generator.integer(below: 3))
      let shifts = ["expert", "crowdsourced"].prefix(1 + generator.integer(below: 2))
      weights = Dictionary(
        uniqueKeysWithValues: metrics.map { ($0, Double(1 + generator.integer(below: 5))) })
      let rows = names.flatMap { name in
        shifts.map { shift in
          Measured.Row(
            name, on: shift,
            [
              "accuracy": (0..<seeds).map { _ in 0.5 + 0.4 * generator.uniform() },
              "deployment": (0..<seeds).map { _ in 0.4 + 0.4 * generator.uniform() },
              "nll": (0..<seeds).map { _ in 0.3 + generator.uniform() },
            ])
        }
      }
      measured = Measured(rows: rows, weights: weights)
    }

    func input(_ weights: [String: Double]) -> ReportInput { measured.input.weighted(weights) }

    func mean(_ row: Measured.Row, _ metric: String) -> Double {
      row.metrics[metric]!.reduce(0, +) / Double(row.metrics[metric]!.count)
    }

    /// The score of a row: points of accuracy and deployment, percent of random's mean loss, less is better.
    func score(_ row: Measured.Row, _ weights: [String: Double]) -> Double {
      let total = weights.values.reduce(0, +)
      let random = measured.rows.filter { $0.strategy.name == "random" }
      let usual = random.reduce(0) { $0 + mean($1, "nll") } / Double(random.count)
      let points = ["accuracy": 100.0, "deployment": 100, "nll": -100 / usual]
      return VerdictPropertyTests.metrics.reduce(0) { $0 + weights[$1]! / total * points[$1]! * mean(row, $1) }
    }

    var options: [Measured.Row] { measured.rows.filter { $0.strategy.name != "oracle-clean" } }
  }

  @Test("scores are the weighted means in points, best first, and no oracle among them") func scores() throws {
    var generator = SeededGenerator(seed: 1, purpose: "contests")
    for round in 0..<6 {
      let contest = Contest(&generator, seeds: 1 + round % 3)
      let verdict = try #require(Verdict.all(of: contest.measured.input).first)
      let expected = contest.options.map { (row: $0, score: contest.score($0, contest.weights)) }
        .sorted { $0.score > $1.score }
      #expect(verdict.standings.map(\.option.strategy) == expected.map(\.row.strategy))
      #expect(verdict.standings.map(\.option.shift) == expected.map(\.row.shift))
      for (standing, expected) in zip(verdict.standings, expected) {
        #expect(abs(standing.score - expected.score) < 1e-9 && abs(standing.cost - 50) < 1e-9)
        for (value, entry) in zip(standing.utilities, verdict.weights.entries) {
          #expect(abs(value - contest.mean(expected.row, entry.metric.name)) < 1e-12)
        }
      }
      let margin = try #require(verdict.margin)
      #expect(abs(margin.difference - (expected[0].score - expected[1].score)) < 1e-9)
      #expect((margin.interval == nil) == (round % 3 == 0) && margin.difference >= 0)
      if let chances = verdict.recommended.chanceBest {
        #expect(chances > 0 && abs(verdict.standings.reduce(0) { $0 + $1.chanceBest! } - 1) < 1e-9)
      }
    }
  }

  @Test("a turning weight is the nearest one: the order changes there, and not before") func turningWeights() throws {
    var generator = SeededGenerator(seed: 2, purpose: "turning weights")
    var turns = 0
    for _ in 0..<10 {
      let contest = Contest(&generator, seeds: 1)
      let verdict = try #require(Verdict.all(of: contest.measured.input).first)
      let total = contest.weights.values.reduce(0, +)
      /// The weights with one utility at `share` of all, the others in their proportions.
      func weights(_ name: String, _ share: Double) -> [String: Double] {
        let rest = total - contest.weights[name]!
        return Dictionary(
          uniqueKeysWithValues: Self.metrics.map {
            ($0, $0 == name ? share : contest.weights[$0]! / rest * (1 - share))
          })
      }
      func leader(_ name: String, _ share: Double) -> Measured.Row {
        contest.options.max { contest.score($0, weights(name, share)) < contest.score($1, weights(name, share)) }!
      }
      let first = verdict.recommended.option
      for name in Self.metrics {
        let now = contest.weights[name]! / total
        let changes = verdict.weightChanges.filter { $0.metric.name == name }
        #expect(changes.count <= 2 && changes.allSatisfy { abs($0.weight - now) < 1e-12 })
        for (end, change) in [
          (0.0, changes.first { $0.turningPoint < now }), (1.0, changes.first { $0.turningPoint > now }),
        ] {
          let stop = change?.turningPoint ?? end
          // Before it nobody else is first.
          for step in 1..<20 {
            let share = now + (stop - now) * Double(step) / 20
            let found = leader(name, share)
            #expect(found.strategy == first.strategy && found.shift == first.shift, "\(name) at \(share)")
          }
          guard let change, abs(stop - end) > 1e-6 else { continue }
          turns += 1
          let beyond = leader(name, stop + (end > now ? 1e-7 : -1e-7))
          #expect(beyond.strategy == change.successor.strategy && beyond.shift == change.successor.shift)
        }
      }
    }
    #expect(turns > 10)
  }

  @Test("deployment decides unless weights are stated, else accuracy, and only good sides count") func defaults() throws
  {
    let rows = [
      Measured.Row("random", ["accuracy": [0.5], "deployment": [0.5], "data.gini": [0.9]]),
      Measured.Row("margin", ["accuracy": [0.7], "deployment": [0.4], "data.gini": [0.1]]),
    ]
    let verdict = try #require(Verdict.all(of: Measured(rows: rows).input).first)
    #expect(verdict.weights.origin == .question && verdict.weights.single?.name == "deployment")
    #expect(abs(verdict.recommended.score - 50) < 1e-9 && abs(verdict.margin!.difference - 10) < 1e-9)
    let alone = Measured(
      rows: rows.map { Measured.Row($0.strategy.name, $0.metrics.filter { $0.key != "deployment" }) })
    #expect(Verdict.all(of: alone.input).first?.weights.single?.name == "accuracy")
    let gini = try #require(
      Verdict.all(of: Measured(rows: rows, weights: ["data.gini": 5, "accuracy": 1]).input).first)
    #expect(gini.weights.leftOut == ["data.gini"] && gini.weights.entries.map(\.weight) == [1])
  }

  @Test("two seeds give whoever is ahead little more than an even chance, and share a tie") func chances() throws {
    // By seed the difference is +3 and −1: Student's t with one degree of freedom gives ½ + atan(½) / π = .65 before the best
    // is shrunk towards the other.
    let rows = [
      Measured.Row("random", ["accuracy": [0.80, 0.80]]), Measured.Row("margin", ["accuracy": [0.83, 0.79]]),
    ]
    let verdict = try #require(Verdict.all(of: Measured(rows: rows, weights: ["accuracy": 1]).input).first)
    #expect((0.55..<0.648).contains(verdict.recommended.chanceBest!), "\(verdict.recommended.chanceBest!)")
    // Even when two seeds cancel each other, the tie is shared.
    let even = [
      Measured.Row("random", ["accuracy": [0.80, 0.80]]), Measured.Row("margin", ["accuracy": [0.82, 0.78]]),
    ]
    let tied = try #require(Verdict.all(of: Measured(rows: even, weights: ["accuracy": 1]).input).first)
    #expect(abs(tied.recommended.chanceBest! - 0.5) < 0.015 && tied.recommended.option.strategy.name == "random")
  }

  @Test("cheaper or dearer, a price that turns the verdict does so at the stated factor") func prices() throws {
    // Random spends on acquiring alone, margin half on scoring; both curves gain with the logarithm of the cost.
    for (gain, lead) in [(0.1, 0.05), (0.08, 0.02), (0.2, 0.15)] {
      let rows = [25.0, 50, 100].enumerated().flatMap { step, budget in
        [
          Measured.Row("random", budget: budget, ["accuracy": [0.4 + gain * Double(step)]]),
          Measured.Row(
            "margin", budget: budget, ["accuracy": [0.4 + lead + gain * Double(step)]],
            spending: [.acquire: budget / 2, .score: budget / 2]),
        ]
      }
      let verdict = try #require(Verdict.all(of: Measured(rows: rows).input).first { $0.budget == Money(50) })
      let score = try #require(verdict.priceChanges?.first { $0.item == .score })
      // Margin at factor r costs (1 + r)/2 as much: it loses gain · log₂((1 + r)/2).
      let expected = 2 * PortableMath.exp(lead / gain * PortableMath.log(2)) - 1
      #expect(abs(score.ratio - expected) < 1e-6 * expected, "\(gain) \(lead)")
      #expect(score.successor.strategy.name == "random")
    }
  }
}
