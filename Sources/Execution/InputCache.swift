import Core
import Datasets
import Planning
import Synchronization
import Utilities

/// Decoded inputs of a slot process, kept from one task to the next: trials of a sweep read the same few pools.
final class InputCache: Sendable {
  private let pools = Mutex(RecentValues<Pool>(limit: 3))
  private let sets = Mutex(RecentValues<EvaluationSets>(limit: 1))
  private let likeness = Mutex(RecentValues<LikenessThreshold?>(limit: 1))
  private let ownSets = Mutex(RecentValues<OwnEvaluationSet>(limit: 4))
  private let deployments = Mutex(RecentValues<DeploymentSets>(limit: 1))

  /// The pool that the input `name` made.
  func pool(_ name: String, _ inputs: any InputReading) throws -> Pool {
    try Self.value(name, inputs, in: pools) {
      let (objects, files) = try inputs.contents(of: name)
      return try Pool(objects: objects, files: files)
    }
  }

  /// The evaluation sets that the input `name` made.
  func sets(_ name: String, _ inputs: any InputReading) throws -> EvaluationSets {
    try Self.value(name, inputs, in: sets) { try EvaluationSets(objects: try inputs.objects(of: name)) }
  }

  /// From which cosine on samples are nearly the same, by the base test set of the input `name`; nil below two samples.
  func likeness(_ name: String, _ inputs: any InputReading, context: TaskContext) throws -> LikenessThreshold? {
    try Self.value(name, inputs, in: likeness) {
      try LikenessThreshold(different: try sets(name, inputs).base.features.withUnitRows(), context: context)
    }
  }

  /// The deployment sets that the input `name` made.
  func deployment(_ name: String, _ inputs: any InputReading) throws -> DeploymentSets {
    try Self.value(name, inputs, in: deployments) { try DeploymentSets(objects: try inputs.objects(of: name)) }
  }

  /// The further labelled set that the input `name` made.
  func set(_ name: String, _ inputs: any InputReading) throws -> OwnEvaluationSet {
    try Self.value(name, inputs, in: ownSets) { try OwnEvaluationSet(objects: try inputs.objects(of: name)) }
  }

  private static func value<Value: Sendable>(
    _ name: String, _ inputs: any InputReading, in recent: borrowing Mutex<RecentValues<Value>>,
    decode: () throws -> Value
  ) throws -> Value {
    // The decoded form is named by the digests of the objects.
    let digests = try inputs.digests(of: name).sorted { $0.key < $1.key }
    let key = Digest(of: digests.map { "\($0.key)=\($0.value)" }.joined(separator: "\n"))
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
