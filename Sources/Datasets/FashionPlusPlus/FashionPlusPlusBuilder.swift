package import Core
import Sweeps

/// Builds the parts of the built-in data set `fashion++`: a small counterpart of ImageNet++ (Feuer et al., SELECT,
/// NeurIPS 2024) made from Fashion-MNIST. Every part is a pure function of its inputs.
package struct FashionPlusPlusBuilder: Sendable {
  package let seed: UInt64
  /// Votes per image in the crowdsourced pool, odd.
  package let crowdVotes: Int
  /// Images per corruption and severity.
  package let corruptionImages: Int
  /// Names another deployment world than the first, with its own class mix and camera; nil for the first.
  package let deploymentWorld: UInt64?

  package init(seed: UInt64, crowdVotes: Int, corruptionImages: Int, deploymentWorld: UInt64? = nil) {
    self.seed = seed
    self.crowdVotes = crowdVotes
    self.corruptionImages = corruptionImages
    self.deploymentWorld = deploymentWorld
  }

  package typealias PartOutput = Datasets.PartOutput

  /// Builds `part`.
  ///
  /// - Parameters:
  ///   - sources: the raw gzipped IDX files by file name; only `web` and `evaluation` read them. The parts `set` and
  ///     `deployment` take an organisation's own files: `images`, `labels` and (`deployment`) `target`.
  ///   - inputs: the objects of the parts that this one is built from, by part name, then object name.
  ///
  /// Throws a ``DatasetError`` when a source or input is missing or damaged.
  package func build(
    part: String, sources: [String: [UInt8]], inputs: [String: [String: [UInt8]]],
    context: TaskContext = .unobserved
  ) throws -> PartOutput {
    let inputs = PartInputs(part: part, sources: sources, parts: inputs, context: context)
    switch part {
    case "web": return try WebPart(seed: seed).build(inputs)
    case "representation": return try representation(inputs)
    case "generator": return try GeneratorPart(seed: seed).build(inputs)
    case "expert": return try expert(inputs)
    case "crowdsourced": return try CrowdsourcedPart(seed: seed, votes: crowdVotes).build(inputs)
    case "retrieval-image": return try RetrievalByImagePart().build(inputs)
    case "retrieval-text": return try RetrievalByTextPart(seed: seed).build(inputs)
    case "synthetic-image": return try SyntheticPart(seed: seed).buildFromImages(inputs)
    case "synthetic-text": return try SyntheticPart(seed: seed).buildFromClasses(inputs)
    case "evaluation": return try EvaluationPart(seed: seed, corruptionImages: corruptionImages).build(inputs)
    case "set": return try OwnEvaluationSet.part(inputs)
    case "deployment" where sources["images"] != nil: return try DeploymentSets.part(inputs)
    case "field": return try FieldPart(seed: seed, world: deploymentWorld).build(inputs)
    case "deployment": return try DeploymentPart(seed: seed, world: deploymentWorld).build(inputs)
    default: throw DatasetError("fashion++", "there is no part called \"\(part)\"")
    }
  }

  private func representation(_ inputs: PartInputs) throws -> PartOutput {
    let images = try SourceImages(inputs.objects(of: "web"), prefix: "web").images
    let (representation, features) = try FixedRepresentation.fit(to: images, seed: seed, context: inputs.context)
    return PartOutput(
      objects: representation.objects().merging(["webFeatures": features.object]) { first, _ in first },
      facts: PartFacts(
        notes: [Remark(.representation)],
        others: [
          "dimension": Double(FixedRepresentation.dimension), "images": Double(images.count),
          "patches": Double(FixedRepresentation.patchSample),
        ]))
  }

  private func expert(_ inputs: PartInputs) throws -> PartOutput {
    let images = try SourceImages(inputs.objects(of: "web"), prefix: "expert")
    let representation = try FixedRepresentation(objects: inputs.bytes(of: "representation"))
    let pool = images.pool(
      shift: "expert", observedLabels: images.labels,
      features: try representation.features(of: images.images, context: inputs.context),
      labelOrigin: Remark(.ownLabels))
    return PartOutput(objects: pool.objects(), facts: pool.facts)
  }
}

/// What a part is built from, with errors that name the part that misses something.
struct PartInputs {
  let part: String
  let sources: [String: [UInt8]]
  let parts: [String: [String: [UInt8]]]
  let context: TaskContext

  func source(_ name: String) throws -> [UInt8] {
    guard let bytes = sources[name] else {
      throw DatasetError("part \(part)", "the file \(name) is needed to build it")
    }
    return bytes
  }

  func bytes(of input: String) throws -> [String: [UInt8]] {
    guard let objects = parts[input] else {
      throw DatasetError("part \(part)", "the part \(input) is needed to build it")
    }
    return objects
  }

  /// A pool of labelled 28 × 28 images of the ten classes.
  func pool(_ input: String) throws -> Pool {
    let pool = try Pool(objects: bytes(of: input))
    try SourceImages.check(pool.grey, place: "part \(input), object \"images\"")
    guard pool.classNames == SourceImages.classNames, pool.observedLabels.allSatisfy({ $0 >= 0 }) else {
      throw DatasetError("part \(input)", "every image needs a label of the ten classes of fashion++")
    }
    return pool
  }

  func objects(of input: String) throws -> StoredObjects {
    try StoredObjects(owner: "part \(input)", objects: bytes(of: input))
  }
}
