package import Core
package import Samples

/// The row of the built-in data set `fashion++`: a small counterpart of ImageNet++ made from Fashion-MNIST.
package struct FashionPlusPlusKind: DatasetKind {
  package static let name = "fashion++"
  /// Of every sample.
  package static let shape = SampleShape.image(height: SourceImages.side, width: SourceImages.side, channels: 1)

  package init() {}

  package var name: String { Self.name }
  package var summary: Words {
    Words(
      english:
        "seven pools derived from the 70,000 images of Fashion-MNIST, with corrupted, downstream and deployment sets",
      japanese: "Fashion-MNISTの7万枚から作った7つの候補プールと、劣化・下流タスク・運用環境の評価データ")
  }

  package var drawOption: String? { "seed" }
  package var worldOptions: Set<String> { ["deployment"] }

  package func dataset(options: JSONValue, place: String) throws -> any Dataset {
    try FashionPlusPlusDataset(options: options, place: place)
  }

  package func build(_ request: PartRequest, context: TaskContext) throws -> PartOutput {
    var parameters = try StrictObject(request.parameters, place: "part task")
    guard let part = try parameters.string("part") else { throw parameters.error("part", "the key is missing") }
    let isOwn = try parameters.bool("own") ?? false
    let builder = FashionPlusPlusBuilder(
      seed: UInt64(try parameters.integer("seed", in: 0...Int(Int32.max)) ?? 0),
      crowdVotes: try parameters.integer("crowdVotes", in: 1...9) ?? 1,
      corruptionImages: try parameters.integer("corruptionImages", in: 1...10_000) ?? 1_000,
      deploymentWorld: try parameters.integer("world", in: 0...Int(Int32.max)).map { UInt64($0) })
    try parameters.finish()
    guard !isOwn || ["set", "deployment"].contains(part) else {
      throw parameters.error("part", "\(part) is not made of own files")
    }
    try context.proceed(0)
    return try builder.build(part: part, sources: request.sources, inputs: request.inputs, context: context)
  }
}
