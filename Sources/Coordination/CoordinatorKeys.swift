package import Core
package import Wire

/// What the workers of one key have and may have.
struct KeyAccount: Equatable, Sendable {
  /// The public key as text; empty without encryption.
  let key: String
  /// How many workers of it are known.
  var workers = 0
  /// What its leases read, and how many of them do.
  var readable: [Digest: Int] = [:]
}

/// A grant that was made, for as long as its task has a place in the table.
struct IssuedGrant: Equatable, Sendable {
  let epoch: Epoch
  /// Index of the key that it was made to.
  let key: Int32
}

/// What the objects port may give to a key and take from it.
package protocol ObjectRights {
  /// Whether the key may read the object: a worker what its grants name, others everything.
  func mayRead(_ digest: Digest, _ principal: Principal) -> Bool
  /// Whether the key may still hand in a result of the attempt, with its objects.
  func mayHandIn(_ attempt: AttemptName, _ principal: Principal) -> Bool
  /// Whether any worker of the key is known.
  func knows(_ principal: Principal) -> Bool
}

extension CoordinatorMachine: ObjectRights {
  package func mayRead(_ digest: Digest, _ principal: Principal) -> Bool {
    principal.role != .worker || keyIndex[principal.key].map { keys[$0].readable[digest] != nil } ?? false
  }

  package func mayHandIn(_ attempt: AttemptName, _ principal: Principal) -> Bool {
    guard let task = taskIndex[attempt.task], tasks[task].state != .done else { return false }
    return wasGranted(attempt, task: task, to: principal.key)
  }

  package func knows(_ principal: Principal) -> Bool { keyIndex[principal.key].map { keys[$0].workers > 0 } ?? false }
}

extension CoordinatorMachine {
  /// Who has the worker's key; nil when the worker is not known.
  package func principal(of worker: WorkerID) -> Principal? { workerIndex[worker].flatMap { workers[$0]?.principal } }

  /// Grants of one task that are remembered, the last ones.
  private static let grantsRemembered = 16

  mutating func account(of key: String) -> Int {
    if let known = keyIndex[key] { return known }
    keys.append(KeyAccount(key: key))
    keyIndex[key] = keys.count - 1
    return keys.count - 1
  }

  /// A grant is made, or was made by an earlier life.
  mutating func note(_ epoch: Epoch, of task: Int, for key: Int) {
    tasks[task].issued.append(IssuedGrant(epoch: epoch, key: Int32(key)))
    if tasks[task].issued.count > Self.grantsRemembered { tasks[task].issued.removeFirst() }
  }

  mutating func remember(_ grant: EarlierGrant) {
    guard let task = taskIndex[grant.attempt.task] else {
      // Its sweep may yet be submitted again.
      return earlierGrants[grant.attempt.task, default: []].append(grant)
    }
    note(grant.attempt.epoch, of: task, for: account(of: grant.key))
  }

  /// Whether the attempt comes from a grant to this key.
  func wasGranted(_ attempt: AttemptName, task: Int, to key: String) -> Bool {
    guard let index = keyIndex[key] else { return false }
    return tasks[task].issued.contains { $0.epoch == attempt.epoch && $0.key == index }
  }

  /// The lease may read what its task reads.
  mutating func open(_ lease: Lease, of row: Int) {
    for digest in lease.reads { keys[workers[row]!.key].readable[digest, default: 0] += 1 }
  }

  /// The lease reads nothing any more.
  mutating func close(_ lease: Lease, of row: Int) {
    let key = workers[row]!.key
    for digest in lease.reads {
      let count = keys[key].readable[digest, default: 0]
      keys[key].readable[digest] = count > 1 ? count - 1 : nil
    }
  }

  /// Everything that the task reads, as far as it is there.
  func reads(of task: Int) -> [Digest] {
    tasks[task].inputs.flatMap { (tasks[$0.task].record?.objects ?? []).map(\.digest) }
      + tasks[task].plan.sources.map(\.digest)
  }

  /// The worker is not wanted any more, whatever it says.
  mutating func cut(_ id: WorkerID, _ reason: String) {
    guard let row = workerIndex[id] else { return }
    actions.append(.send(.reject(Reject(reason: reason, retryAfterSeconds: settings.retryAfterSeconds)), to: id))
    actions.append(.report(Notice(.warning, "worker \(name(of: row)) is cut: \(reason)")))
    forget(row)
  }
}
