import Coordination
import Core
import Files
import Foundation
package import Logging
import Numerics
import Transport
import Wire

/// The agent of a host: owns the sockets, the object cache and the slot processes, and computes nothing itself.
///
/// What it does is decided by a `WorkerMachine`; this is the shell that hears and acts. One thread makes it and runs it.
package final class AgentProcess {
  /// How an agent ended.
  package enum Ending: Sendable {
    /// It finished what it had and said goodbye.
    case left
    /// It was told twice to end and left at once; unacknowledged results wait in its spool.
    case interrupted
  }

  private let settings: AgentSettings
  private let log: Logger
  private var warnings: OnceLog
  private let signals: SignalDescriptor
  private let context = Context(ioThreads: 2)
  private let cache: ObjectCache
  private let home: AgentHome
  private let spool: ResultSpool
  private let slots: SlotPool
  private var fetcher: ObjectFetcher
  private var offers: ObjectOffers
  private var control: Connection?
  private var objects: Connection
  private var machine: WorkerMachine
  private var events: [WorkerMachine.Event] = []
  /// Objects that the machine asked for and has not heard of.
  private var asked: Set<Digest> = []
  /// Grants whose inputs left the cache between fetch and start.
  private var delayed: [Int: Grant] = [:]
  private var unwritten: [AttemptName: String] = [:]
  private var isConnected = false
  private var interruptions = 0
  private var hasExited = false

  /// Takes a home in the cache and the results that an earlier life left there.
  package init(_ settings: AgentSettings, log: Logger) throws {
    self.settings = settings
    self.log = log
    warnings = OnceLog(log)
    signals = try SignalDescriptor([SIGTERM, SIGINT])
    // A slot that dies while a task is handed to it shows at its other pipe.
    signal(SIGPIPE, SIG_IGN)
    cache = try ObjectCache(directory: settings.cacheDirectory, limit: settings.cacheLimit)
    let host = ThisHost.name
    home = try AgentHome(under: settings.cacheDirectory, host: host)
    let spool = try ResultSpool(directory: home.directory + "/spool", cache: cache)
    self.spool = spool
    slots = SlotPool(
      program: SlotPool.Program(
        path: settings.slotProgram, arguments: settings.slotArguments + ["--cache", settings.cacheDirectory]))
    fetcher = ObjectFetcher(cache: cache)
    offers = ObjectOffers { spool.path(of: $0) }
    objects = try Connection(context, to: settings.objects, settings, options: .objects, name: nil)
    var workerSettings = WorkerSettings(
      id: home.id, incarnation: home.incarnation, build: Build.identity, host: host, slots: settings.slots,
      cores: Self.cores)
    workerSettings.graceSeconds = settings.graceSeconds
    machine = WorkerMachine(settings: workerSettings, spooled: spool.all, at: MonotonicClock.now)
  }

  /// Works until it is told to leave.
  package func run() -> Ending {
    announce()
    perform(machine.start(at: MonotonicClock.now))
    while !hasExited {
      handleEvents()
      guard !hasExited else { break }
      wait()
    }
    slots.stopAll()
    if interruptions < 2 { log.info("left in order") }
    return interruptions > 1 ? .interrupted : .left
  }

  private static var cores: [String] {
    OpenBLASCore.allCases.filter { OpenBLASCore.problem(withPin: $0.rawValue, on: .current) == nil }.map(\.rawValue)
  }

  private func announce() {
    let environment = NumericsEnvironment.current
    log.info(
      "agent \(home.id.short) with \(settings.slots) slots for \(settings.control); BLAS kernel \(environment.core)")
    for warning in environment.warnings() { log.warning("\(warning)") }
    if !spool.all.isEmpty { log.info("results of an earlier life to hand in: \(spool.all.count)") }
  }

  // MARK: Hearing

  private func wait() {
    let now = MonotonicClock.now
    let deadlines = [
      machine.nextDeadline, fetcher.deadline, offers.deadline, control?.retryAt, objects.retryAt,
    ].compactMap { $0 }
    let seconds = deadlines.min().map { max(0, $0.seconds(since: now)) } ?? 60
    let pipes = slots.descriptors
    var sources: [PollSource] = [.descriptor(signals.descriptor)]
    sources += pipes.map { .descriptor($0.descriptor) }
    sources += objects.sources + (control?.sources ?? [])
    let ready = Poller.wait(for: sources, milliseconds: Int((min(seconds, 60) * 1000).rounded(.up)))
    hearSignals()
    for (index, pipe) in pipes.enumerated() where ready[index + 1] { hearSlot(pipe.slot) }
    hearObjects()
    hearControl()
    hearTime()
  }

  private func hearSignals() {
    while signals.next() != nil {
      interruptions += 1
      guard interruptions == 1 else {
        log.info("told to end again: leaving at once; unacknowledged results are kept")
        hasExited = true
        return
      }
      log.info("told to end: finishing what runs, then leaving")
      events.append(.drain)
    }
  }

  private func hearSlot(_ slot: Int) {
    for heard in slots.read(slot) {
      switch heard {
      case .event(let event):
        if case .slotDied = event { delayed[slot] = nil }
        events.append(event)
      case .core(let core, let wanted):
        if let wanted, wanted != core {
          warnings.warning("slots asked for the BLAS kernel \(wanted) and got \(core): this OpenBLAS does not have it")
        }
      case .unwritten(let attempt, let reason): unwritten[attempt] = reason
      }
    }
  }

  private func hearControl() {
    guard let control else { return }
    for event in control.hearEvents(at: MonotonicClock.now) {
      switch event {
      case .ready:
        isConnected = true
        warnings.forget()
        log.info("connected to the coordinator at \(settings.control)")
        events.append(.connected)
      case .disconnected:
        isConnected = false
        events.append(.disconnected)
      case .refused(let reason): warnings.warning(reason)
      }
    }
    while let message = control.socket.receive() {
      switch decode(message) {
      case .coordinator(let message): events.append(.received(message))
      case .none: break
      default: warnings.warning("the coordinator sent a message that is not for agents")
      }
    }
  }

  private func hearObjects() {
    for event in objects.hearEvents(at: MonotonicClock.now) {
      // As long as the control port refuses as well, one line is enough.
      if case .refused(let reason) = event, isConnected { warnings.warning(reason) }
    }
    while let message = objects.socket.receive() {
      let now = MonotonicClock.now
      switch decode(message) {
      case .objects(.chunk(let chunk)): fetcher.handle(chunk, at: now) { send($0) }
      case .objects(.notFound(let name)): fetcher.handleNotFound(name.digest, at: now) { send($0) }
      case .objects(.lackReply(let reply)): offers.handle(reply, at: now) { send($0) }
      case .objects(.putReply(let reply)): offers.handle(reply, at: now) { send($0) }
      case .none: break
      default: warnings.warning("the coordinator sent a message that is not about objects")
      }
    }
  }

  private func decode(_ message: ReceivedMessage) -> Message? {
    do {
      return try Frame.decode(message.frames.last ?? [])
    } catch .otherVersion(_, let reject?) {
      // A coordinator of another version can still say why it refuses us.
      return .coordinator(.reject(reject))
    } catch {
      warnings.warning("the coordinator sent something that cannot be read: \(error)")
      return nil
    }
  }

  private func hearTime() {
    let now = MonotonicClock.now
    if let deadline = fetcher.deadline, deadline <= now { fetcher.timePassed(at: now) { send($0) } }
    if let deadline = offers.deadline, deadline <= now { offers.timePassed(at: now) { send($0) } }
    control?.retry(at: now)
    objects.retry(at: now)
    if let deadline = machine.nextDeadline, deadline <= now { events.append(.timePassed) }
  }

  // MARK: Acting

  private func handleEvents() {
    while !hasExited {
      takeTransferEvents()
      guard !events.isEmpty else { return }
      let batch = events
      events = []
      for event in batch { perform(machine.handle(event, at: MonotonicClock.now)) }
    }
  }

  /// Passes on what the machine waits for, and starts what waited for inputs.
  private func takeTransferEvents() {
    for event in fetcher.takeEvents() + offers.takeEvents() {
      switch event {
      case .fetched(let digest):
        if asked.remove(digest) != nil { events.append(event) }
      case .fetchFailed(let digest, let reason):
        warnings.warning(reason)
        if asked.remove(digest) != nil { events.append(event) }
        for (slot, grant) in delayed.sorted(by: { $0.key < $1.key }) where grant.digests.contains(digest) {
          delayed[slot] = nil
          events.append(.failed(slot: slot, .missingInput(digest, lastWords: reason), seconds: 0))
        }
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
    for (slot, grant) in delayed.sorted(by: { $0.key < $1.key }) where grant.digests.allSatisfy(cache.contains) {
      delayed[slot] = nil
      start(grant, in: slot)
    }
  }

  private func perform(_ actions: [WorkerMachine.Action]) {
    for action in actions { perform(action) }
  }

  private func perform(_ action: WorkerMachine.Action) {
    switch action {
    case .connect: connect()
    case .disconnect: control = nil
    case .send(let message): _ = control?.socket.send([Frame.encode(.agent(message))])
    case .fetch(let objects):
      asked.formUnion(objects.map(\.digest))
      fetcher.fetch(objects, at: MonotonicClock.now) { send($0) }
    case .startSlot(let slot, let core):
      do { try slots.start(slot, core: core) } catch {
        events.append(.slotDied(slot: slot, .notStarted(lastWords: "\(error)")))
      }
    case .cancelSlot(let slot): cancel(slot)
    case .stopSlot(let slot): slots.stop(slot)
    case .run(let slot, let grant): start(grant, in: slot)
    case .spool(let ending): keep(ending)
    case .offer(let attempt, let objects): offers.offer(attempt, objects, at: MonotonicClock.now) { send($0) }
    case .discard(let attempt):
      offers.forget(attempt)
      spool.discard(attempt)
    case .exit: hasExited = true
    case .report(let notice): log.log(level: notice.level.logLevel, "\(notice.text)")
    }
  }

  private func connect() {
    guard control == nil else { return }
    do {
      control = try Connection(context, to: settings.control, settings, options: .control, name: nil)
    } catch {
      preconditionFailure("an endpoint that was checked cannot be connected to: \(error)")
    }
  }

  @discardableResult private func send(_ message: ObjectMessage) -> Bool {
    objects.socket.send([Frame.encode(.objects(message))]) == .sent
  }

  private func start(_ grant: Grant, in slot: Int) {
    let missing = grant.objects.filter { !cache.contains($0.digest) }
    guard missing.isEmpty else {
      delayed[slot] = grant
      fetcher.fetch(missing, at: MonotonicClock.now) { send($0) }
      return
    }
    func files(_ objects: [NamedObject]) -> [SlotRequest.File] {
      objects.map { SlotRequest.File(name: $0.name, digest: $0.digest, path: cache.path(of: $0.digest)) }
    }
    let inputs = Dictionary(grant.inputs.map { ($0.name, files($0.objects)) }) { first, _ in first }
    slots.run(
      slot,
      SlotRequest(
        attempt: grant.attempt, specification: grant.specification, inputs: inputs, sources: files(grant.sources)))
  }

  private func cancel(_ slot: Int) {
    // What still waits for its inputs has nothing to stop.
    if delayed.removeValue(forKey: slot) != nil { events.append(.stopped(slot: slot)) } else { slots.cancel(slot) }
  }

  private func keep(_ ending: TaskEnding) {
    if let reason = unwritten.removeValue(forKey: ending.attempt) {
      warnings.warning(reason)
      events.append(.spoolFailed(ending.attempt, reason: reason))
      return
    }
    do {
      try spool.add(ending)
      events.append(.spooled(ending.attempt))
    } catch {
      warnings.warning("\(error)")
      events.append(.spoolFailed(ending.attempt, reason: "\(error)"))
    }
  }
}

extension Grant {
  /// Everything that the task reads.
  fileprivate var objects: [NamedObject] { inputs.flatMap(\.objects) + sources }
  fileprivate var digests: [Digest] { objects.map(\.digest) }
}

extension Notice.Level {
  /// How the log calls it.
  var logLevel: Logger.Level {
    switch self {
    case .information: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
