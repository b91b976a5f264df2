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
  /// Answers a bounded number of messages on the objects port, as far as `rights` allow.
  ///
  /// - Returns: objects that somebody asked for and that the store has lost.
  mutating func serveObjects(_ rights: some ObjectRights) -> [Digest]
  /// Sends to a peer, never blocking. A message that cannot be delivered may be dropped.
  mutating func send(_ message: CoordinatorMessage, to route: RouteID)
  mutating func reply(_ reply: ClientReply, to route: RouteID)
  /// Writes down to whom tasks are about to be granted, before they are told: a coordinator that takes over must know whose
  /// word to take. Survives the death of this process; need not survive that of the host.
  mutating func remember(_ grants: [AttemptName], of principal: Principal)
  /// What was remembered in earlier lives, in order.
  mutating func earlierGrants() -> [EarlierGrant]

  /// Checks the requests and makes those that are sound durable, with one synchronisation of the disk for all.
  ///
  /// - Returns: for each request, in their order, nil when its record is durable, and otherwise why it is not.
  mutating func commit(_ requests: [CommitRequest]) -> [CoordinatorMachine.CommitProblem?]
  /// What the store has that contradicts the outcome of a task; nil when nothing does.
  mutating func dispute(about task: TaskID) -> Dispute?
  /// The disputes that no two keys have settled, in order.
  mutating func openDisputes() -> [Dispute]
  /// Plans tasks that no sweep of this life has brought, from their records, with everything that they read: their results contradict
  /// each other, and somebody has to compute them again. See ``SweepPlan/ofDisputed(_:)``; nil when nothing can be planned.
  mutating func plan(disputed tasks: [TaskID]) -> SweepPlan?
  /// Writes down which tasks were given up. A record of a task makes its report void.
  mutating func saveFailures(_ reports: [TaskFailureReport]) throws
  /// Forgets all failures that were written down.
  mutating func clearFailures() throws

  /// Plans a sweep that somebody submits, with the raw files that it was submitted with and the memory that its tasks take, and writes
  /// down that it is open. Opens no file. Throws what is wrong with it.
  mutating func plan(
    _ sweep: [UInt8], sources: [NamedObject], memory: TaskMemory, of principal: Principal
  ) throws -> SweepPlan
  /// Writes down how a sweep is treated, for the next coordinator.
  mutating func save(_ steering: SweepSteering, of sweep: Digest) throws
  /// Writes down that nothing more is to be done for a sweep.
  mutating func close(_ sweep: Digest) throws

  /// What people call a task.
  func label(of task: TaskID) -> String
  /// The task that people call so; nil when there is none, or more than one.
  func task(called label: String) -> TaskID?
  /// The machine's status with what only the outside knows: labels, the rate, how the store and the keys are; with the last lines of
  /// the log if they are asked for.
  func completed(_ status: ClusterStatus, withLog: Bool) -> ClusterStatus
  mutating func log(_ notice: Notice)
  /// A warning that is not repeated as long as nothing else is wrong.
  mutating func warnOnce(_ text: String)
}

/// What arrives on a coordinator's control port.
package enum CoordinatorArrival: Sendable {
  case agent(AgentMessage, from: Peer)
  case client(ClientRequest, from: Peer)
  /// A connection has closed, and what came over it was heard.
  case disconnected(RouteID)
  /// The list of authorised keys has changed: what each key on it may do.
  case keysChanged([String: Role])
  /// Something that cannot be used and was dealt with; it counts as an arrival, so that a flood of it cannot starve
  /// the rest.
  case unusable
}

/// A grant of an earlier life of the coordinator.
package struct EarlierGrant: Hashable, Sendable {
  package let attempt: AttemptName
  /// The key that it was made to, as text.
  package let key: String

  package init(attempt: AttemptName, key: String) {
    self.attempt = attempt
    self.key = key
  }
}
