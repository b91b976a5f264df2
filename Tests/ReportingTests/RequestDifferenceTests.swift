import Core
import Economics
import Reporting
import Results
import Sweeps
import Testing

@Suite("What two sweeps ask for differently, and what a plan of seeds costs") struct RequestDifferenceTests {
  private func differences(_ change: (inout Sweep) -> Void) -> [RequestDifference] {
    let before = Measured(rows: [Measured.Row("random", ["accuracy": [0.5]])]).input
    var sweep = before.sweep
    change(&sweep)
    return SweepComparison(before: before, after: before.with(sweep: sweep)).request
  }

  @Test("every part of a sweep but its name is compared, and named by its path") func paths() {
    let changes: [(path: String, change: (inout Sweep) -> Void)] = [
      ("dataset.kind", { $0.dataset.kind = "idx" }), ("dataset.seed", { $0.dataset.options = ["seed": 5] }),
      ("shifts", { $0.shifts = ["expert", "web"] }), ("budgets", { $0.budgets = [Money(50), Money(60)] }),
      ("seeds", { $0.seeds = [0, 1] }), ("strategies", { $0.strategies.append(NamedChoice(name: "el2n")) }),
      ("models", { $0.models = [NamedChoice(name: "linear")] }), ("sizing", { $0.sizing = [.equalItems] }),
      ("trainingLength", { $0.trainingLength = [.equalEpochs] }), ("training.steps", { $0.training.steps = 7 }),
      ("training.momentum", { $0.training.momentum = 0.5 }),
      ("evaluation.transfer", { $0.evaluation.transfer = .fineTune }),
      ("numerics.core", { $0.numericsCore = "Zen" }), ("prices.currency", { $0.prices.currency = "EUR" }),
      ("prices.train", { $0.prices.state(.train, Price(9)) }),
      ("prices.score in expert", { $0.prices.state(.score, Price(1), in: "expert") }),
    ]
    for (path, change) in changes { #expect(differences(change).map(\.path) == [path], "\(path)") }
    #expect(differences { $0.name = "other" }.isEmpty && differences { _ in }.isEmpty)
    // Stating the illustrative prices as one's own changes no price.
    #expect(differences { $0.prices.claim() }.isEmpty)
    let all = differences { sweep in for (_, change) in changes { change(&sweep) } }
    #expect(all.map(\.path) == all.map(\.path).sorted() && all.count == changes.count)
  }

  @Test("lists say what went and what came") func lists() throws {
    let seeds = try #require(differences { $0.seeds = [1, 2] }.first)
    #expect(seeds.removed == [0] && seeds.added == [1, 2])
    let core = try #require(differences { $0.numericsCore = "Zen" }.first)
    #expect(core.before?.canonicalText == nil && core.after == "Zen" && core.removed.isEmpty && core.added.isEmpty)
  }

  @Test("settings that both sides have are compared with each other only; other models stand side by side")
  func settings() {
    func input(_ budgets: [Double], model: ModelChoice = .standard) -> ReportInput {
      let rows = budgets.map { Measured.Row("random", budget: $0, ["accuracy": [0.5, 0.6]]) }
      let measured = Measured(rows: rows)
      var sweep = measured.sweep
      sweep.models = [model]
      let results = measured.results.map { result in
        TrialResult(
          point: TrialPoint(
            strategy: result.point.strategy, shift: result.point.shift, budget: result.point.budget,
            seed: result.point.seed, model: model), task: result.task, outcome: result.outcome, values: result.values)
      }
      return measured.input.with(results: results, sweep: sweep)
    }
    func budgets(_ before: ReportInput, _ after: ReportInput) -> [[Double]] {
      SweepComparison(before: before, after: after).parts.map { [$0.budgetBefore.amount, $0.budgetAfter.amount] }
    }
    #expect(budgets(input([10, 20]), input([20, 30])) == [[20, 20]])
    #expect(budgets(input([10, 20]), input([30, 40, 50])) == [[10, 30], [20, 40]])
    #expect(budgets(input([10]), input([10], model: NamedChoice(name: "linear"))) == [[10, 10]])
    let models = SweepComparison(before: input([10]), after: input([10], model: NamedChoice(name: "linear")))
    #expect(models.commonTrials == 0 && models.onlyBefore == 2 && models.onlyAfter == 2)
    #expect(models.parts[0].changes.allSatisfy { !$0.isPaired })
  }

  private var accuracy: Metric { MetricCatalogue.builtIn[name: "accuracy"]! }

  @Test("a plan multiplies: trials, money and seconds of every row are those of its seeds") func costs() throws {
    let plan = PowerPlan(
      metric: accuracy, wanted: 0.01, spread: .assumed(0.02), shifts: 3, strategies: 4, trialsPerSeed: 15,
      trialCost: Money(50), trialSeconds: 2)
    for row in plan.table {
      #expect(row.cost.trials == 15 * row.seeds && row.cost.money == Money(750) * row.seeds)
      #expect(row.cost.seconds == 30 * Double(row.seeds))
    }
    for need in plan.needs {
      let seeds = try #require(need.seeds)
      #expect(need.cost?.trials == 15 * seeds && need.cost?.money == Money(750 * Double(seeds)))
    }
    // More seeds find smaller differences; three shifts together find smaller ones than one.
    for (row, next) in zip(plan.table, plan.table.dropFirst()) {
      if let size = row.single { #expect(next.single! < size) }
      if let size = row.single, let all = row.overall { #expect(all < size) }
    }
    // One comparison needs no more than all pairs of four strategies and the reference.
    let pairs = 10
    for need in plan.needs where need.comparisons == 1 {
      let all = try #require(plan.needs.first { $0.comparisons == pairs && $0.isOverall == need.isOverall })
      #expect(need.seeds! <= all.seeds!)
    }
  }

  @Test("a plan that no money in the world pays is made, not trapped in") func unpayable() {
    let plan = PowerPlan(
      metric: accuracy, wanted: 0.001, spread: .assumed(0.1), shifts: 1, strategies: 3, trialsPerSeed: 500_000,
      trialCost: Money(1e9))
    #expect(plan.table.allSatisfy { $0.cost.money == Money(millionths: .max) })
  }
}
