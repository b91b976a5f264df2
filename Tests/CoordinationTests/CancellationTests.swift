import Coordination
import Core
import Sweeps
import Testing
import Wire

@Suite struct CancellationTests {
  let worker = Examples.worker(1)
  let pool = Examples.task("pool", kind: .part)
  var own: TaskSpecification { Examples.task("own", inputs: [pool]) }
  var shared: TaskSpecification { Examples.task("shared") }

  private func counts(_ coordinator: Coordinator, _ name: String) throws -> SweepCounts {
    try #require(coordinator.machine.status(includingWorkers: false).sweeps.first { $0.name == name }).counts
  }

  @Test func whatOnlyACancelledSweepWantsStopsAndTheRestGoesOn() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([pool, own, shared], name: "one")))
    try coordinator.handle(.submitted(Examples.plan([shared], name: "two")))
    let grants = try coordinator.join(worker, slots: 2).grants(to: worker)
    #expect(grants.map(\.attempt.task) == [pool.id, shared.id])
    let sweep = try #require(coordinator.machine.sweep(called: "one"))
    let actions = try coordinator.handle(.cancelSweep(sweep))
    #expect(actions.cancels(grants[0].attempt) && !actions.cancels(grants[1].attempt))
    #expect(actions.finishedSweeps.isEmpty, "what another sweep wants of it still runs")
    #expect(try counts(coordinator, "one").withdrawn == 2)
    let end = try coordinator.finish(worker, grants[1].attempt, Examples.success(shared))
    #expect(end.finishedSweeps.map(\.done).sorted() == [1, 1])
    #expect(try coordinator.beat(worker, credits: 2).grants(to: worker).isEmpty)
    #expect(try coordinator.handle(.cancelSweep(sweep)).isEmpty, "twice is once")
  }

  @Test func aCancelledSweepGoesOnWhenItIsSubmittedAgain() throws {
    var coordinator = Coordinator()
    let plan = Examples.plan([pool, own], name: "one")
    try coordinator.handle(.submitted(plan))
    let first = try coordinator.join(worker).grants(to: worker)[0]
    #expect(try coordinator.handle(.cancelSweep(plan.id)).finishedSweeps.map(\.withdrawn) == [2])
    let again = try coordinator.handle(.submitted(plan)).grants(to: worker)
    #expect(again.map(\.attempt.task) == [pool.id] && again[0].attempt.epoch > first.attempt.epoch)
    let next =
      try coordinator.finish(worker, again[0].attempt, Examples.success(pool)).grants(to: worker)
      + coordinator.beat(worker, credits: 1).grants(to: worker)
    #expect(next.map(\.attempt.task) == [own.id])
  }

  @Test func aResultThatComesAfterTheCancellationIsTaken() throws {
    var coordinator = Coordinator()
    let plan = Examples.plan([pool, own], name: "one")
    try coordinator.handle(.submitted(plan))
    let grant = try coordinator.join(worker).grants(to: worker)[0]
    try coordinator.handle(.cancelSweep(plan.id))
    let actions = try coordinator.succeed(worker, grant.attempt, Examples.success(pool))
    #expect(actions.commits.count == 1)
    #expect(try coordinator.handle(.committed(grant.attempt, by: worker)).acknowledges(grant.attempt))
    #expect(try counts(coordinator, "one").done == 1)
  }

  @Test func whatFailedIsNoFailureOfACancelledSweep() throws {
    var coordinator = Coordinator { $0.exceptionLimit = 1 }
    let plan = Examples.plan([pool, own], name: "one")
    try coordinator.handle(.submitted(plan))
    let grant = try coordinator.join(worker).grants(to: worker)[0]
    let failed = try coordinator.fail(worker, grant.attempt, .exception)
    #expect(failed.failures.map(\.cause) == [.exception(lastWords: "because")])
    #expect(try counts(coordinator, "one").stuck == 2)
    try coordinator.handle(.cancelSweep(plan.id))
    #expect(try counts(coordinator, "one").withdrawn == 2)
    #expect(try coordinator.handle(.retryFailed).grants(to: worker).isEmpty)
    #expect(try coordinator.handle(.submitted(plan)).grants(to: worker).map(\.attempt.task) == [pool.id])
  }

  @Test func anAgentThatTellsOfAWithdrawnTaskIsToldToStop() throws {
    var coordinator = Coordinator()
    let plan = Examples.plan([pool], name: "one")
    try coordinator.handle(.submitted(plan))
    try coordinator.handle(.cancelSweep(plan.id))
    let report = AttemptReport(attempt: AttemptName(task: pool.id, epoch: Epoch(3 << 32 | 1)), phase: .running)
    #expect(try coordinator.hello(worker, attempts: [report]).cancels(report.attempt))
  }
}

/// Silence is judged by signs of life, never by how long something takes.
@Suite struct SilenceTests {
  let worker = Examples.worker(1)
  let task = Examples.task("long")

  private func report(_ attempt: AttemptName, _ signs: UInt64) -> AttemptReport {
    AttemptReport(attempt: attempt, phase: .running, progress: signs, thousandths: 0)
  }

  @Test func aTaskThatTakesADayAndGivesSignsOfLifeIsLeftAlone() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    let attempt = try coordinator.join(worker).grants(to: worker)[0].attempt
    for minute in 1...1440 {
      for _ in 0..<6 {
        try coordinator.pass(seconds: 10)
        let signs = UInt64(minute / 30)
        #expect(try !coordinator.beat(worker, attempts: [report(attempt, 1 + signs)]).cancels(attempt))
      }
    }
    #expect(coordinator.machine.status(includingWorkers: false).counters.processDeaths == 0)
    #expect(try coordinator.finish(worker, attempt, Examples.success(task)).finishedSweeps.map(\.done) == [1])
  }

  @Test func aTaskThatIsSilentForTheLimitIsStoppedAndCounted() throws {
    var coordinator = Coordinator {
      $0.stallSeconds = 600
      $0.deathLimit = 1
    }
    try coordinator.handle(.submitted(Examples.plan([task])))
    let attempt = try coordinator.join(worker).grants(to: worker)[0].attempt
    try coordinator.beat(worker, attempts: [report(attempt, 1)])
    var silent = 0.0
    while true {
      try coordinator.pass(seconds: 10)
      silent += 10
      let actions = try coordinator.beat(worker, attempts: [report(attempt, 1)])
      guard actions.cancels(attempt) else { continue }
      #expect(actions.failures.map(\.cause) == [.silent(seconds: 600)])
      break
    }
    #expect((600...620).contains(silent))
  }
}
