import Coordination
import Core
import Files
import Logging
import Transport
import Wire

/// The outside of a real agent: its sockets, its slot processes and this host's disk.
struct LiveAgentOutside: AgentOutside {
  typealias Disk = HostDisk

  private let settings: AgentSettings
  private let name: WorkerID
  private let log: Logger
  private var warnings: OnceLog
  private let context: Context
  private let slots: SlotPool
  /// Which of the places where the coordinator may be is connected to.
  private var place = 0
  private var control: Connection?
  private var objects: Connection
  private var isConnected = false
  /// What was heard together with what was handled already.
  private var heard: [AgentArrival] = []
  /// Slots whose pipes have something to read.
  private var speaking: [Int] = []
  /// When the memory of slots was looked at last.
  private var memorySeen = Instant.zero
  /// Seconds between two looks.
  private static let memoryPace = 1.0

  init(_ settings: AgentSettings, name: WorkerID, slots: SlotPool, log: Logger) throws {
    (self.settings, self.name, self.slots, self.log) = (settings, name, slots, log)
    warnings = OnceLog(log)
    context = Context(ioThreads: 2)
    objects = try Self.objectsConnection(context, settings, place: 0)
  }

  private static func objectsConnection(
    _ context: Context, _ settings: AgentSettings, place: Int
  ) throws -> Connection {
    try Connection(context, to: try settings.ports[place].objects, settings, options: .objects, name: nil)
  }

  var now: Instant { MonotonicClock.now }

  var use: HostUse? { ThisHost.use }

  func log(_ notice: Notice) { log.log(level: notice.level.logLevel, "\(notice.text)") }

  mutating func warnOnce(_ text: String) { warnings.warning(text) }

  /// Waits until something arrives, a refused connection is to be tried again, or it is `deadline`.
  mutating func wait(until deadline: Instant?, or signals: SignalDescriptor) {
    let now = now
    let look = settings.slotMemory.map { _ in memorySeen.advanced(bySeconds: Self.memoryPace) }
    let due = [deadline, control?.retryAt, objects.retryAt, look].compactMap { $0 }.min()
    let seconds = heard.isEmpty ? due.map { max(0, min(60, $0.seconds(since: now))) } ?? 60 : 0
    let pipes = slots.descriptors
    var sources: [PollSource] = [.descriptor(signals.descriptor)]
    sources += pipes.map { .descriptor($0.descriptor) }
    sources += objects.sources + (control?.sources ?? [])
    let ready = Poller.wait(for: sources, milliseconds: Int((seconds * 1000).rounded(.up)))
    speaking = pipes.indices.filter { ready[$0 + 1] }.map { pipes[$0].slot }
    control?.retry(at: self.now)
    objects.retry(at: self.now)
    lookAtMemory()
  }

  /// Ends slots that take more than they may.
  private mutating func lookAtMemory() {
    guard let limit = settings.slotMemory, now.seconds(since: memorySeen) >= Self.memoryPace else { return }
    memorySeen = now
    slots.stopThose(above: limit)
  }

  // MARK: Hearing

  mutating func nextArrival() -> AgentArrival? {
    if heard.isEmpty { hearConnections() }
    if !heard.isEmpty { return heard.removeFirst() }
    if let message = control?.socket.receive() { return hearControl(message) }
    if let message = objects.socket.receive() { return hearObjects(message) }
    while let slot = speaking.popLast() {
      heard = slots.read(slot)
      if !heard.isEmpty { return heard.removeFirst() }
    }
    return nil
  }

  private mutating func hearConnections() {
    for event in control?.hearEvents(at: now) ?? [] {
      switch event {
      case .ready:
        isConnected = true
        warnings.forget()
        log.info("connected to the coordinator at \(settings.ports[place].control)")
        heard.append(.connected)
      case .disconnected:
        isConnected = false
        heard.append(.disconnected)
      case .refused(let reason): warnings.warning(reason)
      }
    }
    for event in objects.hearEvents(at: now) {
      // As long as the control port refuses as well, one line is enough.
      if case .refused(let reason) = event, isConnected { warnings.warning(reason) }
    }
  }

  private mutating func hearControl(_ message: ReceivedMessage) -> AgentArrival {
    switch decode(message) {
    case .coordinator(let said): return .control(said)
    case .none: break
    default: warnings.warning("the coordinator sent a message that is not for agents")
    }
    return .unusable
  }

  private mutating func hearObjects(_ message: ReceivedMessage) -> AgentArrival {
    switch decode(message) {
    case .objects(let said): return .objects(said)
    case .none: break
    default: warnings.warning("the coordinator sent a message that is not about objects")
    }
    return .unusable
  }

  private mutating func decode(_ message: ReceivedMessage) -> Message? {
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

  // MARK: Acting

  mutating func connect() {
    guard control == nil else { return }
    do {
      control = try Connection(
        context, to: settings.ports[place].control, settings, options: .control, name: nil)
    } catch {
      preconditionFailure("an endpoint that was checked cannot be connected to: \(error)")
    }
  }

  mutating func disconnect() {
    control = nil
    isConnected = false
    heard.removeAll { $0.isOfControl }
    guard settings.ports.count > 1 else { return }
    place = (place + 1) % settings.ports.count
    do { objects = try Self.objectsConnection(context, settings, place: place) } catch {
      preconditionFailure("an endpoint that was checked cannot be connected to: \(error)")
    }
  }

  func send(_ message: AgentMessage) { _ = control?.socket.send([Frame.encode(.agent(message))]) }

  func send(_ message: ObjectMessage) -> Bool { objects.socket.send([Frame.encode(.objects(message))]) == .sent }

  func startSlot(_ slot: Int, core: String?) throws { try slots.start(slot, core: core) }

  func tell(_ slot: Int, _ order: SlotOrder) { slots.tell(slot, order) }

  func stopSlot(_ slot: Int) { slots.stop(slot) }
}

extension AgentArrival {
  fileprivate var isOfControl: Bool {
    switch self {
    case .connected, .disconnected, .control: true
    case .objects, .slot, .slotEnded, .unusable: false
    }
  }
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
