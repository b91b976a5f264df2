import Cluster
import Core
import ObjectStore
import Sweeps
import TestSupport
import Testing
import Wire

/// What a coordinator answers to an agent, message by message, and what is in its store by then.
@Suite(.serialized) struct ClusterDialogueTests {
  private let cluster: ClusterUnderTest
  private let agent: ScriptedAgent

  init() throws {
    cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    agent = try ScriptedAgent(cluster)
  }

  @Test func aResultIsAcknowledgedWhenItsRecordIsDurableAndEveryTimeItIsSaidAgain() throws {
    try cluster.submit(NothingSweep(name: "one", count: 1))
    try agent.join()
    let attempt = try agent.grant().attempt
    let right = outcome(of: attempt.task)
    agent.handIn(attempt, right)
    #expect(try agent.acknowledgement() == attempt)
    let store = try Store.openForReading(at: cluster.store)
    #expect(try store.outcome(of: attempt.task)?.bytes == right.canonical)
    agent.handIn(attempt, right)
    #expect(try agent.acknowledgement() == attempt)
    #expect(try store.attempts(of: attempt.task).count == 1)
    #expect(try cluster.status().counters.repeatedResults == 1)
  }

  @Test func anotherOutcomeOfTheSameTaskIsAnIncidentAndTheFirstStays() throws {
    try cluster.submit(NothingSweep(name: "one", count: 1))
    try agent.join()
    let attempt = try agent.grant().attempt
    let first = outcome(of: attempt.task)
    agent.handIn(attempt, first)
    _ = try agent.acknowledgement()
    let other = outcome(of: attempt.task, bytesRead: 7)
    agent.handIn(attempt, other)
    #expect(try agent.acknowledgement() == attempt)
    let store = try Store.openForReading(at: cluster.store)
    #expect(try store.variants(of: attempt.task).map(\.bytes) == [first.canonical])
    let incident = try #require(try store.incidents().first)
    #expect(incident.kind == .different && incident.outcome == other.canonical)
    let by = try JSONValue.parse(incident.attempt, source: "attempt")["by"]
    #expect(by?["name"]?.text == "client" && by?["key"]?.text?.count == 40)
    #expect(try cluster.status().incidents == 1)
  }

  @Test func aResultWhoseObjectsAreMissingIsTakenOnceTheyAreThere() throws {
    try cluster.submit(NothingSweep(name: "one", count: 1))
    try agent.join()
    let attempt = try agent.grant().attempt
    let bytes = (0..<100).map { UInt8($0) }
    let right = outcome(of: attempt.task, making: bytes)
    agent.handIn(attempt, right)
    let rejected = try agent.rejection()
    #expect(rejected.cause == .lackingObjects && rejected.lacking == [Digest(of: bytes)])
    #expect(try agent.put(bytes, for: attempt).stored)
    agent.handIn(attempt, right)
    #expect(try agent.acknowledgement() == attempt)
    #expect(try Store.openForReading(at: cluster.store).read(Digest(of: bytes)) == bytes)
  }

  @Test func aResultThatContradictsItselfCountsAgainstItsTaskAndTheFailureIsKept() throws {
    try cluster.submit(NothingSweep(name: "one", count: 1))
    try agent.join()
    for _ in 0..<2 {
      let attempt = try agent.grant().attempt
      agent.handIn(attempt, outcome(of: TaskID(Digest(of: "another task"))))
      let rejected = try agent.rejection()
      #expect(rejected.cause == .malformed && rejected.reason.contains("is about task"))
    }
    try waitUntil("it is given up") { try cluster.status().counts.failed == 1 }
    let store = try Store.openForReading(at: cluster.store)
    try waitUntil("the store knows") { try store.failures().count == 1 }
    let failure = try #require(try store.failures().first)
    guard case .malformedResult = TaskFailureReport(bytes: failure.report, of: failure.task).cause else {
      Issue.record("kept with another cause")
      return
    }
    // Another chance wipes it out, in the store too.
    _ = try cluster.client().retryFailed()
    let attempt = try agent.grant().attempt
    #expect(try store.failures().isEmpty)
    agent.handIn(attempt, outcome(of: attempt.task))
    #expect(try agent.acknowledgement() == attempt)
  }

  @Test func aResultThatNoSweepWantsIsRefused() throws {
    try agent.join()
    let task = TaskID(Digest(of: "nobody's task"))
    agent.handIn(AttemptName(task: task, epoch: Epoch(1)), outcome(of: task))
    #expect(try agent.rejection().cause == .unknownTask)
    #expect(try Store.openForReading(at: cluster.store).tasks().isEmpty)
  }

  @Test func whoIsNotKnownIsAskedWhoHeIs() throws {
    agent.beat(credits: 1)
    try agent.hear("a question") { $0 == .who ? () : nil }
    #expect(try cluster.status().workers.isEmpty)
    try agent.join()
    #expect(try cluster.status().workers.map(\.id) == [agent.id])
    agent.say(.bye)
    try waitUntil("it is gone") { try cluster.status().workers.isEmpty }
  }

  @Test func whatAnAgentHoldsIsItsOwnAfterTheCoordinatorHasDied() throws {
    // More than one is left, or nothing would be given out for later.
    try cluster.submit(NothingSweep(name: "three", count: 3))
    let first = try agent.join()
    let held = try agent.grant().attempt
    cluster.coordinator?.kill()
    try cluster.startCoordinator()
    // Its name is not known to the next one, which asks for it and learns what it has.
    try waitUntil("it is asked who it is") {
      agent.beat(credits: 1)
      return try agent.isAsked()
    }
    let second = try agent.join(credits: 2, attempts: [AttemptReport(attempt: held, phase: .running)])
    #expect(second.coordinatorEpoch > first.coordinatorEpoch)
    let other = try agent.grant()
    #expect(other.attempt.task != held.task, "what it holds is not granted again")
    #expect(other.attempt.epoch > held.epoch)
    for attempt in [held, other.attempt] {
      agent.handIn(attempt, outcome(of: attempt.task))
      #expect(try agent.acknowledgement() == attempt)
    }
    #expect(try cluster.status().counters.adopted == 1)
    #expect(try cluster.status().counts.done == 2)
  }

  @Test func cancellingAndDrainingReachTheAgent() throws {
    try cluster.submit(NothingSweep(name: "unwanted", count: 2))
    try agent.join()
    let attempt = try agent.grant().attempt
    _ = try cluster.client().cancel(sweep: "unwanted")
    #expect(try agent.hear("a cancellation") { if case .cancel(let name) = $0 { name } else { nil } } == attempt)
    let drained = try cluster.client().drain(.named(agent.id.short))
    #expect(drained.contains(agent.id.short))
    try agent.hear("that it is to leave") { $0 == .drain ? () : nil }
    #expect(try cluster.status().workers.first?.state == .draining)
    #expect(throws: ClusterRefusal.self) { try cluster.client().drain(.named("no such worker")) }
  }

  private func outcome(of task: TaskID, bytesRead: Int64 = 0, making bytes: [UInt8]? = nil) -> Outcome {
    let objects = bytes.map { ["bytes": ObjectReference(digest: Digest(of: $0), size: $0.count)] } ?? [:]
    return Outcome(task: task, kind: .nothing, objects: objects, values: ["bytesRead": .integer(bytesRead)])
  }
}
