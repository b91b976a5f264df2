import Coordination
import Core
import Testing
import Wire

@Suite struct AdmissionTests {
  private let ada = Principal(key: "A", name: "ada", role: .worker)
  private let eve = Principal(key: "E", name: "eve", role: .worker)
  private let worker = Examples.worker(1)

  private func hello(_ worker: WorkerID, incarnation: UInt64 = 1) -> AgentMessage {
    .hello(
      Hello(
        worker: worker, sequence: 1, incarnation: incarnation, build: "b", host: "h", slots: 1, cores: [], attempts: [])
    )
  }

  private func peer(_ route: UInt8, _ principal: Principal?) -> Peer {
    Peer(route: RouteID(bytes: [route]), principal: principal)
  }

  @Test func aConnectionSpeaksForTheWorkerThatSaidHelloOnIt() {
    var admission = Admission()
    #expect(admission.admit(.bye, from: peer(1, ada)) == .stranger)
    #expect(admission.admit(hello(worker), from: peer(1, ada)) == .worker(worker))
    #expect(admission.admit(.bye, from: peer(1, ada)) == .worker(worker))
    #expect(admission.admit(.bye, from: peer(2, ada)) == .stranger)
    #expect(admission.route(to: worker) == RouteID(bytes: [1]))
  }

  @Test func aNameIsNotTakenByAnotherKeyUntilItIsForgotten() {
    var admission = Admission()
    _ = admission.admit(hello(worker), from: peer(1, ada))
    guard case .refused = admission.admit(hello(worker, incarnation: 99), from: peer(2, eve)) else {
      Issue.record("taken")
      return
    }
    #expect(admission.route(to: worker) == RouteID(bytes: [1]))
    // Nor is the connection, should another key ever come by it.
    #expect(admission.admit(.bye, from: peer(1, eve)) == .stranger)
    admission.forget(worker)
    #expect(admission.route(to: worker) == nil)
    #expect(admission.admit(.bye, from: peer(1, ada)) == .stranger)
    #expect(admission.admit(hello(worker), from: peer(2, eve)) == .worker(worker))
  }

  @Test func answersGoWhereTheLastMessageCameFrom() {
    var admission = Admission()
    for route: UInt8 in 1...5 { _ = admission.admit(hello(worker), from: peer(route, ada)) }
    #expect(admission.route(to: worker) == RouteID(bytes: [5]))
    // One connection back, messages may still be on their way.
    #expect(admission.admit(.bye, from: peer(4, ada)) == .worker(worker))
    #expect(admission.route(to: worker) == RouteID(bytes: [4]))
    #expect(admission.admit(.bye, from: peer(1, ada)) == .stranger)
  }

  @Test func aKeyThatIsGoneOrMayNotComputeIsRefused() {
    var admission = Admission()
    _ = admission.admit(hello(worker), from: peer(1, ada))
    guard case .refused(let gone) = admission.admit(.bye, from: peer(1, nil)),
      case .refused(let client) = admission.admit(
        hello(worker), from: peer(3, Principal(key: "C", name: "carl", role: .client)))
    else {
      Issue.record("let in")
      return
    }
    #expect(gone.contains("not among the authorised keys"))
    #expect(client.contains("carl") && client.contains("worker"))
    #expect(admission.cut { ["A": .worker][$0] } == [])
    #expect(admission.cut { ["A": .client][$0] } == [worker])
    #expect(admission.cut { _ in nil } == [worker])
  }

  /// A connection that has closed matters only as long as nothing came over a later one.
  @Test func aClosedConnectionIsThatOfTheWorkerThatSpokeOnItLast() {
    var admission = Admission()
    let ada = Principal(key: "A", name: "ada", role: .worker)
    #expect(admission.admit(hello(worker), from: peer(1, ada)) == .worker(worker))
    #expect(admission.worker(losing: peer(1, ada).route) == worker)
    #expect(admission.worker(losing: peer(2, ada).route) == nil)
    #expect(admission.admit(hello(worker), from: peer(2, ada)) == .worker(worker))
    #expect(admission.worker(losing: peer(1, ada).route) == nil)
    #expect(admission.worker(losing: peer(2, ada).route) == worker)
    #expect(admission.connections == [peer(2, ada).route])
  }

  @Test(arguments: [
    (ClientRequest.submit([]), [Role.client, .admin]), (.status(workers: true), [.client, .admin]),
    (.failures(sweep: nil, from: 0), [.client, .admin]), (.cancelSweep("a"), [.client, .admin]),
    (.steer("a", .pause), [.client, .admin]), (.steer("a", .forget), [.client, .admin]),
    (.explain("a"), [.client, .admin]), (.retryFailed, [.client, .admin]),
    (.drainWorker(.named("a"), withinSeconds: nil), [.admin]), (.drainWorker(.all, withinSeconds: 5), [.admin]),
    (.shutdown, [.admin]),
  ])
  func eachRequestNeedsItsRole(request: ClientRequest, allowed: [Role]) {
    for role in Role.allCases {
      let peer = peer(1, Principal(key: "K", name: "k", role: role))
      #expect((Admission.objection(to: request, by: peer) == nil) == allowed.contains(role), "\(role)")
    }
    #expect(Admission.objection(to: request, by: peer(1, nil)) != nil)
  }
}

/// What the machine believes of what members say.
@Suite struct MemberTests {
  private let ada = Principal(key: "A", name: "ada", role: .worker)
  private let eve = Principal(key: "E", name: "eve", role: .worker)
  private let first = Examples.worker(1)
  private let second = Examples.worker(2)
  private let task = Examples.task("t")

  /// A coordinator that has granted the task to ada.
  private func granted() throws -> (Coordinator, AttemptName) {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    try coordinator.join(first, of: ada)
    try coordinator.join(second, of: eve)
    let attempt = try #require(coordinator.machine.story(of: task.id).last?.epoch).attempt(of: task.id)
    return (coordinator, attempt)
  }

  @Test func aResultOfSomebodyElsesGrantIsNotTaken() throws {
    var (coordinator, attempt) = try granted()
    let lie = Examples.success(task, values: ["accuracy": 0.9999])
    let actions = try coordinator.succeed(second, attempt, lie, of: eve)
    #expect(actions.commits.isEmpty)
    #expect(actions.sent(to: second).rejections == [.notGranted])
    let honest = try coordinator.succeed(first, attempt, Examples.success(task), of: ada)
    #expect(honest.commits.map(\.principal) == [ada])
  }

  @Test func anAttemptIsAdoptedOnlyByTheKeyThatItWasGrantedToByThisLifeOrAnEarlierOne() throws {
    let old = AttemptName(task: task.id, epoch: Epoch(6 << 32 | 3))
    for (principal, isBelieved) in [(ada, true), (eve, false)] {
      var coordinator = Coordinator()
      try coordinator.handle(.submitted(Examples.plan([task])))
      try coordinator.handle(.grantedBefore(EarlierGrant(attempt: old, key: ada.key)))
      let actions = try coordinator.hello(
        first, attempts: [AttemptReport(attempt: old, phase: .running)], of: principal)
      #expect(actions.sent(to: first).contains(.cancel(old)) == !isBelieved)
      #expect(coordinator.machine.status(includingWorkers: true).workers.map(\.held) == [isBelieved ? 1 : 0])
    }
  }

  @Test func aKeyReadsWhatItsLeasesReadAndHandsInWhatItWasGranted() throws {
    let object = NamedObject(name: "pool", digest: Digest(of: "pool"), size: 4)
    let maker = Examples.task("maker", kind: .part)
    let reader = Examples.task("reader", inputs: [maker])
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([maker, reader])))
    let actions = try coordinator.join(first, of: ada)
    let made = try #require(actions.granted.first)
    #expect(coordinator.machine.mayHandIn(made, ada) && !coordinator.machine.mayHandIn(made, eve))
    try coordinator.finish(first, made, Examples.success(maker, objects: [object]), of: ada)
    #expect(!coordinator.machine.mayHandIn(made, ada), "its task is done")
    let read = try #require(try coordinator.beat(first, of: ada).granted.first ?? coordinator.lastGrant(of: reader.id))
    #expect(coordinator.machine.mayRead(object.digest, ada))
    #expect(!coordinator.machine.mayRead(object.digest, eve))
    #expect(coordinator.machine.mayRead(object.digest, Principal(key: "C", name: "c", role: .client)))
    try coordinator.finish(first, read, Examples.success(reader), of: ada)
    #expect(!coordinator.machine.mayRead(object.digest, ada), "nothing of it is in force")
  }

  @Test func whoHasFinishedNothingHoldsLittleWhateverHeAsksFor() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan((0..<500).map { Examples.task("\($0)") })))
    try coordinator.hello(first, slots: 1_000, of: eve)
    let held = try coordinator.beat(first, credits: 65_536, of: eve).granted
    #expect(held.count == 64)
    for attempt in held.prefix(10) {
      let specification = Examples.task(
        "\(try #require((0..<500).first { Examples.task("\($0)").id == attempt.task }))")
      try coordinator.finish(first, attempt, Examples.success(specification), of: eve)
    }
    let more = coordinator.machine.status(includingWorkers: true).workers[0].held
    #expect(more == 64 + 4 * 10)
  }

  @Test func tasksThatSomebodyKeepsGoToOthersInTheEndAndHeGetsNoMore() throws {
    var coordinator = Coordinator()
    let tasks = (0..<12).map { Examples.task("\($0)") }
    try coordinator.handle(.submitted(Examples.plan(tasks)))
    try coordinator.hello(first, slots: 64, of: eve)
    let hoard = try coordinator.beat(first, credits: 64, of: eve).granted
    #expect(hoard.count == 12)
    try coordinator.join(second, of: ada)
    var done: Set<TaskID> = []
    for round in 1...200 where done.count < tasks.count {
      let reports = hoard.map { AttemptReport(attempt: $0, phase: .running, progress: UInt64(round)) }
      try coordinator.beat(first, credits: 64, attempts: reports, of: eve)
      try coordinator.beat(second, of: ada)
      let copies = try coordinator.pass(seconds: 5).sent(to: second).grantedAttempts
      for attempt in copies {
        let specification = try #require(tasks.first { $0.id == attempt.task })
        try coordinator.finish(second, attempt, Examples.success(specification), of: ada)
        done.insert(attempt.task)
      }
    }
    #expect(done.count == tasks.count)
    try coordinator.handle(.submitted(Examples.plan((20..<40).map { Examples.task("\($0)") }, name: "next")))
    func held() -> Int? { coordinator.machine.status(includingWorkers: true).workers.first { $0.id == first }?.held }
    #expect(held() == 0)
    // After a while there is another chance.
    for _ in 0..<130 {
      try coordinator.pass(seconds: 5)
      try coordinator.beat(first, credits: 64, of: eve)
    }
    #expect(held() ?? 0 > 0)
  }

  @Test func aTaskThatWaitsForWhoKeepsTasksDoesNotKeepCopiesFromStarting() throws {
    var coordinator = Coordinator()
    let tasks = (0..<4).map { Examples.task("\($0)") }
    try coordinator.handle(.submitted(Examples.plan(tasks)))
    try coordinator.hello(first, slots: 2, of: eve)
    let hoard = try coordinator.beat(first, credits: 2, of: eve).granted
    #expect(hoard.count == 2)
    // A task whose process died on the other worker waits for this one, which takes nothing more.
    let died = try #require(try coordinator.join(second, of: ada).sent(to: second).grantedAttempts.first)
    var granted = try coordinator.fail(second, died, .processDied, of: ada).sent(to: second).grantedAttempts
    #expect(granted.allSatisfy { $0.task != died.task })
    var done: Set<TaskID> = []
    var keeps = hoard
    for round in 1...200 where done.count < tasks.count {
      for attempt in granted {
        let specification = try #require(tasks.first { $0.id == attempt.task })
        try coordinator.finish(second, attempt, Examples.success(specification), of: ada)
        done.insert(attempt.task)
      }
      let reports = keeps.map { AttemptReport(attempt: $0, phase: .running, progress: UInt64(round)) }
      keeps += try coordinator.beat(first, credits: 2, attempts: reports, of: eve).granted
      granted = try coordinator.beat(second, of: ada).sent(to: second).grantedAttempts
      granted += try coordinator.pass(seconds: 5).sent(to: second).grantedAttempts
    }
    #expect(done.count == tasks.count)
  }

  @Test func aResultThatIsSaidToBeThereAndDoesNotComeIsComputedElsewhere() throws {
    var (coordinator, attempt) = try granted()
    for _ in 0..<16 {
      try coordinator.beat(first, attempts: [AttemptReport(attempt: attempt, phase: .finished)], of: ada)
      try coordinator.beat(second, of: eve)
      if try coordinator.pass(seconds: 5).sent(to: second).grantedAttempts.contains(where: { $0.task == task.id }) {
        return
      }
    }
    Issue.record("it is waited for")
  }

  @Test func workersAndKindsOfHostsOfOneKeyAreBounded() throws {
    var coordinator = Coordinator {
      $0.workersPerKey = 3
      $0.workerKindsPerKey = 2
    }
    func isWelcome(_ number: UInt8, cores: [String], of principal: Principal) throws -> Bool {
      let actions = try coordinator.hello(Examples.worker(number), cores: cores, of: principal)
      return actions.sent(to: Examples.worker(number)).contains { if case .welcome = $0 { true } else { false } }
    }
    #expect(try isWelcome(1, cores: ["a"], of: eve))
    #expect(try isWelcome(2, cores: ["b"], of: eve))
    #expect(try !isWelcome(3, cores: ["c"], of: eve))
    #expect(try isWelcome(3, cores: ["b"], of: eve))
    #expect(try !isWelcome(4, cores: ["b"], of: eve))
    #expect(try isWelcome(5, cores: ["c"], of: ada), "another key has room of its own")
    // Who leaves makes room, and leaves nothing behind.
    try coordinator.handle(.received(.bye, from: Examples.worker(1), of: eve))
    #expect(try isWelcome(6, cores: ["d"], of: eve))
  }

  @Test func aWorkerThatIsCutIsToldAndWhatItHeldIsFree() throws {
    var (coordinator, attempt) = try granted()
    let actions = try coordinator.handle(.cut(first, reason: "no"))
    #expect(actions.contains(.forgotten(first)))
    #expect(actions.sent(to: first).contains(.reject(Reject(reason: "no", retryAfterSeconds: 60))))
    #expect(actions.sent(to: second).grantedAttempts.map(\.task) == [attempt.task])
  }

  @Test func aReportOfMuchThatNobodyKnowsIsNotAnsweredWithAsMuch() throws {
    var coordinator = Coordinator()
    let reports = (0..<5_000).map {
      AttemptReport(attempt: AttemptName(task: Examples.task("\($0)").id, epoch: Epoch(1)), phase: .running)
    }
    #expect(try coordinator.hello(first, attempts: reports, of: eve).count <= 260)
  }

  @Test func aSweepBeyondTheLimitIsNotTakenIn() throws {
    let coordinator = Coordinator { $0.taskLimit = 3 }
    let plan = Examples.plan((0..<4).map { Examples.task("\($0)") })
    #expect(coordinator.machine.objection(to: plan)?.contains("4 tasks") == true)
    #expect(coordinator.machine.objection(to: Examples.plan([task])) == nil)
  }
}

extension Epoch {
  fileprivate func attempt(of task: TaskID) -> AttemptName { AttemptName(task: task, epoch: self) }
}

extension Coordinator {
  /// The last attempt of the task that was granted.
  fileprivate func lastGrant(of task: TaskID) -> AttemptName? {
    machine.story(of: task).last { $0.text == "granted" }?.epoch.map { AttemptName(task: task, epoch: $0) }
  }
}

extension [CoordinatorMachine.Action] {
  /// Everything that was granted, to whomever.
  fileprivate var granted: [AttemptName] {
    flatMap { action in
      if case .send(.grants(let grants), _) = action { grants.map(\.attempt) } else { [AttemptName]() }
    }
  }
}

extension [CoordinatorMessage] {
  fileprivate var grantedAttempts: [AttemptName] {
    flatMap { message in if case .grants(let grants) = message { grants.map(\.attempt) } else { [AttemptName]() } }
  }
  fileprivate var rejections: [RejectedResult.Cause] {
    compactMap { if case .rejectedResult(let rejected) = $0 { rejected.cause } else { nil } }
  }
}
