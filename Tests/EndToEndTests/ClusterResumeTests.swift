import Cluster
import Core
import ObjectStore
import Sweeps
import TestSupport
import Testing
import Wire

/// What a coordinator finds in its store, and what it leaves there.
@Suite(.serialized) struct ClusterResumeTests {
  private let cluster: ClusterUnderTest

  init() throws { cluster = try ClusterUnderTest() }

  @Test func openSweepsAreTakenUpWithWhatIsDone() throws {
    try cluster.startCoordinator()
    try cluster.startWorker()
    try cluster.submit(NothingSweep(name: "done", count: 3))
    try cluster.waitUntilDone(3)
    try waitUntil("its end is written down") { try openSweeps().isEmpty }
    cluster.workers[0].kill()
    try cluster.submit(NothingSweep(name: "first", count: 2))
    try cluster.submit(NothingSweep(name: "second", count: 4, isChain: true))
    cluster.coordinator?.kill()
    try cluster.startCoordinator()
    let status = try cluster.status()
    #expect(status.sweeps.map(\.name) == ["first", "second"])
    #expect(status.counts.total == 6 && status.counts.ready == 3 && status.counts.waiting == 3)
    // What the ended one left is found when it is wanted again.
    let again = try cluster.client().submit(NothingSweep(name: "done", count: 3).json.canonical)
    #expect(again.tasks == 3 && again.done == 3)
  }

  @Test func aCoordinatorThatIsToldNotToResumeClosesWhatIsOpenForGood() throws {
    try prepareStore(["wanted": NothingSweep(name: "wanted", count: 1).json])
    try cluster.startCoordinator(resume: false)
    #expect(try cluster.status().sweeps.isEmpty)
    #expect(try openSweeps().isEmpty)
    cluster.coordinator?.kill()
    try cluster.startCoordinator(resume: true)
    #expect(try cluster.status().sweeps.isEmpty)
  }

  @Test func anOpenSweepThatCannotBePlannedAnyMoreIsNamedAndTheOthersGoOn() throws {
    try prepareStore([
      "of another age": ["sweep": ["strategies": ["no such strategy"]], "sources": [:]],
      "good": NothingSweep(name: "good", count: 2).json, "meaningless": ["what": "is this"],
    ])
    try cluster.startCoordinator()
    #expect(try cluster.status().sweeps.map(\.name) == ["good"])
    let log = text(cluster.coordinatorLog)
    for name in ["of another age", "meaningless"] {
      #expect(log.contains("the open sweep \(name) cannot be taken up"), "\(log)")
    }
    #expect(log.contains("no such strategy"))
    try cluster.startWorker()
    try cluster.waitUntilDone(2)
  }

  @Test func aSweepThatCannotBePlannedLeavesNothingBehind() throws {
    try cluster.startCoordinator()
    let client = try cluster.client()
    for (sweep, word) in [
      ("{", "JSON"), (#"{"strategies": ["no such"]}"#, "no such"), (#"{"nothing": {"count": 0}}"#, "count"),
      (#"{"nothing": {"many": 2}}"#, "many"), (#"{"sedes": 3}"#, "seeds"),
    ] {
      let refusal = #expect(throws: ClusterRefusal.self) { try client.submit(Array(sweep.utf8)) }
      #expect(refusal?.description.contains(word) == true, "\(sweep): \(refusal?.description ?? "")")
    }
    #expect(try cluster.status().sweeps.isEmpty)
    #expect(try Store.openForReading(at: cluster.store).sweeps().isEmpty)
  }

  @Test func anEndedSweepThatIsWantedAgainIsOpenUntilItEndsAgain() throws {
    try cluster.startCoordinator()
    let sweep = NothingSweep(name: "again", count: 1, parameters: ["wait": 600])
    try cluster.submit(sweep)
    _ = try cluster.client().cancel(sweep: "again")
    #expect(try openSweeps().isEmpty)
    try cluster.submit(sweep)
    #expect(try openSweeps() == [sweep.plan.id])
    // Neither the end that was told before, nor the next turns of the loop, close it.
    #expect(try cluster.status().counts.ready == 1)
    #expect(try openSweeps() == [sweep.plan.id])
  }

  private func openSweeps() throws -> [Digest] {
    try Store.openForReading(at: cluster.store).sweeps().filter { $0.state == .open }.map(\.id)
  }

  /// A store in which an earlier coordinator left these sweeps open.
  private func prepareStore(_ sweeps: KeyValuePairs<String, JSONValue>) throws {
    let store = try Store.openForWriting(at: cluster.store, owner: "a test")
    for (name, record) in sweeps {
      try store.addSweep(id: Digest(of: record.canonical), name: name, json: record.canonical)
    }
  }
}
