import Cluster
import Core
import Foundation
import ObjectStore
import TestSupport
import Testing

/// The real programs. Serialised, because each test uses several processes.
@Suite(.serialized) struct ClusterTests {
  @Test func everyTaskIsDoneOnceAndItsObjectsTravel() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    try cluster.startWorker(slots: 2)
    let sweep = NothingSweep(name: "all", count: 60, parameters: ["bytes": 50_000], shared: 2_000_000)
    try cluster.submit(sweep)
    try cluster.waitUntilDone(61)
    #expect(try cluster.attempts(of: sweep).allSatisfy { $0 == 1 })
    try cluster.requireSoundStore()
    let workers = try cluster.status().workers
    #expect(workers.count == 2 && workers.allSatisfy { $0.state == .active })
  }

  @Test func submittingAgainComputesNothing() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    let sweep = NothingSweep(name: "twice", count: 5)
    try cluster.submit(sweep)
    try cluster.waitUntilDone(5)
    let again = try cluster.client().submit(sweep.json.canonical)
    #expect(again.tasks == 5 && again.done == 5)
    #expect(try cluster.attempts(of: sweep) == [1, 1, 1, 1, 1])
  }

  @Test func aKilledSlotCostsOneAttempt() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    let worker = try cluster.startWorker()
    let sweep = NothingSweep(name: "killed", count: 3, parameters: ["wait": 1])
    try cluster.submit(sweep)
    try waitUntil("a task runs") { try cluster.status().counts.running > 0 && !worker.children.isEmpty }
    kill(try #require(worker.children.first), SIGKILL)
    try cluster.waitUntilDone(3)
    #expect(try cluster.status().counters.processDeaths == 1)
    #expect(worker.isRunning)
    try cluster.requireSoundStore()
  }

  @Test func noSlotOutlivesItsAgent() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    let worker = try cluster.startWorker(slots: 3)
    try cluster.submit(NothingSweep(name: "long", count: 3, parameters: ["wait": 600]))
    try waitUntil("three tasks run") { try cluster.status().counts.running == 3 && worker.children.count == 3 }
    try waitUntil("their names are told") { try Set(cluster.status().running.map(\.label)).count == 3 }
    let slots = worker.children
    worker.kill()
    try waitUntil("no slot lives", seconds: 5) { slots.allSatisfy { ProcessState($0)?.isAlive != true } }
  }

  @Test func tasksOfAKilledWorkerRunElsewhere() throws {
    let cluster = try ClusterUnderTest(expirySeconds: 3)
    try cluster.startCoordinator()
    let doomed = try cluster.startWorker(slots: 2)
    let sweep = NothingSweep(name: "elsewhere", count: 8, parameters: ["wait": 0.3])
    try cluster.submit(sweep)
    try waitUntil("it works") { doomed.children.count == 2 }
    doomed.kill()
    try cluster.startWorker(slots: 2)
    try cluster.waitUntilDone(8)
    try cluster.requireSoundStore()
  }

  @Test func aKilledCoordinatorGoesOnWhereItWas() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker(slots: 2)
    try cluster.startWorker(slots: 2)
    let sweep = NothingSweep(
      name: "interrupted", count: 120, parameters: ["wait": 0.05, "bytes": 40_000], shared: 500_000)
    try cluster.submit(sweep)
    for share in [20, 60] {
      try cluster.waitUntilDone(share)
      cluster.coordinator?.kill()
      try cluster.startCoordinator()
    }
    try cluster.waitUntilDone(121)
    // Two attempts of one task would mean that a result was computed again.
    #expect(try cluster.attempts(of: sweep).allSatisfy { $0 == 1 })
    try cluster.requireSoundStore()
  }

  @Test func aResultThatWaitsSurvivesItsAgent() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    let cache = cluster.directory + "/one-cache"
    let worker = try cluster.startWorker(cache: cache)
    let sweep = NothingSweep(name: "spooled", count: 1, parameters: ["wait": 1.5, "bytes": 100])
    try cluster.submit(sweep)
    try waitUntil("it runs") { try cluster.status().counts.running == 1 && !worker.children.isEmpty }
    cluster.coordinator?.kill()
    let results = try spoolOf(cache) + "/results"
    try waitUntil("the result is on disk") { !(try FileManager.default.contentsOfDirectory(atPath: results)).isEmpty }
    worker.kill()
    try cluster.startCoordinator()
    try cluster.startWorker(cache: cache)
    try cluster.waitUntilDone(1)
    #expect(text(cluster.log("worker-2")).contains("results of an earlier life to hand in: 1"))
    #expect(try cluster.attempts(of: sweep) == [1])
  }

  @Test func aDamagedObjectIsMadeAgain() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    try cluster.submit(NothingSweep(name: "healed", count: 1, shared: 500_000))
    try cluster.waitUntilDone(2)
    cluster.workers[0].kill()
    cluster.coordinator?.kill()
    let store = try Store.openForReading(at: cluster.store)
    let shared = try #require(try store.objects().first { $0.size == 500_000 })
    let file = URL(fileURLWithPath: try #require(try store.path(of: shared.digest)))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    var bytes = try Data(contentsOf: file)
    bytes[1_000] ^= 1
    try bytes.write(to: file)
    try cluster.startCoordinator()
    try cluster.startWorker()
    let sweep = NothingSweep(name: "healed", count: 5, shared: 500_000)
    try cluster.submit(sweep)
    try waitUntil("the object was made again and read") {
      let counts = try cluster.status().sweeps.first { $0.id == sweep.plan.id }?.counts
      return counts?.done == 6
    }
    try cluster.requireSoundStore()
  }

  @Test func aStoppedWorkerLosesItsTaskAndComesBack() throws {
    let cluster = try ClusterUnderTest(expirySeconds: 3)
    try cluster.startCoordinator()
    let frozen = try cluster.startWorker()
    try cluster.submit(NothingSweep(name: "frozen", count: 2, parameters: ["wait": 0.2]))
    try waitUntil("it works") { try cluster.hasBegun() }
    frozen.signal(SIGSTOP)
    try cluster.startWorker()
    try cluster.waitUntilDone(2)
    frozen.signal(SIGCONT)
    try waitUntil("both are known") { try cluster.status().workers.filter { $0.state == .active }.count == 2 }
    try cluster.submit(NothingSweep(name: "after", count: 4))
    try cluster.waitUntilDone(6)
  }

  @Test func aFailingTaskIsToldWithItsReasonAndTheRestGoesOn() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    // Longer than a sentence of the protocol may be, in bytes more so than in characters.
    let reason = "the reason is this" + String(repeating: "e\u{301}", count: 4_000)
    try cluster.submit(NothingSweep(name: "bad", count: 1, parameters: ["fail": .string(reason)]))
    try cluster.submit(NothingSweep(name: "good", count: 3))
    try waitUntil("all is over") { try cluster.status().counts.isFinished }
    let status = try cluster.status()
    #expect(status.counts.done == 3 && status.counts.failed == 1)
    #expect(status.failures.first?.report.cause.description.hasPrefix("the reason is this") == true)
    #expect(status.failures.first?.label == "bad, 0")
  }

  @Test func aDrainedWorkerFinishesAndLeaves() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    let leaver = try cluster.startWorker()
    try waitUntil("it has joined") { try cluster.status().workers.count == 1 }
    let sweep = NothingSweep(name: "drained", count: 6, parameters: ["wait": 0.2])
    try cluster.submit(sweep)
    try waitUntil("it works") { try cluster.hasBegun() }
    let name = try #require(try cluster.status().workers.first?.id)
    _ = try cluster.client().drain(.named(name.short))
    try waitUntil("it has left") { !leaver.isRunning }
    #expect(leaver.status == 0)
    try cluster.startWorker()
    try cluster.waitUntilDone(6)
    #expect(try cluster.attempts(of: sweep).allSatisfy { $0 == 1 })
  }

  @Test func sigtermEndsBothInOrder() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    let worker = try cluster.startWorker()
    let sweep = NothingSweep(name: "ended", count: 2, parameters: ["wait": 0.3])
    try cluster.submit(sweep)
    try waitUntil("it works") { try cluster.hasBegun() }
    worker.signal(SIGTERM)
    try waitUntil("the worker has left") { !worker.isRunning }
    #expect(worker.status == 0)
    #expect(try cluster.status().counts.done >= 1)
    let coordinator = try #require(cluster.coordinator)
    coordinator.signal(SIGTERM)
    try waitUntil("the coordinator has ended") { !coordinator.isRunning }
    #expect(coordinator.status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(cluster.store)/\(CoordinatorNote.fileName)"))
    try cluster.requireSoundStore()
  }

  private func spoolOf(_ cache: String) throws -> String {
    let agents = try FileManager.default.contentsOfDirectory(atPath: cache + "/agents")
    return "\(cache)/agents/\(try #require(agents.first))/spool"
  }

  @Test func aTaskThatTakesMoreThanItMayIsEndedAndGoesToAWorkerWithMore() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker(arguments: ["--slot-memory", "0.25"])
    try waitUntil("the small one is there") { try cluster.status().workers.count == 1 }
    try cluster.startWorker()
    try waitUntil("both are there") { try cluster.status().workers.count == 2 }
    // Who came first is first given something.
    let sweep = NothingSweep(name: "greedy", count: 1, parameters: ["hold": 500_000_000, "wait": 4])
    try cluster.submit(sweep)
    try cluster.waitUntilDone(1)
    let status = try cluster.status()
    #expect(status.workers.map(\.slotMemory).first == 250_000_000 && status.counters.processDeaths == 1)
    let task = sweep.plan.tasks[0].id
    let story = try cluster.client().explain(task: task.description).story.map(\.text)
    #expect(story.contains { $0.contains("and its worker lets a task take 250 MB") }, "\(story)")
    #expect(story.contains("is for workers with more memory"), "\(story)")
  }
}
