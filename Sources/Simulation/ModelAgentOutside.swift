import Coordination
import Core
import Wire

/// The outside of a simulated agent: what waits for it, what it wants done, and the disk of its host.
struct ModelAgentOutside: AgentOutside {
  typealias Disk = ModelDisk

  /// What the agent's process has asked of the world, in order.
  enum Order: Sendable {
    case connect
    case disconnect
    case send(AgentMessage)
    case sendObjects(ObjectMessage)
    case startSlot(Int)
    case tell(Int, SlotOrder)
    case stopSlot(Int)
  }

  let disk: ModelDisk
  let sabotage: Sabotage?
  private(set) var now: Instant
  private var inbox: [AgentArrival] = []
  private var orders: [Order] = []
  /// Whether the objects socket has a peer; without one its queue is soon full.
  var hasObjectsPeer = true
  /// The host cannot start processes.
  var startsNothing = false
  /// How often the control socket has come up in this life.
  private var connections = 0
  /// Lines for a failure's log, and what went wrong.
  var lines: [String] = []
  var troubles: [Trouble] = []

  init(disk: ModelDisk, sabotage: Sabotage?, at now: Instant) {
    (self.disk, self.sabotage, self.now) = (disk, sabotage, now)
  }

  let use: HostUse? = nil

  /// Whether a poll would return at once.
  var hasWaiting: Bool { !inbox.isEmpty }

  mutating func begin(at instant: Instant) { now = max(now, instant) }

  mutating func put(_ arrival: AgentArrival) { inbox.append(arrival) }

  mutating func takeOrders() -> [Order] {
    defer { orders = [] }
    return orders
  }

  /// What comes over connections is heard before what slots say.
  mutating func nextArrival() -> AgentArrival? {
    guard !disk.hasCrashed, !inbox.isEmpty else { return nil }
    let arrival = inbox.remove(at: inbox.firstIndex { !$0.isOfSlot } ?? 0)
    if case .connected = arrival { connections += 1 }
    return arrival
  }

  /// A process that has died asks for nothing.
  private mutating func order(_ order: Order) { if !disk.hasCrashed { orders.append(order) } }

  mutating func connect() { order(.connect) }

  mutating func disconnect() {
    inbox.removeAll { $0.isOfControl }
    order(.disconnect)
  }

  mutating func send(_ message: AgentMessage) {
    if case .hello = message, sabotage == .forgottenHello, connections > 1 { return }
    order(.send(message))
  }

  mutating func send(_ message: ObjectMessage) -> Bool {
    guard hasObjectsPeer else {
      troubles.append(.transferWaited)
      return false
    }
    order(.sendObjects(message))
    return true
  }

  mutating func startSlot(_ slot: Int, core: String?) throws {
    guard !startsNothing else {
      troubles.append(.processNotStarted)
      throw DiskError("the host has no room for another process")
    }
    order(.startSlot(slot))
  }

  mutating func tell(_ slot: Int, _ order: SlotOrder) { self.order(.tell(slot, order)) }

  mutating func stopSlot(_ slot: Int) { order(.stopSlot(slot)) }

  mutating func log(_ notice: Notice) { lines.append(notice.text) }

  mutating func warnOnce(_ text: String) { lines.append(text) }
}

extension AgentArrival {
  fileprivate var isOfSlot: Bool {
    switch self {
    case .slot, .slotEnded: true
    case .connected, .disconnected, .control, .objects, .unusable: false
    }
  }

  fileprivate var isOfControl: Bool {
    switch self {
    case .connected, .disconnected, .control: true
    case .objects, .slot, .slotEnded, .unusable: false
    }
  }
}
