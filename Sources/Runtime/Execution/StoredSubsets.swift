package import Core
package import Datasets
package import ObjectStore
package import Sweeps

/// What the finished trials of a store chose, with the pools that they chose from.
package final class StoredSubsets {
  private let store: Store
  /// The pool read last: trials of one shift come one after the other.
  private var recent: (task: TaskID, pool: Pool)?

  package init(_ store: Store) { self.store = store }

  /// The subset of one trial, in the order of choice. Throws when an object is missing or damaged.
  package func manifest(of result: TrialResult) throws -> SubsetManifest {
    let place = "trial \(result.point.label)"
    let objects = try objects(of: result.task, place: place)
    let subset = try array("subset", in: objects, place: place)
    let labels = try array("labels", in: objects, place: place)
    let pool = try pool(of: result.task, place: place)
    guard subset.count == labels.count, subset.allSatisfy({ (0..<pool.count).contains($0) }) else {
      throw DatasetError(place, "its subset does not fit the pool \(pool.shift)")
    }
    return SubsetManifest(pool: pool, subset: subset, labels: labels.map { Int32($0) })
  }

  /// The pool that a trial chose from.
  package func pool(of trial: TaskID, place: String) throws -> Pool {
    guard let bytes = try store.specification(of: trial) else { throw DatasetError(place, "the store lost its task") }
    let specification = try TaskSpecification(json: try JSONValue.parse(bytes, source: place), place: place)
    guard let task = specification.inputs["pool"] else { throw DatasetError(place, "it has no pool of its own") }
    if let recent, recent.task == task { return recent.pool }
    let pool = try Pool(objects: try objects(of: task, place: place).mapValues { try store.read($0.digest) })
    recent = (task, pool)
    return pool
  }

  private func objects(of task: TaskID, place: String) throws -> [String: ObjectReference] {
    guard let stored = try store.outcomes(of: [task])[task] else {
      throw DatasetError(place, "the outcome of task \(task.short) is not in the store")
    }
    return try Outcome(bytes: stored.bytes, place: place).objects
  }

  private func array(_ name: String, in objects: [String: ObjectReference], place: String) throws -> [Int] {
    guard let reference = objects[name] else { throw DatasetError(place, "it has no object \"\(name)\"") }
    let array = try NumPyArray(reading: try store.read(reference.digest), name: "\(place), \(name)")
    guard let values = array.values.integers else { throw DatasetError(place, "\"\(name)\" holds no whole numbers") }
    return values
  }
}
