import Core
import Economics
import Sweeps
import Testing

@Suite("TaskGraph") struct TaskGraphTests {
  private let sources = Dictionary(uniqueKeysWithValues: FashionPlusPlus.files.map { ($0, Digest(of: $0)) })

  private func expand(_ sweep: Sweep) throws -> TaskGraph {
    try TaskGraph(sweep, sources: sources, versions: TaskVersions(dataset: 1, measure: 1)) { point in
      TrialPlan(
        parameters: [
          "strategy": point.strategy.json, "shift": .string(point.shift), "seed": .integer(Int64(point.seed)),
        ],
        algorithms: [point.strategy.name: 1],
        scores: point.strategy.name == "el2n" || point.strategy.name == "margin"
          ? TrialPlan.Scores(
            parameters: ["shift": .string(point.shift), "seed": .integer(Int64(point.seed))], algorithms: ["proxy": 1])
          : nil, needsTarget: point.strategy.name.hasPrefix("target"))
    }
  }

  @Test("every task comes after its inputs and only once") func order() throws {
    let graph = try expand(.builtIn)
    var seen: Set<TaskID> = []
    for node in graph.nodes {
      for input in node.specification.inputs.values { #expect(seen.contains(input)) }
      #expect(seen.insert(node.id).inserted)
    }
    #expect(graph.trials.count == 180)
    #expect(Set(graph.trials.map(\.task)).count == 180)
  }

  @Test("two strategies that need equal scores share one task") func sharedScores() throws {
    let graph = try expand(.builtIn)
    #expect(graph.nodes.filter { $0.specification.kind == .score }.count == 6 * 3)
  }

  @Test("a sweep of one shift builds only the parts it needs") func neededParts() throws {
    var sweep = Sweep.builtIn
    sweep.shifts = ["crowdsourced"]
    let parts = try expand(sweep).nodes.filter { $0.specification.kind == .pool }.map(\.label)
    #expect(
      parts == [
        "pool web", "pool representation", "pool expert", "pool crowdsourced", "pool evaluation", "pool deployment",
      ])
  }

  @Test("other votes change the crowdsourced pool and what reads it, nothing else") func minimalInvalidation() throws {
    var other = Sweep.builtIn
    other.dataset.crowdVotes = 3
    let before = try expand(.builtIn)
    let after = try expand(other)
    let kept = Set(before.nodes.map(\.id)).intersection(after.nodes.map(\.id))
    let changed = after.nodes.filter { !kept.contains($0.id) }
    #expect(changed.allSatisfy { $0.label.contains("crowdsourced") })
    #expect(changed.count == 1 + 3 + 30 + 30)
  }

  @Test("the name of a sweep and the place of its files change no task") func identity() throws {
    var renamed = Sweep.builtIn
    renamed.name = "another"
    renamed.dataset.directory = "/elsewhere"
    #expect(try expand(renamed).nodes.map(\.id) == (try expand(.builtIn)).nodes.map(\.id))
  }

  @Test("a pinned kernel changes every task") func pinnedKernel() throws {
    var pinned = Sweep.builtIn
    pinned.numericsCore = "Haswell"
    #expect(Set(try expand(pinned).nodes.map(\.id)).isDisjoint(with: try expand(.builtIn).nodes.map(\.id)))
  }

  @Test("a specification reads back with the same identity") func roundTrip() throws {
    for node in try expand(.builtIn).nodes.prefix(40) {
      let bytes = node.specification.json.canonical
      let again = try TaskSpecification(json: try JSONValue.parse(bytes, source: "wire"), place: "wire")
      #expect(again == node.specification)
    }
  }
}

@Suite("Outcome") struct OutcomeTests {
  @Test("an outcome reads back, and equal outcomes give equal bytes") func roundTrip() throws {
    let objects = ["subset": ObjectReference(digest: Digest(of: "x"), size: 12)]
    let outcome = Outcome(
      task: TaskID(Digest(of: "t")), kind: .trial, objects: objects, values: ["a": 0.5, "b": [1, 2]])
    #expect(try Outcome(bytes: outcome.canonical, place: "store") == outcome)
    #expect(try Outcome(bytes: outcome.canonical, place: "store").canonical == outcome.canonical)
  }

  @Test("strange bytes are refused with a sentence") func hostile() {
    for text in ["", "[]", "{}", #"{"task":"12","kind":"trial","objects":{},"values":{}}"#] {
      #expect(throws: ConfigurationError.self) { try Outcome(bytes: Array(text.utf8), place: "store") }
    }
  }

  @Test("trial values read back") func trialValues() throws {
    let values = TrialValues(
      metrics: ["accuracy": 0.5], perClass: ["count": [1, 2]], confusion: ConfusionCounts(rows: [[3, 1], [0, 4]]),
      ledger: Ledger(budget: Money(5)), items: 3, poolSize: 9, candidates: 6, remarks: ["all bought"])
    #expect(try TrialValues(json: values.json, place: "outcome") == values)
  }
}
