import Core
import Formats
import Samples
import Sweeps

/// The part `evaluation`: the base test set, clean and corrupted, and downstream tasks made of it. Its images appear in no pool.
struct EvaluationPart {
  let seed: UInt64
  let corruptionImages: Int

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let representation = try FixedRepresentation(objects: inputs.bytes(of: "representation"))
    let base = try Self.testImages(inputs)
    let chosen = try corruptionIndices(of: base.images.count)
    let sets = EvaluationSets(
      base: try representation.labelled(base.images, base.labels, context: inputs.context.part(from: 0, to: 0.1)),
      corruptions: try corruptions(base.images.selecting(chosen), inputs.context.part(from: 0.1, to: 0.9)),
      corruptionLabels: chosen.map { base.labels[$0] },
      transfer: try TransferTasks(seed: seed, images: base.images, labels: base.labels).tasks())
    return .init(objects: sets.objects(), facts: facts(sets))
  }

  private static func testImages(_ inputs: PartInputs) throws -> (images: ImageSet, labels: [Int32]) {
    let (imageFile, labelFile) = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
    let images = try IDXFile.images(inputs.source(imageFile), name: imageFile)
    let labels = try IDXFile.labels(inputs.source(labelFile), classes: SourceImages.classNames.count, name: labelFile)
    try WebPart.check(images, labels, imageFile, labelFile)
    return (images, labels)
  }

  private func corruptionIndices(of count: Int) throws -> [Int] {
    guard corruptionImages <= count else {
      throw DatasetError(
        "part evaluation", "\(corruptionImages) images a corruption are asked for, but there are \(count)")
    }
    var generator = SeededGenerator(seed: seed, purpose: "evaluation/corrupted images")
    return generator.sample(corruptionImages, of: count).sorted()
  }

  private func corruptions(_ images: ImageSet, _ context: TaskContext) throws -> [EvaluationSets.Corruption] {
    try CorruptionKind.allCases.enumerated().flatMap { number, kind in
      let part = context.part(number, of: CorruptionKind.allCases.count)
      return try kind.corrupted(images, seed: seed, context: part).enumerated().map {
        EvaluationSets.Corruption(kind: kind.rawValue, severity: $0 + 1, images: .images($1))
      }
    }
  }

  private func facts(_ sets: EvaluationSets) -> PartFacts {
    PartFacts(
      licence: SourceImages.licence, notes: [Remark(.testImages), Remark(.corruptions)],
      others: [
        "base": Double(sets.base.images.count), "corruptionImages": Double(corruptionImages),
        "corruptionKinds": Double(CorruptionKind.allCases.count),
        "corruptionSeverities": Double(CorruptionKind.severities),
      ], transferTasks: sets.transfer.map(\.facts))
  }
}
