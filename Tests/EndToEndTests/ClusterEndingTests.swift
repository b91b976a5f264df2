import Cluster
import Core
import Files
import Foundation
import ObjectStore
import Sweeps
import TestSupport
import Testing
import Wire

/// How sweeps end other than by being done: cancelled, or with failures.
@Suite(.serialized) struct ClusterEndingTests {
  @Test func aCancelledSweepStopsWithinASecondAndItsSlotServesTheNext() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    let worker = try cluster.startWorker(slots: 2)
    let id = try cluster.submit(NothingSweep(name: "long", count: 6, parameters: ["wait": 600]))
    try waitUntil("two tasks run") { try cluster.status().counts.running >= 2 && worker.children.count == 2 }
    try waitUntil("they have told how far they are") { try cluster.status().running.count == 2 }
    let slots = worker.children
    let start = MonotonicClock.now
    #expect(try cluster.client().cancel(sweep: "long").contains("is cancelled"))
    let status = try cluster.status()
    #expect(status.counts.withdrawn == 6 && status.counts.isFinished)
    #expect(status.sweeps.first { $0.id.description == id }?.isCancelled == true)
    try cluster.submit(NothingSweep(name: "next", count: 4))
    try cluster.waitUntilDone(4)
    // Tasks that wait look a hundred times a second whether they are still wanted.
    #expect(MonotonicClock.now.seconds(since: start) < 4, "the slots were free again before the grace time was over")
    #expect(worker.children == slots, "no process was ended")
    #expect(try cluster.status().counters.processDeaths == 0)
    #expect(throws: ClusterRefusal.self) { try cluster.client().cancel(sweep: "absent") }
  }

  @Test func aCancelledSweepIsNotTakenUpByTheNextCoordinator() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.submit(NothingSweep(name: "cancelled", count: 2, parameters: ["wait": 600]))
    try cluster.submit(NothingSweep(name: "wanted", count: 2))
    _ = try cluster.client().cancel(sweep: "cancelled")
    cluster.coordinator?.kill()
    try cluster.startCoordinator()
    #expect(try cluster.status().sweeps.map(\.name) == ["wanted"])
    try cluster.startWorker()
    try cluster.waitUntilDone(2)
  }

  @Test func everyFailureOfASweepIsKeptAndCanBeAskedFor() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    let sweep = NothingSweep(name: "bad", count: 300, parameters: ["fail": "no luck"])
    try cluster.submit(sweep)
    try waitUntil("all have failed") { try cluster.status().counts.failed == 300 }
    let status = try cluster.status()
    #expect(status.failureCount == 300 && status.failures.count == Limits.statusLines)
    let failures = try cluster.client().failures()
    #expect(failures.map(\.label) == (0..<300).map { "bad, \($0)" })
    #expect(failures.allSatisfy { $0.report.cause == .exception(lastWords: "no luck") && $0.report.exceptions == 2 })
    #expect(try cluster.client().failures(of: sweep.plan.id).count == 300)
    #expect(try cluster.client().failures(of: Digest(of: "other")).isEmpty)
    let store = try Store.openForReading(at: cluster.store)
    try waitUntil("the store has all") { try store.failures().count == 300 }
    for failure in try store.failures() {
      let report = TaskFailureReport(bytes: failure.report, of: failure.task)
      #expect(report.cause == .exception(lastWords: "no luck") && report.hosts.count == 1)
    }
    let shown = try RunningProgram.run("winnow", ["status", "--store", cluster.store], in: cluster.directory)
    #expect(shown.status == 0 && shown.output.contains("and 290 more"), "\(shown.output)")
    let listed = try RunningProgram.run(
      "winnow", ["status", "--json", "--store", cluster.store], in: cluster.directory)
    let json = try JSONValue.parse(Array(listed.output.utf8), source: "status")
    #expect(json["failures"]?.elements?.count == 300)
    #expect(json["failures"]?.elements?.first?["reason"]?.text == "no luck")
  }
}
