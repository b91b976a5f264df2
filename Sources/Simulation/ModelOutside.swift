import Coordination
import Core
import Sweeps
import Wire

/// The outside of a simulated coordinator: what waits for it, what it has said, its clock and its disk.
///
/// Survives the coordinator's crashes, as what is outside of a process does. A crash in the middle of a turn is one of
/// its answers: from then on it swallows everything, until the world notices and lets the process end.
struct ModelOutside: CoordinatorOutside, Sendable {
  /// A message on its way out, and when the coordinator sent it.
  struct Sent: Sendable {
    let at: Instant
    let message: CoordinatorMessage
    let route: RouteID
  }

  struct Reply: Sendable {
    let reply: ClientReply
    let route: RouteID
  }

  /// An answer on the objects port, and when the coordinator sent it.
  struct ObjectReply: Sendable {
    let at: Instant
    let message: ObjectMessage
    let request: ObjectRequest
  }

  /// Where in its next commit the coordinator dies.
  enum CrashPoint: Sendable {
    case beforeCommit
    case afterCommit
  }

  /// What handling one message takes.
  private static let secondsPerArrival = 20e-6
  /// Messages on the objects port that are answered in one turn.
  private static let objectFrames = 16

  let workload: Workload
  let sabotage: Sabotage?
  private var generator: SeededGenerator
  /// Goes on while the coordinator works: ahead of the world until its turn is over.
  private(set) var now = Instant.zero

  // What waits, and what was said.
  var inbox: [CoordinatorArrival] = []
  var objectRequests: [ObjectRequest] = []
  private var objectReplies: [ObjectReply] = []
  private var server = ModelObjectServer()
  var outbox: [Sent] = []
  var replies: [Reply] = []

  // The disk.
  private var ledger: [EarlierGrant] = []
  var store = ModelStore()
  /// A real store beside the model, for the few runs that have one.
  var real: RealStore?
  var fullUntil = Instant.zero
  var slowUntil = Instant.zero

  // Crashes.
  var crashPoint: CrashPoint?
  private(set) var hasCrashed = false

  // What is noticed.
  /// The first check that failed.
  private(set) var violation: InvariantViolation?
  var troubles: [Trouble] = []
  /// Lines for a failure's log.
  var lines: [String] = []
  var checks = MessageChecks()
  /// When this turn found that nothing waited any more.
  private var drainedAt: Instant?

  init(seed: UInt64, workload: Workload, sabotage: Sabotage?) {
    self.workload = workload
    self.sabotage = sabotage
    generator = SeededGenerator(seed: seed, purpose: "coordinator")
  }

  /// Whether a poll would return at once.
  var hasWaiting: Bool { !inbox.isEmpty || !objectRequests.isEmpty }

  /// A turn begins.
  mutating func begin(at instant: Instant) {
    now = max(now, instant)
    drainedAt = nil
    checks.beginTurn()
  }

  /// The process has ended; the next one begins with what is left.
  mutating func restart() {
    (inbox, objectRequests, objectReplies, outbox, replies) = ([], [], [], [], [])
    server.restart()
    crashPoint = nil
    hasCrashed = false
  }

  /// Time may pass for the machine only after every frame that had arrived was handled.
  func checkTick(at tick: Instant) throws {
    guard let drainedAt, tick >= drainedAt else {
      throw InvariantViolation("time passed for the coordinator while frames waited")
    }
  }

  /// Remembers the first check that fails.
  private mutating func watch(_ check: (inout ModelOutside) throws -> Void) {
    do { try check(&self) } catch {
      violation = violation ?? error as? InvariantViolation ?? InvariantViolation("\(error)")
    }
  }

  // MARK: Messages

  mutating func nextArrival() -> CoordinatorArrival? {
    guard !inbox.isEmpty, !hasCrashed else {
      drainedAt = drainedAt ?? now
      return nil
    }
    now = now.advanced(bySeconds: Self.secondsPerArrival)
    let arrival = inbox.removeFirst()
    if sabotage == .ignoredPause, case .client(.steer(let name, .pause), _) = arrival {
      store.steering[Digest(of: name)]?.isPaused = true
      return .unusable
    }
    if sabotage == .earlyAcknowledgement, case .agent(.result(let ending), let peer) = arrival {
      send(.acknowledgement(ending.attempt), to: peer.route)
    }
    return arrival
  }

  mutating func serveObjects(_ rights: some ObjectRights) -> [Digest] {
    var lost: [Digest] = []
    for _ in 0..<Self.objectFrames {
      guard !hasCrashed, !objectRequests.isEmpty else { break }
      now = now.advanced(bySeconds: Self.secondsPerArrival)
      let request = objectRequests.removeFirst()
      let answer = server.answer(request, rights, &store, isFull: isFull)
      objectReplies += answer.replies.map { ObjectReply(at: now, message: $0, request: request) }
      if let object = answer.lost { lost.append(mark(object)) }
      if let bytes = answer.staged { watch { try $0.real?.stage([bytes]) } }
    }
    return lost
  }

  /// The store marks the record of a lost object as damaged, which makes its task unfinished.
  private mutating func mark(_ object: Digest) -> Digest {
    troubles.append(.inputGone)
    for (task, entry) in store.records where entry.record.objects.contains(where: { $0.digest == object }) {
      store.records[task] = nil
    }
    return object
  }

  mutating func takeObjectReplies() -> [ObjectReply] {
    defer { objectReplies = [] }
    return objectReplies
  }

  mutating func send(_ message: CoordinatorMessage, to route: RouteID) {
    guard !hasCrashed else { return }
    if case .acknowledgement = message, sabotage == .noAcknowledgements { return }
    put(message, to: route)
    guard case .grants(let grants) = message else { return }
    switch sabotage {
    case .doubleGrants: put(.grants(grants), to: checks.other(than: route) ?? route)
    case .missingInputs: put(.grants(grants.map(\.withoutInputs)), to: route)
    default: break
    }
  }

  private mutating func put(_ message: CoordinatorMessage, to route: RouteID) {
    watch {
      try Message.coordinator(message).checkCoding()
      try $0.checks.check(message, to: route, $0.store, $0.workload)
    }
    outbox.append(Sent(at: now, message: message, route: route))
  }

  mutating func reply(_ reply: ClientReply, to route: RouteID) {
    guard !hasCrashed else { return }
    watch { _ in try Message.reply(reply).checkCoding() }
    replies.append(Reply(reply: reply, route: route))
  }

  mutating func remember(_ grants: [AttemptName], of principal: Principal) {
    guard !hasCrashed else { return }
    ledger += grants.map { EarlierGrant(attempt: $0, key: principal.key) }
  }

  func earlierGrants() -> [EarlierGrant] { ledger }

  // MARK: The store

  mutating func commit(_ requests: [CommitRequest]) -> [CoordinatorMachine.CommitProblem?] {
    guard !hasCrashed, crashPoint != .beforeCommit else {
      if !hasCrashed { troubles.append(.crashBeforeCommit) }
      hasCrashed = true
      return requests.map { _ in nil }
    }
    // The process waits for its disk.
    let seconds = slowUntil > now ? 1 + 4 * generator.uniform() : 0.004 + 0.05 * generator.uniform()
    now = now.advanced(bySeconds: seconds)
    let problems = requests.map { makeDurable($0) }
    if crashPoint == .afterCommit, problems.contains(nil) {
      troubles.append(.crashAfterCommit)
      hasCrashed = true
    }
    return sabotage == .ignoredWriteErrors ? requests.map { _ in nil } : problems
  }

  /// Commits to the model, and, when there is one, to the real store, which must be of the same opinion.
  private mutating func makeDurable(_ request: CommitRequest) -> CoordinatorMachine.CommitProblem? {
    store.isFull = isFull
    let isKnown = store.holds(request.attempt.task, request.outcome)
    var answer = ModelStore.Answer.done
    watch {
      answer = try $0.store.commit(request)
      let specification = $0.workload.items[$0.workload.index[request.attempt.task]!].specification
      if case .done = answer { try $0.real?.commit(request, specification.json.canonical, isKnown: isKnown) }
    }
    switch answer {
    case .done:
      lines.append("store has \(request.attempt.task.short) of \(request.worker.short)")
      return nil
    case .failed(let problem):
      if case .storeFailed = problem { troubles.append(.commitRefused) }
      if case .lackingObjects = problem { troubles.append(.commitLackedObjects) }
      return problem
    }
  }

  func dispute(about task: TaskID) -> Dispute? {
    sabotage == .unsettledDisputes ? nil : store.dispute(about: task)
  }

  func openDisputes() -> [Dispute] {
    sabotage == .unsettledDisputes ? [] : store.disputes.filter { $0.verdict == .open }
  }

  func plan(disputed tasks: [TaskID]) -> SweepPlan? {
    let all = plan(isSecond: true).tasks
    var wanted = Set(tasks)
    for task in all.reversed() where wanted.contains(task.id) { wanted.formUnion(task.inputs.values) }
    let found = all.filter { wanted.contains($0.id) }
    return found.allSatisfy { $0.record != nil } ? .ofDisputed(found) : nil
  }

  private var isFull: Bool { fullUntil > now }

  private mutating func requireSpace() throws {
    if isFull { throw DiskFull() }
  }

  mutating func saveFailures(_ reports: [TaskFailureReport]) throws {
    guard !hasCrashed, !reports.isEmpty else { return }
    guard !isFull else {
      troubles.append(.failuresNotSaved)
      throw DiskFull()
    }
    for report in reports where store.records[report.task] == nil { store.failures[report.task] = report }
  }

  mutating func clearFailures() throws {
    guard !hasCrashed else { return }
    try requireSpace()
    store.failures = [:]
  }

  mutating func plan(
    _ sweep: [UInt8], sources: [NamedObject], memory: TaskMemory, of principal: Principal
  ) throws -> SweepPlan {
    try requireSpace()
    let plan = self.plan(isSecond: sweep == Workload.text(isSecond: true))
    checks.known.insert(plan.id)
    if !hasCrashed, !store.openSweeps.contains(plan.id) {
      store.openSweeps.append(plan.id)
      store.steering[plan.id] = SweepSteering()
    }
    return plan
  }

  private func plan(isSecond: Bool) -> SweepPlan {
    workload.plan(
      isSecond: isSecond, records: sabotage == .forgottenRecords ? [:] : store.records.mapValues(\.record))
  }

  /// Plans of the sweeps that the store knows as open.
  var openPlans: [SweepPlan] {
    store.openSweeps.map {
      var plan = plan(isSecond: $0 == Workload.id(isSecond: true))
      plan.steering = store.steering[$0] ?? SweepSteering()
      return plan
    }
  }

  mutating func save(_ steering: SweepSteering, of sweep: Digest) throws {
    guard !hasCrashed else { return }
    try requireSpace()
    store.steering[sweep] = steering
  }

  mutating func close(_ sweep: Digest) throws {
    guard !hasCrashed else { return }
    try requireSpace()
    store.openSweeps.removeAll { $0 == sweep }
    store.steering[sweep] = nil
  }

  // MARK: What people read

  func label(of task: TaskID) -> String { task.short }

  func task(called label: String) -> TaskID? { nil }

  func completed(_ status: ClusterStatus, withLog: Bool) -> ClusterStatus { status }

  mutating func log(_ notice: Notice) { lines.append("coordinator: \(notice.text)") }

  mutating func warnOnce(_ text: String) { lines.append("coordinator: \(text)") }
}

private struct DiskFull: Error, CustomStringConvertible {
  var description: String { "the disk is full" }
}

extension Grant {
  /// The same in an epoch of its own, without what the task reads.
  fileprivate var withoutInputs: Grant {
    Grant(
      attempt: AttemptName(task: attempt.task, epoch: Epoch(attempt.epoch.value + 1000)),
      specification: specification, inputs: [], sources: [], numericsCore: nil)
  }
}
