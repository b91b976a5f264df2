import Cluster
import Core
import Sweeps
import Testing

/// Sweeps that compute nothing: what they say, and what becomes of it.
@Suite struct NothingSweepTests {
  @Test func itReadsBackAsItWasWritten() throws {
    for sweep in [
      NothingSweep(name: "plain", count: 3),
      NothingSweep(name: "all", count: 2, parameters: ["wait": 0.5, "fail": "no"], shared: 0, isChain: true),
    ] {
      #expect(try NothingSweep(json: try #require(sweep.json["nothing"]), place: "sweep") == sweep)
    }
  }

  @Test func oneTaskMakesWhatTheOthersRead() throws {
    let plan = NothingSweep(name: "shared", count: 3, parameters: ["bytes": 7], shared: 100).plan
    let maker = plan.tasks[0].specification
    #expect(plan.tasks.count == 4 && Set(plan.tasks.map(\.id)).count == 4)
    #expect(maker.inputs.isEmpty && maker.parameters["bytes"]?.int == 100)
    for task in plan.tasks.dropFirst() {
      #expect(task.specification.inputs == ["shared": maker.id] && task.specification.parameters["bytes"]?.int == 7)
    }
  }

  @Test func inAChainEachWaitsForTheOneBefore() {
    let plan = NothingSweep(name: "chain", count: 3, isChain: true).plan
    #expect(
      plan.tasks.map(\.specification.inputs) == [[:], ["last": plan.tasks[0].id], ["last": plan.tasks[1].id]])
  }

  @Test func theNameTellsItsTasksFromThoseOfOthers() {
    let (first, second) = (NothingSweep(name: "a", count: 2).plan, NothingSweep(name: "b", count: 2).plan)
    #expect(first.id != second.id && Set(first.tasks.map(\.id)).isDisjoint(with: second.tasks.map(\.id)))
    #expect(first.id == NothingSweep(name: "a", count: 2).plan.id)
    // More of the same begins with what is known.
    #expect(NothingSweep(name: "a", count: 3).plan.tasks.prefix(2).map(\.id) == first.tasks.map(\.id))
  }

  @Test(arguments: [
    (#"{"count": 0}"#, "count"), (#"{"count": 1.5}"#, "count"), (#"{"shared": -1}"#, "shared"),
    (#"{"chain": 1}"#, "chain"), (#"{"cuont": 1}"#, "did you mean \"count\""),
  ])
  func mistakesAreNamed(text: String, word: String) throws {
    let json = try JSONValue.parse(Array(text.utf8), source: "sweep")
    let error = #expect(throws: ConfigurationError.self) { try NothingSweep(json: json, place: "sweep") }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }
}
