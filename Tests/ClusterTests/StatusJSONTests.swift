import Cluster
import Core
import Sweeps
import Testing
import Wire

/// What scripts read from `winnow status --json`: names that stay.
@Suite struct StatusJSONTests {
  @Test func theNamesOfMembersStay() {
    #expect(
      ClusterStatus().json(failures: []).members?.keys.sorted() == [
        "classes", "closing", "computing", "coordinatorEpoch", "failureCount", "failures", "finishedPerMinute",
        "incidents", "log", "oldestFrameSeconds", "outOfReach",
        "paused", "refusedKeys", "running", "secondsLeft", "since", "slots", "storeProblem", "sweeps", "tasks",
        "usableSlots", "workerCount", "workers",
      ])
  }

  @Test func eachNumberStandsUnderItsOwnName() {
    var status = ClusterStatus()
    let counters: [(String, WritableKeyPath<ClusterCounters, Int>)] = [
      ("grants", \.grants), ("copies", \.copies), ("adopted", \.adopted), ("results", \.results),
      ("repeatedResults", \.repeatedResults), ("variants", \.incidents), ("exceptions", \.exceptions),
      ("processDeaths", \.processDeaths), ("handedBack", \.handedBack), ("unavailable", \.unavailable),
      ("lostGrants", \.lostGrants), ("expiredWorkers", \.expiredWorkers), ("unknownPeers", \.unknownPeers),
      ("refusedAgents", \.refusedAgents), ("storeFailures", \.storeFailures),
      ("refusedRequests", \.refusedRequests), ("audits", \.audits),
    ]
    for (index, counter) in counters.enumerated() { status.counters[keyPath: counter.1] = 100 + index }
    status.secondsLeft = 1.5
    status.storeProblem = "the disk is full"
    let json = status.json(failures: [])
    #expect(json["since"]?.members?.count == counters.count)
    for (index, counter) in counters.enumerated() { #expect(json["since"]?[counter.0]?.int == 100 + index) }
    #expect(json["secondsLeft"]?.double == 1.5 && json["storeProblem"]?.text == "the disk is full")
  }

  @Test func aFailureTellsWhyWhereAndHowOften() {
    let task = TaskID(Digest(of: "task"))
    let report = TaskFailureReport(
      task: task, taskClass: "trial random", isQuarantined: true, cause: .signalled(9), exceptions: 1, deaths: 3,
      unavailable: 2, hosts: ["a", "b"])
    let json = ClusterStatus().json(failures: [FailedTask(report: report, label: "trial 1")])
    let failure = json["failures"]?.elements?.first
    #expect(failure?["task"]?.text == task.description && failure?["label"]?.text == "trial 1")
    #expect(failure?["state"]?.text == "quarantined" && failure?["reason"]?.text == "\(FailureCause.signalled(9))")
    #expect(failure?["deaths"]?.int == 3 && failure?["exceptions"]?.int == 1 && failure?["unavailable"]?.int == 2)
    #expect(failure?["hosts"]?.elements?.compactMap(\.text) == ["a", "b"])
  }

  @Test func eachStateOfAWorkerHasItsWord() {
    #expect(
      [WorkerState.active, .suspect, .draining, .quarantined].map(\.word) == [
        "active", "suspect", "draining", "quarantined",
      ])
  }
}
