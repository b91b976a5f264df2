import Core
package import Datasets
import Formats
package import ObjectStore
import Samples
package import Sweeps

/// What the finished trials of a store chose, with the pools that they chose from.
package final class StoredSubsets {
  private let store: Store
  /// The pool read last: trials of one shift come one after the other.
  private var recent: (task: TaskID, pool: Pool)?
  /// What was read of pools whose samples say something of themselves.
  private var recentOrigins: [TaskID: SampleOrigins?] = [:]
  /// The images read last, likewise.
  private var recentGallery: (task: TaskID, gallery: PoolGallery)?

  package init(_ store: Store) { self.store = store }

  /// The subset of one trial, in the order of choice; that of a mix shift by shift. Throws when an object is missing or
  /// damaged.
  package func manifest(of result: TrialResult) throws -> SubsetManifest {
    let place = "trial \(result.point.label)"
    let objects = try objects(of: result.task, place: place)
    let subset = try array(.subset, in: objects, place: place)
    let labels = try array(.labels, in: objects, place: place)
    guard subset.count == labels.count else { throw DatasetError(place, "its subset does not fit its labels") }
    guard objects[TrialObject.sources.rawValue] != nil else {
      return try manifest(Array(zip(subset, labels)), from: try pool(of: result.task, place: place), place: place)
    }
    let (names, shifts) = (try sources(objects, place: place), try array(.shifts, in: objects, place: place))
    guard shifts.count == subset.count, shifts.allSatisfy(names.indices.contains) else {
      throw DatasetError(place, "its subset does not say which shift each image is from")
    }
    let parts = try names.enumerated().map { source, name in
      let own = zip(subset, labels).enumerated().filter { shifts[$0.offset] == source }.map(\.element)
      return try manifest(own, from: try pool(.source(shift: name), of: result.task, place: place), place: place)
    }
    return SubsetManifest(joining: parts)
  }

  /// How many samples a mix bought of each pool that it looked at.
  func counts(of result: TrialResult) throws -> [String: Int] {
    let place = "trial \(result.point.label)"
    let objects = try objects(of: result.task, place: place)
    guard objects[TrialObject.sources.rawValue] != nil else { return [:] }
    let (names, shifts) = (try sources(objects, place: place), try array(.shifts, in: objects, place: place))
    return shifts.reduce(into: [:]) { counts, shift in
      if names.indices.contains(shift) { counts[names[shift], default: 0] += 1 }
    }
  }

  /// What the samples that a trial bought say of themselves, by pool; of the pools whose samples do. `origins` says of each pool of
  /// the sweep where it is from, by name.
  package func stated(of result: TrialResult, origins: [String: Provenance]) throws -> [String: OriginCounts] {
    let isMix = result.point.strategy.isMix
    let asked = origins.filter {
      ($0.value.hasSampleLicences || $0.value.synthetic == .bySample) && (isMix || $0.key == result.point.shift)
    }
    guard !asked.isEmpty else { return [:] }
    let place = "trial \(result.point.label)"
    let objects = try objects(of: result.task, place: place)
    let subset = try array(.subset, in: objects, place: place)
    var rows: [String: [Int]] = [result.point.shift: subset]
    if isMix {
      let (names, shifts) = (try sources(objects, place: place), try array(.shifts, in: objects, place: place))
      guard shifts.count == subset.count, shifts.allSatisfy(names.indices.contains) else {
        throw DatasetError(place, "its subset does not say which shift each image is from")
      }
      rows = Dictionary(grouping: zip(subset, shifts), by: { names[$0.1] }).mapValues { $0.map(\.0) }
    }
    return try asked.keys.sorted().reduce(into: [:]) { counts, shift in
      guard let own = rows[shift], !own.isEmpty else { return }
      let input: TrialInput = isMix ? .source(shift: shift) : .pool
      guard let task = try poolTask(input, of: result.task, place: place),
        let origins = try sampleOrigins(of: task, place: place)
      else { return }
      guard own.allSatisfy(origins.rows.contains) else {
        throw DatasetError(place, "its subset does not fit the pool \(shift)")
      }
      counts[shift] = origins.counts(of: own)
    }
  }

  private func sampleOrigins(of pool: TaskID, place: String) throws -> SampleOrigins? {
    if let known = recentOrigins[pool] { return known }
    let needed = try objects(of: pool, place: place).filter { SampleOrigins.neededObjects.contains($0.key) }
    let origins = try SampleOrigins(
      poolObjects: try needed.mapValues { try store.read($0.digest) })
    recentOrigins[pool] = .some(origins)
    return origins
  }

  /// The subset of one trial with its samples; `origins` says where each pool of its sweep is from, by name. Throws as
  /// ``manifest(of:)`` does.
  package func export(
    of result: TrialResult, origins: [String: Provenance], words: (Remark) -> String
  ) throws -> SubsetExport {
    let manifest = try manifest(of: result)
    let place = "trial \(result.point.label)"
    var samples: [SampleSet] = []
    var known: [String: SubsetExport.Origin] = [:]
    var classNames: [String] = []
    // Entries of one pool stand together.
    var start = 0
    while start < manifest.entries.count {
      let shift = manifest.entries[start].shift
      let end = manifest.entries[start...].firstIndex { $0.shift != shift } ?? manifest.entries.count
      let isMix = try poolTask(.pool, of: result.task, place: place) == nil
      let pool = try pool(isMix ? .source(shift: shift) : .pool, of: result.task, place: place)
      samples.append(pool.images.selecting(manifest.entries[start..<end].map(\.index)))
      let provenance = origins[shift] ?? Provenance(licence: pool.licence, synthetic: .some)
      known[shift] = SubsetExport.Origin(provenance: provenance, labels: words(pool.labelOrigin))
      classNames = pool.classNames
      start = end
    }
    guard !samples.isEmpty else { throw DatasetError(place, "it chose nothing") }
    return SubsetExport(
      manifest: manifest, samples: SampleSet(joining: samples), classNames: classNames, origins: known)
  }

  private func manifest(_ chosen: [(row: Int, label: Int)], from pool: Pool, place: String) throws -> SubsetManifest {
    guard chosen.allSatisfy({ (0..<pool.count).contains($0.row) }) else {
      throw DatasetError(place, "its subset does not fit the pool \(pool.shift)")
    }
    return SubsetManifest(pool: pool, subset: chosen.map(\.row), labels: chosen.map { Int32($0.label) })
  }

  /// What a trial chose, as rows of its pool's images; nil when it has no pool of its own.
  func chosen(by result: TrialResult) throws -> (subset: [Int], labels: [Int], gallery: PoolGallery)? {
    let place = "trial \(result.point.label)"
    guard let task = try poolTask(.pool, of: result.task, place: place) else { return nil }
    let objects = try objects(of: result.task, place: place)
    let gallery = try gallery(task, place: place)
    let subset = try array(.subset, in: objects, place: place)
    let labels = try array(.labels, in: objects, place: place)
    guard subset.count == labels.count, subset.allSatisfy({ (0..<gallery.images.count).contains($0) }) else {
      throw DatasetError(place, "its subset does not fit its pool")
    }
    return (subset, labels, gallery)
  }

  private func gallery(_ task: TaskID, place: String) throws -> PoolGallery {
    if let recentGallery, recentGallery.task == task { return recentGallery.gallery }
    let needed = try objects(of: task, place: place).filter { PoolGallery.objectNames.contains($0.key) }
    let gallery = try PoolGallery(objects: try needed.mapValues { try store.read($0.digest) })
    recentGallery = (task, gallery)
    return gallery
  }

  private func poolTask(_ input: TrialInput, of trial: TaskID, place: String) throws -> TaskID? {
    guard let bytes = try store.specification(of: trial) else { throw DatasetError(place, "the store lost its task") }
    return try TaskSpecification(bytes: bytes, place: place).inputs[input.name]
  }

  private func pool(_ input: TrialInput = .pool, of trial: TaskID, place: String) throws -> Pool {
    guard let task = try poolTask(input, of: trial, place: place) else {
      throw DatasetError(place, "it has no pool of its own")
    }
    if let recent, recent.task == task { return recent.pool }
    let pool = try Pool(objects: try objects(of: task, place: place).mapValues { try store.read($0.digest) })
    recent = (task, pool)
    return pool
  }

  private func sources(_ objects: [String: ObjectReference], place: String) throws -> [String] {
    let bytes = try objects[TrialObject.sources.rawValue].map { try store.read($0.digest) } ?? []
    return try JSONValue.parse(bytes, source: "\(place), sources").elements?.compactMap(\.text) ?? []
  }

  private func objects(of task: TaskID, place: String) throws -> [String: ObjectReference] {
    guard let stored = try store.outcomes(of: [task])[task] else {
      throw DatasetError(place, "the outcome of task \(task.short) is not in the store")
    }
    return try Outcome(bytes: stored.bytes, place: place).objects
  }

  private func array(_ object: TrialObject, in objects: [String: ObjectReference], place: String) throws -> [Int] {
    let name = object.rawValue
    guard let reference = objects[name] else { throw DatasetError(place, "it has no object \"\(name)\"") }
    let array = try NumPyArray(reading: try store.read(reference.digest), name: "\(place), \(name)")
    guard let values = array.values.integers else { throw DatasetError(place, "\"\(name)\" holds no whole numbers") }
    return values
  }
}
