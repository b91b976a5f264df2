import Core
import Sweeps
import Wire

/// From a grant to a running slot.
extension WorkerMachine {
  mutating func take(_ grant: Grant) {
    // Epochs grow with every grant: what is not newer is an echo, or comes from an earlier coordinator.
    guard link == .welcome, grant.attempt.epoch.value >> 32 == UInt64(coordinatorEpoch),
      grant.attempt.epoch > highestGrant
    else { return }
    highestGrant = grant.attempt.epoch
    if let index = finished.firstIndex(where: { $0.ending.attempt.task == grant.attempt.task }) {
      // It is done already, and its result is on the way.
      if finished[index].success != nil {
        finished[index].lastSent = nil
        return
      }
      finished.remove(at: index)
    }
    if let index = held.firstIndex(where: { $0.task == grant.attempt.task }) {
      // Granted again before the coordinator heard of it. What has a slot goes on, under its new name.
      if held[index].slot != nil {
        held[index].grant = held[index].grant.renamed(grant.attempt)
        return
      }
      held.remove(at: index)
    }
    guard !isDraining else { return handBack(grant.attempt) }
    accept(grant)
  }

  private mutating func accept(_ grant: Grant) {
    let needed = grant.inputs.flatMap(\.objects) + grant.sources
    held.append(HeldAttempt(grant: grant, missing: Set(needed.map(\.digest))))
    let fresh = needed.filter { fetching.insert($0.digest).inserted }
    if !fresh.isEmpty { actions.append(.fetch(fresh)) }
  }

  mutating func fetched(_ digest: Digest) {
    fetching.remove(digest)
    for index in held.indices { held[index].missing.remove(digest) }
  }

  mutating func fetchFailed(_ digest: Digest, _ reason: String) {
    fetching.remove(digest)
    for attempt in held where attempt.missing.contains(digest) {
      fail(attempt.grant.attempt, .missingInput(digest, lastWords: reason))
      pause()
    }
    held.removeAll { $0.missing.contains(digest) }
  }

  /// Asks for nothing for a while, because something on this host does not work.
  mutating func pause() { pausedUntil = now.advanced(bySeconds: settings.pauseSeconds) }

  func fail(_ cause: FailureCause) -> TaskEnding.Ending { .failure(.init(cause.clipped(to: Limits.lastWords))) }

  mutating func fail(_ attempt: AttemptName, _ cause: FailureCause, seconds: Double = 0) {
    keep(TaskEnding(attempt: attempt, seconds: seconds, ending: fail(cause)))
  }

  /// The task is not wanted here any more: it is asked to stop, and its process is ended only when it does not.
  mutating func cancel(_ attempt: AttemptName) {
    guard let index = held.firstIndex(where: { $0.task == attempt.task }),
      held[index].grant.attempt.epoch <= attempt.epoch
    else { return }
    let cancelled = held.remove(at: index)
    guard let slot = cancelled.slot else { return }
    slots[slot].task = nil
    guard slots[slot].state == .running else { return }
    slots[slot].state = .cancelling(until: now.advanced(bySeconds: settings.graceSeconds))
    actions.append(.cancelSlot(slot: slot))
  }

  /// Ends the processes of tasks that were asked to stop and did not in time.
  mutating func endSlowSlots() {
    for slot in slots.indices {
      if case .cancelling(let until) = slots[slot].state, until <= now { stop(slot) }
    }
  }

  /// The task in the slot was asked to stop, and has.
  mutating func stopped(_ slot: Int) {
    guard slots.indices.contains(slot), slots[slot].isCancelling else { return }
    slots[slot].state = .idle
  }

  private mutating func stop(_ slot: Int) {
    slots[slot].state = .stopping
    actions.append(.stopSlot(slot: slot))
  }

  /// Gives every attempt whose inputs are here a slot, as long as there are any.
  mutating func fillSlots() {
    for index in held.indices where held[index].slot == nil && held[index].missing.isEmpty {
      guard let slot = freeSlot(for: held[index].grant.numericsCore) else { return }
      place(index, in: slot)
    }
  }

  /// An idle slot with the right BLAS kernel, else one without a process, else any idle one.
  private func freeSlot(for core: String?) -> Int? {
    slots.firstIndex { $0.state == .idle && $0.task == nil && $0.core == core }
      ?? slots.firstIndex { $0.state == .empty && $0.task == nil }
      ?? slots.firstIndex { $0.state == .idle && $0.task == nil }
  }

  private mutating func place(_ index: Int, in slot: Int) {
    held[index].slot = slot
    slots[slot].task = held[index].task
    let core = held[index].grant.numericsCore
    switch slots[slot].state {
    case .idle where slots[slot].core == core: run(slot)
    case .idle: stop(slot)
    case .empty: start(slot)
    case .starting, .running, .cancelling, .stopping:
      preconditionFailure("slot \(slot) is \(slots[slot].state), not free")
    }
  }

  /// Starts a process with the kernel that the slot's task needs.
  private mutating func start(_ slot: Int) {
    guard let attempt = held.first(where: { $0.task == slots[slot].task }) else { return }
    slots[slot].state = .starting
    slots[slot].core = attempt.grant.numericsCore
    actions.append(.startSlot(slot: slot, core: attempt.grant.numericsCore))
  }

  private mutating func run(_ slot: Int) {
    guard let index = held.firstIndex(where: { $0.task == slots[slot].task }) else {
      slots[slot].state = .idle
      return
    }
    slots[slot].state = .running
    held[index].isRunning = true
    actions.append(.run(slot: slot, held[index].grant))
  }

  mutating func slotReady(_ slot: Int) {
    guard slots.indices.contains(slot), slots[slot].state == .starting else { return }
    run(slot)
  }

  mutating func slotDied(_ slot: Int, _ cause: FailureCause) {
    guard slots.indices.contains(slot) else { return }
    let state = slots[slot].state
    slots[slot].state = .empty
    guard let index = held.firstIndex(where: { $0.task == slots[slot].task }) else {
      slots[slot].task = nil
      return
    }
    if state == .stopping { return start(slot) }
    slots[slot].task = nil
    fail(held.remove(at: index).grant.attempt, cause)
  }

  mutating func progressed(_ slot: Int, _ units: UInt64, _ thousandths: Int) {
    guard let index = running(in: slot) else { return }
    held[index].progress = max(held[index].progress, units)
    held[index].thousandths = max(held[index].thousandths, thousandths)
  }

  /// The attempt that the slot runs; nil when it was cancelled meanwhile.
  private func running(in slot: Int) -> Int? {
    guard slots.indices.contains(slot), slots[slot].state == .running else { return nil }
    return held.firstIndex { $0.task == slots[slot].task }
  }

  private mutating func vacate(_ slot: Int) -> AttemptName? {
    // It came to an end before it heard that it should stop.
    stopped(slot)
    guard let index = running(in: slot) else { return nil }
    slots[slot].state = .idle
    slots[slot].task = nil
    return held.remove(at: index).grant.attempt
  }

  mutating func finished(_ slot: Int, _ success: TaskEnding.Success, _ seconds: Double) {
    guard let attempt = vacate(slot) else { return }
    meanSeconds = meanSeconds.map { 0.8 * $0 + 0.2 * seconds } ?? seconds
    let fits =
      success.outcome.count <= Limits.outcome && success.attempt.count <= Limits.attempt
      && success.objects.count <= Limits.objects
    guard fits else {
      return fail(
        attempt, .tooLarge(bytes: success.outcome.count, objects: success.objects.count), seconds: seconds)
    }
    keep(TaskEnding(attempt: attempt, seconds: seconds, ending: .success(success)))
  }

  mutating func failed(_ slot: Int, _ cause: FailureCause, _ seconds: Double) {
    guard let attempt = vacate(slot) else { return }
    fail(attempt, cause, seconds: seconds)
  }
}
