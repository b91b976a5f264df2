import Coordination
import Core
import Testing
import Wire

@Suite struct WorkerMachineTests {
  let task = Examples.task("a")
  let object = NamedObject(name: "images", digest: Digest(of: "images"), size: 6)

  @Test func aHelloTellsWhatIsHeld() throws {
    let old = TaskEnding(
      attempt: AttemptName(task: Examples.task("old").id, epoch: Epoch(3)), seconds: 1,
      ending: .success(Examples.success(Examples.task("old"))))
    var agent = Agent(spooled: [old])
    let hello = try agent.handle(.connected).sent
    guard case .hello(let said) = try #require(hello.first) else {
      Issue.record("\(hello)")
      return
    }
    #expect(said.attempts == [AttemptReport(attempt: old.attempt, phase: .finished)])
    let welcome = try agent.hear(.welcome(Welcome(coordinatorEpoch: 7, heartbeatSeconds: 5, resendSeconds: 10)))
    #expect(welcome.results == [old])
  }

  @Test func inputsComeBeforeTheSlot() throws {
    var agent = Agent()
    try agent.join()
    let grant = agent.grant(task, inputs: [object])
    let actions = try agent.hear(.grants([grant]))
    #expect(actions.contains(.fetch([object])))
    #expect(!actions.contains(.startSlot(slot: 0, core: nil)))
    #expect(try agent.handle(.fetched(object.digest)) == [.startSlot(slot: 0, core: nil)])
    #expect(try agent.handle(.slotReady(slot: 0)) == [.run(slot: 0, grant)])
  }

  @Test func anObjectThatTwoTasksNeedIsFetchedOnce() throws {
    var agent = Agent()
    try agent.join()
    let grants = [agent.grant(task, inputs: [object]), agent.grant(Examples.task("b"), inputs: [object])]
    let fetches = try agent.hear(.grants(grants)).filter { if case .fetch = $0 { true } else { false } }
    #expect(fetches == [.fetch([object])])
  }

  @Test func aResultIsKeptAndItsObjectsStoredBeforeItIsSent() throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    let success = Examples.success(task, objects: [object])
    let end = try agent.handle(.finished(slot: 0, success, seconds: 2))
    let ending = TaskEnding(attempt: grant.attempt, seconds: 2, ending: .success(success))
    #expect(end.contains(.spool(ending)) && end.results.isEmpty)
    #expect(try agent.handle(.spooled(grant.attempt)) == [.offer(grant.attempt, [object])])
    #expect(try agent.handle(.objectsStored(grant.attempt)).results == [ending])
    #expect(try agent.hear(.acknowledgement(grant.attempt)) == [.discard(grant.attempt)])
  }

  @Test func aResultIsRepeatedUntilItIsAcknowledged() throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    try agent.handle(.finished(slot: 0, Examples.success(task), seconds: 2))
    #expect(try agent.handle(.spooled(grant.attempt)).results.count == 1)
    #expect(try agent.pass(seconds: 35).results.count == 3)
    try agent.handle(.disconnected)
    #expect(try agent.pass(seconds: 35).results.isEmpty)
    #expect(try agent.join(epoch: 8).results.count == 1)
    try agent.hear(.acknowledgement(grant.attempt))
    #expect(try agent.pass(seconds: 35).results.isEmpty)
  }

  @Test func aQuestionWhoItIsIsAnsweredOnceUntilItIsWelcome() throws {
    var agent = Agent()
    try agent.join()
    #expect(try agent.hear(.who).sent.count == 1)
    #expect(try agent.hear(.who).sent.isEmpty)
  }

  @Test func aFinishedTaskIsNotRunAgain() throws {
    var agent = Agent()
    try agent.join()
    let first = try agent.run(task)
    try agent.handle(.finished(slot: 0, Examples.success(task), seconds: 2))
    try agent.handle(.spooled(first.attempt))
    let actions = try agent.hear(.grants([agent.grant(task)]))
    #expect(actions.results.map(\.attempt) == [first.attempt])
    #expect(!actions.contains { if case .run = $0 { true } else { false } })
  }

  @Test func aTaskThatIsGrantedAgainRunsOnceUnderItsNewName() throws {
    var agent = Agent()
    try agent.join()
    _ = try agent.run(task)
    let again = agent.grant(task)
    #expect(try agent.hear(.grants([again])).isEmpty)
    #expect(agent.machine.attempts == [AttemptReport(attempt: again.attempt, phase: .running)])
  }

  @Test func whatWaitsAndIsGrantedAgainWaitsForItsNewInputs() throws {
    let other = NamedObject(name: "images", digest: Digest(of: "other images"), size: 6)
    var agent = Agent()
    try agent.join()
    try agent.hear(.grants([agent.grant(task, inputs: [object])]))
    let again = agent.grant(task, inputs: [other])
    #expect(try agent.hear(.grants([again])) == [.fetch([other])])
    #expect(try agent.handle(.fetched(object.digest)).isEmpty)
    #expect(try agent.handle(.fetched(other.digest)) == [.startSlot(slot: 0, core: nil)])
    #expect(try agent.handle(.slotReady(slot: 0)) == [.run(slot: 0, again)])
  }

  @Test func grantsOfAnEarlierCoordinatorAndEchoesAreIgnored() throws {
    var agent = Agent()
    try agent.join(epoch: 8)
    #expect(try agent.hear(.grants([agent.grant(task, epoch: 7)])).isEmpty)
    let grant = agent.grant(task, epoch: 8)
    #expect(try !agent.hear(.grants([grant])).isEmpty)
    #expect(try agent.hear(.grants([grant])).isEmpty)
  }

  @Test func aCancelledTaskIsAskedToStopAndItsProcessServesTheNext() throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    #expect(try agent.hear(.cancel(AttemptName(task: task.id, epoch: Epoch(1)))).isEmpty)
    #expect(try agent.hear(.cancel(grant.attempt)) == [.cancelSlot(slot: 0)])
    #expect(agent.machine.attempts.isEmpty)
    let next = agent.grant(Examples.task("b"))
    #expect(try agent.hear(.grants([next])).isEmpty, "the slot is not free yet")
    #expect(try agent.handle(.stopped(slot: 0)) == [.run(slot: 0, next)])
    #expect(try agent.pass(seconds: 60).allSatisfy { $0 != .stopSlot(slot: 0) })
  }

  @Test func aCancelledTaskThatDoesNotStopLosesItsProcessAfterTheGraceTime() throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    try agent.hear(.cancel(grant.attempt))
    #expect(try !agent.pass(seconds: 4.9).contains(.stopSlot(slot: 0)))
    #expect(try agent.pass(seconds: 0.2).contains(.stopSlot(slot: 0)))
    #expect(try agent.handle(.slotDied(slot: 0, .signalled(9))).results.isEmpty, "its end is nobody's news")
    _ = try agent.run(Examples.task("b"))
  }

  @Test(arguments: [true, false]) func aTaskThatEndsBeforeItHearsOfItsCancellationSaysNothing(succeeds: Bool) throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    try agent.hear(.cancel(grant.attempt))
    let end: WorkerMachine.Event =
      succeeds
      ? .finished(slot: 0, Examples.success(task), seconds: 2)
      : .failed(slot: 0, .exception(lastWords: "bad"), seconds: 2)
    #expect(try agent.handle(end).results.isEmpty)
    let next = agent.grant(Examples.task("b"))
    #expect(try agent.hear(.grants([next])).contains(.run(slot: 0, next)))
  }

  @Test func aTaskThatIsCancelledAndGrantedAgainRunsAnew() throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    try agent.hear(.cancel(grant.attempt))
    let again = agent.grant(task)
    #expect(try agent.hear(.grants([again])).isEmpty)
    #expect(try agent.handle(.stopped(slot: 0)) == [.run(slot: 0, again)])
  }

  @Test func signsOfLifeAndTheShareDoneAreReported() throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    try agent.handle(.progressed(slot: 0, units: 7, thousandths: 250))
    try agent.handle(.progressed(slot: 0, units: 6, thousandths: 100))
    let report = AttemptReport(attempt: grant.attempt, phase: .running, progress: 7, thousandths: 250)
    #expect(agent.machine.attempts == [report])
  }

  @Test func theDeathOfAProcessIsReportedAtOnce() throws {
    var agent = Agent()
    try agent.join()
    _ = try agent.run(task)
    #expect(try agent.handle(.slotDied(slot: 0, .signalled(9))).failures == [.processDied])
    _ = try agent.run(Examples.task("b"))
    #expect(try agent.handle(.failed(slot: 0, .exception(lastWords: "bad"), seconds: 1)).failures == [.exception])
  }

  @Test func anotherKernelNeedsAnotherProcess() throws {
    let pinned = Examples.task("pinned", core: "Zen")
    var agent = Agent()
    try agent.join()
    let first = try agent.run(task)
    try agent.handle(.finished(slot: 0, Examples.success(task), seconds: 2))
    try agent.handle(.spooled(first.attempt))
    let grant = agent.grant(pinned)
    #expect(try agent.hear(.grants([grant])).contains(.stopSlot(slot: 0)))
    #expect(try agent.handle(.slotDied(slot: 0, .signalled(9))).contains(.startSlot(slot: 0, core: "Zen")))
    #expect(try agent.handle(.slotReady(slot: 0)).contains(.run(slot: 0, grant)))
  }

  @Test func anInputThatCannotBeHadIsToldAndTheAgentPauses() throws {
    var agent = Agent()
    try agent.join()
    try agent.hear(.grants([agent.grant(task, inputs: [object])]))
    let actions = try agent.handle(.fetchFailed(object.digest, reason: "not found"))
    #expect(actions.failures == [.unavailable])
    #expect(actions.credits == [0])
    #expect(try agent.pass(seconds: 11).credits.last == 2)
  }

  @Test func aResultThatCannotBeKeptIsGivenUp() throws {
    var agent = Agent()
    try agent.join()
    let grant = try agent.run(task)
    try agent.handle(.finished(slot: 0, Examples.success(task), seconds: 2))
    #expect(try agent.handle(.spoolFailed(grant.attempt, reason: "the disk is full")).failures == [.unavailable])
  }

  @Test func aDrainFinishesWhatRunsHandsBackTheRestAndLeaves() throws {
    var agent = Agent()
    try agent.join()
    let running = try agent.run(task)
    let waiting = agent.grant(Examples.task("b"))
    try agent.hear(.grants([waiting]))
    let drain = try agent.hear(.drain)
    #expect(drain.results.map(\.attempt) == [waiting.attempt] && drain.failures == [.handedBack])
    #expect(drain.credits.last == 0)
    try agent.hear(.acknowledgement(waiting.attempt))
    try agent.handle(.finished(slot: 0, Examples.success(task), seconds: 2))
    try agent.handle(.spooled(running.attempt))
    #expect(try agent.hear(.acknowledgement(running.attempt)) == [.discard(running.attempt), .send(.bye), .exit])
    #expect(agent.machine.nextDeadline == nil)
  }

  @Test func aRefusedAgentStaysAwayAsLongAsItWasTold() throws {
    var agent = Agent()
    try agent.handle(.connected)
    #expect(try agent.hear(.reject(Reject(reason: "no", retryAfterSeconds: 30))).contains(.disconnect))
    #expect(try agent.pass(seconds: 29).isEmpty)
    #expect(try agent.pass(seconds: 2) == [.connect])
  }

  @Test func aCoordinatorThatDoesNotAnswerIsConnectedToAnew() throws {
    var agent = Agent()
    try agent.join()
    #expect(try !agent.pass(seconds: 100).contains(.disconnect))
    let actions = try agent.pass(seconds: 61, answered: false)
    #expect(actions.contains(.disconnect) && actions.contains(.connect))
    #expect(try agent.handle(.connected).sent.count == 1)
  }

  @Test func whereThereAreSeveralAddressesOneThatIsSilentIsSoonLeftForTheNext() throws {
    var agent = Agent(addresses: 2)
    // Nobody is at the first, nor at the second.
    #expect(try agent.pass(seconds: 7) == [.disconnect, .connect, .disconnect, .connect])
    try agent.join()
    let calm = try agent.pass(seconds: 300)
    #expect(!calm.contains(.disconnect))
    // The coordinator's process has ended, and it was heard a while ago.
    try agent.pass(seconds: 4)
    try agent.handle(.disconnected)
    #expect(try agent.pass(seconds: 3).starts(with: [.disconnect, .connect]))
    // Its host is gone: nothing closes the connection.
    try agent.join()
    let silent = try agent.pass(seconds: 21, answered: false)
    #expect(silent.contains(.disconnect))
  }

  @Test func anAgentThatFindsNobodyLooksForTheAddressAgain() throws {
    var agent = Agent()
    try agent.join()
    try agent.handle(.disconnected)
    #expect(try agent.pass(seconds: 125) == [.disconnect, .connect, .disconnect, .connect])
  }

  @Test func shortTasksAreAskedForAhead() throws {
    func credits(after seconds: Double) throws -> Int? {
      var agent = Agent(slots: 2)
      try agent.join()
      _ = try agent.run(task)
      return try agent.handle(.finished(slot: 0, Examples.success(task), seconds: seconds)).credits.last
        ?? agent.pass(seconds: 5).credits.last
    }
    #expect(try credits(after: 0.001) == 18)
    #expect(try credits(after: 0.5) == 4)
    #expect(try credits(after: 5) == 3)
    #expect(try credits(after: 100) == 2)
  }

  @Test func whatPassesALimitIsAFailureNotATrap() throws {
    var agent = Agent()
    try agent.join()
    _ = try agent.run(task)
    let huge = TaskEnding.Success(
      outcome: [UInt8](repeating: 0x20, count: Limits.outcome + 1), attempt: [], objects: [])
    #expect(try agent.handle(.finished(slot: 0, huge, seconds: 1)).failures == [.exception])
    _ = try agent.run(Examples.task("b"))
    let reason = String(repeating: "é", count: 5000)
    let results = try agent.handle(.failed(slot: 0, .exception(lastWords: reason), seconds: 1)).results
    for ending in results { _ = Frame.encode(.agent(.result(ending))) }
    #expect(results.count == 1)
  }
}
