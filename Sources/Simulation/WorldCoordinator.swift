import Coordination
import Core
import Wire

/// The coordinator's shell, modelled.
extension World {
  mutating func startCoordinator() throws {
    guard coordinator.machine == nil else { return }
    coordinator.life += 1
    if sabotage != .reusedEpochs { coordinator.epoch += 1 }
    coordinator.finished = [:]
    coordinator.scheduledTick = nil
    var settings = CoordinatorSettings(coordinatorEpoch: max(1, coordinator.epoch))
    settings.stallSeconds = 60
    coordinator.machine = CoordinatorMachine(settings: settings, at: now)
    try submit(isSecond: false)
    if hasSecondSweep { try submit(isSecond: true) }
  }

  private mutating func submit(isSecond: Bool) throws {
    let records = sabotage == .forgottenRecords ? [:] : store.records.mapValues(\.record)
    try tell(.submitted(workload.plan(isSecond: isSecond, records: records)))
  }

  mutating func submitSecondSweep() throws {
    guard coordinator.machine != nil else { return agenda.add(.secondSweep, at: after(5)) }
    hasSecondSweep = true
    try submit(isSecond: true)
  }

  /// Nobody wants the sweep any more. False when the coordinator is down, frozen or knows no such sweep.
  mutating func cancelSweep(isSecond: Bool) throws -> Bool {
    let id = workload.plan(isSecond: isSecond, records: [:]).id
    guard let machine = coordinator.machine, coordinator.frozenUntil <= now,
      let sweep = machine.status(includingWorkers: false).sweeps.first(where: { $0.id == id }), !sweep.isCancelled
    else { return false }
    try tell(.cancelSweep(id))
    return true
  }

  /// Somebody wants a sweep that was cancelled; harmless when none was.
  mutating func resubmit(isSecond: Bool) throws {
    guard coordinator.machine != nil, !isSecond || hasSecondSweep else { return }
    guard coordinator.frozenUntil <= now else {
      return agenda.add(.resubmission(isSecond: isSecond), at: coordinator.frozenUntil)
    }
    coordinator.finished[workload.plan(isSecond: isSecond, records: [:]).id] = nil
    try submit(isSecond: isSecond)
  }

  /// Every sweep has ended, as far as the coordinator knows.
  var allFinished: Bool {
    hasSecondSweep && coordinator.finished.count == 2 && coordinator.finished.values.allSatisfy(\.isFinished)
  }

  /// The process ends without warning. Of what the store worked on, some is durable.
  mutating func crashCoordinator() throws {
    guard coordinator.machine != nil else { return }
    takeCounters()
    coordinator.machine = nil
    coordinator.life += 1
    for request in coordinator.commits {
      guard chance(0.5) else {
        count(.crashBeforeCommit)
        continue
      }
      if case .done = try makeDurable(request) { count(.crashAfterCommit) }
    }
    coordinator.commits = []
    if !store.staged.isEmpty { count(.crashLostObjects) }
    store.staged = []
    try real?.crash()
    coordinator.frozenUntil = .zero
    for host in hosts.indices where hosts[host].connection != nil {
      hosts[host].connection = nil
      if !isCut(host) { agenda.add(.disconnected(host: host, life: hosts[host].life), at: after(faults.delay)) }
    }
    agenda.add(.coordinatorStarts, at: after(0.5 + 20 * generator.uniform()))
  }

  mutating func coordinatorTick(_ life: Int) throws {
    guard life == coordinator.life, let machine = coordinator.machine else { return }
    coordinator.scheduledTick = nil
    if let deadline = machine.nextDeadline, deadline <= now, sabotage != .endlessPatience {
      try tell(.timePassed)
    } else {
      scheduleCoordinatorTick()
    }
    try retryIfNeeded()
  }

  private mutating func scheduleCoordinatorTick() {
    guard let deadline = coordinator.machine?.nextDeadline else { return }
    let step = sabotage == .endlessPatience ? after(1) : max(now, deadline)
    if let scheduled = coordinator.scheduledTick, scheduled <= step { return }
    coordinator.scheduledTick = step
    agenda.add(.coordinatorTick(life: coordinator.life), at: whenTimerFires(step))
  }

  mutating func tell(_ event: CoordinatorMachine.Event) throws {
    guard coordinator.machine != nil else { return }
    steps += 1
    epochsBefore = max(epochsBefore, epochsNow.max() ?? 0)
    epochsNow = []
    let actions = coordinator.machine!.handle(event, at: now)
    try coordinator.machine!.checkInvariants()
    for action in actions { try perform(action) }
    scheduleCoordinatorTick()
  }

  private mutating func perform(_ action: CoordinatorMachine.Action) throws {
    switch action {
    case .send(let message, let worker): try send(message, to: worker)
    case .commit(let request):
      coordinator.commits.append(request)
      let isSlow = storeSlowUntil > now
      let end = after(isSlow ? 1 + 4 * generator.uniform() : 0.004 + 0.05 * generator.uniform())
      agenda.add(.committed(life: coordinator.life, request), at: end)
      // The process waits for its disk.
      if isSlow { coordinator.frozenUntil = max(coordinator.frozenUntil, end) }
      if sabotage == .earlyAcknowledgement { try send(.acknowledgement(request.attempt), to: request.worker) }
    case .sweepFinished(let sweep, let counts): coordinator.finished[sweep] = counts
    case .gaveUp(let report): store.failures[report.task] = report
    case .accepted, .report: break
    }
  }

  private mutating func send(_ message: CoordinatorMessage, to worker: WorkerID) throws {
    try checkCoding(.coordinator(message))
    if case .acknowledgement(let attempt) = message {
      if sabotage == .noAcknowledgements { return }
      try checkAcknowledgement(attempt, worker)
    }
    guard case .grants(let grants) = message else { return sendDown(message, to: worker) }
    try checkGrants(grants)
    guard let changed = sabotaged(grants, for: worker) else { return sendDown(message, to: worker) }
    try checkGrants(changed.grants)
    sendDown(.grants(changed.grants), to: changed.worker)
  }

  private func sabotaged(_ grants: [Grant], for worker: WorkerID) -> (grants: [Grant], worker: WorkerID)? {
    switch sabotage {
    case .doubleGrants:
      return hosts.first { $0.id != worker }.map { (grants, $0.id) }
    case .missingInputs:
      let emptied = grants.map {
        Grant(
          attempt: AttemptName(task: $0.attempt.task, epoch: Epoch($0.attempt.epoch.value + 1000)),
          specification: $0.specification, inputs: [], sources: [], numericsCore: nil)
      }
      return (emptied, worker)
    default: return nil
    }
  }

  /// Commits to the model, and, when there is one, to the real store, which must be of the same opinion.
  private mutating func makeDurable(_ request: CommitRequest) throws -> ModelStore.Answer {
    store.isFull = storeFullUntil > now
    let isKnown = store.holds(request.attempt.task, request.outcome)
    let answer = try store.commit(request)
    guard case .done = answer, let real else { return answer }
    let specification = workload.items[workload.index[request.attempt.task]!].specification
    try real.commit(request, specification.json.canonical, isKnown: isKnown)
    return answer
  }

  /// The store has come to an end with a request.
  mutating func commit(_ life: Int, _ request: CommitRequest) throws {
    guard life == coordinator.life, coordinator.machine != nil else { return }
    coordinator.commits.removeAll { $0 == request }
    switch try makeDurable(request) {
    case .done: try tell(.committed(request.attempt, by: request.worker))
    case .failed(let problem):
      if case .storeFailed = problem { count(.commitRefused) }
      if case .lackingObjects = problem { count(.commitLackedObjects) }
      if sabotage == .ignoredWriteErrors { return try tell(.committed(request.attempt, by: request.worker)) }
      try tell(.commitFailed(request.attempt, by: request.worker, problem))
    }
  }

  /// The operator who, when everything is repaired, gives what failed another chance.
  private mutating func retryIfNeeded() throws {
    guard isHealed, allFinished, now.seconds(since: lastRetry) > 30,
      workload.items.contains(where: { needsRecord($0) && store.records[$0.specification.id] == nil })
    else { return }
    lastRetry = now
    try tell(.retryFailed)
  }

  func needsRecord(_ item: Workload.Item) -> Bool { workload.canSucceed(item.specification.id) }
}
