import Coordination
import Core
import Testing
import Wire

@Suite struct ResultTests {
  let worker = Examples.worker(1)
  let other = Examples.worker(2)
  let task = Examples.task("a")

  @Test func aResultIsAcknowledgedOnlyAfterItsRecordIsDurable() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    let grant = try #require(try coordinator.join(worker).grants(to: worker).first)
    #expect(grant.specification == task.json.canonical)

    let arrival = try coordinator.succeed(worker, grant.attempt, Examples.success(task))
    #expect(!arrival.acknowledges(grant.attempt))
    let request = try #require(arrival.commits.first)
    #expect(request.problem == nil)

    let end = try coordinator.handle(.committed(grant.attempt, by: worker))
    #expect(end.acknowledges(grant.attempt))
    #expect(end.finishedSweeps.map(\.done) == [1])
  }

  @Test func whatATaskNeedsIsDoneFirst() throws {
    let pool = Examples.task("pool", kind: .part)
    let trial = Examples.task("trial", inputs: [pool])
    let object = NamedObject(name: "images", digest: Digest(of: "images"), size: 6)
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([pool, trial])))
    let first = try coordinator.join(worker, slots: 2).grants(to: worker)
    #expect(first.map(\.attempt.task) == [pool.id])
    let second = try coordinator.finish(worker, first[0].attempt, Examples.success(pool, objects: [object])).grants(
      to: worker)
    #expect(second.map(\.attempt.task) == [trial.id])
    #expect(second[0].inputs == [GrantInput(name: "input 0", objects: [object])])
  }
}

/// What can happen between a result and its record.
@Suite struct CommitTests {
  let worker = Examples.worker(1)
  let other = Examples.worker(2)
  let task = Examples.task("a")

  private func lent() throws -> (Coordinator, AttemptName) {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    let grant = try #require(try coordinator.join(worker).grants(to: worker).first)
    return (coordinator, grant.attempt)
  }

  @Test func theSameResultAgainIsOnlyAcknowledged() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.finish(worker, attempt, Examples.success(task))
    let again = try coordinator.succeed(worker, attempt, Examples.success(task))
    #expect(again.acknowledges(attempt))
    #expect(again.commits.isEmpty)
  }

  @Test func anotherOutcomeOfADoneTaskIsKeptAsAnIncidentBeforeItIsAcknowledged() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.finish(worker, attempt, Examples.success(task))
    try coordinator.join(other)
    let late = AttemptName(task: task.id, epoch: Epoch(6 << 32 | 1))
    try coordinator.handle(.grantedBefore(EarlierGrant(attempt: late, key: "")))
    let actions = try coordinator.succeed(other, late, Examples.success(task, values: ["different": true]))
    #expect(actions.commits.map(\.isIncident) == [true])
    #expect(!actions.acknowledges(late))
    #expect(try coordinator.handle(.committed(late, by: other)).acknowledges(late))
  }

  @Test func objectsThatTheStoreLacksAreAskedFor() throws {
    var (coordinator, attempt) = try lent()
    let object = NamedObject(name: "subset", digest: Digest(of: "subset"), size: 6)
    let success = Examples.success(task, objects: [object])
    try coordinator.succeed(worker, attempt, success)
    let answer = try coordinator.handle(.commitFailed(attempt, by: worker, .lackingObjects([object.digest])))
    guard case .rejectedResult(let rejected) = try #require(answer.sent(to: worker).first) else {
      Issue.record("\(answer)")
      return
    }
    #expect(rejected.lacking == [object.digest])
    #expect(try coordinator.finish(worker, attempt, success).acknowledges(attempt))
  }

  @Test func whenTheStoreFailsTheResultWaitsAndNothingIsGranted() throws {
    var (coordinator, attempt) = try lent()
    try coordinator.handle(.submitted(Examples.plan([task, Examples.task("b")], name: "two")))
    let next = try #require(try coordinator.succeed(worker, attempt, Examples.success(task)).grants(to: worker).first)
    let failed = try coordinator.handle(.commitFailed(attempt, by: worker, .storeFailed("the disk is full")))
    #expect(!failed.acknowledges(attempt))
    #expect(try coordinator.fail(worker, next.attempt, .handedBack).grants(to: worker).isEmpty)
    #expect(try coordinator.finish(worker, attempt, Examples.success(task)).acknowledges(attempt))
    #expect(try coordinator.pass(seconds: 6).grants(to: worker).count == 1)
  }

  @Test func aMalformedResultCountsAsAnException() throws {
    var (coordinator, attempt) = try lent()
    for _ in 0..<2 {
      let nonsense = TaskEnding.Success(outcome: Array("nonsense".utf8), attempt: [], objects: [])
      let request = try #require(try coordinator.succeed(worker, attempt, nonsense).commits.first)
      let problem = try #require(request.problem)
      let actions = try coordinator.handle(.commitFailed(attempt, by: worker, .malformed(problem)))
      if let next = actions.grants(to: worker).first {
        attempt = next.attempt
      } else {
        #expect(actions.finishedSweeps.map(\.failed) == [1])
      }
    }
  }

  @Test func aRequestSeesWhatContradictsItself() {
    let attempt = AttemptName(task: task.id, epoch: Epoch(1))
    let object = NamedObject(name: "subset", digest: Digest(of: "subset"), size: 6)
    func problem(_ success: TaskEnding.Success) -> String? {
      CommitRequest(
        attempt: attempt, worker: worker, principal: .anybody, kind: .trial, outcome: Digest(of: success.outcome),
        success: success,
        isIncident: false
      ).problem
    }
    let sound = Examples.success(task, objects: [object])
    #expect(problem(sound) == nil)
    #expect(problem(.init(outcome: sound.outcome, attempt: [], objects: [])) != nil)
    #expect(problem(.init(outcome: [0x20] + sound.outcome, attempt: [], objects: [object])) != nil)
    #expect(problem(Examples.success(Examples.task("b"), objects: [object])) != nil)
    #expect(problem(Examples.success(Examples.task("a", kind: .score), objects: [object])) != nil)
  }

  @Test func whatMadeALostObjectRunsAgain() throws {
    let pool = Examples.task("pool", kind: .part)
    let trial = Examples.task("trial", inputs: [pool])
    let object = NamedObject(name: "images", digest: Digest(of: "images"), size: 6)
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([pool, trial])))
    let first = try coordinator.join(worker).grants(to: worker)[0].attempt
    let second = try coordinator.finish(worker, first, Examples.success(pool, objects: [object])).grants(to: worker)[0]
      .attempt
    try coordinator.handle(.objectLost(object.digest))
    let again = try coordinator.fail(worker, second, .unavailable).grants(to: worker)
    #expect(again.map(\.attempt.task) == [pool.id])
    let last = try coordinator.finish(worker, again[0].attempt, Examples.success(pool, objects: [object])).grants(
      to: worker)
    #expect(last.map(\.attempt.task) == [trial.id])
  }
}

/// Sweeps come, come again, and share tasks.
@Suite struct SubmissionTests {
  let worker = Examples.worker(1)
  let tasks = (0..<3).map { Examples.task("\($0)") }

  @Test func whatHasARecordIsDone() throws {
    let record = TaskRecord(outcome: Digest(of: "outcome"), objects: [])
    let plan = SweepPlan(
      id: Digest(of: "s"), name: "s",
      tasks: tasks.enumerated().map { PlannedTask(specification: $0.element, record: $0.offset < 2 ? record : nil) })
    var coordinator = Coordinator()
    let actions = try coordinator.handle(.submitted(plan))
    #expect(actions.contains(.accepted(Submitted(sweep: plan.id, tasks: 3, done: 2))))
    #expect(try coordinator.join(worker, slots: 3).grants(to: worker).map(\.attempt.task) == [tasks[2].id])
  }

  @Test func aFinishedSweepIsFinishedAtOnce() throws {
    let record = TaskRecord(outcome: Digest(of: "outcome"), objects: [])
    let plan = SweepPlan(
      id: Digest(of: "s"), name: "s", tasks: tasks.map { PlannedTask(specification: $0, record: record) })
    var coordinator = Coordinator()
    #expect(try coordinator.handle(.submitted(plan)).finishedSweeps.map(\.done) == [3])
    #expect(try coordinator.handle(.submitted(plan)).finishedSweeps.map(\.done) == [3])
  }

  @Test func submittingAgainChangesNothing() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan(tasks)))
    try coordinator.handle(.submitted(Examples.plan(tasks)))
    #expect(try coordinator.join(worker, slots: 9).grants(to: worker).count == 3)
  }

  @Test func sweepsShareTheirTasks() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan(Array(tasks.prefix(2)), name: "one")))
    try coordinator.handle(.submitted(Examples.plan(Array(tasks.suffix(2)), name: "two")))
    let grants = try coordinator.join(worker, slots: 9).grants(to: worker)
    #expect(grants.count == 3)
    var ends: [SweepCounts] = []
    for grant in grants {
      let specification = tasks.first { $0.id == grant.attempt.task }!
      ends += try coordinator.finish(worker, grant.attempt, Examples.success(specification)).finishedSweeps
    }
    #expect(ends.map(\.done) == [2, 2])
  }

  @Test func aRecordThatAppearsEndsTheAttempt() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([tasks[0]])))
    let attempt = try coordinator.join(worker).grants(to: worker)[0].attempt
    let record = TaskRecord(outcome: Digest(of: "outcome"), objects: [])
    let plan = SweepPlan(id: Digest(of: "s"), name: "s", tasks: [PlannedTask(specification: tasks[0], record: record)])
    #expect(try coordinator.handle(.submitted(plan)).cancels(attempt))
  }
}

/// Whatever people name things, frames keep to their limits.
@Suite struct LimitTests {
  @Test func aTaskThatNoFrameCanCarryFailsAtOnce() throws {
    let huge = Examples.task(String(repeating: "x", count: Limits.specification))
    let small = Examples.task("small")
    var coordinator = Coordinator()
    try coordinator.join(Examples.worker(1), slots: 2)
    let actions = try coordinator.handle(.submitted(Examples.plan([huge, small])))
    #expect(actions.grants(to: Examples.worker(1)).map(\.attempt.task) == [small.id])
    #expect(try coordinator.handle(.retryFailed).grants(to: Examples.worker(1)).isEmpty)
  }

  @Test func aStatusFitsAFrame() throws {
    var coordinator = Coordinator { $0.exceptionLimit = 1 }
    let long = String(repeating: "\"", count: 100_000)
    for number in 0..<150 {
      try coordinator.handle(.submitted(Examples.plan([Examples.task("\(number)")], name: "\(number)\(long)")))
    }
    for number in 0..<1500 {
      let id = WorkerID(bytes: [1, UInt8(number / 256), UInt8(number % 256)] + Array(repeating: 0, count: 13))!
      let name = String(repeating: "\"", count: Limits.name)
      let hello = Hello(
        worker: id, sequence: 1, incarnation: 1, build: name, host: name, slots: 1, cores: [], attempts: [])
      _ = coordinator.machine.handle(.received(.hello(hello), from: id), at: coordinator.now)
    }
    let status = coordinator.machine.status(includingWorkers: true)
    #expect(Frame.encode(.reply(.status(status))).count < Limits.controlFrame)
  }
}
