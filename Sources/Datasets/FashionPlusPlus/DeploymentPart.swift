import Core
import Samples
import Sweeps

/// The part `deployment`: what the organisation will really see, half of it labelled. Its images appear in no pool.
struct DeploymentPart {
  let seed: UInt64
  /// Another world than the first: its own class mix and its own camera; nil for the first.
  let world: UInt64?

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let representation = try FixedRepresentation(objects: inputs.bytes(of: "representation"))
    let subjects = try SourceImages(inputs.objects(of: "web"), prefix: "deployment")
    guard subjects.labels.allSatisfy({ $0 >= 0 }) else {
      throw DatasetError("part web, object \"deploymentLabels\"", "every deployment image needs a label")
    }
    let camera = DeploymentWorld(seed: seed, number: world).camera
    let (target, test) = world == nil ? try halves(camera.photographs(of: subjects, seed: seed)) : try drawn(subjects)
    let sets = DeploymentSets(
      test: try representation.labelled(test.images, test.labels, context: inputs.context.part(from: 0, to: 0.5)),
      target: .images(target.images),
      targetFeatures: try representation.features(
        of: target.images, context: inputs.context.part(from: 0.5, to: 1)))
    return .init(objects: sets.objects(), facts: facts(sets, camera))
  }

  /// The unlabelled target sample and the labelled test set, which share no image.
  private func halves(_ images: SourceImages) throws -> (target: SourceImages, test: SourceImages) {
    var generator = SeededGenerator(seed: seed, purpose: "evaluation/target")
    let order = generator.permutation(images.images.count)
    let middle = order.count / 2
    return (images.selecting(order[..<middle].sorted()), images.selecting(order[middle...].sorted()))
  }

  /// Subjects of another class mix: each half has the size it has in the first world. Where a class has too few subjects,
  /// each is photographed several times.
  private func drawn(_ subjects: SourceImages) throws -> (target: SourceImages, test: SourceImages) {
    let (target, test) = try halves(subjects)
    let world = DeploymentWorld(seed: seed, number: world)
    return (
      try world.photographs(of: target, count: target.labels.count, for: "target"),
      try world.photographs(of: test, count: test.labels.count, for: "test")
    )
  }

  private func facts(_ sets: DeploymentSets, _ camera: DeploymentCamera) -> PartFacts {
    PartFacts(
      classCounts: Pool.counts(sets.test.labels, classes: SourceImages.classNames.count),
      licence: SourceImages.licence, notes: [Remark(.heldOutImages), camera.remark],
      others: ["target": Double(sets.target.count), "test": Double(sets.test.images.count)])
  }
}

extension FixedRepresentation {
  /// Images with their labels and their representation.
  func labelled(_ images: ImageSet, _ labels: [Int32], context: TaskContext) throws -> LabelledImages {
    LabelledImages(images: .images(images), labels: labels, features: try features(of: images, context: context))
  }
}
