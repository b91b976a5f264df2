import Core
import Wire

/// The agent's side of the conversation: greeting, reporting, drain.
extension WorkerMachine {
  mutating func connected() {
    guard !isRefused else { return }
    lastFrame = now
    sayHello()
  }

  private mutating func sayHello() {
    link = .greeting
    lastHello = now
    sequence += 1
    actions.append(
      .send(
        .hello(
          Hello(
            worker: settings.id, sequence: sequence, incarnation: settings.incarnation, build: settings.build,
            host: settings.host, slots: settings.slots, cores: settings.cores, attempts: reports,
            labels: settings.labels, slotMemory: settings.slotMemory))))
  }

  /// Everything that it holds; the finished first, because they matter most.
  private var reports: [AttemptReport] {
    let done = finished.map { AttemptReport(attempt: $0.ending.attempt, phase: .finished) }
    return Array((done + held.map(\.report)).prefix(Limits.attempts))
  }

  mutating func receive(_ message: CoordinatorMessage) {
    guard !isRefused else { return }
    lastFrame = now
    switch message {
    case .welcome(let welcome): take(welcome)
    case .grants(let grants): for grant in grants { take(grant) }
    case .pulse(let pulse): heard = max(heard, pulse.sequence)
    case .acknowledgement(let attempt): acknowledged(attempt)
    case .rejectedResult(let rejected): take(rejected)
    case .cancel(let attempt): cancel(attempt)
    case .drain: drain()
    case .who: if link != .greeting { sayHello() }
    case .reject(let reject): take(reject)
    }
  }

  private mutating func take(_ welcome: Welcome) {
    link = .welcome
    // Epochs are comparable within one coordinator's life only.
    if welcome.coordinatorEpoch != coordinatorEpoch { highestGrant = Epoch(0) }
    coordinatorEpoch = welcome.coordinatorEpoch
    heartbeatSeconds = max(0.01, welcome.heartbeatSeconds)
    resendSeconds = max(0.01, welcome.resendSeconds)
    heard = sequence
    sendHeartbeat()
    for index in finished.indices {
      finished[index].lastSent = nil
      if finished[index].stage == .offering { offer(index) }
    }
  }

  private mutating func take(_ reject: Reject) {
    link = .refused(until: now.advanced(bySeconds: max(1, reject.retryAfterSeconds)))
    actions.append(.disconnect)
    actions.append(
      .report(
        Notice(
          .error,
          "the coordinator refuses this worker (tried again in \(Int(reject.retryAfterSeconds)) s): \(reject.reason)")))
  }

  private mutating func sendHeartbeat() {
    sequence += 1
    lastHeartbeat = now
    lastCredits = credits
    actions.append(
      .send(
        .heartbeat(
          Heartbeat(
            sequence: sequence, heard: heard, credits: credits, draining: isDraining, attempts: reports,
            loadedCores: Set(slots.filter { $0.state != .empty }.compactMap(\.core)).sorted()))))
  }

  /// Attempts that the agent is willing to hold: a slot's worth, and a few ahead when tasks are short, so that no slot
  /// waits for the coordinator's disk.
  private var credits: Int {
    guard !isDraining, pausedUntil == nil else { return 0 }
    let slots = settings.slots
    guard let mean = meanSeconds else { return slots + 1 }
    return mean < 0.05 ? 9 * slots : mean < 1 ? 2 * slots : mean < 10 ? slots + 1 : slots
  }

  /// Everything that is due by now.
  mutating func keepAppointments() {
    if let until = pausedUntil, until <= now { pausedUntil = nil }
    if case .refused(let until) = link {
      guard until <= now else { return }
      link = .down
      lastFrame = now
      return actions.append(.connect)
    }
    guard silenceLimit > now else { return reconnect() }
    if link == .down { return }
    if link == .greeting {
      if lastHello.advanced(bySeconds: settings.helloSeconds) <= now { sayHello() }
    } else {
      deliver()
      let isDue = lastHeartbeat.advanced(bySeconds: heartbeatSeconds) <= now
      if isDue || credits != lastCredits { sendHeartbeat() }
    }
  }

  /// The connection looks alive, but nobody answers; or there has been none for long, and its address may have changed.
  private mutating func reconnect() {
    if link != .down {
      let seconds = Int(patienceSeconds)
      actions.append(.report(Notice(.warning, "the coordinator was silent for \(seconds) s; connecting anew")))
    }
    link = .down
    lastFrame = now
    actions += [.disconnect, .connect]
  }

  /// Sends what was never sent, or not acknowledged in time.
  private mutating func deliver() {
    for index in finished.indices {
      switch finished[index].stage {
      case .spooling, .offering: break
      case .refused(let until): if until <= now { offer(index) }
      case .sending:
        if let last = finished[index].lastSent, last.advanced(bySeconds: resendSeconds) > now { continue }
        finished[index].lastSent = now
        actions.append(.send(.result(finished[index].ending)))
      }
    }
  }

  mutating func drain() {
    guard !isDraining else { return }
    isDraining = true
    for attempt in held where attempt.slot == nil { handBack(attempt.grant.attempt) }
    held.removeAll { $0.slot == nil }
    if link == .welcome { sendHeartbeat() }
  }

  mutating func handBack(_ attempt: AttemptName) {
    keep(
      TaskEnding(attempt: attempt, seconds: 0, ending: fail(.handedBack)))
  }

  mutating func leaveWhenDone() {
    guard isDraining, held.isEmpty else { return }
    // Failures are news only for a coordinator that listens; results are never left behind.
    if link != .welcome { finished.removeAll { $0.success == nil } }
    guard finished.isEmpty else { return }
    hasLeft = true
    if link == .welcome { actions.append(.send(.bye)) }
    actions.append(.exit)
  }
}
