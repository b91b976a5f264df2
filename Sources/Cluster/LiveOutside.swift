import Coordination
import Core
import Files
import Logging
import ObjectStore
import Sweeps
import Transport
import Wire

/// The outside of a real coordinator: its sockets, its store and its planner.
struct LiveOutside: CoordinatorOutside {
  /// Messages on the objects port that are answered in one turn.
  private static let objectFrames = 256
  private static let probeSeconds = 0.3
  private static let probeInterval = 0.1

  private let log: Logger
  private let tail: LogTail
  private let store: Store
  private let authenticator: Authenticator?
  private let control: Socket
  private let objects: Socket
  private let retryAfterSeconds: Double
  private let ledger: GrantLedger
  /// The version of the list of keys that the loop knows, and who is on it.
  private var knownKeys = 0
  private var principals: [String: Principal] = [:]
  private var warnings: OnceLog
  /// When to look again whose connection has closed, and for how long.
  private(set) var nextProbe: Instant?
  private var probeUntil = Instant.zero
  /// Workers' connections that have closed.
  private var lost: [RouteID] = []
  private var server: ObjectServer
  private var intake: SweepIntake
  private var meter: RateMeter
  /// Incidents in the store.
  private var incidentCount: Int
  /// Why the last results could not be committed; nil once some could.
  private var commitProblem: String?

  init(
    store: Store, intake: SweepIntake, sockets: CoordinatorSockets, authenticator: Authenticator?,
    ledger: GrantLedger, retryAfterSeconds: Double, log: Logger, tail: LogTail
  ) {
    (self.log, self.tail) = (log, tail)
    self.ledger = ledger
    self.store = store
    self.authenticator = authenticator
    (control, objects) = (sockets.control, sockets.objects)
    self.retryAfterSeconds = retryAfterSeconds
    warnings = OnceLog(log)
    server = ObjectServer(store: store, log: log)
    self.intake = intake
    meter = RateMeter(at: MonotonicClock.now)
    incidentCount = (try? store.incidentCount()) ?? 0
  }

  var now: Instant { MonotonicClock.now }

  func log(_ notice: Notice) { log.log(level: notice.level.logLevel, "\(notice.text)") }

  mutating func warnOnce(_ text: String) { warnings.warning(text) }

  // MARK: The control port

  mutating func nextArrival() -> CoordinatorArrival? {
    if let change = changedKeys() { return change }
    if let message = control.receive() { return read(message) }
    return lost.popLast().map { .disconnected($0) }
  }

  /// Some connection on the control port has closed. Whose it was shows when a message to him cannot be delivered, from a
  /// moment later on.
  mutating func noteClosedConnection() {
    probeUntil = now.advanced(bySeconds: Self.probeSeconds)
    nextProbe = nextProbe ?? now
  }

  /// Looks which of these connections have closed.
  mutating func probe(_ connections: [RouteID]) {
    nextProbe = now < probeUntil ? now.advanced(bySeconds: Self.probeInterval) : nil
    let nothing = Frame.encode(.coordinator(.pulse(Pulse(sequence: 0))))
    lost = connections.filter { control.send([$0.bytes, nothing]) == .unreachable }
  }

  /// The list of keys, when it has changed since the loop heard of it.
  private mutating func changedKeys() -> CoordinatorArrival? {
    guard let keys = authenticator?.keys, keys.version != knownKeys else { return nil }
    knownKeys = keys.version
    principals = Dictionary(keys.all.map { ($0.key, $0) }) { first, _ in first }
    return .keysChanged(principals.mapValues(\.role))
  }

  /// Who has the key that the message came with; nil when that key was removed.
  private func principal(of message: ReceivedMessage) -> Principal? {
    authenticator == nil ? .anybody : message.user.flatMap { principals[$0] }
  }

  private mutating func read(_ message: ReceivedMessage) -> CoordinatorArrival {
    guard message.frames.count == 2 else { return unusable("\(sender(of: message)) sent a malformed message") }
    let peer = Peer(route: RouteID(bytes: message.frames[0]), principal: principal(of: message))
    do {
      switch try Frame.decode(message.frames[1]) {
      case .agent(let said): return .agent(said, from: peer)
      case .client(let request): return .client(request, from: peer)
      case .coordinator, .objects, .reply:
        return unusable("\(sender(of: message)) sent a message that is not for a coordinator's control port")
      }
    } catch {
      return refuse(error, message)
    }
  }

  private mutating func unusable(_ warning: String) -> CoordinatorArrival {
    warnings.warning(warning)
    return .unusable
  }

  private mutating func refuse(_ problem: FrameProblem, _ message: ReceivedMessage) -> CoordinatorArrival {
    warnings.warning("\(sender(of: message)) was refused: \(problem)")
    guard case .otherVersion = problem else { return .unusable }
    let reject = Reject(
      reason: "this coordinator speaks protocol version \(Frame.version); install the same Winnow on both sides",
      retryAfterSeconds: retryAfterSeconds)
    _ = control.send([message.frames[0], Frame.encode(.coordinator(.reject(reject)))])
    return .unusable
  }

  mutating func send(_ message: CoordinatorMessage, to route: RouteID) {
    guard let frame = Frame.encodeIfFits(.coordinator(message)) else {
      return warnings.warning("a message to an agent is too large to be sent and is left out")
    }
    _ = control.send([route.bytes, frame])
  }

  func reply(_ reply: ClientReply, to route: RouteID) {
    _ = control.send([route.bytes, Frame.encode(.reply(reply))])
  }

  mutating func remember(_ grants: [AttemptName], of principal: Principal) {
    do { try ledger.add(grants, key: principal.key) } catch {
      warnings.warning("grants cannot be written down, and will be void after a restart: \(error)")
    }
  }

  func earlierGrants() -> [EarlierGrant] { ledger.earlier }

  // MARK: The objects port

  mutating func serveObjects(_ rights: some ObjectRights) -> [Digest] {
    server.begin(at: now, rights)
    for _ in 0..<Self.objectFrames {
      guard server.hasRoom, let message = objects.receive() else { break }
      guard let principal = principal(of: message) else {
        warnings.warning("\(sender(of: message)) asks for objects: \(Admission.unlisted)")
        continue
      }
      guard message.frames.count == 2 else {
        warnings.warning("\(sender(of: message)) sent a malformed message")
        continue
      }
      do {
        guard case .objects(let asked) = try Frame.decode(message.frames[1]) else {
          warnings.warning("\(sender(of: message)) sent a message that is not for a coordinator's objects port")
          continue
        }
        server.handle(asked, from: principal, rights, at: now) { [objects] in
          objects.send([message.frames[0], Frame.encode(.objects($0))]) == .sent
        }
      } catch {
        warnings.warning("\(sender(of: message)) sent something that cannot be read: \(error)")
      }
    }
    return server.takeLost()
  }

  // MARK: The store

  mutating func commit(_ requests: [CommitRequest]) -> [CoordinatorMachine.CommitProblem?] {
    do {
      let (sound, incidents, problems) = try sort(requests)
      _ = try store.commit(sound, incidents: incidents)
      meter.add(sound.count, at: now)
      if !incidents.isEmpty { incidentCount = try store.incidentCount() }
      commitProblem = nil
      return problems
    } catch {
      warnings.warning("\(error)")
      commitProblem = "\(error)"
      return requests.map { _ in .storeFailed("\(error)") }
    }
  }

  /// What can be committed, and for each request what is wrong with it.
  private func sort(
    _ requests: [CommitRequest]
  ) throws -> (sound: [Commit], incidents: [Incident], problems: [CoordinatorMachine.CommitProblem?]) {
    let present = try store.contains(Set(requests.flatMap { $0.success.objects.map(\.digest) }).sorted())
    var sound: [Commit] = []
    var incidents: [Incident] = []
    var problems: [CoordinatorMachine.CommitProblem?] = []
    for request in requests {
      let digests = request.success.objects.map(\.digest)
      let lacking = digests.filter { !present.contains($0) }
      if let problem = request.problem {
        problems.append(.malformed(problem))
      } else if request.isIncident {
        // Its objects are not kept: what is to be settled is settled by computing again.
        log.error(
          "task \(request.attempt.task.short): \(request.principal.label) handed in another outcome than the one that is kept"
        )
        incidents.append(
          Incident(
            task: request.attempt.task, kind: .different, outcome: request.success.outcome,
            attempt: request.signedAttempt))
        problems.append(nil)
      } else if !lacking.isEmpty {
        problems.append(.lackingObjects(lacking))
      } else if let specification = intake.specification(of: request.attempt.task) {
        if let problem = intake.problem(with: request.success.outcome, of: specification) {
          problems.append(.malformed(problem))
          continue
        }
        problems.append(nil)
        sound.append(
          Commit(
            task: request.attempt.task, specification: specification, outcome: request.success.outcome,
            objects: digests, attempt: request.signedAttempt))
      } else {
        problems.append(.malformed("no sweep of this coordinator has the task"))
      }
    }
    return (sound, incidents, problems)
  }

  mutating func dispute(about task: TaskID) -> Dispute? {
    do { return try store.dispute(about: task) } catch {
      warnings.warning("what contradicts task \(task.short) cannot be read: \(error)")
      return nil
    }
  }

  mutating func openDisputes() -> [Dispute] {
    do { return try store.disputes().filter { $0.verdict == .open } } catch {
      warnings.warning("results that contradict each other cannot be read, and are not settled: \(error)")
      return []
    }
  }

  mutating func plan(disputed tasks: [TaskID]) -> SweepPlan? {
    do { return try intake.plan(disputed: tasks) } catch {
      warnings.warning("results that contradict each other cannot be planned again, and are not settled: \(error)")
      return nil
    }
  }

  func saveFailures(_ reports: [TaskFailureReport]) throws {
    try store.saveFailures(
      reports.compactMap { report in
        intake.specification(of: report.task).map {
          FailureRecord(task: report.task, specification: $0, report: report.canonical)
        }
      })
  }

  func clearFailures() throws { _ = try store.clearFailures(of: nil) }

  mutating func plan(
    _ sweep: [UInt8], sources: [NamedObject], memory: TaskMemory, of principal: Principal
  ) throws -> SweepPlan {
    let plan = try intake.take(sweep, sources: sources, memory: memory)
    server.submitted(sources.map(\.digest), of: principal)
    return plan
  }

  mutating func save(_ steering: SweepSteering, of sweep: Digest) throws { try intake.save(steering, of: sweep) }

  mutating func close(_ sweep: Digest) throws { try intake.close(sweep) }

  // MARK: What people read

  /// A status must fit a frame, whatever options people write.
  func label(of task: TaskID) -> String { String((intake.label(of: task) ?? task.short).prefix(160)) }

  func task(called label: String) -> TaskID? { intake.task(called: label) }

  func completed(_ status: ClusterStatus, withLog: Bool) -> ClusterStatus {
    var status = status
    if withLog { status.log = tail.lines(at: now) }
    let rate = meter.rate(at: now)
    status.finishedPerMinute = (rate ?? 0) * 60
    status.storeProblem = (commitProblem ?? server.storeProblem)?.asSentence
    status.refusedKeys = authenticator?.refusals ?? 0
    status.incidents = incidentCount
    for index in status.failures.indices {
      status.failures[index].label = label(of: status.failures[index].report.task)
    }
    for index in status.running.indices { status.running[index].label = label(of: status.running[index].task) }
    return status
  }
}

extension LiveOutside {
  /// Who sent it, for people.
  private func sender(of message: ReceivedMessage) -> String {
    let name = message.user.map { user in principals[user].map(\.label) ?? "the key \(user)" } ?? "a peer"
    return message.address.map { "\(name) at \($0)" } ?? name
  }
}
