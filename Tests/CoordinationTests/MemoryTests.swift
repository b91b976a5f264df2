import Coordination
import Core
import Sweeps
import Testing
import Wire

/// Tasks that need much memory, and workers that have it or not.
@Suite struct MemoryTests {
  private let small = Examples.worker(1)
  private let large = Examples.worker(2)
  private let silent = Examples.worker(3)
  private let gigabyte = 1_000_000_000
  private let task = Examples.task("t")

  private func plan(_ specifications: [TaskSpecification], memory: Int?, name: String = "sweep") -> SweepPlan {
    SweepPlan(
      id: Digest(of: name), name: name, tasks: specifications.map { PlannedTask(specification: $0, memory: memory) })
  }

  private func explanation(_ coordinator: Coordinator) throws -> TaskExplanation {
    try #require(coordinator.machine.explanation(of: task.id))
  }

  @Test func aTaskGoesToNobodyWithLessThanItNeedsAndItIsSaidWhy() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan([task], memory: 8 * gigabyte)))
    #expect(try coordinator.join(small, memory: 4 * gigabyte).allGrants.isEmpty)
    let explanation = try explanation(coordinator)
    #expect(explanation.obstacles.map(\.reason) == [.memory])
    #expect((7 * gigabyte...8 * gigabyte).contains(try #require(explanation.memory)))
    var status = coordinator.machine.status(includingWorkers: true)
    #expect(status.outOfReach == 1 && status.obstacle == .nobodyFits)
    #expect(status.workers.map(\.slotMemory) == [4 * gigabyte])
    let granted = try coordinator.join(large, memory: 16 * gigabyte)
    #expect(granted.grants(to: large).map(\.attempt.task) == [task.id])
    status = coordinator.machine.status(includingWorkers: false)
    #expect(status.outOfReach == 0 && status.obstacle == nil)
  }

  @Test func whoDoesNotSayWhatThereIsIsGivenEverythingAndSoAreTasksThatSayNothing() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan([task], memory: 8 * gigabyte)))
    #expect(try coordinator.join(silent).grants(to: silent).count == 1)
    try coordinator.handle(.submitted(plan([Examples.task("u")], memory: nil, name: "other")))
    #expect(try coordinator.join(small, memory: 1).grants(to: small).count == 1)
  }

  @Test func smallTasksDoNotWaitBehindLargeOnesThatNobodyMayHave() throws {
    var coordinator = Coordinator()
    let large = (0..<50).map { Examples.task("large \($0)") }
    try coordinator.handle(.submitted(plan(large, memory: 64 * gigabyte, name: "large")))
    try coordinator.handle(.submitted(plan([task], memory: gigabyte, name: "small")))
    #expect(try coordinator.join(small, memory: 2 * gigabyte).grants(to: small).map(\.attempt.task) == [task.id])
  }

  @Test func whatPassesByLessThanAnEighthIsLetThrough() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan([task], memory: (8 << 30) + (1 << 29))))
    #expect(try coordinator.join(small, memory: 8 << 30).grants(to: small).count == 1)
    try coordinator.handle(.submitted(plan([Examples.task("u")], memory: 9 << 30, name: "other")))
    #expect(try coordinator.join(large, memory: (9 << 30) - 1).allGrants.isEmpty)
  }

  @Test(arguments: [FailureCause.signalled(9), .outOfMemory(megabytes: 5_000, limit: 4_000)])
  func aTaskThatRanOutOfMemoryGoesToWhoHasMore(cause: FailureCause) throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan([task], memory: nil)))
    let first = try #require(try coordinator.join(small, memory: 4 * gigabyte).grants(to: small).first)
    // Another small one is there, and free.
    try coordinator.join(silent, memory: 4 * gigabyte)
    try coordinator.join(large, memory: 16 * gigabyte)
    let died = try coordinator.die(small, first.attempt, cause)
    #expect(died.allGrants.map(\.attempt.task) == [task.id] && died.grants(to: large).count == 1)
    #expect(coordinator.machine.story(of: task.id).contains { $0.text == "is for workers with more memory" })
  }

  @Test func withoutAnybodyWhoHasMoreItIsTriedElsewhereAndThenGivenUpWithTheReason() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(plan([task], memory: nil)))
    let cause = FailureCause.outOfMemory(megabytes: 5_000, limit: 4_000)
    let workers = [small, large, silent]
    var actions: [CoordinatorMachine.Action] = []
    for worker in workers { actions += try coordinator.join(worker, memory: 4 * gigabyte) }
    for _ in 1...3 {
      let worker = try #require(workers.first { !actions.grants(to: $0).isEmpty })
      let grant = try #require(actions.grants(to: worker).first)
      actions = try coordinator.die(worker, grant.attempt, cause)
    }
    #expect(actions.failures.map(\.cause) == [cause] && actions.failures.map(\.isQuarantined) == [true])
  }

  @Test func aKeyMayNotHaveWorkersOfTooManyKinds() throws {
    var coordinator = Coordinator { $0.workerKindsPerKey = 2 }
    try coordinator.join(small, memory: gigabyte)
    try coordinator.join(large, memory: 2 * gigabyte)
    let third = try coordinator.join(silent, memory: 4 * gigabyte)
    #expect(
      third.sent(to: silent).contains {
        if case .reject(let reject) = $0 { reject.reason.contains("memory") } else { false }
      })
  }
}
