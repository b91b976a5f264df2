package import Core
import Sweeps
import Wire

/// An agent's loop: hears, lets the ``WorkerMachine`` decide, and acts, on whatever outside it is given.
///
/// Each turn takes a bounded number of arrivals; time passes only when nothing waits any more.
package struct AgentLoop<Outside: AgentOutside> {
  package private(set) var machine: WorkerMachine
  package var outside: Outside
  package let spool: ResultSpool<Outside.Disk>
  /// The machine wants the process to end.
  package private(set) var isOver = false

  private let cache: ObjectCache<Outside.Disk>
  private var fetcher: ObjectFetcher<Outside.Disk>
  private var offers: ObjectOffers<Outside.Disk>
  private var slots: [SlotWork]
  /// What the machine must hear.
  private var events: [WorkerMachine.Event] = []
  /// Objects that the machine asked for and has not heard of.
  private var asked: Set<Digest> = []
  /// Why the slot that finishes right now could not write its objects.
  private var unwritten: String?

  /// Arrivals that are handled in one turn, so that a flood of them cannot starve the rest.
  private let arrivalLimit: Int

  /// What a slot was last given.
  private struct SlotWork {
    var core: String?
    var grant: Grant?
    /// Some of what the task reads has left the cache since it was fetched, and is fetched again.
    var isWaiting = false
    /// How often something could not be read back.
    var unreadable = 0
  }

  /// How often a task's inputs are fetched again because they cannot be read back.
  private static var rereads: Int { 3 }

  /// Takes over the results that an earlier life left in the spool.
  package init(
    settings: WorkerSettings, outside: Outside, cache: ObjectCache<Outside.Disk>, spool: ResultSpool<Outside.Disk>,
    transfers: TransferSettings = TransferSettings(), arrivalLimit: Int = 4_096
  ) {
    machine = WorkerMachine(settings: settings, spooled: spool.all, at: outside.now)
    self.outside = outside
    (self.cache, self.spool, self.arrivalLimit) = (cache, spool, arrivalLimit)
    fetcher = ObjectFetcher(cache: cache, settings: transfers)
    offers = ObjectOffers(on: spool.disk, settings: transfers) { spool.path(of: $0) }
    slots = Array(repeating: SlotWork(), count: settings.slots)
  }

  /// When it wants another turn even if nothing arrives.
  package var nextDeadline: Instant? {
    [machine.nextDeadline, fetcher.deadline, offers.deadline].compactMap { $0 }.min()
  }

  /// To be called once, before anything else.
  package mutating func start() { perform(machine.start(at: outside.now)) }

  /// One turn.
  package mutating func step() {
    for _ in 0..<arrivalLimit {
      guard !isOver else { return }
      // Nobody may be taken for silent while his frames wait.
      guard let arrival = outside.nextArrival() else { return passTime() }
      hear(arrival)
      settle()
    }
  }

  /// Finish what runs, hand it in and leave.
  package mutating func drain() {
    events.append(.drain)
    settle()
  }

  private mutating func passTime() {
    let now = outside.now
    if let deadline = fetcher.deadline, deadline <= now {
      Self.pass(&fetcher, &outside) { $0.timePassed(at: now, send: $1) }
    }
    if let deadline = offers.deadline, deadline <= now {
      Self.pass(&offers, &outside) { $0.timePassed(at: now, send: $1) }
    }
    if let deadline = machine.nextDeadline, deadline <= now { events.append(.timePassed) }
    settle()
  }

  // MARK: Hearing

  private mutating func hear(_ arrival: AgentArrival) {
    switch arrival {
    case .connected: events.append(.connected)
    case .disconnected: events.append(.disconnected)
    case .control(let message): events.append(.received(message))
    case .objects(let message): hear(message)
    case .slot(let slot, let reply): hear(reply, from: slot)
    case .slotEnded(let slot, let cause):
      slots[slot] = SlotWork()
      events.append(.slotDied(slot: slot, cause))
    case .unusable: break
    }
  }

  private mutating func hear(_ message: ObjectMessage) {
    let now = outside.now
    switch message {
    case .chunk(let chunk): Self.pass(&fetcher, &outside) { $0.handle(chunk, at: now, send: $1) }
    case .notFound(let name): Self.pass(&fetcher, &outside) { $0.handleNotFound(name.digest, at: now, send: $1) }
    case .lackReply(let reply): Self.pass(&offers, &outside) { $0.handle(reply, at: now, send: $1) }
    case .putReply(let reply): Self.pass(&offers, &outside) { $0.handle(reply, at: now, send: $1) }
    case .lack, .get: outside.warnOnce("the coordinator sent a message that is not for an agent's objects port")
    }
  }

  private mutating func hear(_ reply: SlotReply, from slot: Int) {
    switch reply {
    case .ready(let core):
      if let wanted = slots[slot].core, wanted != core {
        outside.warnOnce("slots asked for the BLAS kernel \(wanted) and got \(core): this OpenBLAS does not have it")
      }
      events.append(.slotReady(slot: slot))
    case .progress(let attempt, let signs, let thousandths):
      guard isComputing(attempt, in: slot) else { return }
      events.append(.progressed(slot: slot, units: signs, thousandths: min(thousandths, 1000)))
    case .finished(let attempt, let success, let seconds, let problem):
      guard isComputing(attempt, in: slot) else { return }
      slots[slot].grant = nil
      unwritten = problem
      perform(machine.handle(.finished(slot: slot, success, seconds: seconds), at: outside.now))
      unwritten = nil
    case .failed(let attempt, let cause, let seconds):
      guard isComputing(attempt, in: slot) else { return }
      slots[slot].grant = nil
      events.append(.failed(slot: slot, cause, seconds: seconds))
    case .stopped(let attempt):
      guard isComputing(attempt, in: slot) else { return }
      slots[slot].grant = nil
      events.append(.stopped(slot: slot))
    case .unreadable(let attempt, let object):
      guard isComputing(attempt, in: slot) else { return }
      fetchAgain(object, for: slot)
    }
  }

  private func isComputing(_ attempt: AttemptName, in slot: Int) -> Bool {
    slots[slot].grant?.attempt == attempt && !slots[slot].isWaiting
  }

  // MARK: Acting

  /// Lets the machine hear everything that there is to hear, until nothing follows from it.
  private mutating func settle() {
    while !isOver {
      takeTransferEvents()
      guard !events.isEmpty else { return }
      let batch = events
      events = []
      for event in batch { perform(machine.handle(event, at: outside.now)) }
    }
  }

  /// Passes on what the machine waits for, and starts what waited for inputs.
  private mutating func takeTransferEvents() {
    for event in fetcher.takeEvents() + offers.takeEvents() {
      switch event {
      case .fetched(let digest):
        if asked.remove(digest) != nil { events.append(event) }
        for slot in slotsWaiting(for: digest) { begin(slot) }
      case .fetchFailed(let digest, let reason):
        outside.warnOnce(reason)
        if asked.remove(digest) != nil { events.append(event) }
        for slot in slotsWaiting(for: digest) { giveUp(slot, .missingInput(digest, lastWords: reason)) }
      case .objectsRefused(let attempt, _):
        if let problem = spool.damage(of: attempt) {
          // Nobody will ever take it in, so the task must be computed again.
          spool.discard(attempt)
          events.append(.spoolFailed(attempt, reason: problem))
        } else {
          events.append(event)
        }
      default: events.append(event)
      }
    }
  }

  private func slotsWaiting(for digest: Digest) -> [Int] {
    slots.indices.filter { slots[$0].isWaiting && slots[$0].grant?.objects.contains { $0.digest == digest } == true }
  }

  private mutating func perform(_ actions: [WorkerMachine.Action]) {
    for action in actions { perform(action) }
  }

  private mutating func perform(_ action: WorkerMachine.Action) {
    let now = outside.now
    switch action {
    case .connect: outside.connect()
    case .disconnect: outside.disconnect()
    case .send(.heartbeat(var heartbeat)):
      heartbeat.use = outside.use
      outside.send(.heartbeat(heartbeat))
    case .send(let message): outside.send(message)
    case .fetch(let objects):
      asked.formUnion(objects.map(\.digest))
      Self.pass(&fetcher, &outside) { $0.fetch(objects, at: now, send: $1) }
    case .startSlot(let slot, let core):
      slots[slot] = SlotWork(core: core)
      do { try outside.startSlot(slot, core: core) } catch {
        events.append(.slotDied(slot: slot, .notStarted(lastWords: "\(error)")))
      }
    case .cancelSlot(let slot): cancel(slot)
    case .stopSlot(let slot): outside.stopSlot(slot)
    case .run(let slot, let grant):
      slots[slot].grant = grant
      slots[slot].unreadable = 0
      begin(slot)
    case .spool(let ending): keep(ending)
    case .offer(let attempt, let objects):
      Self.pass(&offers, &outside) { $0.offer(attempt, objects, at: now, send: $1) }
    case .discard(let attempt):
      offers.forget(attempt)
      spool.discard(attempt)
    case .exit: isOver = true
    case .report(let notice): outside.log(notice)
    }
  }

  /// Hands the slot its task as soon as everything that the task reads is in the cache.
  private mutating func begin(_ slot: Int) {
    guard let grant = slots[slot].grant else { return }
    let missing = grant.objects.filter { !cache.contains($0.digest) }
    slots[slot].isWaiting = !missing.isEmpty
    guard missing.isEmpty else {
      let now = outside.now
      return Self.pass(&fetcher, &outside) { $0.fetch(missing, at: now, send: $1) }
    }
    func files(_ objects: [NamedObject]) -> [SlotRequest.File] {
      objects.map { .init(name: $0.name, digest: $0.digest, size: $0.size, path: cache.path(of: $0.digest)) }
    }
    let inputs = Dictionary(grant.inputs.map { ($0.name, files($0.objects)) }) { first, _ in first }
    let request = SlotRequest(
      attempt: grant.attempt, specification: grant.specification, inputs: inputs, sources: files(grant.sources))
    outside.tell(slot, .run(request))
  }

  /// What the slot read is damaged, or gone.
  private mutating func fetchAgain(_ object: Digest, for slot: Int) {
    outside.warnOnce("object \(object.short) was damaged in the cache of this host, and is fetched again")
    cache.remove(object)
    slots[slot].unreadable += 1
    guard slots[slot].unreadable <= Self.rereads else {
      return giveUp(slot, .missingInput(object, lastWords: "the cache of this host does not keep it whole"))
    }
    begin(slot)
  }

  private mutating func giveUp(_ slot: Int, _ cause: FailureCause) {
    (slots[slot].grant, slots[slot].isWaiting) = (nil, false)
    events.append(.failed(slot: slot, cause, seconds: 0))
  }

  private mutating func cancel(_ slot: Int) {
    guard let grant = slots[slot].grant else { return }
    // What still waits for its inputs has nothing to stop.
    guard slots[slot].isWaiting else { return outside.tell(slot, .cancel(grant.attempt)) }
    (slots[slot].grant, slots[slot].isWaiting) = (nil, false)
    events.append(.stopped(slot: slot))
  }

  private mutating func keep(_ ending: TaskEnding) {
    do {
      if let unwritten { throw DiskError(unwritten) }
      try spool.add(ending)
      events.append(.spooled(ending.attempt))
    } catch {
      outside.warnOnce("\(error)")
      events.append(.spoolFailed(ending.attempt, reason: "\(error)"))
    }
  }

  /// Lets a transfer act, with the outside to send through.
  private static func pass<Transfers>(
    _ transfers: inout Transfers, _ outside: inout Outside,
    _ act: (inout Transfers, (ObjectMessage) -> Bool) -> Void
  ) {
    act(&transfers) { outside.send($0) }
  }
}

extension Grant {
  /// Everything that the task reads.
  fileprivate var objects: [NamedObject] { inputs.flatMap(\.objects) + sources }
}
