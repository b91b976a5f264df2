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
  /// nil where nothing is said of single samples.
  private var statements: SampleStatements?
  private var pixels: [UInt8] = []
  private var numbers: RowCollector
  private var features: RowCollector?
  private var labels: [Int32] = []
  private var sourceIDs: [UInt32] = []
  private var said: [SampleOrigins.Statement] = []
  private let origins: OriginParameters?
  private var leftOut = SampleBlock.LeftOut()
  /// Labels that are neither classes nor mapped, with how many samples have them.
  private var unknown: [String: Int] = [:]

  /// - Parameters:
  ///   - statements: what samples say of themselves, where the parameters ask for it.
  ///   - directory: where rows of numbers are written to; nil for memory.
  /// - Throws: a `FileError`.
  init(_ parameters: BlockParameters, statements: SampleStatements? = nil, directory: String? = nil) throws {
    rule = parameters.rule
    resolver = parameters.resolver
    needsLabels = parameters.needsLabels
    takedown = parameters.takedown
    (origins, self.statements) = (parameters.origins, statements)
    let isVector = !parameters.rule.isImage
    numbers = try RowCollector(columns: parameters.rule.shape.size, directory: isVector ? directory : nil)
    features = try parameters.features.flatMap { features in
      try features.areGiven ? RowCollector(columns: features.width, directory: directory) : nil
    }
  }

  /// What a sample is taken as.
  enum Placement: Equatable {
    case taken(Int32, SampleOrigins.Statement)
    case passedOver
  }

  /// The class of a sample whose label is `text`; a sample without one counts as damaged where labels are needed. `key` is
  /// nil where samples have no names that last; `says` is asked what the sample says of itself. Throws a ``DatasetError``.
  mutating func place(
    _ name: String, key: String?, label text: String?,
    says: (SampleStatements) throws -> SampleOrigins.Statement
  ) throws -> Placement {
    if let key, takedown.holds(key: key) {
      leftOut.takenDown += 1
      return .passedOver
    }
    var statement = SampleOrigins.Statement()
    if let statements {
      do { statement = try says(statements) } catch let problem as SampleStatements.Problem {
        leftOut.addDamaged(name, problem.reason)
        return .passedOver
      }
      guard try self.statements!.allows(statement) else {
        leftOut.licences += 1
        return .passedOver
      }
    }
    guard needsLabels else { return .taken(-1, statement) }
    guard let text else {
      leftOut.addDamaged(name, "it has no label")
      return .passedOver
    }
    switch resolver.meaning(of: text) {
    case .label(let number): return .taken(number, statement)
    case .leftOut: leftOut.others += 1
    case .unknown: unknown[text, default: 0] += 1
    }
    return .passedOver
  }

  /// Takes an image of the size of the data set. `key` names it within its source.
  mutating func add(
    key: String, label: Int32, says statement: SampleOrigins.Statement, pixels image: some Collection<UInt8>,
    features row: [Float]? = nil
  ) throws {
    precondition(image.count == rule.shape.size, "an image of another size")
    guard let sourceID = taken(key, Array(image)) else { return }
    pixels += image
    try features?.append(row ?? [])
    add(sourceID: sourceID, label, statement)
  }

  /// Takes a sample of numbers.
  mutating func add(
    key: String, label: Int32, says statement: SampleOrigins.Statement, numbers row: [Float],
    features own: [Float]? = nil
  ) throws {
    precondition(row.count == rule.shape.size, "a vector of another width")
    guard let sourceID = taken(key, [UInt8](memoryOf: row)) else { return }
    try numbers.append(row)
    try features?.append(own ?? [])
    add(sourceID: sourceID, label, statement)
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

  private mutating func add(sourceID: UInt32, _ label: Int32, _ statement: SampleOrigins.Statement) {
    if origins != nil { said.append(statement) }
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
    let origins = origins.map {
      SampleOrigins(said, licences: $0.licence != nil, synthetic: $0.synthetic != nil)
    }
    return SampleBlock(
      samples: samples, labels: labels, sourceIDs: sourceIDs, features: own, origins: origins, leftOut: leftOut,
      files: files)
  }
}
