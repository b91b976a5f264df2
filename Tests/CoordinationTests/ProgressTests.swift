import Coordination
import Core
import Sweeps
import Testing
import Wire

/// What is said to compute, and how long the rest takes.
@Suite struct ProgressTests {
  let worker = Examples.worker(1)

  private func plan(_ count: Int, seconds: Double = 10, name: String = "sweep") -> SweepPlan {
    SweepPlan(
      id: Digest(of: name), name: name,
      tasks: (0..<count).map {
        PlannedTask(
          specification: Examples.task("\(name) \($0)"), durationClass: name, expectedSeconds: seconds)
      })
  }

  private func status(_ coordinator: Coordinator) -> ClusterStatus {
    coordinator.machine.status(includingWorkers: false)
  }

  @Test func withoutWorkersNothingIsPromised() throws {
    var coordinator = Coordinator()
    #expect(status(coordinator).obstacle == nil && status(coordinator).secondsLeft == 0)
    try coordinator.handle(.submitted(plan(4)))
    #expect(status(coordinator).obstacle == .noWorkers && status(coordinator).secondsLeft == nil)
    try coordinator.join(worker)
    #expect(status(coordinator).obstacle == nil)
    try coordinator.handle(.drain(worker, withinSeconds: nil))
    #expect(status(coordinator).obstacle == .noUsableSlots)
  }

  @Test func onlyWhatHasASlotIsSaidToRun() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan(30)))
    try coordinator.hello(worker, slots: 2)
    let grants = try coordinator.beat(worker, credits: 6).grants(to: worker)
    #expect(grants.count == 6 && status(coordinator).counts.running == 6)
    #expect(status(coordinator).computing == 2 && status(coordinator).sweeps.first?.computing == 2)
  }

  @Test func theRestIsToldByWhatIsExpectedAndThenByWhatWasMeasured() throws {
    var coordinator = Coordinator()
    let plan = plan(10)
    try coordinator.handle(.submitted(plan))
    let grants = try coordinator.join(worker, slots: 2).grants(to: worker)
    #expect(status(coordinator).secondsLeft == 50)
    try coordinator.pass(seconds: 4)
    #expect(status(coordinator).secondsLeft == 46)
    let first = try #require(plan.tasks.first { $0.id == grants[0].attempt.task })
    let success = Examples.success(try TaskSpecification(bytes: first.specification, place: "task"))
    try coordinator.finish(worker, grants[0].attempt, success, seconds: 4)
    // Nine are left, of 4 s each, and 4 s of one of them have passed.
    #expect(status(coordinator).secondsLeft == 16)
  }

  @Test func aSweepThatRestsIsNotCounted() throws {
    var coordinator = Coordinator()
    for name in ["one", "two"] { try coordinator.handle(.submitted(plan(10, name: name))) }
    try coordinator.join(worker, slots: 1)
    #expect(status(coordinator).secondsLeft == 200)
    try coordinator.handle(.steer(Digest(of: "two"), .pause))
    #expect(status(coordinator).secondsLeft == 100)
    #expect(status(coordinator).sweeps.map(\.secondsLeft) == [100, nil])
  }
}
