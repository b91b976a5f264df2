package import Core
package import Datasets
import Economics
import Numerics
import Samples
import Sweeps

/// A data set that Winnow knows nothing of: 1,200 classes of little colour pictures (5 × 7 pixels, three channels), or of
/// colours as vectors.
package struct ToyDatasetKind: DatasetKind {
  package init() {}

  package var name: String { "toy" }
  package var summary: Words { Words(english: "coloured dots", japanese: "色の点") }

  package func dataset(options: JSONValue, place: String) throws -> any Dataset {
    var object = try StrictObject(options, place: place)
    let isVectors = try object.bool("vectors") ?? false
    try object.finish()
    return ToyDataset(isVectors: isVectors)
  }

  package func build(_ request: PartRequest, context: TaskContext) throws -> PartOutput {
    var parameters = try StrictObject(request.parameters, place: "toy part")
    let (part, isVectors) = (try parameters.string("part") ?? "", try parameters.bool("vectors") ?? false)
    try parameters.finish()
    try context.proceed(0)
    let maker = ToySamples(isVectors: isVectors)
    switch part {
    case "clean": return maker.pool("clean", perClass: 3, wrong: 0)
    case "careless": return maker.pool("careless", perClass: 4, wrong: 0.4)
    case "exam": return maker.exam()
    default: throw DatasetError("toy", "there is no part called \(part)")
    }
  }
}

struct ToyDataset: Dataset {
  let isVectors: Bool

  var options: JSONValue { ["vectors": .bool(isVectors)] }
  var files: [SourceFile] { [] }
  func check(_ contents: [String: [UInt8]]) throws {}

  var description: DatasetDescription {
    func part(_ name: String, _ roles: Set<PartRole>) -> PartDescription {
      PartDescription(
        name: name, roles: roles, parameters: ["part": .string(name), "vectors": .bool(isVectors)], version: 1)
    }
    return DatasetDescription(
      kind: "toy", classes: ToySamples.classes, shape: ToySamples(isVectors: isVectors).shape,
      parts: [part("clean", [.pool, .reference]), part("careless", [.pool]), part("exam", [.evaluation])],
      pools: [
        PoolDescription(
          name: "clean", supply: Supply(obtain: [.acquire], label: .labelExpert),
          provenance: Provenance(licence: "CC0-1.0", synthetic: .yes),
          words: Words(english: "samples that are labelled with care", japanese: "丁寧にラベルを付けた標本")),
        PoolDescription(
          name: "careless", supply: Supply(obtain: [.acquire], label: nil),
          provenance: Provenance(licence: nil, synthetic: .some),
          words: Words(english: "samples that are labelled carelessly", japanese: "雑にラベルを付けた標本")),
      ])
  }
}

/// Every class has a colour of its own; a sample is the colour with a little noise.
struct ToySamples {
  static let classes = (0..<1_200).map { "colour \($0)" }

  let isVectors: Bool

  var shape: SampleShape { isVectors ? .vector(width: 3) : .image(height: 5, width: 7, channels: 3) }

  func pool(_ name: String, perClass: Int, wrong: Double) -> PartOutput {
    let truth = (0..<Self.classes.count * perClass).map { Int32($0 % Self.classes.count) }
    var generator = SeededGenerator(seed: 0, purpose: "toy/\(name)/labels")
    let labels = truth.map {
      generator.uniform(in: 0..<1) < wrong ? Int32(generator.integer(below: Self.classes.count)) : $0
    }
    let samples = samples(of: truth, purpose: name)
    let pool = Pool(
      shift: name, images: samples, classNames: Self.classes, observedLabels: labels, trueLabels: truth,
      sourceIDs: truth.indices.map { UInt32($0) }, features: features(samples), labelOrigin: "toy", licence: "CC0-1.0")
    return PartOutput(objects: pool.objects(), facts: pool.facts)
  }

  func exam() -> PartOutput {
    let labels = (0..<Self.classes.count).map { Int32($0) }
    let samples = samples(of: labels, purpose: "exam")
    let sets = EvaluationSets(
      base: LabelledImages(images: samples, labels: labels, features: features(samples)), corruptions: [],
      corruptionLabels: [])
    return PartOutput(objects: sets.objects(), facts: PartFacts())
  }

  private func colour(_ label: Int32) -> [Double] {
    [label % 11, label / 11 % 11, label / 121].map { 20 + 20 * Double($0) }
  }

  private func samples(of labels: [Int32], purpose: String) -> SampleSet {
    var generator = SeededGenerator(seed: 0, purpose: "toy/\(purpose)/noise")
    let dots = isVectors ? 1 : 35
    let values = labels.flatMap { label in
      (0..<dots).flatMap { _ in colour(label).map { min(255, max(0, $0 + generator.uniform(in: -6..<6))) } }
    }
    return isVectors
      ? .vectors(Matrix(rows: labels.count, columns: 3, values: values.map { Float($0 / 255) }))
      : .images(
        ImageSet(count: labels.count, height: 5, width: 7, channels: 3, pixels: values.map { UInt8($0.rounded()) }))
  }

  /// The mean colour of each sample, and its length beside, so that no two classes have one direction.
  private func features(_ samples: SampleSet) -> Matrix {
    var values: [Float] = []
    for index in 0..<samples.count {
      var mean: [Float]
      switch samples {
      case .vectors(let rows): mean = rows.row(index)
      case .images(let images):
        let pixels = Array(images.image(index))
        mean = (0..<3).map { channel in
          stride(from: channel, to: pixels.count, by: 3).reduce(0) { $0 + Float(pixels[$1]) } / (35 * 255)
        }
      }
      values += mean + [1]
    }
    return Matrix(rows: samples.count, columns: 4, values: values)
  }
}
