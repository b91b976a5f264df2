import Core
import Planning
import Sweeps
import Testing

@Suite("Data sets as an axis") struct DatasetAxisTests {
  private static func sweep(_ dataset: String) throws -> Sweep {
    try PlanningFixture.decode(
      """
      {"dataset": \(dataset), "strategies": ["random", "target-nearest"], "shifts": ["expert", "field"], "budgets": [20],
       "seeds": 2}
      """)
  }

  private static func problem(_ dataset: String) -> String {
    do {
      _ = try PlanningFixture.resolve(try sweep(dataset))
      return "nothing was thrown"
    } catch { return "\(error)" }
  }

  @Test("the kind tells draws from worlds; what all have in common is not said") func variants() throws {
    func variants(_ dataset: String) throws -> [DatasetVariant?] {
      try PlanningFixture.resolve(try Self.sweep(dataset)).sweep.datasets.map(\.variant)
    }
    #expect(try variants(#"{"seed": 4}"#) == [nil])
    #expect(
      try variants(#"[{"seed": 4}, {}]"#)
        == [DatasetVariant(world: nil, draw: 4), DatasetVariant(world: nil, draw: 0)])
    #expect(
      try variants(#"[{}, {"deployment": {"seed": 2}}]"#)
        == [DatasetVariant(world: "standard world", draw: nil), DatasetVariant(world: "world 2", draw: nil)])
    #expect(
      try variants(#"[{}, {"seed": 1, "deployment": {"seed": 2}}]"#)
        == [DatasetVariant(world: "standard world", draw: 0), DatasetVariant(world: "world 2", draw: 1)])
  }

  @Test(
    "what cannot stand beside each other is named before anything runs",
    arguments: [
      (#"[{"seed": 1}, {"seed": 1}]"#, "dataset[1]", "listed twice"),
      (#"[{"crowdVotes": 3}, {}]"#, "dataset[1]", "paid for"),
      (#"[{"corruptionImages": 30}, {}]"#, "dataset[1].corruptionImages", "\"deployment\" and \"seed\""),
      (#"[{}, {"deployment": {"images": "a", "labels": "b", "target": "c"}}]"#, "dataset[1]", "pools"),
      (#"[{}, {"seed": 1, "variant": {"draw": 2}}]"#, "dataset[1].variant", "draw 1"),
      (#"[{}, {"seed": -1}]"#, "dataset[1].seed", "-1"),
    ])
  func mistakes(dataset: String, place: String, words: String) {
    let problem = Self.problem(dataset)
    #expect(problem.contains(place) && problem.contains(words), "\(problem)")
  }

  @Test("worlds share every task that does not look at them, draws none of their trials") func sharing() throws {
    let alone = try PlanningFixture.plan(try Self.sweep("{}"))
    let worlds = try PlanningFixture.plan(try Self.sweep(#"[{}, {"deployment": {"seed": 1}}]"#))
    let draws = try PlanningFixture.plan(try Self.sweep(#"[{}, {"seed": 1}]"#))
    func trials(_ plan: PlannedSweep) -> Set<TaskID> {
      Set(plan.tasks.filter { $0.specification.kind == .trial }.map(\.id))
    }
    // Of the eight trials of a data set two buy from experts at random.
    #expect(trials(alone).count == 8 && trials(worlds).count == 14 && trials(draws).count == 16)
    #expect(trials(alone).isSubset(of: trials(worlds)) && trials(alone).isSubset(of: trials(draws)))
    for plan in [worlds, draws] {
      #expect(Set(plan.tasks.map(\.id)).isSuperset(of: alone.tasks.map(\.id)))
      let table = try #require(plan.table)
      #expect(table.rows.map(\.point) == table.sweep.points && table.parts.count == 2)
      #expect(table.rows.prefix(8).map(\.task) == alone.table?.rows.map(\.task))
      #expect(try TrialTable(bytes: table.bytes, place: "store") == table)
      let again = try PlannedSweep(record: plan.record, catalogue: .standard(), place: "again")
      #expect(again.id == plan.id && again.tasks == plan.tasks)
    }
  }

  @Test(
    "parts are counted once, however many data sets share them",
    arguments: [
      "{}", #"[{}, {"deployment": {"seed": 1}}]"#,
      #"[{"seed": 2}, {"seed": 1}, {"seed": 1, "deployment": {"seed": 1}}]"#,
    ])
  func counted(dataset: String) throws {
    let sweep = try Self.sweep(dataset)
    let parts = try PlanningFixture.plan(sweep).tasks.count { $0.specification.kind == .part }
    let estimate = try SweepEstimate(try PlanningFixture.resolve(sweep))
    #expect(estimate.kinds.first { $0.kind == .part }?.total == parts)
  }

  @Test("files of the same name that lie elsewhere are files of their own") func files() throws {
    func own(_ name: String) -> String {
      #"{"deployment": {"images": "\#(name)/i", "labels": "\#(name)/l", "target": "\#(name)/t"}}"#
    }
    var sweep = try Self.sweep("[\(own("a")), \(own("b"))]")
    sweep.shifts = ["expert"]
    let resolved = try PlanningFixture.resolve(sweep)
    let paths = Dictionary(uniqueKeysWithValues: resolved.files.map { ($0.name, $0.path) })
    #expect(paths["deployment.images"] == "a/i" && paths["deployment.images of data set 2"] == "b/i")
    #expect(paths.count == 4 + 6)
    let table = try #require(try PlanningFixture.plan(sweep).table)
    #expect(table.parts[0]["deployment"] != table.parts[1]["deployment"])
    #expect(table.parts[0]["expert"] == table.parts[1]["expert"])
  }
}
