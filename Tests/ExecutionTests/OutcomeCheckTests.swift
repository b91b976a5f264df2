import Core
import Economics
import Execution
import Planning
import Sweeps
import Testing

/// What can be seen of an invented outcome without computing anything.
@Suite struct OutcomeCheckTests {
  private let catalogue = Catalogue.standard()
  private let task = TaskSpecification(
    kind: .trial, parameters: ["terms": ["budget": 20]], inputs: [:], sources: [:], algorithms: [:], numericsCore: nil)

  private func object(_ name: String) -> ObjectReference { ObjectReference(digest: Digest(of: name), size: 1) }

  private func values(
    metrics: [String: Double] = ["accuracy": 0.5], budget: Double = 20, spent: Double = 10, items: Int = 10
  ) -> TrialValues {
    var ledger = Ledger(budget: Money(budget))
    ledger.charge(.purchase, PriceItem.allCases[0], quantity: 1, at: Money(spent))
    return TrialValues(
      metrics: metrics, perClass: [:], ledger: ledger, items: items, poolSize: 100, candidates: 100, remarks: [])
  }

  private func problem(
    _ values: JSONValue, objects: [String] = ["subset", "labels", "model"], of kind: TaskKindName = .trial
  ) -> String? {
    let outcome = Outcome(
      task: task.id, kind: kind, objects: Dictionary(uniqueKeysWithValues: objects.map { ($0, object($0)) }),
      values: values)
    return SweepPlanner(catalogue: catalogue).problem(
      with: outcome.canonical,
      of: TaskSpecification(
        kind: kind, parameters: task.parameters, inputs: [:], sources: [:], algorithms: [:], numericsCore: nil
      ).json.canonical
    ) { name in ["accuracy": .fraction, "accuracy.top5": .fraction, "noise": .fraction, "classes": .count][name] }
  }

  @Test func aTrialThatMayBeRightPasses() {
    #expect(problem(values().json) == nil)
    #expect(
      problem(values(metrics: ["accuracy": 0, "accuracy.top5": 1, "noise": 0.2, "classes": 7, "loss": 9]).json) == nil)
  }

  @Test func metricsOutOfTheirRangeAreSeen() {
    #expect(problem(values(metrics: ["accuracy": 1.5]).json)?.contains("accuracy is 1.5") == true)
    #expect(problem(values(metrics: ["accuracy.top5": -0.1]).json) != nil)
    #expect(problem(values(metrics: ["noise": -0.2]).json) != nil)
    #expect(problem(values(metrics: ["classes": -1]).json) != nil)
    #expect(problem(["metrics": ["accuracy": "good"]], objects: [], of: .measure)?.contains("no number") == true)
    #expect(problem(["metrics": [:]], objects: [], of: .measure) != nil)
    #expect(problem(["metrics": ["accuracy": 0.9]], objects: [], of: .measure) == nil)
  }

  @Test func objectsThatAreMissingOrForeignAreSeen() {
    #expect(problem(values().json, objects: ["subset", "labels"])?.contains("\"model\"") == true)
    #expect(problem(values().json, objects: ["subset", "labels", "model", "film"])?.contains("\"film\"") == true)
    #expect(problem([:], objects: [], of: .score) != nil)
    #expect(problem([:], objects: [], of: .part) != nil)
  }

  @Test func aLedgerThatCannotBeIsSeen() {
    #expect(problem(values(budget: 30).json)?.contains("the task another") == true)
    #expect(problem(values(items: 101).json)?.contains("101 of 100") == true)
    let spent = JSONValue.object([
      "budget": 20,
      "entries": [
        ["purpose": "purchase", "item": .string(PriceItem.allCases[0].rawValue), "quantity": 3, "unitPrice": 10]
      ],
    ])
    var members = values().json.members ?? [:]
    members["ledger"] = spent
    #expect(problem(.object(members))?.contains("of a budget of") == true)
  }

  @Test func aSweepThatIsTooLargeIsRefusedBeforeItIsExpanded() throws {
    var sweep = Sweep.builtIn
    sweep.seeds = Array(0..<10_000)
    let error = #expect(throws: ConfigurationError.self) {
      try SweepPlanner(catalogue: catalogue).plan(sweep, sources: [:])
    }
    #expect(error?.description.contains("1000000 tasks") == true)
  }
}
