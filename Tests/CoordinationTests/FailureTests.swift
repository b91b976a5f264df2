import Coordination
import Core
import Testing
import Wire

@Suite struct FailureTests {
  let workers = (1...5).map { Examples.worker(UInt8($0)) }
  let task = Examples.task("a")

  @Test func aTaskThatThrowsTwiceFailsAndTheSweepGoesOn() throws {
    let after = Examples.task("after", inputs: [task])
    let independent = Examples.task("independent")
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task, after, independent])))
    let first = try #require(try coordinator.join(workers[0]).grants(to: workers[0]).first)
    #expect(first.attempt.task == task.id)
    let second = try #require(try coordinator.fail(workers[0], first.attempt, .exception).grants(to: workers[0]).first)
    // What others wait for comes first, again.
    #expect(second.attempt.task == task.id)
    let next = try #require(try coordinator.fail(workers[0], second.attempt, .exception).grants(to: workers[0]).first)
    #expect(next.attempt.task == independent.id)
    let end = try coordinator.finish(workers[0], next.attempt, Examples.success(independent)).finishedSweeps
    #expect(end.map(\.failed) == [1])
    #expect(end.map(\.blocked) == [1])
    #expect(end.map(\.done) == [1])
  }

  @Test func aRepeatedFailureCountsOnce() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    let first = try #require(try coordinator.join(workers[0]).grants(to: workers[0]).first)
    for _ in 0..<5 { #expect(try coordinator.fail(workers[0], first.attempt, .exception).acknowledges(first.attempt)) }
    #expect(try coordinator.beat(workers[0], credits: 1).finishedSweeps.isEmpty)
  }

  @Test func aTaskThatKillsIsTriedOnThreeDifferentWorkersAndThenQuarantined() throws {
    var coordinator = Coordinator()
    for worker in workers { try coordinator.join(worker) }
    var actions = try coordinator.handle(.submitted(Examples.plan([task])))
    var victims: [WorkerID] = []
    while let victim = workers.first(where: { !actions.grants(to: $0).isEmpty }) {
      victims.append(victim)
      actions = try coordinator.fail(victim, actions.grants(to: victim)[0].attempt, .processDied)
    }
    #expect(victims.count == 3 && Set(victims).count == 3)
    #expect(actions.finishedSweeps.map(\.quarantined) == [1])
  }

  @Test func withASingleWorkerATaskThatKillsIsStillQuarantined() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    var actions = try coordinator.join(workers[0])
    for _ in 0..<3 {
      let grant = try #require(actions.grants(to: workers[0]).first)
      actions = try coordinator.fail(workers[0], grant.attempt, .processDied)
    }
    #expect(actions.finishedSweeps.map(\.quarantined) == [1])
  }

  @Test func theLossOfAWorkerDoesNotCount() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    for round in 0..<10 {
      let worker = Examples.worker(UInt8(10 + round))
      #expect(try coordinator.join(worker).grants(to: worker).count == 1)
      try coordinator.pass(seconds: 65)
    }
    #expect(try coordinator.join(workers[0]).grants(to: workers[0]).count == 1)
  }

  @Test func aWorkerOnWhichThreeTasksDieGetsNoMoreWork() throws {
    let tasks = (0..<6).map { Examples.task("\($0)") }
    var coordinator = Coordinator()
    try coordinator.join(workers[0])
    var actions = try coordinator.handle(.submitted(Examples.plan(tasks)))
    // Someone else exists, busy with nothing yet but usable.
    actions += try coordinator.hello(workers[1]) + coordinator.beat(workers[1], credits: 1)
    for _ in 0..<3 {
      let grant = try #require(actions.grants(to: workers[0]).first)
      actions = try coordinator.fail(workers[0], grant.attempt, .processDied)
    }
    #expect(actions.grants(to: workers[0]).isEmpty)
    #expect(try coordinator.beat(workers[0], credits: 1).grants(to: workers[0]).isEmpty)
    #expect(try coordinator.handle(.retryFailed).grants(to: workers[0]).count == 1)
  }

  /// Who takes everything and finishes nothing counts as somebody else, but makes up for nobody.
  @Test func aWorkerInQuarantineGetsAnotherChanceInTimeThoughSomebodyHoards() throws {
    let tasks = (0..<6).map { Examples.task("\($0)") }
    let (honest, hoarder) = (workers[0], workers[1])
    var coordinator = Coordinator()
    try coordinator.join(honest)
    var actions = try coordinator.handle(.submitted(Examples.plan(tasks)))
    actions += try coordinator.join(hoarder)
    var held = actions.grants(to: hoarder).map(\.attempt)
    for _ in 0..<3 {
      let grant = try #require(actions.grants(to: honest).first)
      actions = try coordinator.fail(honest, grant.attempt, .processDied)
    }
    #expect(try coordinator.pass(seconds: 1).grants(to: honest).isEmpty)
    var ended: [SweepCounts] = []
    for round in 1..<200 where ended.isEmpty {
      let reports = held.map { AttemptReport(attempt: $0, phase: .running, progress: UInt64(round)) }
      actions = try coordinator.pass(seconds: 5) + coordinator.beat(honest)
      actions += try coordinator.beat(hoarder, credits: 32, attempts: reports)
      held += actions.grants(to: hoarder).map(\.attempt)
      while let grant = actions.grants(to: honest).first {
        let task = try #require(tasks.first { $0.id == grant.attempt.task })
        actions = try coordinator.finish(honest, grant.attempt, Examples.success(task))
        held += actions.grants(to: hoarder).map(\.attempt)
        ended += actions.finishedSweeps
      }
    }
    #expect(ended.map(\.done) == [6])
  }

  @Test func whatFailedCanBeRetried() throws {
    let after = Examples.task("after", inputs: [task])
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task, after])))
    var actions = try coordinator.join(workers[0])
    for _ in 0..<2 { actions = try coordinator.fail(workers[0], actions.grants(to: workers[0])[0].attempt, .exception) }
    #expect(actions.finishedSweeps.map(\.failed) == [1])
    let again = try #require(try coordinator.handle(.retryFailed).grants(to: workers[0]).first)
    let last = try #require(
      try coordinator.finish(workers[0], again.attempt, Examples.success(task)).grants(to: workers[0]).first)
    let end = try coordinator.finish(workers[0], last.attempt, Examples.success(after))
    #expect(end.finishedSweeps.map(\.done) == [2])
  }

  @Test func aLateResultOfAFailedTaskUnblocksWhatNeedsIt() throws {
    let after = Examples.task("after", inputs: [task])
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task, after])))
    var actions = try coordinator.join(workers[0])
    var last = actions.grants(to: workers[0])[0].attempt
    for _ in 0..<2 {
      last = actions.grants(to: workers[0])[0].attempt
      actions = try coordinator.fail(workers[0], last, .exception)
    }
    #expect(actions.finishedSweeps.map(\.blocked) == [1])
    #expect(
      try coordinator.finish(workers[0], last, Examples.success(task)).grants(to: workers[0]).map(\.attempt.task) == [
        after.id
      ])
  }

  @Test func aWorkerThatLeavesHandsBackWithoutBlame() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    var actions = try coordinator.join(workers[0])
    for _ in 0..<20 {
      actions = try coordinator.fail(workers[0], actions.grants(to: workers[0])[0].attempt, .handedBack)
    }
    #expect(actions.grants(to: workers[0]).count == 1)
  }
}
