import Coordination
import Core
import Sweeps
import Testing
import Wire

/// Sweeps beside each other: fair shares, priorities, pauses.
@Suite struct SteeringTests {
  let worker = Examples.worker(1)

  private func trials(_ name: String, _ count: Int) -> [TaskSpecification] {
    (0..<count).map { Examples.task("\(name) \($0)") }
  }

  /// A worker that has two slots and finishes whatever it is given, in order.
  private struct Hands {
    let worker: WorkerID
    let specifications: [TaskID: TaskSpecification]
    var held: [AttemptName] = []

    init(_ worker: WorkerID, _ tasks: [TaskSpecification]) {
      self.worker = worker
      specifications = Dictionary(uniqueKeysWithValues: tasks.map { ($0.id, $0) })
    }

    /// Finishes so many tasks, and returns them in the order of their ends.
    mutating func work(_ coordinator: inout Coordinator, _ count: Int) throws -> [TaskID] {
      if held.isEmpty { held = try coordinator.join(worker, slots: 2).grants(to: worker).map(\.attempt) }
      return try (0..<count).map { _ in
        let attempt = held.removeFirst()
        let success = Examples.success(try #require(specifications[attempt.task]))
        held += try coordinator.finish(worker, attempt, success).grants(to: worker).map(\.attempt)
        return attempt.task
      }
    }
  }

  private func status(_ coordinator: Coordinator, _ name: String) -> SweepStatus? {
    coordinator.machine.status(includingWorkers: false).sweeps.first { $0.name == name }
  }

  @Test func aSmallSweepDoesNotWaitForTheEndOfALargeOne() throws {
    let (large, small) = (trials("large", 425), trials("small", 29))
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan(large, name: "large")))
    try coordinator.handle(.submitted(Examples.plan(small, name: "small")))
    var hands = Hands(worker, large + small)
    let done = try hands.work(&coordinator, 62)
    #expect(Set(small.map(\.id)).isSubset(of: done))
  }

  @Test func sweepsShareInProportionToTheirPriorities() throws {
    let (one, other) = (trials("one", 200), trials("other", 200))
    var coordinator = Coordinator()
    let plans = [Examples.plan(one, name: "one"), Examples.plan(other, name: "other")]
    for plan in plans { try coordinator.handle(.submitted(plan)) }
    try coordinator.handle(.steer(plans[1].id, .priority(30)))
    var hands = Hands(worker, one + other)
    let done = try hands.work(&coordinator, 80)
    #expect(abs(done.count { Set(other.map(\.id)).contains($0) } - 60) <= 2)
    #expect(status(coordinator, "other")?.priority == 30)
  }

  @Test func whoHadNothingToDoDoesNotMakeUpForIt() throws {
    let (one, other) = (trials("one", 200), trials("other", 200))
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan(one, name: "one")))
    var hands = Hands(worker, one + other)
    _ = try hands.work(&coordinator, 100)
    try coordinator.handle(.submitted(Examples.plan(other, name: "other")))
    let done = try hands.work(&coordinator, 40).count { Set(one.map(\.id)).contains($0) }
    #expect((18...23).contains(done), "\(done) of 40")
  }

  @Test func aPausedSweepGetsNothingMoreAndTakesBackWhatOnlyWaits() throws {
    let tasks = trials("one", 6)
    let plan = Examples.plan(tasks, name: "one")
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan))
    try coordinator.hello(worker, slots: 2)
    let grants = try coordinator.beat(worker, credits: 4).grants(to: worker)
    #expect(grants.count == 4)
    let reports = grants.enumerated().map {
      AttemptReport(attempt: $0.element.attempt, phase: $0.offset < 2 ? .running : .queued)
    }
    try coordinator.beat(worker, credits: 4, attempts: reports)
    let actions = try coordinator.handle(.steer(plan.id, .pause))
    #expect(grants.map { actions.cancels($0.attempt) } == [false, false, true, true])
    #expect(try coordinator.finish(worker, grants[0].attempt, Examples.success(tasks[0])).grants(to: worker).isEmpty)
    #expect(try #require(status(coordinator, "one")).isPaused)
    let again = try coordinator.handle(.steer(plan.id, .resume)).grants(to: worker)
    #expect(!again.isEmpty && again.allSatisfy { $0.attempt.epoch > grants[3].attempt.epoch })
  }

  @Test func whatASweepThatGoesOnWantsTooIsGranted() throws {
    let shared = Examples.task("shared")
    let plans = [Examples.plan([shared], name: "one"), Examples.plan([shared], name: "two")]
    var coordinator = Coordinator()
    for plan in plans { try coordinator.handle(.submitted(plan)) }
    try coordinator.handle(.steer(plans[0].id, .pause))
    #expect(try coordinator.join(worker).grants(to: worker).count == 1)
  }

  @Test func aPauseIsKnownToTheNextCoordinatorAndEndsWhenTheSweepIsSubmittedAgain() throws {
    var plan = Examples.plan(trials("one", 2), name: "one")
    plan.steering = SweepSteering(priority: 40, isPaused: true)
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan))
    #expect(try coordinator.join(worker).grants(to: worker).isEmpty)
    plan.steering = nil
    #expect(try coordinator.handle(.submitted(plan)).grants(to: worker).count == 1)
    #expect(status(coordinator, "one")?.priority == 40)
  }

  @Test func onlyWhatHasEndedIsForgottenAndItIsListedAgainWhenItIsSubmittedAgain() throws {
    let plan = Examples.plan(trials("one", 2), name: "one")
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan))
    #expect(coordinator.machine.obstacle(to: .forget, of: plan.id)?.contains("cancel it first") == true)
    try coordinator.handle(.cancelSweep(plan.id))
    #expect(coordinator.machine.obstacle(to: .forget, of: plan.id) == nil)
    #expect(coordinator.machine.obstacle(to: .pause, of: plan.id)?.contains("has ended") == true)
    try coordinator.handle(.steer(plan.id, .forget))
    #expect(status(coordinator, "one") == nil && coordinator.machine.sweep(called: "one") == nil)
    try coordinator.handle(.submitted(plan))
    #expect(status(coordinator, "one") != nil)
  }
}
