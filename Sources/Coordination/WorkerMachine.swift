package import Core
package import Wire

/// Decides everything that an agent does; does nothing itself. See ``CoordinatorMachine``.
package struct WorkerMachine: Equatable, Sendable {
  package let settings: WorkerSettings

  /// How the agent stands with the coordinator.
  enum Link: Equatable, Sendable {
    /// No connection; the socket keeps trying. Becomes greeting.
    case down
    /// Connected, hello said, not yet welcome. Becomes welcome, refused, down.
    case greeting
    /// Becomes greeting (asked who it is), refused, down.
    case welcome
    /// Told to stay away until that instant. Becomes down.
    case refused(until: Instant)
  }

  var link = Link.down
  var coordinatorEpoch: UInt32 = 0
  var heartbeatSeconds = 5.0
  var resendSeconds = 10.0
  var sequence: UInt64 = 0
  var heard: UInt64 = 0
  /// When the coordinator was last heard, or the connection made or begun.
  var lastFrame: Instant
  var lastHello: Instant
  var lastHeartbeat: Instant
  /// What the last heartbeat asked for.
  var lastCredits = 0
  var highestGrant = Epoch(0)

  /// In the order of the grants.
  var held: [HeldAttempt] = []
  /// Oldest first.
  var finished: [FinishedAttempt] = []
  var slots: [Slot]
  /// Objects that were asked for and have not come yet.
  var fetching: Set<Digest> = []

  var isDraining = false
  var hasLeft = false
  var pausedUntil: Instant?
  /// Moving average of how long tasks compute.
  var meanSeconds: Double?

  var now: Instant
  var actions: [Action] = []

  /// `spooled` holds the results that an earlier life left on the disk without an acknowledgement.
  package init(settings: WorkerSettings, spooled: [TaskEnding], at now: Instant) {
    self.settings = settings
    self.now = now
    lastFrame = now
    lastHello = now
    lastHeartbeat = now
    slots = Array(repeating: Slot(), count: settings.slots)
    finished = spooled.map { FinishedAttempt(ending: $0, stage: .offering) }
  }

  /// The first actions: call once, before any event.
  package mutating func start(at now: Instant) -> [Action] {
    self.now = now
    return [.connect]
  }

  /// The only way to change the machine. `now` comes from a monotonic clock.
  package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
    self.now = max(now, self.now)
    guard !hasLeft else { return [] }
    switch event {
    case .timePassed: break
    case .connected: connected()
    case .disconnected: if !isRefused { link = .down }
    case .received(let message): receive(message)
    case .fetched(let digest): fetched(digest)
    case .fetchFailed(let digest, let reason): fetchFailed(digest, reason)
    case .slotReady(let slot): slotReady(slot)
    case .slotDied(let slot, let cause): slotDied(slot, cause)
    case .progressed(let slot, let units, let thousandths): progressed(slot, units, thousandths)
    case .finished(let slot, let success, let seconds): finished(slot, success, seconds)
    case .failed(let slot, let cause, let seconds): failed(slot, cause, seconds)
    case .stopped(let slot): stopped(slot)
    case .spooled(let attempt): spooled(attempt)
    case .spoolFailed(let attempt, let reason): spoolFailed(attempt, reason)
    case .objectsStored(let attempt): setStage(.sending, of: attempt)
    case .objectsRefused(let attempt, let reason): objectsRefused(attempt, reason)
    case .drain: drain()
    }
    endSlowSlots()
    fillSlots()
    keepAppointments()
    leaveWhenDone()
    defer { actions = [] }
    return actions
  }

  /// When the machine wants to hear ``Event/timePassed`` if nothing else happens before.
  package var nextDeadline: Instant? {
    guard !hasLeft else { return nil }
    var instants = finished.compactMap { entry -> Instant? in
      switch entry.stage {
      case .refused(let until) where link == .welcome: until
      case .sending where link == .welcome: entry.lastSent?.advanced(bySeconds: resendSeconds) ?? now
      case .refused, .sending, .spooling, .offering: nil
      }
    }
    if let pausedUntil { instants.append(pausedUntil) }
    for case .cancelling(let until) in slots.map(\.state) { instants.append(until) }
    switch link {
    case .down: instants.append(silenceLimit)
    case .refused(let until): instants.append(until)
    case .greeting:
      instants += [lastHello.advanced(bySeconds: settings.helloSeconds), silenceLimit]
    case .welcome:
      instants += [lastHeartbeat.advanced(bySeconds: heartbeatSeconds), silenceLimit]
    }
    return instants.min()
  }

  var silenceLimit: Instant { lastFrame.advanced(bySeconds: patienceSeconds) }

  /// How long the coordinator may be silent before it is connected to anew, or looked for elsewhere.
  var patienceSeconds: Double {
    guard settings.addresses > 1 else { return settings.silenceSeconds }
    return switch link {
    case .down, .refused: settings.addressSeconds
    // It is there; give it the time to take up its sweeps.
    case .greeting: min(settings.silenceSeconds, 3 * settings.helloSeconds)
    // It answers each heartbeat.
    case .welcome: min(settings.silenceSeconds, 3 * heartbeatSeconds + settings.helloSeconds)
    }
  }
  var isRefused: Bool { if case .refused = link { true } else { false } }
}
