import Coordination
import Core
import Testing
import Wire

@Suite struct LivenessTests {
  let worker = Examples.worker(1)
  let other = Examples.worker(2)
  let task = Examples.task("a")

  /// A coordinator whose worker holds the one task.
  private func lent() throws -> (Coordinator, AttemptName) {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    let grant = try #require(try coordinator.join(worker).grants(to: worker).first)
    return (coordinator, grant.attempt)
  }

  @Test func aSilentWorkerGetsNoNewWork() throws {
    var coordinator = Coordinator()
    try coordinator.join(worker)
    try coordinator.pass(seconds: 16)
    #expect(try coordinator.handle(.submitted(Examples.plan([task]))).grants(to: worker).isEmpty)
    #expect(try coordinator.beat(worker).grants(to: worker).count == 1)
  }

  @Test func whatALostWorkerHeldIsGrantedElsewhere() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.pass(seconds: 14)
    var late: [CoordinatorMachine.Action] = try coordinator.join(other)
    #expect(late.grants(to: other).isEmpty)
    for _ in 0..<10 {
      late += try coordinator.pass(seconds: 5) + coordinator.beat(other)
    }
    let again = try #require(late.grants(to: other).first)
    #expect(again.attempt.task == task.id)
    #expect(again.attempt.epoch > attempt.epoch)
  }

  @Test func theLateResultOfAnExpiredAttemptIsWelcome() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.pass(seconds: 70)
    let stranger = try coordinator.succeed(worker, attempt, Examples.success(task))
    #expect(stranger.sent(to: worker) == [.who])
    try coordinator.hello(worker, attempts: [AttemptReport(attempt: attempt, phase: .finished)])
    #expect(try coordinator.finish(worker, attempt, Examples.success(task)).acknowledges(attempt))
  }

  @Test func theLoserOfTwoAttemptsIsCancelled() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.pass(seconds: 70)
    let second = try #require(try coordinator.join(other).grants(to: other).first)
    try coordinator.hello(worker, attempts: [AttemptReport(attempt: attempt, phase: .running)])
    #expect(try coordinator.finish(worker, attempt, Examples.success(task)).cancels(second.attempt))
  }

  @Test func anyFrameCountsAsLife() throws {
    var (coordinator, attempt) = try lent()
    for _ in 0..<10 {
      try coordinator.pass(seconds: 10)
      try coordinator.beat(worker, attempts: [AttemptReport(attempt: attempt, phase: .running)])
    }
    #expect(try coordinator.join(other).grants(to: other).isEmpty)
  }

  @Test func aCoordinatorThatWasStoppedBlamesNobody() throws {
    var (coordinator, attempt) = try lent()
    coordinator.now = coordinator.now.advanced(bySeconds: 300)
    let actions = try coordinator.handle(.timePassed) + coordinator.pass(seconds: 5)
    #expect(!actions.contains { if case .report(let notice) = $0 { notice.level != .information } else { false } })
    #expect(try coordinator.finish(worker, attempt, Examples.success(task)).acknowledges(attempt))
  }

  @Test func aGrantThatNeverArrivedIsMadeAgain() throws {
    var (coordinator, attempt) = try lent()
    var actions: [CoordinatorMachine.Action] = []
    for _ in 0..<4 { actions += try coordinator.pass(seconds: 5) + coordinator.beat(worker) }
    let again = actions.grants(to: worker)
    #expect(again.map(\.attempt.task) == [task.id])
    #expect(again[0].attempt.epoch > attempt.epoch)
  }

  @Test func aWorkerThatDoesNotHearGetsNoNewWork() throws {
    var coordinator = Coordinator()
    try coordinator.join(worker)
    for _ in 0..<4 {
      try coordinator.pass(seconds: 5)
      try coordinator.beat(worker, hears: false)
    }
    #expect(try coordinator.handle(.submitted(Examples.plan([task]))).grants(to: worker).isEmpty)
    #expect(try coordinator.beat(worker).grants(to: worker).count == 1)
  }

  @Test func aStrangerIsAskedWhoHeIs() throws {
    var coordinator = Coordinator()
    #expect(try coordinator.beat(worker).sent(to: worker) == [.who])
    let answer = try coordinator.hello(worker).sent(to: worker)
    #expect(answer == [.welcome(Welcome(coordinatorEpoch: 7, heartbeatSeconds: 5, resendSeconds: 10))])
  }

  @Test func aRestartedCoordinatorLetsRunWhatRuns() throws {
    let running = AttemptName(task: task.id, epoch: Epoch(6 << 32 | 3))
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    try coordinator.handle(.grantedBefore(EarlierGrant(attempt: running, key: "")))
    try coordinator.hello(worker, attempts: [AttemptReport(attempt: running, phase: .running)])
    #expect(try coordinator.join(other).grants(to: other).isEmpty)
    #expect(try coordinator.finish(worker, running, Examples.success(task)).finishedSweeps.map(\.done) == [1])
  }

  @Test func whatNobodyWantsIsCancelled() throws {
    let unknown = AttemptName(task: Examples.task("unknown").id, epoch: Epoch(6 << 32 | 3))
    var coordinator = Coordinator()
    let actions = try coordinator.hello(worker, attempts: [AttemptReport(attempt: unknown, phase: .running)])
    #expect(actions.cancels(unknown))
    let rejected = try coordinator.succeed(worker, unknown, Examples.success(Examples.task("unknown"))).sent(to: worker)
    #expect(
      rejected == [
        .rejectedResult(RejectedResult(attempt: unknown, cause: .unknownTask, reason: "no sweep here wants this task"))
      ])
  }

  @Test func aNewLifeOfAnAgentDoesNotHoldWhatTheOldOneHeld() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.hello(worker, incarnation: 2)
    let again = try coordinator.beat(worker).grants(to: worker)
    #expect(again.map(\.attempt.task) == [task.id])
    #expect(again[0].attempt.epoch > attempt.epoch)
    // An echo of the old life changes nothing.
    #expect(try coordinator.hello(worker, incarnation: 1).isEmpty)
  }

  @Test func aForeignBuildIsRefusedAlone() throws {
    var coordinator = Coordinator { $0.build = "b" }
    let refusal = try coordinator.hello(worker, build: "c").sent(to: worker)
    guard case .reject(let reject) = try #require(refusal.first) else {
      Issue.record("\(refusal)")
      return
    }
    #expect(reject.retryAfterSeconds == 60)
    #expect(try coordinator.hello(other).sent(to: other).count == 1)
  }

  @Test func anAttemptWithoutProgressIsStoppedAndTriedElsewhere() throws {
    var coordinator = Coordinator { $0.stallSeconds = 30 }
    try coordinator.handle(.submitted(Examples.plan([task])))
    let attempt = try #require(try coordinator.join(worker).grants(to: worker).first?.attempt)
    var actions: [CoordinatorMachine.Action] = []
    for _ in 0..<10 {
      actions += try coordinator.pass(seconds: 5)
      actions += try coordinator.beat(worker, attempts: [AttemptReport(attempt: attempt, phase: .running, progress: 1)])
    }
    #expect(actions.cancels(attempt))
    #expect(!actions.grants(to: worker).isEmpty)
  }

  @Test func aDrainedWorkerGetsNothingMoreAndLeaves() throws {
    var (coordinator, attempt) = try lent()
    #expect(try coordinator.handle(.drain(worker, withinSeconds: nil)).sent(to: worker) == [.drain])
    try coordinator.handle(.submitted(Examples.plan([task, Examples.task("b")], name: "another")))
    // It has not heard of it, so it is told again.
    let told = try coordinator.beat(worker, credits: 5, attempts: [AttemptReport(attempt: attempt, phase: .running)])
    #expect(told.sent(to: worker).contains(.drain))
    #expect(told.grants(to: worker).isEmpty)
    try coordinator.finish(worker, attempt, Examples.success(task))
    try coordinator.handle(.received(.bye, from: worker))
    #expect(try coordinator.join(other).grants(to: other).count == 1)
  }

  @Test func whatAWorkerThatShouldLeaveHasNotFinishedInTimeGoesToOthers() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.handle(.drain(worker, withinSeconds: 10))
    #expect(try !coordinator.pass(seconds: 9).cancels(attempt))
    #expect(try coordinator.pass(seconds: 2).cancels(attempt))
    #expect(try coordinator.join(other).grants(to: other).map(\.attempt.task) == [task.id])
    // It did not hear that.
    let report = AttemptReport(attempt: attempt, phase: .running, progress: 1)
    try coordinator.beat(worker, attempts: [report], draining: true)
    #expect(try coordinator.pass(seconds: 2).cancels(attempt))
  }

  @Test func workersAreFoundByNameByHostAndAltogether() throws {
    var coordinator = Coordinator()
    for worker in [worker, other] { try coordinator.join(worker) }
    #expect(coordinator.machine.workers(.named(worker.short)) == [worker])
    #expect(coordinator.machine.workers(.named("")).isEmpty, "more than one")
    #expect(coordinator.machine.workers(.host("host")) == [worker, other])
    #expect(coordinator.machine.workers(.host("elsewhere")).isEmpty)
    #expect(coordinator.machine.workers(.all) == [worker, other])
  }

  // MARK: Connections

  private func joined(host: String) throws -> (Coordinator, AttemptName) {
    var coordinator = Coordinator { $0.ownHost = host }
    try coordinator.handle(.submitted(Examples.plan([task])))
    let attempt = try #require(try coordinator.join(worker).grants(to: worker).first?.attempt)
    return (coordinator, attempt)
  }

  @Test func whoseConnectionClosesOnTheSameHostIsGivenUpWithinASecond() throws {
    var (coordinator, _) = try joined(host: "host")
    try coordinator.join(other)
    try coordinator.handle(.disconnected(worker))
    let due = try #require(coordinator.machine.nextDeadline)
    #expect(due.seconds(since: coordinator.now) == 0.5)
    #expect(try coordinator.pass(seconds: 0.49).grants(to: other).isEmpty)
    #expect(coordinator.machine.workers(.all) == [worker, other])
    #expect(try coordinator.pass(seconds: 0.01).grants(to: other).map(\.attempt.task) == [task.id])
    #expect(coordinator.machine.status(includingWorkers: true).workers.map(\.id) == [other])
  }

  @Test func whoseConnectionClosesElsewhereHasThreeHeartbeats() throws {
    var (coordinator, _) = try joined(host: "another host")
    try coordinator.join(other)
    try coordinator.handle(.disconnected(worker))
    #expect(coordinator.machine.status(includingWorkers: true).workers.first?.state == .suspect)
    // Who has nothing else to do computes a copy meanwhile.
    #expect(try coordinator.pass(seconds: 14).grants(to: other).map(\.attempt.task) == [task.id])
    #expect(coordinator.machine.workers(.all) == [worker, other])
    try coordinator.beat(other)
    try coordinator.pass(seconds: 0.99)
    #expect(coordinator.machine.workers(.all) == [worker, other])
    try coordinator.pass(seconds: 0.01)
    #expect(coordinator.machine.workers(.all) == [other])
  }

  @Test func whoComesBackInTimeKeepsWhatItHas() throws {
    var (coordinator, attempt) = try joined(host: "host")
    try coordinator.join(other)
    try coordinator.handle(.disconnected(worker))
    try coordinator.hello(worker, attempts: [AttemptReport(attempt: attempt, phase: .running)])
    #expect(try coordinator.pass(seconds: 3).grants(to: other).isEmpty)
    try coordinator.finish(worker, attempt, Examples.success(task))
  }
}
