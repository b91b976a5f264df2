import Core
import Sweeps
import Wire

/// A finished task that is computed once more, by a worker with another key, to see whether the same comes out.
struct Audit: Equatable, Sendable {
  let row: Int
  /// As for any attempt; the task's table of holders knows nothing of it.
  var lease: Lease
}

/// A finished task that waits for its audit.
struct AuditWish: Equatable, Sendable {
  let task: Int
  /// The key that handed in its result.
  let key: Int
}

/// Audits: a share of results is computed again under another key, when slots are free and nothing else is to be done.
extension CoordinatorMachine {
  /// Tasks that wait for an audit at most; further ones are not audited.
  private static let wishLimit = 100_000
  /// Wishes, and workers for each, that are compared at a time.
  private static let window = 64

  /// Whether a task is among those that are audited. Nobody who does not know the seed can tell.
  private func isDrawn(_ task: Int) -> Bool {
    guard settings.auditShare > 0 else { return false }
    let seed = (0..<8).map { UInt8(truncatingIfNeeded: settings.auditSeed >> (8 * UInt64($0))) }
    let draw = Digest(of: seed + tasks[task].plan.id.digest.bytes).bytes.prefix(7).reduce(0.0) { $0 * 256 + Double($1) }
    return draw < settings.auditShare * 0x1p56
  }

  mutating func wishAudit(of task: Int, by key: Int) {
    guard auditWishes.count < Self.wishLimit, isDrawn(task) else { return }
    auditWishes.append(AuditWish(task: task, key: key))
  }

  /// Grants audits to slots that would otherwise be idle.
  mutating func startAudits() {
    guard !isClosing, pausedUntil == nil, hungry.isEmpty, !auditWishes.isEmpty else { return }
    var rest: [AuditWish] = []
    for wish in auditWishes.prefix(Self.window) {
      guard tasks[wish.task].state == .done else { continue }
      guard isServed(wish.task), let row = auditor(for: wish) else {
        rest.append(wish)
        continue
      }
      grantAudit(of: wish.task, to: row)
    }
    // Who found nobody, or rests, goes to the end, so that others are looked at too.
    auditWishes = Array(auditWishes.dropFirst(Self.window)) + rest
  }

  private func auditor(for wish: AuditWish) -> Int? {
    let queue = queues[tasks[wish.task].queue]
    for group in groups where group.supports(queue) {
      if let row = group.idle.prefix(Self.window).first(where: { workers[$0]!.key != wish.key }) { return row }
    }
    return nil
  }

  /// Has a finished task computed once more.
  mutating func grantAudit(of task: Int, to row: Int) {
    let epoch = nextEpoch()
    counters.audits += 1
    tell(task, "granted for an audit", worker: workers[row]!.id, epoch: epoch)
    note(epoch, of: task, for: workers[row]!.key)
    let lease = Lease(
      task: task, epoch: epoch, isCopy: true, granted: clock, mentioned: clock, progressed: clock,
      reads: reads(of: task))
    open(lease, of: row)
    audits[epoch] = Audit(row: row, lease: lease)
    workers[row]!.audits += 1
    refresh(row)
    moveToEnd(row)
    send(message(for: task, epoch), to: row)
  }

  /// Whether the report is about an audit, which is then known to be under way. One that stands still is stopped, and not made up
  /// for.
  mutating func noteAudit(_ report: AttemptReport, from row: Int) -> Bool {
    let epoch = report.attempt.epoch
    guard let audit = audits[epoch], audit.row == row else { return false }
    audits[epoch]!.lease.mentioned = clock
    if report.phase != audit.lease.phase || report.progress > audit.lease.progress {
      audits[epoch]!.lease.phase = report.phase
      audits[epoch]!.lease.progress = max(audit.lease.progress, report.progress)
      audits[epoch]!.lease.progressed = clock
    } else if clock.seconds(since: audit.lease.progressed) > settings.stallSeconds {
      if report.phase != .finished { actions.append(.send(.cancel(report.attempt), to: workers[row]!.id)) }
      endAudit(epoch, of: row)
    }
    return true
  }

  /// The audit has ended, one way or another. False when the attempt was none.
  @discardableResult mutating func endAudit(_ epoch: Epoch, of row: Int) -> Bool {
    guard let audit = audits[epoch], audit.row == row else { return false }
    audits[epoch] = nil
    close(audit.lease, of: row)
    workers[row]!.audits -= 1
    refresh(row)
    postponeDispute(about: audit.lease.task)
    return true
  }

  /// Audits of the worker that its reports do not mention, or all when it is gone. They are not made up for.
  mutating func dropAudits(of row: Int, unmentionedOnly: Bool) {
    guard workers[row]!.audits > 0 else { return }
    let gone = audits.filter { _, audit in
      audit.row == row
        && (!unmentionedOnly || clock.seconds(since: audit.lease.mentioned) > settings.confirmationSeconds)
    }
    for epoch in gone.keys.sorted() { endAudit(epoch, of: row) }
  }
}
