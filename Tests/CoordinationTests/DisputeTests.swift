import Coordination
import Core
import Sweeps
import Testing
import Wire

/// A task whose results contradict each other is computed again until two keys agree.
@Suite struct DisputeTests {
  private let people = ["ada", "bob", "cyd", "dan"].map { Principal(key: "KEY OF \($0)", name: $0, role: .worker) }
  private let workers = (1...4).map { Examples.worker(UInt8($0)) }
  private let task = Examples.task("t")

  private func claim(_ person: Int, _ outcome: TaskEnding.Success) -> Dispute.Claim {
    Dispute.Claim(outcome: Digest(of: outcome.outcome), key: people[person].key, name: people[person].name)
  }

  private var kept: TaskEnding.Success { Examples.success(task) }
  private func other(_ accuracy: Double) -> TaskEnding.Success {
    Examples.success(task, values: ["accuracy": .number(accuracy)])
  }

  /// What the store then tells.
  private func tell(_ coordinator: inout Coordinator, _ claims: Dispute.Claim...) throws
    -> [CoordinatorMachine.Action]
  {
    let dispute = try #require(Dispute(task: task.id, kept: Digest(of: kept.outcome), claims: claims))
    return try coordinator.handle(.disputed(dispute))
  }

  /// The first two have handed in different outcomes; nothing else is to be done.
  private func disputed() throws -> Coordinator {
    var coordinator = Coordinator { $0.auditShare = 1 }
    try coordinator.handle(.submitted(Examples.plan([task])))
    let first = try #require(try coordinator.join(workers[0], of: people[0]).grants(to: workers[0]).first)
    try coordinator.finish(workers[0], first.attempt, kept, of: people[0])
    var actions = try coordinator.join(workers[1], of: people[1])
    actions += try coordinator.pass(seconds: 3)
    let audit = try #require(actions.grants(to: workers[1]).first)
    let handedIn = try coordinator.finish(workers[1], audit.attempt, other(0.5), of: people[1])
    #expect(handedIn.commits.map(\.isIncident) == [true])
    #expect(try tell(&coordinator, claim(0, kept), claim(1, other(0.5))).allGrants.isEmpty)
    return coordinator
  }

  @Test func itWaitsForAWorkerWithAThirdKey() throws {
    var coordinator = try disputed()
    #expect(try coordinator.pass(seconds: 300).allGrants.isEmpty)
    // Another worker of the same key is nobody else.
    #expect(try coordinator.join(Examples.worker(9), of: people[0]).allGrants.isEmpty)
    #expect(coordinator.machine.isDisputed(task.id))
    let asked = try coordinator.join(workers[2], of: people[2]).grants(to: workers[2])
    #expect(asked.map(\.attempt.task) == [task.id])
  }

  @Test func whatTwoKeysFoundSettlesItAndNobodyElseIsAsked() throws {
    var coordinator = try disputed()
    let asked = try #require(try coordinator.join(workers[2], of: people[2]).grants(to: workers[2]).first)
    let commits = try coordinator.finish(workers[2], asked.attempt, kept, of: people[2]).commits
    #expect(commits.map(\.isIncident) == [false] && commits.map(\.principal) == [people[2]])
    let told = try tell(&coordinator, claim(0, kept), claim(2, kept), claim(1, other(0.5)))
    #expect(told.notices.contains { $0.level == .error && $0.text.contains("bob found something else") })
    #expect(!coordinator.machine.isDisputed(task.id))
    #expect(try coordinator.join(workers[3], of: people[3]).allGrants.isEmpty)
  }

  @Test func aThirdOutcomeAsksAFourthKey() throws {
    var coordinator = try disputed()
    let asked = try #require(try coordinator.join(workers[2], of: people[2]).grants(to: workers[2]).first)
    try coordinator.finish(workers[2], asked.attempt, other(0.7), of: people[2])
    #expect(try tell(&coordinator, claim(0, kept), claim(1, other(0.5)), claim(2, other(0.7))).allGrants.isEmpty)
    #expect(try coordinator.join(workers[3], of: people[3]).grants(to: workers[3]).count == 1)
  }

  @Test func itComesBeforeOtherWork() throws {
    var coordinator = try disputed()
    let more = (0..<20).map { Examples.task("\($0)") }
    try coordinator.handle(.submitted(Examples.plan(more, name: "more")))
    let asked = try coordinator.join(workers[2], of: people[2]).grants(to: workers[2])
    #expect(asked.map(\.attempt.task).contains(task.id))
  }

  @Test func whoSaysEverNewThingsDoesNotKeepOthersBusy() throws {
    var coordinator = try disputed()
    try coordinator.join(workers[2], of: people[2])
    let claims = [claim(0, kept), claim(1, other(0.5)), claim(1, other(0.6))]
    let dispute = try #require(Dispute(task: task.id, kept: Digest(of: kept.outcome), claims: claims))
    #expect(try coordinator.handle(.disputed(dispute)).allGrants.isEmpty)
    #expect(try coordinator.join(workers[3], of: people[3]).allGrants.isEmpty, "somebody computes already")
  }

  @Test func whoHoldsTheRunAndNeverFinishesIsNotWaitedFor() throws {
    var coordinator = try disputed()
    let asked = try #require(try coordinator.join(workers[2], of: people[2]).grants(to: workers[2]).first)
    try coordinator.join(workers[3], of: people[3])
    var (seconds, others): (Int, [Grant]) = (0, [])
    while seconds < 120, others.isEmpty {
      let report = AttemptReport(attempt: asked.attempt, phase: .running, progress: UInt64(seconds))
      try coordinator.beat(workers[2], attempts: [report], of: people[2])
      others = try coordinator.beat(workers[3], of: people[3]).grants(to: workers[3])
      others += try coordinator.pass(seconds: 5).grants(to: workers[3])
      seconds += 5
    }
    #expect(others.map(\.attempt.task) == [task.id] && (60...70).contains(seconds))
  }

  @Test func aRunThatIsLostOrFailsIsMadeUpForAfterAWhile() throws {
    for isLost in [false, true] {
      var coordinator = try disputed()
      let asked = try #require(try coordinator.join(workers[2], of: people[2]).grants(to: workers[2]).first)
      if isLost {
        try coordinator.handle(.received(.bye, from: workers[2], of: people[2]))
        try coordinator.join(Examples.worker(8), of: people[2])
      } else {
        try coordinator.fail(workers[2], asked.attempt, .exception, of: people[2])
      }
      let next = isLost ? Examples.worker(8) : workers[2]
      #expect(try coordinator.pass(seconds: 5).allGrants.isEmpty, "not at once: it may fail again")
      var grants: [Grant] = []
      for _ in 0..<15 where grants.isEmpty {
        grants =
          try coordinator.pass(seconds: 5).grants(to: next) + coordinator.beat(next, of: people[2]).grants(to: next)
      }
      #expect(grants.map(\.attempt.task) == [task.id])
    }
  }

  @Test func theNextCoordinatorGoesOnWithIt() throws {
    var coordinator = Coordinator()
    // Told before anybody wants the task again.
    #expect(try tell(&coordinator, claim(0, kept), claim(1, other(0.5))).allGrants.isEmpty)
    let record = TaskRecord(outcome: Digest(of: kept.outcome), objects: [])
    let plan = SweepPlan(
      id: Digest(of: "sweep"), name: "sweep", tasks: [PlannedTask(specification: task, record: record)])
    try coordinator.join(workers[0], of: people[0])
    #expect(try coordinator.handle(.submitted(plan)).allGrants.isEmpty)
    #expect(try coordinator.join(workers[2], of: people[2]).grants(to: workers[2]).map(\.attempt.task) == [task.id])
  }
}

extension [CoordinatorMachine.Action] {
  fileprivate var notices: [Notice] { compactMap { if case .report(let notice) = $0 { notice } else { nil } } }
}
