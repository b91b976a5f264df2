import Coordination
import Core
import Files
import Foundation
package import Logging
import ObjectStore
package import Planning
import Sweeps
import Transport
import Wire

/// The coordinator: owns the store and the sockets, and computes nothing.
///
/// What it does is decided by a `CoordinatorMachine`; this is the shell that hears and acts. One thread makes it and runs
/// it. Each turn of its loop drains the sockets, makes all results that came in durable with one synchronisation of the
/// disk, and only then acknowledges them.
package final class CoordinatorProcess {
  /// Frames that are handled in one turn, so that a flood of one kind cannot starve the rest.
  private static let controlFrames = 4_096
  private static let objectFrames = 256
  /// How long the last results may take to arrive when it ends.
  private static let closingSeconds = 1.0
  /// When what the disk did not take is tried again.
  private static let retrySeconds = 1.0

  private let configuration: ClusterConfiguration
  private let log: Logger
  private var warnings: OnceLog
  private let signals: SignalDescriptor
  private let store: Store
  private let context: Context
  private let authenticator: Authenticator?
  private let control: Socket
  private let objects: Socket
  private let monitors: [SocketMonitor]
  private let note: CoordinatorNoteFile
  private var server: ObjectServer
  /// Why the last results could not be committed; nil once some could.
  private var commitProblem: String?
  private var intake: SweepIntake
  private var machine: CoordinatorMachine
  private var meter: RateMeter
  /// Results that this turn will make durable.
  private var commits: [CommitRequest] = []
  /// What the machine said about the sweep that is being handed in.
  private var submitted: Submitted?
  private var endsAt: Instant?
  /// Tasks that were given up, and sweeps that have ended, and that the store does not know of yet.
  private var unsavedFailures: [TaskFailureReport] = []
  private var ended: [Digest] = []
  private var retryAt = Instant.zero

  /// Opens the store, takes up open sweeps, then listens.
  ///
  /// - Throws: one clear sentence: a store in use, a key that is missing, a port that is taken.
  package init(_ configuration: ClusterConfiguration, planner: any SweepPlanning, log: Logger) throws {
    self.configuration = configuration
    self.log = log
    warnings = OnceLog(log)
    signals = try SignalDescriptor([SIGTERM, SIGINT])
    store = try Store.openForWriting(at: configuration.store, owner: "winnow-coordinator, process \(getpid())")
    let context = Context(ioThreads: 2)
    self.context = context
    let keys = try configuration.keys.map {
      try CoordinatorKeys(
        directory: $0, authorizedKeys: configuration.authorizedKeys ?? "\($0)/authorized_keys", context: context,
        log: log)
    }
    authenticator = keys?.authenticator
    server = ObjectServer(store: store, log: log)
    intake = try SweepIntake(store: store, planner: planner, resume: configuration.resume)
    let now = MonotonicClock.now
    machine = CoordinatorMachine(
      settings: configuration.machineSettings(epoch: UInt32(truncatingIfNeeded: store.epoch.value)), at: now)
    meter = RateMeter(at: now)
    let sockets = try CoordinatorSockets(context, configuration, keys: keys?.pair)
    (control, objects, monitors) = (sockets.control, sockets.objects, sockets.monitors)
    note = CoordinatorNoteFile(
      store: store.path,
      note: CoordinatorNote(
        control: sockets.controlEndpoint, objects: sockets.objectsEndpoint,
        serverKey: keys?.pair.publicKey.description, keysDirectory: configuration.keys, processID: Int(getpid()),
        epoch: Int(store.epoch.value)))
    // Frames wait in the sockets until the loop runs, so agents meet a coordinator that knows its sweeps.
    for plan in try intake.takeUp(log: log) { handle(.submitted(plan)) }
  }

  /// Works until it is told to end.
  package func run() throws {
    try note.write()
    log.info(
      "listening on \(note.note.control) (objects \(note.note.objects)), store \(store.path), epoch \(store.epoch)")
    if authenticator == nil { log.warning("no keys: whoever reaches these addresses can join") }
    while !isOver { turn() }
    try store.flush()
    note.remove()
    log.info("ended in order; start it again to go on")
  }

  private var isOver: Bool { endsAt.map { $0 <= MonotonicClock.now } ?? false }

  private func turn() {
    wait()
    hearSignals()
    authenticator?.answerRequests()
    hearMonitors()
    let isControlDrained = hearControl()
    hearObjects()
    commit()
    saveEndings()
    // Nobody may be taken for silent while his frames wait.
    if isControlDrained, let deadline = machine.nextDeadline, deadline <= MonotonicClock.now { handle(.timePassed) }
  }

  // MARK: Hearing

  private func wait() {
    let now = MonotonicClock.now
    let deadline = [machine.nextDeadline, endsAt].compactMap { $0 }.min()
    let seconds = deadline.map { max(0, min(60, $0.seconds(since: now))) } ?? 60
    var sources: [PollSource] = [.socket(control), .socket(objects), .descriptor(signals.descriptor)]
    sources += monitors.map { .socket($0.socket) }
    if let authenticator { sources.append(.socket(authenticator.socket)) }
    _ = Poller.wait(for: sources, milliseconds: Int((seconds * 1000).rounded(.up)))
  }

  private func hearSignals() {
    while signals.next() != nil { close("told to end") }
  }

  /// No more grants; results that are on their way may still arrive.
  private func close(_ reason: String) {
    guard endsAt == nil else { return }
    log.info("\(reason): committing what has arrived")
    handle(.closing)
    endsAt = MonotonicClock.now.advanced(bySeconds: Self.closingSeconds)
  }

  private func hearMonitors() {
    for monitor in monitors {
      while let event = monitor.next() {
        if case .refused(let reason) = event { warnings.warning(reason) }
      }
    }
  }

  /// Whether everything that had arrived was handled.
  private func hearControl() -> Bool {
    for _ in 0..<Self.controlFrames {
      guard let message = control.receive() else { return true }
      hear(message)
    }
    return false
  }

  private func hear(_ message: ReceivedMessage) {
    guard message.frames.count == 2 else { return warnings.warning("\(message.sender) sent a malformed message") }
    let peer = message.frames[0]
    do {
      switch try Frame.decode(message.frames[1]) {
      case .agent(let said):
        guard let worker = WorkerID(bytes: peer) else {
          return warnings.warning("\(message.sender) speaks as an agent but has no agent's name")
        }
        handle(.received(said, from: worker))
      case .client(let request): answer(request, from: peer)
      case .coordinator, .objects, .reply:
        warnings.warning("\(message.sender) sent a message that is not for a coordinator's control port")
      }
    } catch {
      refuse(error, message)
    }
  }

  private func refuse(_ problem: FrameProblem, _ message: ReceivedMessage) {
    warnings.warning("\(message.sender) was refused: \(problem)")
    guard case .otherVersion = problem else { return }
    let reject = Reject(
      reason: "this coordinator speaks protocol version \(Frame.version); install the same Winnow on both sides",
      retryAfterSeconds: machine.settings.retryAfterSeconds)
    _ = control.send([message.frames[0], Frame.encode(.coordinator(.reject(reject)))])
  }

  private func hearObjects() {
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
        server.handle(asked) { objects.send([message.frames[0], Frame.encode(.objects($0))]) == .sent }
      } catch {
        warnings.warning("\(message.sender) sent something that cannot be read: \(error)")
      }
    }
    for event in server.takeEvents() { handle(event) }
  }

  // MARK: Acting

  private func handle(_ event: CoordinatorMachine.Event) {
    for action in machine.handle(event, at: MonotonicClock.now) { perform(action) }
  }

  private func perform(_ action: CoordinatorMachine.Action) {
    switch action {
    case .send(let message, let worker): _ = control.send([worker.bytes, Frame.encode(.coordinator(message))])
    case .commit(let request): commits.append(request)
    case .accepted(let submitted): self.submitted = submitted
    case .gaveUp(let report): unsavedFailures.append(report)
    case .sweepFinished(let sweep, let counts):
      log.info("sweep \(sweep.short) has ended: \(counts.done) of \(counts.total) tasks are done")
      ended.append(sweep)
    case .report(let notice): log.log(level: notice.level.logLevel, "\(notice.text)")
    }
  }

  /// Writes down what was given up and which sweeps have ended. What the disk does not take is tried again.
  private func saveEndings() {
    guard !unsavedFailures.isEmpty || !ended.isEmpty, retryAt <= MonotonicClock.now else { return }
    do {
      try store.saveFailures(
        unsavedFailures.compactMap { report in
          intake.specification(of: report.task).map {
            FailureRecord(task: report.task, specification: $0, report: report.canonical)
          }
        })
      unsavedFailures = []
      while let sweep = ended.first {
        try intake.close(sweep)
        ended.removeFirst()
      }
    } catch {
      warnings.warning("failures or ends of sweeps cannot be written down yet: \(error)")
      retryAt = MonotonicClock.now.advanced(bySeconds: Self.retrySeconds)
    }
  }

  // MARK: Results

  /// Makes this turn's results durable together, then lets the machine acknowledge them.
  private func commit() {
    guard !commits.isEmpty else { return }
    let requests = commits
    commits = []
    do {
      let (sound, problems) = try sort(requests)
      _ = try store.commit(sound.map(\.commit))
      for (request, problem) in problems { handle(.commitFailed(request.attempt, by: request.worker, problem)) }
      for (request, _) in sound { handle(.committed(request.attempt, by: request.worker)) }
      meter.add(sound.count, at: MonotonicClock.now)
      commitProblem = nil
    } catch {
      warnings.warning("\(error)")
      commitProblem = "\(error)"
      for request in requests {
        handle(.commitFailed(request.attempt, by: request.worker, .storeFailed("\(error)")))
      }
    }
  }

  private func sort(
    _ requests: [CommitRequest]
  ) throws -> (
    sound: [(request: CommitRequest, commit: Commit)], problems: [(CommitRequest, CoordinatorMachine.CommitProblem)]
  ) {
    let present = try store.contains(Set(requests.flatMap { $0.success.objects.map(\.digest) }).sorted())
    var sound: [(CommitRequest, Commit)] = []
    var problems: [(CommitRequest, CoordinatorMachine.CommitProblem)] = []
    for request in requests {
      let digests = request.success.objects.map(\.digest)
      let lacking = digests.filter { !present.contains($0) }
      if let problem = request.problem {
        problems.append((request, .malformed(problem)))
      } else if !lacking.isEmpty {
        problems.append((request, .lackingObjects(lacking)))
      } else if let specification = intake.specification(of: request.attempt.task) {
        sound.append(
          (
            request,
            Commit(
              task: request.attempt.task, specification: specification, outcome: request.success.outcome,
              objects: digests, attempt: request.success.attempt)
          ))
      } else {
        problems.append((request, .malformed("no sweep of this coordinator has the task")))
      }
    }
    return (sound, problems)
  }

  // MARK: Command lines

  private func answer(_ request: ClientRequest, from peer: [UInt8]) {
    let reply: ClientReply
    do { reply = try self.reply(to: request) } catch {
      reply = .refused("\(error)".asSentence)
    }
    _ = control.send([peer, Frame.encode(.reply(reply))])
  }

  private func reply(to request: ClientRequest) throws -> ClientReply {
    switch request {
    case .submit(let text):
      guard endsAt == nil else { return .refused("the coordinator is ending; submit again when it is back") }
      return try submit(text)
    case .status(let workers):
      let full = ClientReply.status(status(workers: workers))
      // A cluster so large that its workers do not fit into one frame is told without them.
      return Frame.fits(.reply(full)) ? full : .status(status(workers: false))
    case .failures(let sweep, let place):
      var page = machine.failures(of: sweep, from: place, atMost: Limits.failurePage)
      page.failures = page.failures.map(labelled)
      return .failures(page)
    case .cancelSweep(let text):
      guard let sweep = machine.sweep(called: text) else {
        return .refused("no sweep here has the name \"\(text)\", or an id that only it starts with; see: winnow status")
      }
      // Before anybody is told: a coordinator that dies now must not take it up again.
      try intake.close(sweep)
      handle(.cancelSweep(sweep))
      return .done("sweep \(sweep.short) is cancelled; what it has finished stays, and submitting it again goes on")
    case .drainWorker(let name):
      guard let worker = machine.worker(named: name) else {
        return .refused("no worker's name, or more than one, starts with \"\(name)\"; see: winnow workers")
      }
      handle(.drain(worker))
      return .done("worker \(worker.short) takes no more tasks; it leaves when those it has are done")
    case .retryFailed:
      _ = try store.clearFailures(of: nil)
      handle(.retryFailed)
      return .done("failed tasks, and workers in quarantine, have another chance")
    case .shutdown:
      close("a command line asked to end")
      return .done("the coordinator ends; its store keeps everything, and starting it again goes on")
    }
  }

  private func submit(_ text: [UInt8]) throws -> ClientReply {
    let plan = try intake.take(text)
    // It is wanted again: an end that the store was not told yet must not close it now.
    ended.removeAll { $0 == plan.id }
    submitted = nil
    handle(.submitted(plan))
    guard let submitted else { preconditionFailure("the machine did not say what became of sweep \(plan.id)") }
    log.info("sweep \(plan.id.short) (\(plan.name)): \(submitted.tasks) tasks, \(submitted.done) of them done before")
    return .submitted(submitted)
  }

  /// The machine's status, with names for people, the rate and how long the rest may take.
  private func status(workers: Bool) -> ClusterStatus {
    var status = machine.status(includingWorkers: workers)
    let rate = meter.rate(at: MonotonicClock.now)
    status.finishedPerMinute = (rate ?? 0) * 60
    status.secondsLeft = status.counts.isFinished ? 0 : rate.map { Double(status.counts.unfinished) / $0 }
    status.storeProblem = (commitProblem ?? server.storeProblem)?.asSentence
    status.refusedKeys = authenticator?.refusals ?? 0
    status.failures = status.failures.map(labelled)
    for index in status.running.indices { status.running[index].label = label(of: status.running[index].task) }
    return status
  }

  private func labelled(_ failure: FailedTask) -> FailedTask {
    FailedTask(report: failure.report, label: label(of: failure.report.task))
  }

  /// The name that people know a task by. A status must fit a frame, whatever options people write.
  private func label(of task: TaskID) -> String { String((intake.label(of: task) ?? task.short).prefix(160)) }
}

extension ReceivedMessage {
  /// Who sent it, for people.
  fileprivate var sender: String {
    let name = user.map { "the key \($0)" } ?? "a peer"
    return address.map { "\(name) at \($0)" } ?? name
  }
}
