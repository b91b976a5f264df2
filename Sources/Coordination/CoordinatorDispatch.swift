import Core
import Wire

/// Which task goes to which worker.
extension CoordinatorMachine {
  /// How many tasks and how many workers are compared before one is chosen. Bounds the cost of a grant.
  private static let window = 8
  private static let copyWindow = 64

  /// Grants until nobody can take more or nothing is left. Free slots come before tasks for later; and the last tasks
  /// are not given out for later, since some slot will soon be free for each.
  mutating func dispatch() {
    guard !isClosing, pausedUntil == nil, !hungry.isEmpty else { return }
    let slots = groups.reduce(0) { $0 + $1.usableSlots }
    for (appetite, spared) in [(WorkerEntry.Appetite.idle, 0), (.ahead, slots)] {
      for group in groups.indices {
        while grantable > spared, let pair = match(group, appetite) {
          charge(pair.task, to: pair.sweep)
          grant(pair.task, to: pair.row, isCopy: false)
        }
      }
    }
  }

  /// The best pair of a task and a worker among the first few of each; nil when there is none.
  private mutating func match(
    _ group: Int, _ appetite: WorkerEntry.Appetite
  ) -> (task: Int, row: Int, sweep: Int)? {
    let order = appetite == .idle ? groups[group].idle : groups[group].ahead
    let rows = order.prefix(Self.window)
    guard !rows.isEmpty else { return nil }
    for place in placesBestFirst(for: group) {
      if let pair = match(place, rows) { return (pair.task, pair.row, place.sweep) }
    }
    return nil
  }

  /// The ready tasks of one sweep for one BLAS kernel.
  private struct Place {
    let queue: Int
    let sweep: Int
  }

  /// Places with something in them for this group: the sweep that has had least comes first, and of one sweep the most
  /// urgent. Tasks that killed their process go behind those of all sweeps.
  private mutating func placesBestFirst(for group: Int) -> [Place] {
    if queues.count == 1, hungry.count == 1 {
      return groups[group].supports(queues[0]) ? [Place(queue: 0, sweep: hungry[0])] : []
    }
    var tops: [(entry: ReadyEntry, served: Double, place: Place)] = []
    for queue in queues.indices where groups[group].supports(queues[queue]) {
      for sweep in hungry {
        let place = Place(queue: queue, sweep: sweep)
        if let top = first(in: place) { tops.append((top, sweeps[sweep].served, place)) }
      }
    }
    return tops.sorted {
      if $0.entry.deaths != $1.entry.deaths { return $0.entry.deaths < $1.entry.deaths }
      return $0.served != $1.served ? $0.served < $1.served : $0.entry < $1.entry
    }.map(\.place)
  }

  /// The most urgent task in the place that is still ready.
  private mutating func first(in place: Place) -> ReadyEntry? {
    while let top = queues[place.queue].heaps[place.sweep]?.first {
      guard isStale(top) else { return top }
      _ = queues[place.queue].heaps[place.sweep]?.pop()
      effort += 1
    }
    return nil
  }

  private func isStale(_ entry: ReadyEntry) -> Bool {
    tasks[entry.task].state != .ready || tasks[entry.task].stamp != entry.stamp
  }

  private mutating func match(_ place: Place, _ rows: [Int]) -> (task: Int, row: Int)? {
    var looked: [ReadyEntry] = []
    var best: (entry: Int, row: Int, penalty: Int)?
    while looked.count < Self.window, best?.penalty != 0 {
      guard let entry = first(in: place) else { break }
      // Something less urgent is not preferred for being convenient.
      if best != nil, let first = looked.first, (entry.deaths, entry.level) != (first.deaths, first.level) { break }
      _ = queues[place.queue].heaps[place.sweep]?.pop()
      looked.append(entry)
      effort += rows.count
      for row in rows where mayRun(entry.task, on: row) {
        let penalty = penalty(of: entry.task, on: row)
        if penalty < best?.penalty ?? .max { best = (looked.count - 1, row, penalty) }
      }
    }
    for (index, entry) in looked.enumerated() where index != best?.entry {
      queues[place.queue].heaps[place.sweep]?.push(entry)
    }
    return best.map { (looked[$0.entry].task, $0.row) }
  }

  /// A task does not go where it already runs, nor where its process died, as long as someone else can take it.
  func mayRun(_ task: Int, on row: Int) -> Bool {
    let entry = tasks[task]
    guard !entry.holders.contains(row) else { return false }
    guard entry.diedOn.contains(workers[row]!.id) else { return true }
    let tried = entry.diedOn.count { workerIndex[$0].map { workers[$0]!.isUsable } ?? false }
    // Nor is who holds it already somebody else who can take it.
    let holding = entry.holders.count { workers[$0]!.isUsable && !entry.diedOn.contains(workers[$0]!.id) }
    let queue = queues[entry.queue]
    return groups.reduce(0) { $0 + ($1.supports(queue) ? $1.usable : 0) } <= tried + holding
  }

  /// How inconvenient the pair is: inputs to be fetched count more than a slot process to be restarted for another
  /// BLAS kernel.
  private func penalty(of task: Int, on row: Int) -> Int {
    let missing = tasks[task].inputs.count { !workers[row]!.held.contains($0.task) }
    let core = queues[tasks[task].queue].core
    let restart = core.map { workers[row]!.loadedCores.contains($0) ? 0 : 1 } ?? 0
    return 2 * missing + restart
  }

  mutating func grant(_ task: Int, to row: Int, isCopy: Bool) {
    counters.grants += 1
    if isCopy { counters.copies += 1 }
    let epoch = nextEpoch()
    tell(task, isCopy ? "granted as a copy" : "granted", worker: workers[row]!.id, epoch: epoch)
    note(epoch, of: task, for: workers[row]!.key)
    lend(task, to: row, epoch: epoch, isCopy: isCopy, phase: .queued)
    moveToEnd(row)
    send(message(for: task, epoch), to: row)
  }

  /// The epoch of one more grant.
  mutating func nextEpoch() -> Epoch {
    precondition(lastGrant < .max, "a coordinator can make 4294967295 grants, then it must be restarted")
    lastGrant += 1
    return Epoch(UInt64(settings.coordinatorEpoch) << 32 | UInt64(lastGrant))
  }

  /// Sends the grant with the others of this event.
  mutating func send(_ grant: Grant, to row: Int) {
    if let batch = grants.firstIndex(where: { $0.worker == row }) {
      grants[batch].grants.append(grant)
    } else {
      grants.append(GrantBatch(worker: row, grants: [grant]))
    }
  }

  func message(for task: Int, _ epoch: Epoch) -> Grant {
    let entry = tasks[task]
    return Grant(
      attempt: AttemptName(task: entry.plan.id, epoch: epoch), specification: entry.plan.specification,
      inputs: entry.inputs.map { GrantInput(name: $0.name, objects: tasks[$0.task].record?.objects ?? []) },
      sources: entry.plan.sources, numericsCore: entry.plan.numericsCore)
  }

  /// Sends what this event granted, in frames that keep to the limits.
  mutating func flushGrants() {
    for batch in grants {
      var frame: [Grant] = []
      var bytes = 0
      for grant in batch.grants {
        if frame.count == Limits.grants || (bytes + grant.roughSize > Limits.controlFrame / 2 && !frame.isEmpty) {
          actions.append(.send(.grants(frame), to: workers[batch.worker]!.id))
          (frame, bytes) = ([], 0)
        }
        frame.append(grant)
        bytes += grant.roughSize
      }
      actions.append(.send(.grants(frame), to: workers[batch.worker]!.id))
    }
    grants = []
  }

  /// When slots are free and nothing that is ready may run there, attempts that take much longer than their like, or that wait in a queue,
  /// or whose worker is silent, get a second chance elsewhere.
  mutating func startCopies() {
    // What is ready may wait for the very worker that hoards: `dispatch` has found nothing for who is idle now.
    guard !isClosing, pausedUntil == nil, groups.contains(where: { !$0.idle.isEmpty }) else { return }
    for straggler in stragglers() {
      guard let row = firstIdle(for: straggler) else { continue }
      grant(straggler, to: row, isCopy: true)
    }
  }

  /// The worst first.
  private func stragglers() -> [Int] {
    var found: [(task: Int, ratio: Double)] = []
    for case let entry? in workers {
      for lease in entry.leases
      where tasks[lease.task].state == .running && tasks[lease.task].holders.count == 1 && isServed(lease.task) {
        let seconds = clock.seconds(since: lease.granted)
        let like = durationClasses[tasks[lease.task].durationClass]
        let median = like.count >= settings.stragglerSamples ? like.median : nil
        let ratio = seconds / max(median ?? .infinity, 1e-3)
        let waitsInLine = lease.phase == .queued && lease.mentioned > lease.granted && entry.unfinished > entry.slots
        let isSlow = ratio > settings.stragglerFactor || waitsInLine || entry.isSuspect
        // Nobody is waited for as long as he says: not who has never finished anything, nor for a result that is said to be
        // there and does not come, nor for ever.
        let isOverdue =
          seconds > (entry.results == 0 ? settings.unprovenSeconds : settings.stallSeconds)
          || lease.phase == .finished && clock.seconds(since: lease.progressed) > settings.expirySeconds
        if isOverdue || isSlow && lease.phase != .finished && seconds > settings.stragglerSeconds {
          found.append((lease.task, ratio))
        }
      }
    }
    return found.sorted { $0.ratio != $1.ratio ? $0.ratio > $1.ratio : $0.task < $1.task }.map(\.task)
  }

  private func firstIdle(for task: Int) -> Int? {
    let holders = Set(tasks[task].holders.map { workers[$0]!.key })
    var second: Int?
    for group in groups where group.supports(queues[tasks[task].queue]) {
      for row in group.idle.prefix(Self.copyWindow) where mayRun(task, on: row) {
        // Rather another key, and one that has finished something: who hoards may have many names.
        if !holders.contains(workers[row]!.key) || workers[row]!.results > 0 { return row }
        second = second ?? row
      }
    }
    return second
  }
}

extension Grant {
  /// Bytes in a frame, generously.
  fileprivate var roughSize: Int {
    let named = inputs.reduce(sources.count) { $0 + $1.objects.count + 1 }
    return specification.count + named * 300 + 256
  }
}
