import Core
import Datasets
import Formats
import Foundation
import Numerics
import Samples
import Sweeps
import Testing

/// A data set of files, from its manifest to its parts, without a cluster.
@Suite struct FilesDatasetTests {
  /// Pictures of two classes: light above, or light below, with noise.
  private static func picture(_ label: Int, _ number: Int, side: Int = 12, channels: Int = 3) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(number), purpose: "picture \(label)")
    return (0..<side * side).flatMap { place -> [UInt8] in
      let isLight = (place / side < side / 2) == (label == 0)
      return (0..<channels).map { _ in UInt8((isLight ? 170 : 30) + generator.integer(below: 60)) }
    }
  }

  private static func shard(_ range: Range<Int>, damaged: Bool = false, stranger: Bool = false) -> [UInt8] {
    var writer = TarWriter()
    for number in range {
      let label = number % 2
      let png = TestPNG.bytes(picture(label, number), height: 12, width: 12, channels: 3)
      writer.add("\(number).png", number == range.lowerBound && damaged ? Array(png.prefix(60)) : png)
      writer.add("\(number).cls", Array((stranger && number == range.lowerBound ? "cat" : ["up", "down"][label]).utf8))
    }
    return writer.finished()
  }

  private static func dataset(_ changes: [String: JSONValue] = [:]) throws -> any Dataset {
    let manifest: [String: JSONValue] = [
      "classes": ["up", "down"], "samples": ["image": ["size": 8]],
      "pools": [
        ["name": "ours", "source": ["path": ["a.tar", "b.tar"]], "licence": "CC0-1.0", "labels": "expert"],
        ["name": "web", "source": "c.tar", "synthetic": true],
      ],
      "test": "t.tar", "deployment": "d.tar", "target": "u.tar", "corruptionImages": 4,
    ]
    return try FilesKind().dataset(
      options: ["manifest": .object(manifest.merging(changes) { _, new in new }), "directory": "/data"],
      place: "dataset")
  }

  /// Builds every part of `dataset` as tasks would, with `files` in the place of what the manifest names.
  private static func built(
    _ dataset: any Dataset, _ files: [String: [UInt8]]
  ) throws -> (objects: [String: [String: [UInt8]]], facts: [String: PartFacts]) {
    let paths = Dictionary(uniqueKeysWithValues: dataset.files.map { ($0.name, $0.path) })
    var objects: [String: [String: [UInt8]]] = [:]
    var facts: [String: PartFacts] = [:]
    for part in dataset.description.parts {
      let request = PartRequest(
        parameters: part.parameters, sources: part.files.mapValues { files[paths[$0]!]! },
        inputs: objects.filter { part.inputs.contains($0.key) })
      let output = try FilesKind().build(request, context: .unobserved)
      (objects[part.name], facts[part.name]) = (output.objects, output.facts)
    }
    return (objects, facts)
  }

  private static let files: [String: [UInt8]] = [
    "/data/a.tar": shard(0..<20), "/data/b.tar": shard(20..<30), "/data/c.tar": shard(100..<120),
    "/data/t.tar": shard(200..<210), "/data/d.tar": shard(300..<308), "/data/u.tar": shard(400..<406),
  ]

  @Test func partsAreBuiltFromTars() throws {
    let dataset = try Self.dataset()
    #expect(dataset.files.map(\.path).sorted() == Self.files.keys.sorted())
    let (objects, facts) = try Self.built(dataset, Self.files)
    let pool = try Pool(objects: objects["ours"]!)
    #expect(pool.count == 30 && pool.images.shape == .image(height: 8, width: 8, channels: 3))
    #expect(pool.observedLabels == (0..<30).map { Int32($0 % 2) } && pool.classNames == ["up", "down"])
    #expect(pool.features.matrix.rows == 30 && pool.licence == "CC0-1.0" && Set(pool.sourceIDs).count == 30)
    #expect(facts["ours"]?.labelNoise == nil && facts["ours"]?.uncheckedTruth != nil)
    #expect(facts["web"]?.statements.map(\.code.rawValue).sorted() == ["files/synthetic", "files/unknown-licence"])
    let sets = try EvaluationSets(objects: objects["evaluation"]!)
    #expect(sets.base.images.count == 10 && sets.corruptions.count == 75 && sets.corruptionLabels.count == 4)
    let deployment = try DeploymentSets(objects: objects["deployment"]!)
    #expect(deployment.test.images.count == 8 && deployment.target.count == 6)
    #expect(try Pool(objects: objects["web"]!).normalisation == pool.normalisation)
  }

  @Test func theSameFilesInOtherBlocksGiveTheSameSamples() throws {
    let whole = try Self.built(
      Self.dataset(["pools": [["name": "ours", "source": "ab.tar", "licence": "CC0-1.0", "labels": "expert"]]]),
      Self.files.merging(["/data/ab.tar": Self.shard(0..<30)]) { old, _ in old })
    let parts = try Self.built(Self.dataset(), Self.files)
    #expect(whole.objects["ours"] == parts.objects["ours"])
  }

  @Test func damagedPicturesAreCountedUpToTheShareThatIsAllowed() throws {
    var files = Self.files
    files["/data/c.tar"] = Self.shard(100..<120, damaged: true)
    let allowed = try Self.built(Self.dataset(["damagedShare": 0.05]), files)
    #expect(try Pool(objects: allowed.objects["web"]!).count == 19)
    #expect(allowed.facts["web"]?.notes.first?.numbers == ["count": 1])
    let error = #expect(throws: DatasetError.self) { try Self.built(Self.dataset(), files) }
    #expect(error?.description.contains("1 of 20 files are damaged") == true, "\(error?.description ?? "")")
  }

  @Test func labelsThatAreNoClassesAreListed() throws {
    var files = Self.files
    files["/data/c.tar"] = Self.shard(100..<120, stranger: true)
    let error = #expect(throws: DatasetError.self) { try Self.built(Self.dataset(), files) }
    #expect(error?.description.contains("“cat” (1)") == true, "\(error?.description ?? "")")
    func web(_ source: [String: JSONValue]) -> [String: JSONValue] {
      [
        "pools": [
          ["name": "ours", "source": ["path": ["a.tar", "b.tar"]]],
          ["name": "web", "source": .object(source.merging(["path": "c.tar"]) { _, path in path })],
        ]
      ]
    }
    let mapped = try Self.built(Self.dataset(web(["classMap": ["cat": "down"]])), files)
    #expect(try Pool(objects: mapped.objects["web"]!).observedLabels[0] == 1)
    for source: [String: JSONValue] in [["classMap": ["cat": .null]], ["others": "leave-out"]] {
      let left = try Self.built(Self.dataset(web(source)), files)
      #expect(try Pool(objects: left.objects["web"]!).count == 19)
      #expect(left.facts["web"]?.notes.map(\.code.rawValue).contains("files/other-classes") == true)
    }
  }

  @Test func vectorsNeedNoPictures() throws {
    func array(_ count: Int, _ shift: Float) -> [UInt8] {
      let values = (0..<count * 3).map { Float($0 / 3 % 2) + shift * Float($0 % 3) }
      return NumPyArray(shape: [count, 3], values: .float32(values)).bytes
    }
    func labels(_ count: Int) -> [UInt8] {
      NumPyArray(shape: [count], values: .int32((0..<count).map { Int32($0 % 2) })).bytes
    }
    let dataset = try FilesKind().dataset(
      options: [
        "manifest": [
          "classes": ["a", "b"], "samples": ["vector": ["width": 3]],
          "pools": [["name": "clip", "source": ["path": "x.npy", "labels": "y.npy"]]],
          "test": ["path": "t.npy", "labels": "u.npy"],
        ]
      ], place: "dataset")
    let (objects, _) = try Self.built(
      dataset, ["x.npy": array(6, 0.5), "y.npy": labels(6), "t.npy": array(4, 0.25), "u.npy": labels(4)])
    let pool = try Pool(objects: objects["clip"]!)
    #expect(pool.images.shape == .vector(width: 3) && pool.observedLabels == [0, 1, 0, 1, 0, 1])
    #expect(pool.normalisation == nil && abs(pool.features.matrix.row(1).reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    #expect(try EvaluationSets(objects: objects["evaluation"]!).corruptions.isEmpty)
    #expect(dataset.description.corruptions.isEmpty && dataset.description.part(for: .representation) == nil)
  }

  @Test func theDescriptionSurvivesTheSweepThatKeepsIt() throws {
    let dataset = try Self.dataset()
    let again = try FilesKind().dataset(options: dataset.options, place: "again")
    #expect(again.description == dataset.description && again.options == dataset.options)
  }
}
