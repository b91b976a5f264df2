import Core
import Economics
import Planning
import Sweeps
import Testing

@Suite("Expansion of a sweep") struct ExpansionTests {
  private func expand(_ sweep: Sweep) throws -> PlannedSweep { try PlanningFixture.plan(sweep) }

  @Test("every task comes after its inputs and only once, and every point has its tasks") func order() throws {
    let plan = try expand(.wide)
    var seen: Set<TaskID> = []
    for node in plan.tasks {
      for input in node.specification.inputs.values { #expect(seen.contains(input)) }
      #expect(seen.insert(node.id).inserted)
    }
    let rows = try #require(plan.table).rows
    #expect(rows.count == 210 && Set(rows.map(\.task)).count == 210)
    #expect(rows.allSatisfy { seen.contains($0.task) && $0.measures.values.allSatisfy(seen.contains) })
  }

  @Test("strategies that need equal scores share one task") func sharedScores() throws {
    var sweep = Sweep.wide
    sweep.strategies = ["margin", "entropy", "least-confidence"].map { StrategyChoice(name: $0) }
    #expect(try expand(sweep).tasks.filter { $0.specification.kind == .score }.count == 7 * 3)
  }

  @Test("a sweep of one shift builds only the parts it needs") func neededParts() throws {
    var sweep = Sweep.wide
    sweep.shifts = ["crowdsourced"]
    let parts = try expand(sweep).tasks.filter { $0.specification.kind == .part }.map(\.label)
    #expect(
      parts == [
        "part web", "part representation", "part expert", "part crowdsourced", "part evaluation", "part deployment",
      ])
  }

  @Test("other votes change the crowdsourced pool and what reads it, nothing else") func minimalInvalidation() throws {
    var other = Sweep.wide
    other.setDataset(["crowdVotes": 3])
    let known = Set(try expand(.wide).tasks.map(\.id))
    let changed = try expand(other).tasks.filter { !known.contains($0.id) }
    #expect(changed.allSatisfy { $0.label.contains("crowdsourced") })
    // The pool, the scores of three strategies, the trials of ten, and what is measured of them.
    #expect(changed.count == 1 + 3 * 3 + 30 + 30)
  }

  @Test("a length with its number trains as a recipe with that number does, and shares what was chosen")
  func trainingLengths() throws {
    var (lengths, recipe) = (Sweep.wide, Sweep.wide)
    lengths.trainingLength = [.equalSteps, .steps(1600), .epochs(7)]
    (recipe.training.steps, recipe.training.epochs) = (1600, 20)
    let tasks = try expand(lengths).tasks
    let known = Set(tasks.map(\.id))
    #expect(try expand(recipe).tasks.allSatisfy { known.contains($0.id) })
    (recipe.training.steps, recipe.training.epochs) = (400, 7)
    recipe.trainingLength = [.equalEpochs]
    #expect(try expand(recipe).tasks.allSatisfy { known.contains($0.id) })
    #expect(tasks.count(where: { $0.specification.kind == .trial }) == 3 * 210)
    #expect(tasks.count(where: { $0.specification.kind == .score }) == 9 * 7)
  }

  @Test("the name of a sweep and the place of its files change no task") func identity() throws {
    var renamed = Sweep.wide
    renamed.name = "another"
    renamed.shifts = try PlanningFixture.resolve(.wide).sweep.shifts
    #expect(try expand(renamed).tasks.map(\.id) == (try expand(.wide)).tasks.map(\.id))
    let resolved = try PlanningFixture.resolve(.wide)
    var moved = Sweep.wide
    moved.setDataset(["directory": "/elsewhere"])
    let sources = Dictionary(uniqueKeysWithValues: resolved.files.map { ($0.name, Digest(of: $0.name)) })
    #expect(
      try PlannedSweep(PlanningFixture.resolve(moved), sources: sources).tasks.map(\.id)
        == PlannedSweep(resolved, sources: sources).tasks.map(\.id))
  }

  @Test("a pinned kernel changes every task") func pinnedKernel() throws {
    var pinned = Sweep.wide
    pinned.numericsCore = "Haswell"
    #expect(Set(try expand(pinned).tasks.map(\.id)).isDisjoint(with: try expand(.wide).tasks.map(\.id)))
  }

  @Test("two models are two trials a point, and share pools and scores") func models() throws {
    var sweep = Sweep.wide
    sweep.strategies = ["random", "margin"].map { StrategyChoice(name: $0) }
    sweep.models = [.standard, ModelChoice(name: "mlp", options: ["hidden": []])]
    let plan = try expand(sweep)
    #expect(plan.table?.rows.count == 2 * 2 * 7 * 3)
    #expect(plan.tasks.count { $0.specification.kind == .score } == 7 * 3)
    sweep.models = [.standard, ModelChoice(name: "mlp", options: ["hidden": [256, 128]])]
    #expect(throws: ConfigurationError.self) { try expand(sweep) }
  }

  @Test("a specification and a trial table read back as they were") func roundTrip() throws {
    let plan = try expand(.wide)
    for node in plan.tasks.prefix(40) {
      let bytes = node.specification.json.canonical
      let again = try TaskSpecification(json: try JSONValue.parse(bytes, source: "wire"), place: "wire")
      #expect(again.id == node.id && again.json.canonical == bytes)
    }
    let table = try #require(plan.table)
    #expect(try TrialTable(bytes: table.bytes, place: "store") == table)
    for cut in [0, 3, 9, 100, table.bytes.count - 1] {
      #expect(throws: ConfigurationError.self) { try TrialTable(bytes: Array(table.bytes.prefix(cut)), place: "store") }
    }
  }

  @Test("a grid is counted without being expanded") func counts() throws {
    var sweep = Sweep.wide
    sweep.strategies.append(
      StrategyChoice(name: "mix", options: ["proportions": ["expert": 1, "crowdsourced": 1]]))
    sweep.models = [.standard, ModelChoice(name: "mlp", options: ["hidden": []])]
    let resolved = try PlanningFixture.resolve(sweep)
    let plan = try expand(sweep)
    let (counted, expanded) = (try SweepEstimate(resolved), try SweepEstimate(resolved, plan: plan))
    #expect(counted.trials == plan.table?.rows.count)
    #expect(counted.kinds.map(\.total) == expanded.kinds.map(\.total))
    #expect(counted.largestCost == plan.table!.rows.reduce(Money.zero) { $0 + $1.point.budget })
    sweep.seeds = Array(0..<1_000_000)
    #expect(throws: ConfigurationError.self) { try PlanningFixture.resolve(sweep) }
  }

  @Test("budgets that buy nothing are named, with what would do") func shortages() throws {
    var sweep = Sweep.wide
    (sweep.strategies, sweep.shifts) = (["random", "herding"].map { StrategyChoice(name: $0) }, ["expert"])
    sweep.budgets = [Money(0.001), Money(0.05), Money(20)]
    let shortages = try SweepEstimate(try PlanningFixture.resolve(sweep)).shortages
    #expect(
      shortages.map { "\($0.strategy) \($0.budget)" } == ["random 0.001", "herding 0.001", "herding 0.05"])
    for shortage in shortages {
      var enough = sweep
      enough.budgets = [shortage.least]
      #expect(
        try SweepEstimate(try PlanningFixture.resolve(enough)).shortages.allSatisfy { $0.strategy != shortage.strategy }
      )
    }
  }
}
