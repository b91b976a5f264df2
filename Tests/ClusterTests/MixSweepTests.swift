import Core
import Planning
import Sweeps
import Testing

@Suite("Mixes in a sweep") struct MixSweepTests {
  private let sources = Dictionary(uniqueKeysWithValues: FashionPlusPlus.files.map { ($0, Digest(of: $0)) })

  private func sweep(_ strategies: String, _ more: String = "") throws -> Sweep {
    let text = #"{"strategies": [\#(strategies)], "shifts": ["crowdsourced"], "budgets": [5, 9], "seeds": 2\#(more)}"#
    return try Sweep(json: try JSONValue.parse(Array(text.utf8), source: "sweep"), place: "sweep")
  }

  private func plan(_ sweep: Sweep) throws -> ExpandedSweep { try ExpandedSweep(sweep, sources: sources) }

  private let halves = #"{"name": "mix", "proportions": {"expert": 1, "synthetic-text": 1}}"#

  @Test("a mix is one trial a budget and seed, and brings the pools it buys from") func expansion() throws {
    let graph = try plan(try sweep("\"random\", \(halves)")).graph
    let mixes = graph.trials.filter { $0.point.shift == TrialPoint.mixedShift }
    #expect(graph.trials.count == 8 && mixes.count == 4)
    let parts = Set(graph.nodes.filter { $0.specification.kind == .pool }.map(\.label))
    #expect(parts.isSuperset(of: ["pool crowdsourced", "pool synthetic-text", "pool expert"]))
    #expect(!parts.contains("pool retrieval-image"))
    let trial = try #require(graph.nodes.first { $0.id == mixes[0].task }).specification
    #expect(Set(trial.inputs.keys) == ["pool.expert", "pool.synthetic-text", "expert", "evaluation"])
    #expect(
      mixes[0].point.label == "mix(proportions=expert:1+synthetic-text:1), mix, budget 5.00, seed 0")
  }

  @Test("a search looks among the sweep's shifts, and reads back as it was") func search() throws {
    var sweep = try sweep(#"{"name": "mix-search", "with": {"name": "herding", "keep": 0.4}}"#)
    sweep.shifts = ["synthetic-text", "crowdsourced"]
    let plan = try plan(sweep)
    let trial = try #require(plan.graph.nodes.first { $0.specification.kind == .trial }).specification
    #expect(Set(trial.inputs.keys) == ["pool.crowdsourced", "pool.synthetic-text", "expert", "evaluation"])
    #expect(try ExpandedSweep(json: plan.json, place: "store").graph.nodes == plan.graph.nodes)
  }

  @Test("prices of shifts and work that a mix does not pay leave it alone") func prices() throws {
    func tasks(_ prices: String) throws -> Set<TaskID> {
      Set(try plan(try sweep(halves, #", "prices": {\#(prices)}"#)).graph.trials.map(\.task))
    }
    let before = try tasks("")
    #expect(try tasks(#""currency": "EUR", "retrieve": 1, "label.crowd": 1, "train": 3, "score": 2"#) == before)
    #expect(try tasks(#""generate": 0.02"#).isDisjoint(with: before))
  }

  @Test("a target-aware strategy within a mix reads the deployment") func target() throws {
    let text = #"{"name": "mix", "proportions": {"expert": 1}, "with": "target-nearest"}"#
    let nodes = try plan(try sweep(text)).graph.nodes
    #expect(
      nodes.filter { $0.specification.kind == .trial }.allSatisfy { $0.specification.inputs["deployment"] != nil })
  }

  @Test("what cannot be is said before anything runs") func mistakes() {
    for (text, more, sentence) in [
      (halves, #", "sizing": "equal-items""#, "has no place under equal-items"),
      (#"{"name": "mix", "proportions": {"expret": 1}}"#, "", "did you mean \"expert\"?"),
      (#""mix-search""#, "", "two sources or more"), (#""mixx""#, "", "did you mean \"mix\"?"),
    ] {
      let error = #expect(throws: ConfigurationError.self) { try plan(try sweep(text, more)) }
      #expect(error?.description.contains(sentence) == true, "said: \(error?.description ?? "")")
    }
  }
}
