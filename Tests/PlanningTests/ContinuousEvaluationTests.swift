import Core
import Economics
import Execution
import Planning
import Sweeps
import Testing

/// What changes in a sweep decides what is computed again; nothing is run here, only planned.
@Suite("What a change computes again") struct ContinuousEvaluationTests {
  private let targetAware = ["target-nearest", "target-herding"]

  private var sweep: Sweep {
    Sweep(
      strategies: ["random", "herding", "el2n", "target-nearest"].map { StrategyChoice(name: $0) },
      shifts: ["expert", "synthetic-text"], budgets: [Money(20)], seeds: [0, 1])
  }

  private func plan(_ sweep: Sweep) throws -> PlannedSweep { try PlanningFixture.plan(sweep) }

  /// The tasks of the changed sweep that the first one did not compute.
  private func added(_ first: Sweep? = nil, change: (inout Sweep) throws -> Void) throws -> [PlannedSweep.Node] {
    var changed = first ?? sweep
    try change(&changed)
    let known = Set(try plan(first ?? sweep).tasks.map(\.id))
    return try plan(changed).tasks.filter { !known.contains($0.id) }
  }

  private func count(_ nodes: [PlannedSweep.Node], _ kind: TaskKindName) -> Int {
    nodes.count { $0.specification.kind == kind }
  }

  private let ownDeployment: JSONValue = [
    "images": "/june/images.npy", "labels": "/june/labels.npy", "target": "/june/target.npy",
  ]

  @Test("new deployment data measures again, and chooses again only where the target is looked at") func deployment()
    throws
  {
    for choice in [["seed": 7], ownDeployment] as [JSONValue] {
      let added = try added { $0.setDataset(["deployment": choice]) }
      #expect(count(added, .measure) == 16)
      #expect(count(added, .part) == 1 && count(added, .score) == 0)
      let trials = added.filter { $0.specification.kind == .trial }
      #expect(trials.count == 4 && trials.allSatisfy { $0.label.hasPrefix("target-nearest") })
    }
    var own = sweep
    own.setDataset(["deployment": ownDeployment])
    let newer = try added(own) {
      $0.setDataset([
        "deployment": ["images": "/july/images.npy", "labels": "/july/labels.npy", "target": "/june/target.npy"]
      ])
    }
    #expect(count(newer, .measure) == 16 && count(newer, .part) == 1)
  }

  @Test("a further evaluation set trains nothing; another name for it measures nothing") func evaluationSet() throws {
    func set(_ name: String, _ more: String = "") throws -> [String: JSONValue] {
      let text = #"[{"name": "\#(name)", "images": "/s/i", "labels": "/s/l"\#(more)}]"#
      return ["evaluationSets": try JSONValue.parse(Array(text.utf8), source: "set")]
    }
    let added = try added { $0.setDataset(try set("sketch")) }
    #expect(count(added, .measure) == 16 && count(added, .part) == 1 && added.count == 17)
    var first = sweep
    first.setDataset(try set("sketch"))
    #expect(try self.added(first) { $0.setDataset(try set("drawings")) }.isEmpty)
    let masked = try self.added(first) { $0.setDataset(try set("sketch", #", "mask": ["Sandal", 1]"#)) }
    #expect(masked.count == 16 && count(masked, .measure) == 16)
  }

  @Test("a new price computes again only the trials that pay it") func prices() throws {
    func added(_ prices: String) throws -> [PlannedSweep.Node] {
      try self.added { $0.prices = try PriceList(json: JSONValue.parse(Array(prices.utf8), source: "p"), place: "p") }
    }
    func strategies(_ nodes: [PlannedSweep.Node]) -> Set<String> {
      Set(nodes.filter { $0.specification.kind == .trial }.map { String($0.label.prefix { $0 != "," }) })
    }
    #expect(try added(#"{"currency": "JPY"}"#).isEmpty)
    #expect(try added(#"{"label.crowd": 1, "retrieve": 3}"#).isEmpty)
    let generate = try added(#"{"generate": 0.02}"#)
    #expect(generate.allSatisfy { $0.label.contains("synthetic-text") } && count(generate, .trial) == 8)
    let train = try added(#"{"train": 0.0005}"#)
    #expect(strategies(train) == ["el2n"] && count(train, .trial) == 4 && count(train, .score) == 4)
    #expect(strategies(try added(#"{"score": 0.0005}"#)) == ["el2n", "herding", "target-nearest"])
    // A photograph is paid by who reads the target, a look by who looks at what is for sale, a setup by everybody.
    #expect(strategies(try added(#"{"photograph": 0.1}"#)) == ["target-nearest"])
    let look = try added(#"{"look": 0.001}"#)
    #expect(strategies(look) == ["el2n", "herding", "target-nearest"] && count(look, .trial) == 6)
    #expect(try count(added(#"{"setup": 0.5}"#), .trial) == 16)
    #expect(try added(#"{"shifts": {"expert": {"setup": 0}}, "reference": 1}"#).isEmpty)
    #expect(strategies(try added(#"{"shifts": {"expert": {"acquire": 0.005}}}"#)).count == 4)
  }

  @Test("a new strategy adds only its own tasks under equal cost") func strategy() throws {
    let added = try added { $0.strategies.append(StrategyChoice(name: "k-center")) }
    #expect(added.allSatisfy { $0.label.contains("k-center") })
    #expect(count(added, .trial) == 4 && count(added, .measure) == 4 && added.count == 8)
  }

  @Test("under equal items a rival's price matters to all") func rivals() throws {
    var equal = sweep
    equal.sizing = [.equalItems]
    let train = try added(equal) {
      $0.prices = try PriceList(json: ["train": 0.0005], place: "p")
    }
    #expect(count(train, .trial) == 16)
  }

  @Test("a planned sweep reads back with the same tasks") func roundTrip() throws {
    var own = sweep
    own.setDataset(["deployment": ownDeployment])
    own.setDataset([
      "evaluationSets": [
        ["name": "coarse", "images": "a", "labels": "b", "map": ["Sandal": 0, "Sneaker": 0, "Bag": 1]]
      ]
    ])
    let plan = try plan(own)
    let again = try PlannedSweep(record: plan.record, catalogue: .standard(), place: "store")
    #expect(again.id == plan.id && again.tasks == plan.tasks && again.table == plan.table)
  }

  @Test("trial parameters read back as they were") func parameters() throws {
    for node in try plan(sweep).tasks where node.specification.kind == .trial {
      let read = try TrialParameters(json: node.specification.parameters, place: "task", tables: Tables())
      #expect(read.json == node.specification.parameters)
    }
  }
}
