import Core
import Wire

/// The table of workers: joining, leaving, silence.
extension CoordinatorMachine {

  /// The one rule for strangers: whoever is not known is asked who he is, and answers with a hello that says all.
  mutating func receive(_ message: AgentMessage, from id: WorkerID, of principal: Principal) {
    if case .hello(let hello) = message { return greet(hello, from: id, of: principal) }
    guard let row = workerIndex[id] else {
      counters.unknownPeers += 1
      if message != .bye { actions.append(.send(.who, to: id)) }
      return
    }
    precondition(workers[row]!.principal.key == principal.key, "\(name(of: row)) was let in with another key")
    workers[row]!.principal = principal
    noteLife(row)
    switch message {
    case .hello: break
    case .heartbeat(let heartbeat): take(heartbeat, from: row)
    case .result(let ending): take(ending, from: row)
    case .bye:
      actions.append(.report(Notice(.information, "worker \(name(of: row)) has left")))
      forget(row)
    }
  }

  private mutating func greet(_ hello: Hello, from id: WorkerID, of principal: Principal) {
    if let build = settings.build, build != hello.build {
      return refuse(
        id, "this cluster runs build \(build), not \(hello.build); install it, or let the coordinator mix builds")
    }
    if let row = workerIndex[id], let known = workers[row] {
      guard hello.incarnation >= known.incarnation else { return }
      if hello.incarnation > known.incarnation {
        forget(row, nameStays: true)
      } else {
        guard hello.sequence > known.sequence else { return }
        workers[row]!.sequence = hello.sequence
        workers[row]!.principal = principal
        noteLife(row)
        return welcome(row, hello)
      }
    }
    let key = account(of: principal.key)
    guard keys[key].workers < settings.workersPerKey else {
      return refuse(id, "\(principal.label) has \(keys[key].workers) workers already; more need another key")
    }
    let labels = Set(hello.labels).sorted()
    let memory = hello.slotMemory.map { MemoryStep(bytes: $0) }
    let wanted = WorkerGroup(cores: Set(hello.cores).sorted(), labels: labels, memory: memory)
    guard let group = group(like: wanted, key: key) else {
      return refuse(
        id, "the workers of \(principal.label) have too many different sets of BLAS kernels, labels and sizes of memory"
      )
    }
    welcome(register(hello, id, principal, key: key, group: group), hello)
  }

  private mutating func refuse(_ id: WorkerID, _ reason: String) {
    counters.refusedAgents += 1
    actions.append(.send(.reject(Reject(reason: reason, retryAfterSeconds: settings.retryAfterSeconds)), to: id))
    if counters.refusedAgents <= Self.refusalsLogged {
      actions.append(.report(Notice(.warning, "worker \(id.short) was refused: \(reason)")))
    }
    if let row = workerIndex[id] { forget(row) } else { actions.append(.forgotten(id)) }
  }

  /// Beyond this many, refusals are counted without a line of their own.
  private static let refusalsLogged = 1_000

  private mutating func welcome(_ row: Int, _ hello: Hello) {
    let welcome = Welcome(
      coordinatorEpoch: settings.coordinatorEpoch, heartbeatSeconds: settings.heartbeatSeconds,
      resendSeconds: settings.resendSeconds)
    let id = workers[row]!.id
    actions.append(.send(.welcome(welcome), to: id))
    if workers[row]!.drainAsked { actions.append(.send(.drain, to: id)) }
    take(hello.attempts, from: row)
    refresh(row)
  }

  private mutating func register(
    _ hello: Hello, _ id: WorkerID, _ principal: Principal, key: Int, group: Int
  ) -> Int {
    joins += 1
    keys[key].workers += 1
    groups[group].members += 1
    let entry = WorkerEntry(
      id: id, principal: principal, key: key, incarnation: hello.incarnation, join: joins, host: hello.host,
      build: hello.build, slots: hello.slots, slotMemory: hello.slotMemory, group: group, joined: clock,
      sequence: hello.sequence, heardAt: clock,
      lastFrame: clock, firstAllowance: settings.firstAllowance)
    let row = freeRows.popLast() ?? workers.count
    if row == workers.count { workers.append(entry) } else { workers[row] = entry }
    workerIndex[id] = row
    liveness.push(LivenessCheck(due: clock.advanced(bySeconds: settings.suspectSeconds), worker: row, join: joins))
    actions.append(.report(Notice(.information, "worker \(name(of: row)) has joined with \(hello.slots) slots")))
    return row
  }

  /// The group of workers of this kind, made when there is none; nil when the key has too many different ones.
  private mutating func group(like wanted: WorkerGroup, key: Int) -> Int? {
    let known = groups.firstIndex {
      $0.cores == wanted.cores && $0.labels == wanted.labels && $0.memory == wanted.memory
    }
    if let known { return known }
    guard Set(workers.compactMap { $0?.key == key ? $0?.group : nil }).count < settings.workerKindsPerKey else {
      return nil
    }
    if let empty = groups.firstIndex(where: { $0.members == 0 }) {
      groups[empty] = wanted
      return empty
    }
    groups.append(wanted)
    return groups.count - 1
  }

  func name(of row: Int) -> String { "\(workers[row]!.id.short) on \(workers[row]!.host)" }

  /// Any frame counts as life.
  private mutating func noteLife(_ row: Int) {
    workers[row]!.lastFrame = clock
    workers[row]!.disconnected = nil
    guard workers[row]!.isSuspect else { return }
    workers[row]!.isSuspect = false
    refresh(row)
  }

  private mutating func take(_ heartbeat: Heartbeat, from row: Int) {
    let id = workers[row]!.id
    actions.append(.send(.pulse(Pulse(sequence: heartbeat.sequence)), to: id))
    guard heartbeat.sequence > workers[row]!.sequence else { return }
    workers[row]!.sequence = heartbeat.sequence
    if heartbeat.heard > workers[row]!.heard {
      workers[row]!.heard = heartbeat.heard
      workers[row]!.heardAt = clock
    }
    workers[row]!.isDeaf = clock.seconds(since: workers[row]!.heardAt) > settings.suspectSeconds
    workers[row]!.credits = min(heartbeat.credits, WorkerEntry.creditLimit(slots: workers[row]!.slots))
    workers[row]!.loadedCores = heartbeat.loadedCores
    workers[row]!.use = heartbeat.use
    workers[row]!.isDraining = heartbeat.draining
    if workers[row]!.drainAsked, !heartbeat.draining { actions.append(.send(.drain, to: id)) }
    take(heartbeat.attempts, from: row)
    releaseUnmentioned(row)
    refresh(row)
  }

  /// The worker is gone, as far as the coordinator is concerned. What it held is free; that does not count against the
  /// tasks.
  mutating func forget(_ row: Int, nameStays: Bool = false) {
    for lease in workers[row]!.leases { release(lease.task, from: row, because: "lost with its worker") }
    dropAudits(of: row, unmentionedOnly: false)
    workers[row]!.credits = 0
    refresh(row)
    keys[workers[row]!.key].workers -= 1
    groups[workers[row]!.group].members -= 1
    if !nameStays { actions.append(.forgotten(workers[row]!.id)) }
    workerIndex[workers[row]!.id] = nil
    drainLimits[workers[row]!.id] = nil
    workers[row] = nil
    freeRows.append(row)
    liftQuarantineIfNobodyIsLeft()
  }

  /// Puts the worker into the list that fits what it can take now. Called after every change that matters to it.
  mutating func refresh(_ row: Int) {
    let entry = workers[row]!
    let isUsable = entry.isUsable
    if isUsable != entry.countsAsUsable {
      workers[row]!.countsAsUsable = isUsable
      groups[entry.group].usable += isUsable ? 1 : -1
      groups[entry.group].usableSlots += isUsable ? entry.slots : -entry.slots
    }
    let appetite = entry.currentAppetite
    guard appetite != entry.appetite else { return }
    leaveList(row)
    workers[row]!.appetite = appetite
    switch appetite {
    case .none: break
    case .idle: groups[entry.group].idle.append(row)
    case .ahead: groups[entry.group].ahead.append(row)
    }
  }

  private mutating func leaveList(_ row: Int) {
    let entry = workers[row]!
    switch entry.appetite {
    case .none: break
    case .idle: groups[entry.group].idle.remove(row)
    case .ahead: groups[entry.group].ahead.remove(row)
    }
    workers[row]!.appetite = .none
  }

  /// Puts the worker last in its list, so that work spreads over all.
  mutating func moveToEnd(_ row: Int) {
    leaveList(row)
    refresh(row)
  }

  /// Looks at the workers whose turn it is.
  mutating func checkLiveness() {
    while let check = liveness.first, check.due <= clock {
      _ = liveness.pop()
      guard let entry = workers[check.worker], entry.join == check.join else { continue }
      if let until = entry.benchedUntil, until <= clock { giveAnotherChance(to: check.worker) }
      if let until = entry.quarantinedUntil, until <= clock { endQuarantine(of: check.worker) }
      let silence = clock.seconds(since: entry.lastFrame)
      if silence >= settings.expirySeconds {
        counters.expiredWorkers += 1
        actions.append(
          .report(
            Notice(.warning, "worker \(name(of: check.worker)) was silent for \(Int(silence)) s and is forgotten")))
        forget(check.worker)
        continue
      }
      let becomesSuspect = silence >= settings.suspectSeconds
      if becomesSuspect, !entry.isSuspect {
        workers[check.worker]!.isSuspect = true
        refresh(check.worker)
        actions.append(.report(Notice(.warning, "worker \(name(of: check.worker)) is silent; it gets no new work")))
      }
      let limit = becomesSuspect ? settings.expirySeconds : settings.suspectSeconds
      liveness.push(
        LivenessCheck(due: entry.lastFrame.advanced(bySeconds: limit), worker: check.worker, join: check.join))
    }
  }
}
