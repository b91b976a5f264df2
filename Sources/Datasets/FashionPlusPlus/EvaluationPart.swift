import Core

/// The part `evaluation`: everything that trials are measured on. Its images appear in no pool.
struct EvaluationPart {
  let seed: UInt64
  let corruptionImages: Int

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let representation = try FixedRepresentation(objects: inputs.bytes(of: "representation"))
    let base = try Self.testImages(inputs)
    let deployment = try photographs(inputs)
    let (target, test) = try halves(deployment)
    let chosen = try corruptionIndices(of: base.images.count)
    let sets = EvaluationSets(
      base: labelled(base.images, base.labels, representation), corruptions: corruptions(base.images.selecting(chosen)),
      corruptionLabels: chosen.map { base.labels[$0] }, deployment: labelled(test.images, test.labels, representation),
      target: target.images, targetFeatures: representation.features(of: target.images))
    return .init(objects: sets.objects(), facts: facts(sets))
  }

  private func labelled(_ images: ImageSet, _ labels: [Int32], _ representation: FixedRepresentation) -> LabelledImages
  {
    LabelledImages(images: images, labels: labels, features: representation.features(of: images))
  }

  private static func testImages(_ inputs: PartInputs) throws -> (images: ImageSet, labels: [Int32]) {
    let (imageFile, labelFile) = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
    let images = try IDXFile.images(inputs.source(imageFile), name: imageFile)
    let labels = try IDXFile.labels(inputs.source(labelFile), classes: SourceImages.classNames.count, name: labelFile)
    try WebPart.check(images, labels, imageFile, labelFile)
    return (images, labels)
  }

  private func photographs(_ inputs: PartInputs) throws -> SourceImages {
    let sources = try SourceImages(inputs.objects(of: "web"), prefix: "deployment")
    guard sources.labels.allSatisfy({ $0 >= 0 }) else {
      throw DatasetError("part web, object \"deploymentLabels\"", "every deployment image needs a label")
    }
    return SourceImages(
      images: DeploymentCamera.photograph(sources.images, seed: seed), labels: sources.labels,
      sourceIDs: sources.sourceIDs)
  }

  /// The unlabelled target sample and the labelled test set, which share no image.
  private func halves(_ images: SourceImages) throws -> (target: SourceImages, test: SourceImages) {
    var generator = SeededGenerator(seed: seed, purpose: "evaluation/target")
    let order = generator.permutation(images.images.count)
    let middle = order.count / 2
    return (images.selecting(order[..<middle].sorted()), images.selecting(order[middle...].sorted()))
  }

  private func corruptionIndices(of count: Int) throws -> [Int] {
    guard corruptionImages <= count else {
      throw DatasetError(
        "part evaluation", "\(corruptionImages) images a corruption are asked for, but there are \(count)")
    }
    var generator = SeededGenerator(seed: seed, purpose: "evaluation/corrupted images")
    return generator.sample(corruptionImages, of: count).sorted()
  }

  private func corruptions(_ images: ImageSet) -> [EvaluationSets.Corruption] {
    CorruptionKind.allCases.flatMap { kind in
      kind.corrupted(images, seed: seed).enumerated().map {
        EvaluationSets.Corruption(kind: kind.rawValue, severity: $0 + 1, images: $1)
      }
    }
  }

  private func facts(_ sets: EvaluationSets) -> JSONValue {
    [
      "base": .integer(Int64(sets.base.images.count)), "licence": .string(SourceImages.licence),
      "source": "Fashion-MNIST (Xiao, Rasul & Vollgraf 2017), test images; deployment from held-out training images",
      "corruptionKinds": .array(CorruptionKind.allCases.map { .string($0.rawValue) }),
      "corruptionSeverities": .integer(Int64(CorruptionKind.severities)),
      "corruptionImages": .integer(Int64(corruptionImages)),
      "corruptions":
        "the fifteen kinds of ImageNet-C with parameters for 28×28; frost is procedural, without photographs",
      "deployment": .integer(Int64(sets.deployment.images.count)), "target": .integer(Int64(sets.target.count)),
      "deploymentCamera": .string(DeploymentCamera.statement),
      "deploymentClassCounts": .array(Pool.counts(sets.deployment.labels, classes: SourceImages.classNames.count)),
    ]
  }
}
