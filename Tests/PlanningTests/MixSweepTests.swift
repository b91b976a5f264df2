import Core
import Execution
import Planning
import Sweeps
import Testing

@Suite("Mixes in a sweep") struct MixSweepTests {
  private func sweep(_ strategies: String, _ more: String = "") throws -> Sweep {
    let text = #"{"strategies": [\#(strategies)], "shifts": ["crowdsourced"], "budgets": [5, 9], "seeds": 2\#(more)}"#
    return try Sweep(json: try JSONValue.parse(Array(text.utf8), source: "sweep"), place: "sweep")
  }

  private func plan(_ sweep: Sweep) throws -> PlannedSweep { try PlanningFixture.plan(sweep) }

  private let halves = #"{"name": "mix", "proportions": {"expert": 1, "synthetic-text": 1}}"#

  @Test("a mix is one trial a budget and seed, and brings the pools it buys from") func expansion() throws {
    let plan = try plan(try sweep("\"random\", \(halves)"))
    let rows = try #require(plan.table).rows
    let mixes = rows.filter { $0.point.shift == TrialPoint.mixedShift }
    #expect(rows.count == 8 && mixes.count == 4)
    let parts = Set(plan.tasks.filter { $0.specification.kind == .part }.map(\.label))
    #expect(parts.isSuperset(of: ["part crowdsourced", "part synthetic-text", "part expert"]))
    #expect(!parts.contains("part retrieval-image"))
    let trial = try #require(plan.tasks.first { $0.id == mixes[0].task }).specification
    #expect(Set(trial.inputs.keys) == ["pool.expert", "pool.synthetic-text", "reference", "evaluation"])
    #expect(
      mixes[0].point.label == "mix(proportions=expert:1+synthetic-text:1), mix, budget 5.00, seed 0")
  }

  @Test("a search looks among the sweep's shifts, and reads back as it was") func search() throws {
    var sweep = try sweep(#"{"name": "mix-search", "with": {"name": "herding", "keep": 0.4}}"#)
    sweep.shifts = ["synthetic-text", "crowdsourced"]
    let plan = try plan(sweep)
    let trial = try #require(plan.tasks.first { $0.specification.kind == .trial }).specification
    #expect(Set(trial.inputs.keys) == ["pool.crowdsourced", "pool.synthetic-text", "judge", "reference", "evaluation"])
    #expect(try PlannedSweep(record: plan.record, catalogue: .standard(), place: "store").tasks == plan.tasks)
  }

  @Test("a search that may buy in the field is judged there, unless the sweep says otherwise") func judge() throws {
    func judge(_ options: String) throws -> String? {
      var sweep = try sweep(#"{"name": "mix-search"\#(options)}"#)
      sweep.shifts = ["expert", "crowdsourced", "field"]
      let plan = try plan(sweep)
      let trial = try #require(plan.tasks.first { $0.specification.kind == .trial }).specification
      let task = try #require(trial.inputs["judge"])
      let again = try MixParameters(json: trial.parameters, place: "task", tables: Tables())
      #expect(again.json == trial.parameters)
      return plan.tasks.first { $0.id == task }?.label
    }
    #expect(try judge("") == "part field")
    #expect(try judge(#", "sources": ["expert", "crowdsourced"]"#) == "part expert")
    #expect(try judge(#", "judge": "crowdsourced""#) == "part crowdsourced")
    #expect(throws: ConfigurationError.self) { try judge(#", "judge": "retrieval-text""#) }
  }

  @Test("with a deployment of own files there is no pool of the field") func ownDeployment() throws {
    var sweep = Sweep.wide
    sweep.setDataset(["deployment": ["images": "/a", "labels": "/b", "target": "/c"]])
    #expect(try PlanningFixture.resolve(sweep).description.part(for: .field) == nil)
    #expect(try PlanningFixture.resolve(sweep).sweep.shifts.count == 6)
    #expect(try PlanningFixture.resolve(.wide).description.part(for: .field)?.name == "field")
  }

  @Test("prices of shifts and work that a mix does not pay leave it alone") func prices() throws {
    func tasks(_ prices: String) throws -> Set<TaskID> {
      Set(try plan(try sweep(halves, #", "prices": {\#(prices)}"#)).table!.rows.map(\.task))
    }
    let before = try tasks("")
    #expect(try tasks(#""currency": "EUR", "retrieve": 1, "label.crowd": 1, "train": 3, "score": 2"#) == before)
    #expect(try tasks(#""generate": 0.02"#).isDisjoint(with: before))
  }

  @Test("a target-aware strategy within a mix reads the deployment") func target() throws {
    let text = #"{"name": "mix", "proportions": {"expert": 1}, "with": "target-nearest"}"#
    let nodes = try plan(try sweep(text)).tasks
    #expect(
      nodes.filter { $0.specification.kind == .trial }.allSatisfy { $0.specification.inputs["target"] != nil })
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
