import Core
import Files
import Formats
import Numerics
import Samples

/// Gathers the samples of one source, with their classes, and what is left out.
struct BlockCollector {
  private let rule: SampleRule
  private let resolver: ClassResolver
  private let needsLabels: Bool
  private let takedown: Takedown
  private var pixels: [UInt8] = []
  private var numbers: RowCollector
  private var features: RowCollector?
  private var labels: [Int32] = []
  private var sourceIDs: [UInt32] = []
  private var leftOut = SampleBlock.LeftOut()
  /// Labels that are neither classes nor mapped, with how many samples have them.
  private var unknown: [String: Int] = [:]

  /// - Parameter directory: where rows of numbers are written to; nil for memory. Throws a `FileError`.
  init(_ parameters: BlockParameters, directory: String? = nil) throws {
    rule = parameters.rule
    resolver = parameters.resolver
    needsLabels = parameters.needsLabels
    takedown = parameters.takedown
    let isVector = !parameters.rule.isImage
    numbers = try RowCollector(columns: parameters.rule.shape.size, directory: isVector ? directory : nil)
    features = try parameters.features.flatMap { features in
      try features.seconds == nil ? RowCollector(columns: features.width, directory: directory) : nil
    }
  }

  /// What a sample is taken as.
  enum Placement: Equatable {
    case taken(Int32)
    case passedOver
  }

  /// The class of a sample whose label is `text`; a sample without one counts as damaged where labels are needed. `key` is
  /// nil where samples have no names that last.
  mutating func place(_ name: String, key: String?, label text: String?) -> Placement {
    if let key, takedown.holds(key: key) {
      leftOut.takenDown += 1
      return .passedOver
    }
    guard needsLabels else { return .taken(-1) }
    guard let text else {
      leftOut.addDamaged(name, "it has no label")
      return .passedOver
    }
    switch resolver.meaning(of: text) {
    case .label(let number): return .taken(number)
    case .leftOut: leftOut.others += 1
    case .unknown: unknown[text, default: 0] += 1
    }
    return .passedOver
  }

  /// Takes an image of the size of the data set. `key` names it within its source.
  mutating func add(
    key: String, label: Int32, pixels image: some Collection<UInt8>, features row: [Float]? = nil
  ) throws {
    precondition(image.count == rule.shape.size, "an image of another size")
    guard let sourceID = taken(key, Array(image)) else { return }
    pixels += image
    try features?.append(row ?? [])
    add(sourceID: sourceID, label)
  }

  /// Takes a sample of numbers.
  mutating func add(key: String, label: Int32, numbers row: [Float], features own: [Float]? = nil) throws {
    precondition(row.count == rule.shape.size, "a vector of another width")
    guard let sourceID = taken(key, [UInt8](memoryOf: row)) else { return }
    try numbers.append(row)
    try features?.append(own ?? [])
    add(sourceID: sourceID, label)
  }

  /// The name of a sample's key; nil for one that must not be used any more.
  private mutating func taken(_ key: String, _ content: @autoclosure () -> [UInt8]) -> UInt32? {
    let sourceID = SampleKey.sourceID(key)
    guard takedown.entries.isEmpty || !takedown.holds(sourceID: sourceID, content: content()) else {
      leftOut.takenDown += 1
      return nil
    }
    return sourceID
  }

  private mutating func add(sourceID: UInt32, _ label: Int32) {
    labels.append(label)
    sourceIDs.append(sourceID)
  }

  mutating func addDamaged(_ name: String, _ reason: String) { leftOut.addDamaged(name, reason) }

  /// What was gathered. Throws a ``DatasetError`` that lists the labels that are no classes.
  consuming func finished() throws -> SampleBlock {
    if !unknown.isEmpty {
      let listed = unknown.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let words = listed.prefix(20).map { "“\($0.key.prefix(60))” (\($0.value))" }.joined(separator: ", ")
      let more = listed.count > 20 ? " and \(listed.count - 20) more" : ""
      throw DatasetError(
        "labels",
        "\(listed.count) are no classes of the data set: \(words)\(more); say under \"classMap\" which class each means, or "
          + "\"others\": \"leave-out\"")
    }
    let samples: SampleSet
    var files: [String: WorkFile] = [:]
    switch rule.shape {
    case .image(let height, let width, let channels):
      samples = .images(
        ImageSet(count: labels.count, height: height, width: width, channels: channels, pixels: pixels))
    case .vector:
      let (rows, file) = try numbers.finished()
      samples = .vectors(rows)
      files["samples"] = file
    }
    var own: RowTable?
    if let collected = try features?.finished(), collected.rows.rows == labels.count {
      own = collected.rows
      files["features"] = collected.file
    }
    return SampleBlock(
      samples: samples, labels: labels, sourceIDs: sourceIDs, features: own, leftOut: leftOut, files: files)
  }
}
