import Core
import Sweeps

/// The part `generator`: the generative model that the synthetic pools come from, fitted to web images and the class
/// lemmas of their captions, which is what a text-conditioned generator is trained on. It never sees a true label, an
/// expert image or test data.
struct GeneratorPart {
  let seed: UInt64

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let pool = try inputs.pool("retrieval-text")
    let generator = try ImageGenerator(
      fitting: pool.grey, labels: pool.observedLabels, classes: pool.classNames.count, seed: seed)
    return .init(
      objects: generator.objects(),
      facts: PartFacts(
        notes: [ImageGenerator.statement],
        others: [
          "images": Double(pool.count), "conditionNoise": pool.labelNoise,
          "components": Double(generator.classes.reduce(0) { $0 + $1.components.count }),
        ]))
  }
}

/// The pools `synthetic-image` and `synthetic-text`.
struct SyntheticPart {
  let seed: UInt64

  static let imagesPerClass = 1_000
  /// How far a variation moves from its expert image towards a fresh image.
  static let strength = 0.85
  /// How much of each component's spread images of a class show.
  static let spread = 0.85

  func buildFromImages(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let expert = try inputs.pool("expert")
    var random = SeededGenerator(seed: seed, purpose: "synthetic-image")
    let images = try ImageGenerator(objects: inputs.bytes(of: "generator")).variations(
      of: expert.grey, labels: expert.observedLabels, strength: Float(Self.strength), generator: &random)
    let source = SourceImages(images: images, labels: expert.observedLabels, sourceIDs: expert.sourceIDs)
    return try output(
      "synthetic-image", source, inputs, labelOrigin: Remark(.sourceImage),
      others: ["noiseStrength": Self.strength])
  }

  func buildFromClasses(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let generator = try ImageGenerator(objects: inputs.bytes(of: "generator"))
    var random = SeededGenerator(seed: seed, purpose: "synthetic-text")
    var labels = generator.classes.indices.flatMap { [Int32](repeating: Int32($0), count: Self.imagesPerClass) }
    random.shuffle(&labels)
    let images = generator.images(ofClasses: labels, strength: Float(Self.spread), generator: &random)
    let source = SourceImages(images: images, labels: labels, sourceIDs: (0..<UInt32(labels.count)).map { $0 })
    return try output(
      "synthetic-text", source, inputs, labelOrigin: Remark(.askedClass), others: ["spread": Self.spread])
  }

  private func output(
    _ shift: String, _ images: SourceImages, _ inputs: PartInputs, labelOrigin: Remark, others: [String: Double]
  ) throws -> FashionPlusPlusBuilder.PartOutput {
    let representation = try FixedRepresentation(objects: inputs.bytes(of: "representation"))
    let pool = images.pool(
      shift: shift, observedLabels: images.labels,
      features: try representation.features(of: images.images, context: inputs.context),
      labelOrigin: labelOrigin)
    var facts = pool.facts
    // The label of a generated image is what was asked for; so is its "true" label, because nobody has looked.
    (facts.labelNoise, facts.noneOfTheClasses, facts.uncheckedTruth) = (nil, nil, Remark(.notChecked))
    facts.statements = [ImageGenerator.statement]
    facts.others = others
    return .init(objects: pool.objects(), facts: facts)
  }
}
