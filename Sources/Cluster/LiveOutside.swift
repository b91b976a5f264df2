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
  private let store: Store
  private let authenticator: Authenticator?
  private let control: Socket
  private let objects: Socket
  private let retryAfterSeconds: Double
  private var warnings: OnceLog
  /// When to look again whose connection has closed, and for how long.
  private(set) var nextProbe: Instant?
  private var probeUntil = Instant.zero
  /// Workers without a connection.
  private var lost: [WorkerID] = []
  private var server: ObjectServer
  private var intake: SweepIntake
  private var meter: RateMeter
  /// Why the last results could not be committed; nil once some could.
  private var commitProblem: String?

  init(
    store: Store, intake: SweepIntake, sockets: CoordinatorSockets, authenticator: Authenticator?,
    retryAfterSeconds: Double, log: Logger
  ) {
    self.log = log
    self.store = store
    self.authenticator = authenticator
    (control, objects) = (sockets.control, sockets.objects)
    self.retryAfterSeconds = retryAfterSeconds
    warnings = OnceLog(log)
    server = ObjectServer(store: store, log: log)
    self.intake = intake
    meter = RateMeter(at: MonotonicClock.now)
  }

  var now: Instant { MonotonicClock.now }

  func log(_ notice: Notice) { log.log(level: notice.level.logLevel, "\(notice.text)") }

  mutating func warnOnce(_ text: String) { warnings.warning(text) }

  // MARK: The control port

  mutating func nextArrival() -> CoordinatorArrival? {
    if let message = control.receive() { return read(message) }
    return lost.popLast().map { .disconnected($0) }
  }

  /// Some connection on the control port has closed. Whose it was shows when a message to him cannot be delivered, from a
  /// moment later on.
  mutating func noteClosedConnection() {
    probeUntil = now.advanced(bySeconds: Self.probeSeconds)
    nextProbe = nextProbe ?? now
  }

  /// Looks which of these workers have no connection.
  mutating func probe(_ workers: [WorkerID]) {
    nextProbe = now < probeUntil ? now.advanced(bySeconds: Self.probeInterval) : nil
    let nothing = Frame.encode(.coordinator(.pulse(Pulse(sequence: 0))))
    lost = workers.filter { control.send([$0.bytes, nothing]) == .unreachable }
  }

  private mutating func read(_ message: ReceivedMessage) -> CoordinatorArrival {
    guard message.frames.count == 2 else { return unusable("\(message.sender) sent a malformed message") }
    let peer = message.frames[0]
    do {
      switch try Frame.decode(message.frames[1]) {
      case .agent(let said):
        guard let worker = WorkerID(bytes: peer) else {
          return unusable("\(message.sender) speaks as an agent but has no agent's name")
        }
        return .agent(said, from: worker)
      case .client(let request): return .client(request, from: ClientID(bytes: peer))
      case .coordinator, .objects, .reply:
        return unusable("\(message.sender) sent a message that is not for a coordinator's control port")
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
    warnings.warning("\(message.sender) was refused: \(problem)")
    guard case .otherVersion = problem else { return .unusable }
    let reject = Reject(
      reason: "this coordinator speaks protocol version \(Frame.version); install the same Winnow on both sides",
      retryAfterSeconds: retryAfterSeconds)
    _ = control.send([message.frames[0], Frame.encode(.coordinator(.reject(reject)))])
    return .unusable
  }

  func send(_ message: CoordinatorMessage, to worker: WorkerID) {
    _ = control.send([worker.bytes, Frame.encode(.coordinator(message))])
  }

  func reply(_ reply: ClientReply, to client: ClientID) {
    _ = control.send([client.bytes, Frame.encode(.reply(reply))])
  }

  // MARK: The objects port

  mutating func serveObjects() -> [Digest] {
    for _ in 0..<Self.objectFrames {
      guard let message = objects.receive() else { break }
      guard message.frames.count == 2 else {
        warnings.warning("\(message.sender) sent a malformed message")
        continue
      }
      do {
        guard case .objects(let asked) = try Frame.decode(message.frames[1]) else {
          warnings.warning("\(message.sender) sent a message that is not for a coordinator's objects port")
          continue
        }
        server.handle(asked) { [objects] in objects.send([message.frames[0], Frame.encode(.objects($0))]) == .sent }
      } catch {
        warnings.warning("\(message.sender) sent something that cannot be read: \(error)")
      }
    }
    return server.takeLost()
  }

  // MARK: The store

  mutating func commit(_ requests: [CommitRequest]) -> [CoordinatorMachine.CommitProblem?] {
    do {
      let (sound, problems) = try sort(requests)
      _ = try store.commit(sound)
      meter.add(sound.count, at: now)
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
  ) throws -> (sound: [Commit], problems: [CoordinatorMachine.CommitProblem?]) {
    let present = try store.contains(Set(requests.flatMap { $0.success.objects.map(\.digest) }).sorted())
    var sound: [Commit] = []
    var problems: [CoordinatorMachine.CommitProblem?] = []
    for request in requests {
      let digests = request.success.objects.map(\.digest)
      let lacking = digests.filter { !present.contains($0) }
      if let problem = request.problem {
        problems.append(.malformed(problem))
      } else if !lacking.isEmpty {
        problems.append(.lackingObjects(lacking))
      } else if let specification = intake.specification(of: request.attempt.task) {
        problems.append(nil)
        sound.append(
          Commit(
            task: request.attempt.task, specification: specification, outcome: request.success.outcome,
            objects: digests, attempt: request.success.attempt))
      } else {
        problems.append(.malformed("no sweep of this coordinator has the task"))
      }
    }
    return (sound, problems)
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

  mutating func plan(_ sweep: [UInt8]) throws -> SweepPlan { try intake.take(sweep) }

  mutating func save(_ steering: SweepSteering, of sweep: Digest) throws { try intake.save(steering, of: sweep) }

  mutating func close(_ sweep: Digest) throws { try intake.close(sweep) }

  // MARK: What people read

  /// A status must fit a frame, whatever options people write.
  func label(of task: TaskID) -> String { String((intake.label(of: task) ?? task.short).prefix(160)) }

  func task(called label: String) -> TaskID? { intake.task(called: label) }

  func completed(_ status: ClusterStatus) -> ClusterStatus {
    var status = status
    let rate = meter.rate(at: now)
    status.finishedPerMinute = (rate ?? 0) * 60
    status.storeProblem = (commitProblem ?? server.storeProblem)?.asSentence
    status.refusedKeys = authenticator?.refusals ?? 0
    for index in status.failures.indices {
      status.failures[index].label = label(of: status.failures[index].report.task)
    }
    for index in status.running.indices { status.running[index].label = label(of: status.running[index].task) }
    return status
  }
}

extension ReceivedMessage {
  /// Who sent it, for people.
  fileprivate var sender: String {
    let name = user.map { "the key \($0)" } ?? "a peer"
    return address.map { "\(name) at \($0)" } ?? name
  }
}
