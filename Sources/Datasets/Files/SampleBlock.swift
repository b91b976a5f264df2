import Core
import Files
import Formats
import Numerics
import Samples

/// The samples of one file, decoded, and what of it was left out.
struct SampleBlock: Sendable {
  /// What was left out of a source, and why.
  struct LeftOut: Hashable, Sendable {
    /// Files that are damaged.
    var damaged = 0
    /// Samples of classes that the manifest leaves out.
    var others = 0
    /// Samples that the manifest's takedown list names.
    var takenDown = 0
    /// Samples whose own licences the sweep does not allow.
    var licences = 0
    /// Some of the damaged files with what is wrong, in the order of the source.
    var examples: [String] = []

    static let exampleLimit = 20

    mutating func add(_ other: LeftOut) {
      damaged += other.damaged
      others += other.others
      takenDown += other.takenDown
      licences += other.licences
      examples = Array((examples + other.examples).prefix(Self.exampleLimit))
    }

    mutating func addDamaged(_ name: String, _ reason: String) {
      damaged += 1
      if examples.count < Self.exampleLimit { examples.append("\(name.prefix(200)): \(reason.prefix(300))") }
    }
  }

  let samples: SampleSet
  /// −1 where a sample has none.
  let labels: [Int32]
  /// Names each sample within its source.
  let sourceIDs: [UInt32]
  /// One row a sample; nil where features are made of samples.
  let features: RowTable?
  /// What samples say of themselves; nil where their pool says it of all.
  let origins: SampleOrigins?
  let leftOut: LeftOut
  /// What of it lies in files already, by the object's name.
  let files: [String: WorkFile]

  /// What is not among ``files``.
  func objects() -> [String: [UInt8]] {
    var description: [String: JSONValue] = [
      "damaged": .integer(Int64(leftOut.damaged)), "others": .integer(Int64(leftOut.others)),
      "examples": .array(leftOut.examples.map { .string($0) }),
    ]
    if leftOut.takenDown > 0 { description["takenDown"] = .integer(Int64(leftOut.takenDown)) }
    if leftOut.licences > 0 { description["licences"] = .integer(Int64(leftOut.licences)) }
    description[SampleOrigins.descriptionKey] = origins?.description
    var objects: [String: [UInt8]] = [
      "labels": labels.object, "sourceIDs": sourceIDs.object, "description": JSONValue.object(description).canonical,
    ]
    if files["samples"] == nil { objects["samples"] = samples.object }
    if files["features"] == nil { objects["features"] = features?.matrix.object }
    return objects.merging(origins?.objects ?? [:]) { own, _ in own }
  }

  init(
    samples: SampleSet, labels: [Int32], sourceIDs: [UInt32], features: RowTable? = nil,
    origins: SampleOrigins? = nil, leftOut: LeftOut,
    files: [String: WorkFile] = [:]
  ) {
    self.samples = samples
    self.labels = labels
    self.sourceIDs = sourceIDs
    self.features = features
    self.origins = origins
    self.leftOut = leftOut
    self.files = files
  }

  /// Reads what ``objects()`` writes; throws a ``DatasetError``.
  init(_ stored: StoredObjects) throws {
    samples = try stored.samples("samples")
    labels = try stored.labels("labels", count: samples.count, from: -1, below: Int(Int32.max))
    sourceIDs = try stored.identifiers("sourceIDs", count: samples.count)
    features = stored.holds("features") ? try stored.table("features", rows: samples.count) : nil
    files = [:]
    let described = try stored.description("description")
    origins = try SampleOrigins(stored, count: samples.count, description: described)
    let description = described.value
    leftOut = LeftOut(
      damaged: description["damaged"]?.int ?? 0, others: description["others"]?.int ?? 0,
      takenDown: description["takenDown"]?.int ?? 0, licences: description["licences"]?.int ?? 0,
      examples: (description["examples"]?.elements ?? []).compactMap(\.text))
  }

  /// The blocks of one source, one after the other; traps without any. Throws a ``DatasetError`` when more than
  /// `damagedShare` of their files are damaged, or nothing is left.
  static func joined(_ blocks: [SampleBlock], owner: String, damagedShare: Double) throws -> SampleBlock {
    var leftOut = LeftOut()
    for block in blocks { leftOut.add(block.leftOut) }
    let count = blocks.reduce(0) { $0 + $1.samples.count }
    let share = Double(leftOut.damaged) / Double(max(1, leftOut.damaged + count))
    guard share <= damagedShare else {
      throw DatasetError(
        owner,
        "\(leftOut.damaged) of \(leftOut.damaged + count) files are damaged, more than the share of \(damagedShare) that the "
          + "manifest allows with \"damagedShare\": " + leftOut.examples.prefix(5).joined(separator: "; "))
    }
    guard count > 0 else {
      throw DatasetError(
        owner,
        leftOut.licences > 0
          ? "none of its samples is under a licence that \"licences\" allows (\(leftOut.licences) are left out)"
          : "there is no sample in it")
    }
    return SampleBlock(
      samples: SampleSet(joining: blocks.filter { $0.samples.count > 0 }.map(\.samples)),
      labels: blocks.flatMap(\.labels),
      sourceIDs: blocks.flatMap(\.sourceIDs), features: RowTable(joining: blocks.map(\.features)),
      origins: SampleOrigins.joined(blocks.map(\.origins)), leftOut: leftOut)
  }
}

extension RowTable {
  /// The rows of all, one table after the other; nil where one is missing.
  fileprivate init?(joining tables: [RowTable?]) {
    let known = tables.compactMap(\.self)
    guard known.count == tables.count, !known.isEmpty else { return nil }
    self.init(joining: known)
  }
}
