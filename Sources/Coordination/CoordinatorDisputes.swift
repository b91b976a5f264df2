package import Core
import Wire

/// Results of a task that contradict each other, as long as no two keys agree.
struct OpenDispute: Equatable, Sendable {
  /// Keys that have found something.
  var keys: Set<String>
  /// Keys that were asked, and have found nothing so far.
  var asked: Set<String> = []
  /// Nobody else is asked before this (on ``CoordinatorMachine/clock``): somebody computes, or was asked a moment ago.
  var until: Instant?
}

/// Disputes: a task whose results contradict each other is computed once more by somebody who has handed in none of them, and by
/// somebody else again, until two keys agree. Unlike audits these runs come before other work: what needs the task may be wrong.
extension CoordinatorMachine {
  /// Disputes, and workers of each group, that are looked at with an event. Bounds its cost.
  private static let window = 8

  /// Whether results of the task contradict each other, and nobody has settled that yet.
  package func isDisputed(_ task: TaskID) -> Bool { disputes[task] != nil }

  mutating func note(_ dispute: Dispute) {
    let isNew = disputes[dispute.task] == nil
    guard dispute.verdict == .open else {
      disputes[dispute.task] = nil
      unsettled.removeAll { $0 == dispute.task }
      if !isNew { announce(dispute) }
      return
    }
    var open = disputes[dispute.task] ?? OpenDispute(keys: [])
    let keys = Set(dispute.claims.map(\.key))
    // Who says ever new things is no reason to ask others twice.
    guard isNew || keys != open.keys else { return }
    open.keys = keys
    let isQueued = !isNew && open.until == nil
    open.until = nil
    disputes[dispute.task] = open
    if taskIndex[dispute.task] != nil, !isQueued { unsettled.append(dispute.task) }
  }

  private mutating func announce(_ dispute: Dispute) {
    let names = Set(dispute.wrong.map { $0.name.isEmpty ? "somebody without a key" : $0.name }).sorted()
    let found =
      switch dispute.verdict {
      case .confirmed: "two keys found what is kept; \(names.joined(separator: ", ")) found something else"
      case .overturned: "two keys agree on another outcome than the one that \(names.joined(separator: ", ")) handed in"
      case .split, .open: "keys agree, but on several outcomes: it depends on the host what comes out"
      }
    actions.append(.report(Notice(.error, "task \(dispute.task.short): \(found); see: winnow incidents")))
  }

  /// Asks the next worker for those that wait for one.
  mutating func settleDisputes() {
    guard !isClosing, pausedUntil == nil, !unsettled.isEmpty else { return }
    for id in unsettled.prefix(Self.window) {
      guard let task = taskIndex[id], let dispute = disputes[id], tasks[task].state == .done, isServed(task),
        let row = settler(of: dispute, task)
      else { continue }
      unsettled.removeAll { $0 == id }
      disputes[id]!.asked.insert(workers[row]!.principal.key)
      // As long as a copy of any other task would wait.
      let patience = workers[row]!.results == 0 ? settings.unprovenSeconds : settings.stallSeconds
      disputes[id]!.until = clock.advanced(bySeconds: patience)
      grantAudit(of: task, to: row)
    }
  }

  /// A worker with a key that has found nothing yet, rather one that was not asked before.
  private func settler(of dispute: OpenDispute, _ task: Int) -> Int? {
    var second: Int?
    for group in groups where group.supports(queues[tasks[task].queue]) {
      for row in group.idle.prefix(Self.window) + group.ahead.prefix(Self.window) {
        let key = workers[row]!.principal.key
        guard !dispute.keys.contains(key), !isAuditing(task, row) else { continue }
        if !dispute.asked.contains(key) { return row }
        second = second ?? row
      }
    }
    return second
  }

  private func isAuditing(_ task: Int, _ row: Int) -> Bool {
    workers[row]!.audits > 0 && audits.values.contains { $0.row == row && $0.lease.task == task }
  }

  /// The run has ended, somehow. What it found is told by ``note(_:)`` at once; when it found nothing, somebody is asked again
  /// after a while.
  mutating func postponeDispute(about task: Int) {
    let id = tasks[task].plan.id
    guard let dispute = disputes[id], dispute.until != nil else { return }
    disputes[id]!.until = clock.advanced(bySeconds: settings.expirySeconds)
  }

  /// Time has passed: who was asked has had his time, and others than the first few are looked at too.
  mutating func lookAtDisputes() {
    guard !disputes.isEmpty else { return }
    let due = disputes.filter { _, dispute in dispute.until.map { $0 <= clock } ?? false }.keys.sorted()
    for id in due {
      disputes[id]!.until = nil
      if taskIndex[id] != nil { unsettled.append(id) }
    }
    let first = min(Self.window, unsettled.count)
    unsettled = Array(unsettled.dropFirst(first)) + unsettled.prefix(first)
  }
}
