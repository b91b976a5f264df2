package import Core
import Sweeps
import Wire

/// A coordinator's loop: hears, lets the ``CoordinatorMachine`` decide, and acts, on whatever outside it is given.
///
/// Each turn takes a bounded number of arrivals, makes all results among them durable together, and only then
/// acknowledges them. Nobody is taken for silent while his frames wait.
package struct CoordinatorLoop<Outside: CoordinatorOutside> {
  package private(set) var machine: CoordinatorMachine
  package var outside: Outside
  /// Names, keys and connections.
  package private(set) var admission = Admission()
  /// When it ends; nil until somebody wants that.
  private(set) var endsAt: Instant?

  /// Arrivals that are handled in one turn, so that a flood of them cannot starve the rest.
  private let arrivalLimit: Int
  /// Results that this turn will make durable.
  private var commits: [CommitRequest] = []
  /// What the machine said about the sweep that is being handed in.
  private var submitted: Submitted?
  /// Tasks that were given up, and sweeps that have ended, and that the store does not know of yet.
  private var unsavedFailures: [TaskFailureReport] = []
  private var ended: [Digest] = []
  private var retryAt = Instant.zero
  /// Arrivals since nothing waited any more, or time passed.
  private var heardInARow = 0

  /// How long the last results may take to arrive when it ends.
  private static var closingSeconds: Double { 1 }
  /// Arrivals in a row after which everybody who waited was heard: many for each connection that there may be.
  private static var framesThatHearAll: Int { 32_768 }
  /// Seconds that hearing may take in one turn, so that results are committed and objects served under any load.
  private static var hearingSeconds: Double { 0.25 }
  /// When what the disk did not take is tried again.
  private static var retrySeconds: Double { 1 }

  /// Takes up the sweeps that are open in the store.
  package init(
    settings: CoordinatorSettings, outside: Outside, openSweeps: [SweepPlan] = [], arrivalLimit: Int = 4_096
  ) {
    machine = CoordinatorMachine(settings: settings, at: outside.now)
    self.outside = outside
    self.arrivalLimit = arrivalLimit
    for plan in openSweeps { handle(.submitted(plan)) }
    for grant in self.outside.earlierGrants() { handle(.grantedBefore(grant)) }
    takeUpDisputes()
  }

  /// Disputes that the last coordinator has left open. The sweeps of some have ended, and will not come again.
  private mutating func takeUpDisputes() {
    let disputes = outside.openDisputes()
    let strange = disputes.map(\.task).filter { !machine.knows($0) }
    if !strange.isEmpty, let plan = outside.plan(disputed: strange) { handle(.submitted(plan)) }
    for dispute in disputes { handle(.disputed(dispute)) }
  }

  /// When it wants another turn even if nothing arrives.
  package var nextDeadline: Instant? { [machine.nextDeadline, endsAt].compactMap { $0 }.min() }

  /// It was told to end, and the last results had their time to arrive.
  package var isOver: Bool { endsAt.map { $0 <= outside.now } ?? false }

  /// The store knows which tasks were given up and which sweeps have ended.
  package var hasSavedEndings: Bool { unsavedFailures.isEmpty && ended.isEmpty }

  /// One turn.
  package mutating func step() {
    let isDrained = hear()
    for object in outside.serveObjects(machine) { handle(.objectLost(object)) }
    commit()
    saveEndings()
    // Nobody may be taken for silent while his frames wait. Sockets take turns between connections, so many frames in a row have
    // let everybody be heard, and a flood does not stop time.
    let hasHeardAll = isDrained || heardInARow >= Self.framesThatHearAll
    if hasHeardAll { heardInARow = 0 }
    if hasHeardAll, let deadline = machine.nextDeadline, deadline <= outside.now { handle(.timePassed) }
  }

  /// No more grants; results that are on their way may still arrive.
  package mutating func close(_ reason: String) {
    guard endsAt == nil else { return }
    outside.log(Notice(.information, "\(reason): committing what has arrived"))
    handle(.closing)
    endsAt = outside.now.advanced(bySeconds: Self.closingSeconds)
  }

  /// Whether everything that had arrived was handled.
  private mutating func hear() -> Bool {
    let end = outside.now.advanced(bySeconds: Self.hearingSeconds)
    for _ in 0..<arrivalLimit {
      guard let arrival = outside.nextArrival() else { return true }
      heardInARow += 1
      switch arrival {
      case .agent(let message, let peer): hear(message, from: peer)
      case .client(let request, let peer): answer(request, from: peer)
      case .disconnected(let route): if let worker = admission.worker(losing: route) { handle(.disconnected(worker)) }
      case .keysChanged(let roles): cut(roles)
      case .unusable: break
      }
      if outside.now > end { return false }
    }
    return false
  }

  private mutating func hear(_ message: AgentMessage, from peer: Peer) {
    switch admission.admit(message, from: peer) {
    case .worker(let worker):
      guard let principal = peer.principal else { preconditionFailure("somebody without a key was let in") }
      handle(.received(message, from: worker, of: principal))
    case .stranger:
      handle(.turnedAway(isStranger: true))
      if message != .bye { outside.send(.who, to: peer.route) }
    case .refused(let reason):
      handle(.turnedAway(isStranger: false))
      outside.warnOnce("an agent's message is refused: \(reason)")
      let reject = Reject(reason: reason, retryAfterSeconds: machine.settings.retryAfterSeconds)
      outside.send(.reject(reject), to: peer.route)
    }
  }

  /// Whose key was removed or demoted is known no longer.
  private mutating func cut(_ roles: [String: Role]) {
    for worker in admission.cut({ roles[$0] }) { handle(.cut(worker, reason: Admission.unlisted)) }
  }

  private mutating func handle(_ event: CoordinatorMachine.Event) {
    for action in machine.handle(event, at: outside.now) { perform(action) }
  }

  private mutating func perform(_ action: CoordinatorMachine.Action) {
    switch action {
    case .send(let message, let worker): send(message, to: worker)
    case .forgotten(let worker): admission.forget(worker)
    case .commit(let request): commits.append(request)
    case .accepted(let submitted): self.submitted = submitted
    case .gaveUp(let report): unsavedFailures.append(report)
    case .sweepFinished(let sweep, let counts):
      let text = "sweep \(sweep.short) has ended: \(counts.done) of \(counts.total) tasks are done"
      outside.log(Notice(.information, text))
      ended.append(sweep)
    case .report(let notice): outside.log(notice)
    }
  }

  private mutating func send(_ message: CoordinatorMessage, to worker: WorkerID) {
    guard let route = admission.route(to: worker) else { return }
    if case .grants(let grants) = message, let principal = machine.principal(of: worker) {
      outside.remember(grants.map(\.attempt), of: principal)
    }
    outside.send(message, to: route)
  }

  /// Makes this turn's results durable together, then lets the machine acknowledge them.
  private mutating func commit() {
    guard !commits.isEmpty else { return }
    let requests = commits
    commits = []
    let problems = outside.commit(requests)
    for (request, problem) in zip(requests, problems) {
      if let problem { handle(.commitFailed(request.attempt, by: request.worker, problem)) }
    }
    for (request, problem) in zip(requests, problems) where problem == nil {
      handle(.committed(request.attempt, by: request.worker))
      if request.isIncident || machine.isDisputed(request.attempt.task) { look(at: request.attempt.task) }
    }
  }

  /// A result of a task that others contradict was committed.
  private mutating func look(at task: TaskID) {
    if let dispute = outside.dispute(about: task) { handle(.disputed(dispute)) }
  }

  /// Writes down what was given up and which sweeps have ended. What the disk does not take is tried again.
  private mutating func saveEndings() {
    guard !hasSavedEndings, retryAt <= outside.now else { return }
    do {
      try outside.saveFailures(unsavedFailures)
      unsavedFailures = []
      while let sweep = ended.first {
        try outside.close(sweep)
        ended.removeFirst()
      }
    } catch {
      outside.warnOnce("failures or ends of sweeps cannot be written down yet: \(error)")
      retryAt = outside.now.advanced(bySeconds: Self.retrySeconds)
    }
  }
}

extension CoordinatorLoop: Sendable where Outside: Sendable {}

/// Command lines.
extension CoordinatorLoop {
  private mutating func answer(_ request: ClientRequest, from peer: Peer) {
    var reply: ClientReply
    if let objection = Admission.objection(to: request, by: peer) {
      handle(.turnedAway(isStranger: false))
      outside.warnOnce("a command line is refused: \(objection)")
      reply = .refused(objection)
    } else {
      do { reply = try self.reply(to: request, by: peer.principal ?? .anybody) } catch {
        reply = .refused("\(error)".asSentence)
      }
    }
    // What does not fit a frame must not end the coordinator.
    if !Frame.fits(.reply(reply)) { reply = .refused("the answer is too large to be sent") }
    outside.reply(reply, to: peer.route)
  }

  private mutating func reply(to request: ClientRequest, by principal: Principal) throws -> ClientReply {
    switch request {
    case .submit(let text, let sources, let memory):
      guard endsAt == nil else { return .refused("the coordinator is ending; submit again when it is back") }
      return try submit(text, sources, memory, principal)
    case .status(let workers):
      let full = ClientReply.status(status(workers: workers))
      // A cluster so large that its workers do not fit into one frame is told without them.
      return Frame.fits(.reply(full)) ? full : .status(status(workers: false))
    case .failures(let sweep, let place):
      var page = machine.failures(of: sweep, from: place, atMost: Limits.failurePage)
      for index in page.failures.indices {
        page.failures[index].label = outside.label(of: page.failures[index].report.task)
      }
      return .failures(page)
    case .cancelSweep(let text):
      guard let sweep = machine.sweep(called: text) else {
        return .refused("no sweep here has the name \"\(text)\", or an id that only it starts with; see: winnow status")
      }
      // Before anybody is told: a coordinator that dies now must not take it up again.
      try outside.close(sweep)
      handle(.cancelSweep(sweep))
      return .done("sweep \(sweep.short) is cancelled; what it has finished stays, and submitting it again goes on")
    case .explain(let text): return explain(text)
    case .steer(let text, let order): return try steer(text, order)
    case .drainWorker(let selection, let seconds): return drain(selection, within: seconds)
    case .retryFailed:
      try outside.clearFailures()
      handle(.retryFailed)
      return .done("failed tasks, and workers in quarantine, have another chance")
    case .shutdown:
      close("a command line asked to end")
      return .done("the coordinator ends; its store keeps everything, and starting it again goes on")
    }
  }

  private mutating func steer(_ text: String, _ order: SweepOrder) throws -> ClientReply {
    guard let sweep = machine.sweep(called: text), var steering = machine.steering(of: sweep) else {
      return .refused("no sweep here has the name \"\(text)\", or an id that only it starts with; see: winnow sweeps")
    }
    if let obstacle = machine.obstacle(to: order, of: sweep) { return .refused(obstacle) }
    let done: String
    switch order {
    case .pause:
      steering.isPaused = true
      done = "is paused: what runs goes on, nothing more is begun"
    case .resume:
      steering.isPaused = false
      done = "goes on"
    case .priority(let priority):
      steering.priority = priority
      done = "has priority \(priority)"
    case .forget: done = "is not listed any more; its results stay in the store"
    }
    // Before it is done: a coordinator that dies now must not have promised it.
    if order != .forget { try outside.save(steering, of: sweep) }
    handle(.steer(sweep, order))
    return .done("sweep \(sweep.short) \(done)")
  }

  private func explain(_ text: String) -> ClientReply {
    guard let task = machine.task(named: text) ?? outside.task(called: text),
      var explanation = machine.explanation(of: task)
    else {
      return .refused("no task here, or more than one, has an id that starts with \"\(text)\", or is called so")
    }
    explanation.label = outside.label(of: task)
    for index in explanation.inputs.indices {
      explanation.inputs[index].label = outside.label(of: explanation.inputs[index].task)
    }
    return .explanation(explanation)
  }

  private mutating func drain(_ selection: WorkerSelection, within seconds: Double?) -> ClientReply {
    let workers = machine.workers(selection)
    guard !workers.isEmpty else {
      return switch selection {
      case .named(let name):
        .refused("no worker's name, or more than one, starts with \"\(name)\"; see: winnow workers")
      case .host(let host): .refused("no worker is on a host called \"\(host)\"; see: winnow workers")
      case .all: .refused("no worker is connected")
      }
    }
    for worker in workers { handle(.drain(worker, withinSeconds: seconds)) }
    let limit = seconds.map { "; what is not done after \(Int($0)) s goes to others" } ?? ""
    return .done(
      workers.count == 1
        ? "worker \(workers[0].short) takes no more tasks; it leaves when those it has are done\(limit)"
        : "\(workers.count) workers take no more tasks; they leave when those they have are done\(limit)")
  }

  private mutating func submit(
    _ text: [UInt8], _ sources: [NamedObject], _ memory: TaskMemory, _ principal: Principal
  ) throws -> ClientReply {
    let plan = try outside.plan(text, sources: sources, memory: memory, of: principal)
    if let objection = machine.objection(to: plan) {
      try outside.close(plan.id)
      return .refused(objection)
    }
    // It is wanted again: an end that the store was not told yet must not close it now.
    ended.removeAll { $0 == plan.id }
    submitted = nil
    if var steering = machine.steering(of: plan.id), steering.isPaused {
      steering.isPaused = false
      try outside.save(steering, of: plan.id)
    }
    handle(.submitted(plan))
    guard let submitted else { preconditionFailure("the machine did not say what became of sweep \(plan.id)") }
    let tasks = "\(submitted.tasks) tasks, \(submitted.done) of them done before"
    outside.log(Notice(.information, "sweep \(plan.id.short) (\(plan.name)): \(tasks)"))
    return .submitted(submitted)
  }

  private func status(workers: Bool) -> ClusterStatus {
    outside.completed(machine.status(includingWorkers: workers), withLog: workers)
  }
}
