import Core
import Datasets
import Synchronization

/// Decoded inputs of a slot process, kept from one task to the next: trials of a sweep read the same few pools.
final class InputCache: Sendable {
  private let pools = Mutex(RecentValues<Pool>(limit: 3))
  private let sets = Mutex(RecentValues<EvaluationSets>(limit: 1))
  private let ownSets = Mutex(RecentValues<OwnEvaluationSet>(limit: 4))
  private let deployments = Mutex(RecentValues<DeploymentSets>(limit: 1))

  /// The pool whose objects are named by `key`, decoded only when it is not among the recent ones.
  func pool(_ key: Digest, decode: () throws -> Pool) rethrows -> Pool {
    try Self.value(key, in: pools, decode: decode)
  }

  /// The evaluation sets, likewise.
  func sets(_ key: Digest, decode: () throws -> EvaluationSets) rethrows -> EvaluationSets {
    try Self.value(key, in: sets, decode: decode)
  }

  /// The deployment sets, likewise.
  func deployment(_ key: Digest, decode: () throws -> DeploymentSets) rethrows -> DeploymentSets {
    try Self.value(key, in: deployments, decode: decode)
  }

  /// An organisation's evaluation set, likewise.
  func set(_ key: Digest, decode: () throws -> OwnEvaluationSet) rethrows -> OwnEvaluationSet {
    try Self.value(key, in: ownSets, decode: decode)
  }

  private static func value<Value: Sendable>(
    _ key: Digest, in recent: borrowing Mutex<RecentValues<Value>>, decode: () throws -> Value
  ) rethrows -> Value {
    if let known = recent.withLock({ $0.recall(key) }) { return known }
    let value = try decode()
    recent.withLock { $0.remember(value, as: key) }
    return value
  }
}

/// The last few values used, by key.
private struct RecentValues<Value: Sendable>: Sendable {
  let limit: Int
  private var entries: [(key: Digest, value: Value)] = []

  init(limit: Int) { self.limit = limit }

  /// The value of `key`, which counts as used now.
  mutating func recall(_ key: Digest) -> Value? {
    guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
    let entry = entries.remove(at: index)
    entries.append(entry)
    return entry.value
  }

  /// Keeps `value`, and forgets the one that was used longest ago when there are too many.
  mutating func remember(_ value: Value, as key: Digest) {
    entries.append((key, value))
    if entries.count > limit { entries.removeFirst() }
  }
}
