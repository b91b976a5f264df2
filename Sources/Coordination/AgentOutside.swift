package import Core
package import Sweeps
package import Wire

/// Everything that an agent's loop has to do with: its two connections, its slot processes, its disk and its clock.
///
/// An ``AgentLoop`` calls it in the order in which things have to happen. Nothing here blocks, apart from the disk.
package protocol AgentOutside {
  associatedtype Disk: AgentDisk

  /// A monotonic clock.
  var now: Instant { get }

  /// How busy this host is, for people; nil where it does not say.
  var use: HostUse? { get }

  /// What arrived first of what waits; nil when nothing does.
  ///
  /// What came over a connection goes before what slots say, so that nobody is taken for silent while his frames wait.
  mutating func nextArrival() -> AgentArrival?

  /// Lets the control socket connect; it keeps trying by itself.
  mutating func connect()
  /// Takes the control socket down, with what it has not sent and what was not heard yet. Where the coordinator may be in several
  /// places, both sockets turn to the next one.
  mutating func disconnect()
  /// Sends on the control socket, never blocking. A message that cannot be delivered may be dropped.
  mutating func send(_ message: AgentMessage)
  /// Sends on the objects socket, never blocking; false when its queue is full.
  mutating func send(_ message: ObjectMessage) -> Bool

  /// Starts the process of a slot, which has none, with this BLAS kernel (nil: the host's own choice). Throws when the
  /// host cannot.
  mutating func startSlot(_ slot: Int, core: String?) throws
  /// Tells the slot's process something. One that is gone does not hear it.
  mutating func tell(_ slot: Int, _ order: SlotOrder)
  /// Ends the slot's process; its end arrives like any other.
  mutating func stopSlot(_ slot: Int)

  mutating func log(_ notice: Notice)
  /// A warning that is not repeated as long as nothing else is wrong.
  mutating func warnOnce(_ text: String)
}

/// What an agent hears.
package enum AgentArrival: Sendable {
  /// The control socket's handshake succeeded.
  case connected
  /// The control socket lost its peer.
  case disconnected
  case control(CoordinatorMessage)
  case objects(ObjectMessage)
  case slot(Int, SlotReply)
  /// The slot's process is gone, asked or not.
  case slotEnded(Int, FailureCause)
  /// Something that cannot be used and was dealt with; it counts as an arrival, so that a flood of it cannot starve the
  /// rest.
  case unusable
}
