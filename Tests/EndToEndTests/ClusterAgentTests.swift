import Cluster
import Core
import ObjectStore
import Sweeps
import TestSupport
import Testing
import Wire

/// What a real agent does with what it is told, message by message.
@Suite(.serialized) struct ClusterAgentTests {
  private let coordinator: ScriptedCoordinator

  init() throws { coordinator = try ScriptedCoordinator() }

  @Test func itSaysWhoItIsAndReportsAtThePaceThatItIsTold() throws {
    try coordinator.startWorker()
    let hello = try coordinator.welcome()
    #expect(hello.incarnation == 1 && hello.slots == 1 && hello.attempts.isEmpty && !hello.host.isEmpty)
    var last = hello.sequence
    for _ in 0..<3 {
      let beat = try coordinator.heartbeat("that is newer") { $0.sequence > last }
      #expect(beat.credits > 0 && !beat.draining)
      // Its hello was answered, and nothing that it said since.
      #expect(beat.heard >= hello.sequence && beat.heard < beat.sequence)
      last = beat.sequence
    }
    coordinator.say(.pulse(Pulse(sequence: last)))
    try coordinator.heartbeat("that has heard the pulse") { $0.heard == last }
  }

  @Test func aResultComesWithItsObjectsAndAgainUntilItIsAcknowledged() throws {
    let input: [UInt8] = (0..<70_000).map { UInt8(truncatingIfNeeded: $0) }
    let shared = NamedObject(name: "bytes", digest: try coordinator.store.put([input])[0], size: input.count)
    let task = NothingSweep(name: "made", count: 1, parameters: ["bytes": 50_000], shared: 1).plan.tasks[1]
    try coordinator.startWorker()
    try coordinator.welcome()
    let attempt = coordinator.grant(task.specification, shared: [shared])
    let ending = try coordinator.result()
    guard ending.attempt == attempt, case .success(let success) = ending.ending else {
      Issue.record("not a result: \(ending)")
      return
    }
    let outcome = try Outcome(bytes: success.outcome, place: "outcome")
    #expect(outcome.task == task.id && outcome.values["bytesRead"]?.int == input.count)
    let made = try #require(success.objects.first)
    #expect(success.objects.count == 1 && made.size == 50_000)
    #expect(try coordinator.store.read(made.digest).count == 50_000, "the object was put before the result came")
    #expect(try coordinator.result() == ending, "nobody has acknowledged it")
    #expect(try coordinator.spooled() == 1)
    coordinator.say(.acknowledgement(attempt))
    try coordinator.heartbeat("without it") { $0.attempts.isEmpty }
    #expect(try coordinator.spooled() == 0)
  }

  @Test func aResultWaitsForItsObjectsAndIsOfferedAgainWhenTheyAreLacking() throws {
    try coordinator.startWorker()
    try coordinator.welcome()
    coordinator.isServing = false
    let task = NothingSweep(name: "made", count: 1, parameters: ["bytes": 10]).plan.tasks[0]
    let attempt = coordinator.grant(task.specification)
    try coordinator.heartbeat("with the finished attempt") { $0.attempts.map(\.phase) == [.finished] }
    coordinator.isServing = true
    let ending = try coordinator.result()
    // As a coordinator does that died before the object was durable.
    coordinator.say(
      .rejectedResult(RejectedResult(attempt: attempt, cause: .lackingObjects, reason: "1 object is not in the store")))
    #expect(try coordinator.result() == ending)
    coordinator.say(
      .rejectedResult(RejectedResult(attempt: attempt, cause: .unknownTask, reason: "nobody wants this task")))
    try coordinator.heartbeat("without it") { $0.attempts.isEmpty }
    #expect(try coordinator.spooled() == 0)
  }

  @Test(arguments: [nil, 5] as [UInt64?])
  func aResultThatIsDamagedBeforeItsObjectsArriveIsComputedAgain(bytesLeft: UInt64?) throws {
    try coordinator.startWorker()
    try coordinator.welcome()
    coordinator.isServing = false
    let task = NothingSweep(name: "made", count: 1, parameters: ["bytes": 10]).plan.tasks[0].specification
    let attempt = coordinator.grant(task)
    try coordinator.heartbeat("with the finished attempt") { $0.attempts.map(\.phase) == [.finished] }
    try coordinator.damageSpooledObject(bytesLeft: bytesLeft)
    coordinator.isServing = true
    let ending = try coordinator.result()
    guard case .failure(let failure) = ending.ending, case .notKept(let words) = failure.cause else {
      Issue.record("not a lost result: \(ending)")
      return
    }
    #expect(ending.attempt == attempt && words.contains("was damaged on this host"))
    #expect(try coordinator.spooled() == 0)
    coordinator.say(.acknowledgement(attempt))
    try coordinator.heartbeat("without it") { $0.attempts.isEmpty }
    let again = coordinator.grant(task)
    let whole = try coordinator.result()
    guard whole.attempt == again, case .success(let success) = whole.ending else {
      Issue.record("not a result: \(whole)")
      return
    }
    #expect(try coordinator.store.read(try #require(success.objects.first).digest).count == 10)
  }

  @Test func anInputThatTheStoreDoesNotHaveIsSaidByName() throws {
    let task = NothingSweep(name: "reads", count: 1, shared: 1).plan.tasks[1]
    let absent = NamedObject(name: "bytes", digest: Digest(of: "absent"), size: 10)
    try coordinator.startWorker()
    try coordinator.welcome()
    let attempt = coordinator.grant(task.specification, shared: [absent])
    let ending = try coordinator.result()
    guard case .failure(let failure) = ending.ending, case .missingInput(absent.digest, let words) = failure.cause
    else {
      Issue.record("not a missing input: \(ending)")
      return
    }
    #expect(ending.attempt == attempt && words.contains("does not have it"))
    try coordinator.heartbeat("that asks for nothing for a while") { $0.credits == 0 }
  }

  @Test func aCancelledTaskStopsAndItsProcessServesTheNext() throws {
    let worker = try coordinator.startWorker()
    try coordinator.welcome()
    let long = NothingSweep(name: "long", count: 1, parameters: ["wait": 600]).plan.tasks[0]
    let attempt = coordinator.grant(long.specification)
    try coordinator.heartbeat("of a running task") { $0.attempts.map(\.phase) == [.running] }
    let process = worker.children
    coordinator.say(.cancel(attempt))
    try coordinator.heartbeat("without the task") { $0.attempts.isEmpty }
    let next = coordinator.grant(NothingSweep(name: "next", count: 1).plan.tasks[0].specification)
    #expect(try coordinator.result().attempt == next)
    #expect(process.count == 1 && worker.children == process)
  }

  @Test func aResultIsHandedInByTheNextLifeOfItsAgent() throws {
    let worker = try coordinator.startWorker()
    let first = try coordinator.welcome()
    let task = NothingSweep(name: "kept", count: 1, parameters: ["bytes": 1_000]).plan.tasks[0]
    let attempt = coordinator.grant(task.specification)
    let ending = try coordinator.result()
    worker.kill()
    try coordinator.startWorker()
    // What the first life said last may still wait; it counted itself as the first.
    let second = try coordinator.hear("the second life's hello") { message -> Hello? in
      guard case .hello(let hello) = message, hello.incarnation > first.incarnation else { return nil }
      return hello
    }
    #expect(second.incarnation == first.incarnation + 1)
    #expect(second.attempts == [AttemptReport(attempt: attempt, phase: .finished)])
    coordinator.say(.welcome(Welcome(coordinatorEpoch: 2, heartbeatSeconds: 0.1, resendSeconds: 0.3)))
    #expect(try coordinator.result() == ending)
    coordinator.say(.acknowledgement(attempt))
    try coordinator.heartbeat("without it") { $0.attempts.isEmpty }
    #expect(try coordinator.spooled() == 0)
  }

  @Test func grantsOfAnotherLifeOfTheCoordinatorAreEchoes() throws {
    try coordinator.startWorker()
    try coordinator.welcome(epoch: 4)
    let tasks = NothingSweep(name: "two", count: 2).plan.tasks.map(\.specification)
    let stale = AttemptName(task: tasks[0].id, epoch: Epoch(3 << 32 | 9))
    coordinator.say(
      .grants([
        Grant(
          attempt: stale, specification: tasks[0].json.canonical, inputs: [], sources: [], numericsCore: nil)
      ]))
    let attempt = coordinator.grant(tasks[1])
    #expect(try coordinator.result().attempt == attempt, "the first was not even begun")
  }

  @Test func whatCannotBeReadDisturbsNobody() throws {
    try coordinator.startWorker()
    try coordinator.welcome()
    for bytes in [[], [1], Array(repeating: 0xFF, count: 10_000), Frame.encode(.client(.shutdown))] as [[UInt8]] {
      coordinator.sayBytes(bytes)
    }
    let attempt = coordinator.grant(NothingSweep(name: "next", count: 1).plan.tasks[0].specification)
    #expect(try coordinator.result().attempt == attempt)
    #expect(text(coordinator.log).contains("not for agents"))
  }

  @Test func aRefusedAgentSaysWhyAndAsksAgainWhenItMay() throws {
    let worker = try coordinator.startWorker()
    _ = try coordinator.hear("a hello") { if case .hello = $0 { () } else { nil } }
    coordinator.say(.reject(Reject(reason: "this cluster runs another build", retryAfterSeconds: 1)))
    try waitUntil("it says why") { text(coordinator.log).contains("this cluster runs another build") }
    try coordinator.welcome()
    try coordinator.heartbeat("of a welcome agent") { $0.credits > 0 }
    #expect(worker.isRunning)
  }

  @Test func aDrainedAgentFinishesSaysGoodbyeAndEnds() throws {
    let worker = try coordinator.startWorker()
    try coordinator.welcome()
    let task = NothingSweep(name: "last", count: 1, parameters: ["wait": 0.5]).plan.tasks[0]
    let attempt = coordinator.grant(task.specification)
    try coordinator.heartbeat("of a running task") { $0.attempts.map(\.phase) == [.running] }
    coordinator.say(.drain)
    try coordinator.heartbeat("that asks for nothing") { $0.draining && $0.credits == 0 }
    #expect(try coordinator.result().attempt == attempt)
    coordinator.say(.acknowledgement(attempt))
    try coordinator.hear("a goodbye") { $0 == .bye ? () : nil }
    try waitUntil("it has ended") { !worker.isRunning }
    #expect(worker.status == 0)
  }
}
