package import Core
package import Sweeps
package import Wire

extension WorkerMachine {
  /// What happens to an agent.
  package enum Event: Hashable, Sendable {
    /// Time has reached ``WorkerMachine/nextDeadline``.
    case timePassed
    /// The control socket's handshake succeeded (said by its monitor).
    case connected
    /// The control socket lost its peer.
    case disconnected
    case received(CoordinatorMessage)
    /// The object is in the cache, whole and verified.
    case fetched(Digest)
    /// The object could not be had.
    case fetchFailed(Digest, reason: String)
    /// The slot's process is up and idle.
    case slotReady(slot: Int)
    /// The slot's process is gone, asked (``Action/stopSlot(slot:)``) or not.
    case slotDied(slot: Int, FailureCause)
    /// What the slot runs gave a sign of life, of which `units` counts; and how many thousandths of it are done.
    case progressed(slot: Int, units: UInt64, thousandths: Int)
    /// The slot finished its task and is idle.
    case finished(slot: Int, TaskEnding.Success, seconds: Double)
    /// The task in the slot failed; the slot is idle.
    case failed(slot: Int, FailureCause, seconds: Double)
    /// The task in the slot stopped because it was asked to (``Action/cancelSlot(slot:)``); the slot is idle.
    case stopped(slot: Int)
    /// The result of an ``Action/spool(_:)`` is durable on this host.
    case spooled(AttemptName)
    /// The result could not be written: it is given up, and the agent pauses.
    case spoolFailed(AttemptName, reason: String)
    /// The coordinator's store holds every object of an ``Action/offer(_:_:)``.
    case objectsStored(AttemptName)
    /// The coordinator would not take an object (disk full, for example). Offered again later.
    case objectsRefused(AttemptName, reason: String)
    /// Take no more work, finish and leave (SIGTERM, end of the batch allocation).
    case drain
  }

  /// What an agent wants done. The shell does them in order.
  package enum Action: Hashable, Sendable {
    /// Let the control socket connect; it keeps trying by itself.
    case connect
    /// Take the control socket down, without waiting for what it has not sent.
    case disconnect
    /// Send on the control socket, never blocking. A message that cannot be delivered may be dropped.
    case send(AgentMessage)
    /// Get these into the cache, and answer each with ``Event/fetched(_:)`` or ``Event/fetchFailed(_:reason:)``; at once
    /// for those already there. Objects stay in the cache as long as an attempt that names them is held.
    case fetch([NamedObject])
    /// Start the slot's process with this BLAS kernel (nil: the host's own choice); answer ``Event/slotReady(slot:)``.
    case startSlot(slot: Int, core: String?)
    /// Ask the task in the slot to stop; answer ``Event/stopped(slot:)``, or how else it ended.
    case cancelSlot(slot: Int)
    /// End the slot's process; answer ``Event/slotDied(slot:_:)``.
    case stopSlot(slot: Int)
    /// Hand the task to the slot's process, which is idle. All inputs are in the cache.
    case run(slot: Int, Grant)
    /// Write the result (and the objects it names, when they are not there yet) to the spool, durably; answer
    /// ``Event/spooled(_:)``.
    case spool(TaskEnding)
    /// Put the objects that the coordinator lacks; answer ``Event/objectsStored(_:)``.
    case offer(AttemptName, [NamedObject])
    /// The result was acknowledged or is unwanted: remove it from the spool.
    case discard(AttemptName)
    /// Everything is delivered and the agent was told to leave: end the process.
    case exit
    /// A line for the log.
    case report(Notice)
  }
}
