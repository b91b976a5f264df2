import Core
import Datasets
import Formats
import Sweeps

/// The parts of `fashion++` for seed 0, built once and shared by every test.
struct BuiltParts: Sendable {
  typealias Objects = [String: [UInt8]]

  static let shared: BuiltParts = {
    do {
      return try BuiltParts()
    } catch { fatalError("\(error)") }
  }()

  static let inputs: [(part: String, inputs: [String])] = [
    ("web", []), ("representation", ["web"]), ("expert", ["web", "representation"]),
    ("crowdsourced", ["web", "representation"]), ("retrieval-image", ["web", "representation", "expert"]),
    ("retrieval-text", ["web", "representation"]), ("generator", ["retrieval-text"]),
    ("synthetic-image", ["representation", "generator", "expert"]),
    ("synthetic-text", ["representation", "generator"]),
    ("evaluation", ["representation"]), ("deployment", ["web", "representation"]),
    ("field", ["web", "representation"]),
  ]
  static let poolNames = [
    "expert", "crowdsourced", "retrieval-image", "retrieval-text", "synthetic-image", "synthetic-text",
    "field",
  ]
  static let corruptionImages = 200

  let sources: Objects
  private(set) var objects: [String: Objects] = [:]
  private(set) var facts: [String: PartFacts] = [:]
  let pools: [String: Pool]
  let evaluation: EvaluationSets
  let deployment: DeploymentSets

  init() throws {
    sources = try FashionMNIST.sources()
    for (part, inputs) in Self.inputs {
      let output = try Self.builder().build(
        part: part, sources: sources, inputs: objects.filter { inputs.contains($0.key) })
      objects[part] = output.objects
      facts[part] = output.facts
    }
    var pools: [String: Pool] = [:]
    for name in Self.poolNames { pools[name] = try Pool(objects: objects[name] ?? [:]) }
    self.pools = pools
    evaluation = try EvaluationSets(objects: objects["evaluation"] ?? [:])
    deployment = try DeploymentSets(objects: objects["deployment"] ?? [:])
  }

  static func builder(seed: UInt64 = 0, crowdVotes: Int = 1) -> FashionPlusPlusBuilder {
    FashionPlusPlusBuilder(seed: seed, crowdVotes: crowdVotes, corruptionImages: corruptionImages)
  }

  /// Builds one part again, with `changes` to the objects of its inputs.
  func rebuilt(
    _ part: String, _ builder: FashionPlusPlusBuilder = Self.builder(),
    changes: (inout [String: Objects]) -> Void = { _ in }
  ) throws -> FashionPlusPlusBuilder.PartOutput {
    let inputs = Self.inputs.first { $0.part == part }?.inputs ?? []
    var given = objects.filter { inputs.contains($0.key) }
    changes(&given)
    return try builder.build(part: part, sources: sources, inputs: given)
  }

  func pool(_ name: String) -> Pool { pools[name]! }

  func labels(_ name: String) throws -> [Int32] {
    guard case .int32(let labels) = try NumPyArray(reading: objects["web"]![name]!, name: name).values else {
      return []
    }
    return labels
  }

  func sourceIDs(_ name: String) throws -> [UInt32] {
    guard case .uint32(let ids) = try NumPyArray(reading: objects["web"]![name]!, name: name).values else { return [] }
    return ids
  }
}
