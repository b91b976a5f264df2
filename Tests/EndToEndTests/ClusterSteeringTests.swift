import Cluster
import Core
import TestSupport
import Testing
import Wire

/// What people want of a cluster that runs.
@Suite(.serialized) struct ClusterSteeringTests {
  @Test func aPausedSweepRestsAlsoInTheNextCoordinatorsTimeAndThenGoesOn() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker(slots: 2)
    try cluster.submit(NothingSweep(name: "resting", count: 60, parameters: ["wait": 0.1]))
    try cluster.waitUntilDone(4)
    #expect(try cluster.client().steer(sweep: "resting", .pause).contains("is paused"))
    #expect(try cluster.client().steer(sweep: "resting", .priority(40)).contains("priority 40"))
    try waitUntil("nothing runs") { try cluster.status().counts.running == 0 }
    let done = try cluster.status().counts.done
    #expect(done < 60)
    cluster.coordinator?.kill()
    try cluster.startCoordinator()
    try waitUntil("the worker is back") { try cluster.status().usableSlots == 2 }
    let sweep = try #require(try cluster.status().sweeps.first)
    #expect(sweep.isPaused && sweep.priority == 40 && sweep.counts.done == done && sweep.counts.running == 0)
    _ = try cluster.client().steer(sweep: "resting", .resume)
    try cluster.waitUntilDone(60)
    #expect(throws: ClusterRefusal.self) { try cluster.client().steer(sweep: "resting", .pause) }
    _ = try cluster.client().steer(sweep: "resting", .forget)
    #expect(try cluster.status().sweeps.isEmpty)
  }

  @Test func aKilledWorkersTaskGoesElsewhereAtOnce() throws {
    // Nobody is taken for silent here.
    let cluster = try ClusterUnderTest(expirySeconds: 300)
    try cluster.startCoordinator()
    for _ in 0..<2 { try cluster.startWorker() }
    try waitUntil("both are there") { try cluster.status().usableSlots == 2 }
    try cluster.submit(NothingSweep(name: "long", count: 1, parameters: ["wait": 600]))
    try waitUntil("it runs") { try cluster.status().running.count == 1 }
    let doomed = try #require(try cluster.status().running.first).worker
    cluster.workers[try cluster.worker(1)?.id == doomed ? 0 : 1].kill()
    // A second, and what a busy machine adds.
    try waitUntil("it runs elsewhere", seconds: 4) {
      let running = try cluster.status().running
      return running.count == 1 && running[0].worker != doomed
    }
    #expect(try cluster.status().workers.allSatisfy { $0.id != doomed })
  }

  @Test func aTaskSaysWhyItWaitsAndAWorkerThatDoesNotLeaveInTimeLosesIt() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    let sweep = NothingSweep(name: "explained", count: 1, parameters: ["wait": 600])
    try cluster.submit(sweep)
    let task = sweep.plan.tasks[0]
    let waiting = try cluster.client().explain(task: task.id.short)
    #expect(waiting.state == .ready && waiting.workerCount == 0 && waiting.label == task.label)
    #expect(try cluster.status().obstacle == .noWorkers)
    try cluster.startWorker()
    try waitUntil("it runs") { try cluster.client().explain(task: task.label).state == .running }
    #expect(try cluster.client().drain(.all, withinSeconds: 1).contains("takes no more tasks"))
    try waitUntil("it was taken back") { try cluster.client().explain(task: task.id.short).state == .ready }
    #expect(try cluster.client().explain(task: task.id.short).story.contains { $0.text.contains("should have left") })
    #expect(throws: ClusterRefusal.self) { try cluster.client().explain(task: "nothing of that name") }
  }
}
