import Coordination
import Core
import Sweeps
import Testing
import Wire

@Suite struct AuditTests {
  private let ada = Principal(key: "A", name: "ada", role: .worker)
  private let eve = Principal(key: "E", name: "eve", role: .worker)
  private let first = Examples.worker(1)
  private let second = Examples.worker(2)
  private let task = Examples.task("t")

  private func audited(share: Double = 1) throws -> (Coordinator, [AttemptName]) {
    var coordinator = Coordinator { $0.auditShare = share }
    try coordinator.handle(.submitted(Examples.plan([task])))
    let granted = try coordinator.join(first, of: eve).sent(to: first).grantedAttempts
    try coordinator.finish(first, try #require(granted.first), Examples.success(task), of: eve)
    // Slots of the same key are idle, and do not count.
    try coordinator.join(Examples.worker(3), of: eve)
    #expect(try coordinator.pass(seconds: 3).sent(to: Examples.worker(3)).grantedAttempts.isEmpty)
    try coordinator.join(second, of: ada)
    let attempts = try coordinator.pass(seconds: 3).sent(to: second).grantedAttempts
    return (coordinator, attempts)
  }

  @Test func aResultIsComputedOnceMoreUnderAnotherKeyAndWhoFoundTheSameIsWrittenDown() throws {
    var (coordinator, granted) = try audited()
    #expect(granted.map(\.task) == [task.id])
    let actions = try coordinator.succeed(second, granted[0], Examples.success(task), of: ada)
    #expect(actions.commits.map(\.isIncident) == [false])
    #expect(actions.commits.map(\.principal) == [ada])
    let status = coordinator.machine.status(includingWorkers: true)
    #expect(status.counters.audits == 1 && status.counters.incidents == 0 && status.counts.done == 1)
    #expect(try coordinator.pass(seconds: 10).sent(to: second).grantedAttempts.isEmpty, "once is enough")
  }

  @Test func anotherOutcomeIsAnIncident() throws {
    var (coordinator, granted) = try audited()
    let other = Examples.success(task, values: ["accuracy": 0.5])
    #expect(try coordinator.succeed(second, granted[0], other, of: ada).commits.map(\.isIncident) == [true])
    #expect(coordinator.machine.status(includingWorkers: false).counters.incidents == 1)
  }

  @Test func anAuditThatStandsStillIsStopped() throws {
    var (coordinator, granted) = try audited()
    let report = AttemptReport(attempt: granted[0], phase: .running, progress: 1)
    var seconds = 0
    while seconds < 10_000, try !coordinator.beat(second, attempts: [report], of: ada).cancels(granted[0]) {
      try coordinator.pass(seconds: 2)
      seconds += 2
    }
    #expect((3_600...3_604).contains(seconds))
    #expect(coordinator.machine.status(includingWorkers: true).counts.done == 1)
    // Its slot is free, and the process does not count as dead.
    #expect(coordinator.machine.status(includingWorkers: true).counters.processDeaths == 0)
    let next = try coordinator.handle(.submitted(Examples.plan([Examples.task("next")], name: "next")))
    #expect(next.sent(to: second).grantedAttempts.count == 1)
  }

  @Test func anAuditThatIsLostOrFailsHarmsNothing() throws {
    for ending in 0..<3 {
      var (coordinator, granted) = try audited()
      switch ending {
      case 0: try coordinator.fail(second, granted[0], .exception, of: ada)
      case 1: try coordinator.handle(.received(.bye, from: second, of: ada))
      default:
        for _ in 0..<5 {
          try coordinator.pass(seconds: 5)
          try coordinator.beat(second, of: ada)
        }
      }
      let status = coordinator.machine.status(includingWorkers: true)
      #expect(status.counts.done == 1 && status.counts.failed == 0 && status.counters.exceptions == 0)
    }
  }

  @Test func nothingIsAuditedUnlessAskedFor() throws {
    #expect(try audited(share: 0).1.isEmpty)
  }
}

extension [CoordinatorMessage] {
  fileprivate var grantedAttempts: [AttemptName] {
    flatMap { message in if case .grants(let grants) = message { grants.map(\.attempt) } else { [AttemptName]() } }
  }
}
