package import Core
package import Sweeps
package import Wire

/// Everything that a coordinator's loop has to do with: its sockets, its store, its planner and its clock.
///
/// A ``CoordinatorLoop`` calls it in the order in which things have to happen. Nothing here blocks, apart from the disk.
package protocol CoordinatorOutside {
  /// A monotonic clock.
  var now: Instant { get }

  /// What arrived first on the control port of all that waits there; nil when nothing does.
  mutating func nextArrival() -> CoordinatorArrival?
  /// Answers a bounded number of messages on the objects port.
  ///
  /// - Returns: objects that somebody asked for and that the store has lost.
  mutating func serveObjects() -> [Digest]
  /// Sends to a peer, never blocking. A message that cannot be delivered may be dropped.
  mutating func send(_ message: CoordinatorMessage, to worker: WorkerID)
  mutating func reply(_ reply: ClientReply, to client: ClientID)

  /// Checks the requests and makes those that are sound durable, with one synchronisation of the disk for all.
  ///
  /// - Returns: for each request, in their order, nil when its record is durable, and otherwise why it is not.
  mutating func commit(_ requests: [CommitRequest]) -> [CoordinatorMachine.CommitProblem?]
  /// Writes down which tasks were given up. A record of a task makes its report void.
  mutating func saveFailures(_ reports: [TaskFailureReport]) throws
  /// Forgets all failures that were written down.
  mutating func clearFailures() throws

  /// Plans a sweep that somebody submits, and writes down that it is open. Throws what is wrong with it.
  mutating func plan(_ sweep: [UInt8]) throws -> SweepPlan
  /// Writes down how a sweep is treated, for the next coordinator.
  mutating func save(_ steering: SweepSteering, of sweep: Digest) throws
  /// Writes down that nothing more is to be done for a sweep.
  mutating func close(_ sweep: Digest) throws

  /// What people call a task.
  func label(of task: TaskID) -> String
  /// The task that people call so; nil when there is none, or more than one.
  func task(called label: String) -> TaskID?
  /// The machine's status with what only the outside knows: labels, the rate, how the store and the keys are.
  func completed(_ status: ClusterStatus) -> ClusterStatus
  mutating func log(_ notice: Notice)
  /// A warning that is not repeated as long as nothing else is wrong.
  mutating func warnOnce(_ text: String)
}

/// What arrives on a coordinator's control port.
package enum CoordinatorArrival: Sendable {
  /// A frame of an agent. `from` is the routing id of the peer, which is its name.
  case agent(AgentMessage, from: WorkerID)
  case client(ClientRequest, from: ClientID)
  /// The connection to a worker has closed, and what came over it was heard.
  case disconnected(WorkerID)
  /// Something that cannot be used and was dealt with; it counts as an arrival, so that a flood of it cannot starve
  /// the rest.
  case unusable
}

/// The routing id of a command line.
package struct ClientID: Hashable, Sendable {
  package let bytes: [UInt8]
  package init(bytes: [UInt8]) { self.bytes = bytes }
}
