import Core
import Datasets
import Formats
import Numerics
import Samples
import Sweeps
import Testing

@Suite("Representations that people bring along") struct RepresentationTests {
  private static func shard(_ numbers: Range<Int>, cutsFirst: Bool = false) -> [UInt8] {
    var writer = TarWriter()
    for number in numbers {
      let pixels = [UInt8](repeating: UInt8(number), count: 8 * 8 * 3)
      let png = PNGWriter.bytes(pixels, height: 8, width: 8, channels: 3)
      writer.add("\(number).png", cutsFirst && number == numbers.lowerBound ? Array(png.prefix(40)) : png)
      writer.add("\(number).cls", Array(String(number % 2).utf8))
    }
    return writer.finished()
  }

  private static func features(_ numbers: [Int]) -> [UInt8] {
    NumPyArray(shape: [numbers.count, 2], values: .float32(numbers.flatMap { [Float($0), 1] })).bytes
  }

  private static func dataset(
    features: JSONValue, representation: JSONValue = ["file": ["width": 2]]
  ) throws -> any Dataset {
    let source: JSONValue = ["path": "a.tar", "features": features]
    return try FilesKind().dataset(
      options: [
        "manifest": [
          "classes": ["0", "1"], "samples": ["image": ["size": 8]], "representation": representation,
          "pools": [["name": "ours", "source": features == .null ? ["path": "a.tar"] : source]],
          "test": features == .null ? "t.tar" : ["path": "t.tar", "features": "t.npy"], "corruptionImages": 0,
          "damagedShare": 0.5,
        ]
      ], place: "dataset")
  }

  /// The pool of a data set, built as tasks would.
  private static func pool(
    _ dataset: any Dataset, _ files: [String: [UInt8]],
    run: ProgramRun.Runner? = nil
  ) throws -> Pool {
    let paths = Dictionary(uniqueKeysWithValues: dataset.files.map { ($0.name, $0.path) })
    var objects: [String: [String: [UInt8]]] = [:]
    for part in dataset.description.parts where ["ours/0", "representation", "ours"].contains(part.name) {
      let request = PartRequest(
        parameters: part.parameters, sources: part.files.mapValues { files[paths[$0]!] ?? [] },
        inputs: objects.filter { part.inputs.contains($0.key) }, run: run)
      objects[part.name] = try FilesKind().build(request, context: .unobserved).objects
    }
    #expect(objects["representation"]?.count == 1, "nothing is learnt where features are given")
    return try Pool(objects: objects["ours"]!)
  }

  private static func unit(_ number: Int) -> [Float] {
    let length = Float(number * number + 1).squareRoot()
    return [Float(number) / length, 1 / length]
  }

  private static func expectFeatures(_ pool: Pool, of numbers: [Int], _ location: SourceLocation = #_sourceLocation) {
    #expect(pool.count == numbers.count, sourceLocation: location)
    for (row, number) in numbers.enumerated() {
      let own = pool.features.matrix.row(row)
      #expect(zip(own, unit(number)).allSatisfy { abs($0 - $1) < 1e-6 }, "row \(row)", sourceLocation: location)
    }
  }

  @Test("rows go by number, the damaged samples counted") func byNumber() throws {
    let files = ["a.tar": Self.shard(0..<6, cutsFirst: true), "a.npy": Self.features(Array(0..<6))]
    Self.expectFeatures(try Self.pool(Self.dataset(features: "a.npy"), files), of: Array(1..<6))
  }

  @Test("rows go by key, in any order, and a sample without one is left out") func byKey() throws {
    let files = [
      "a.tar": Self.shard(0..<6), "a.npy": Self.features([5, 4, 3, 2, 0]), "k.txt": Array("5\n4\n3\n2\n0\n".utf8),
    ]
    let dataset = try Self.dataset(features: ["path": "a.npy", "keys": "k.txt"])
    Self.expectFeatures(try Self.pool(dataset, files), of: [0, 2, 3, 4, 5])
  }

  private static let mistakes: [(files: [String: [UInt8]], keys: Bool, words: String)] = [
    (["a.npy": features([0, 1])], false, "2 rows of features for 6 samples"),
    (["a.npy": NumPyArray(shape: [6, 3], values: .float32([Float](repeating: 0, count: 18))).bytes], false, "[6, 3]"),
    (
      ["a.npy": NumPyArray(shape: [6, 2], values: .float32([Float](repeating: .nan, count: 12))).bytes], false, "row 0"
    ),
    (["a.npy": features([0, 1]), "k.txt": Array("0\n".utf8)], true, "1 keys for 2 rows"),
    (["a.npy": features([0, 1]), "k.txt": Array("0\n0\n".utf8)], true, "comes twice"),
    (["a.npy": [1, 2, 3]], false, "not a NumPy array"),
  ]

  @Test("features that do not fit are refused", arguments: mistakes.indices) func refused(index: Int) throws {
    let (files, hasKeys, words) = Self.mistakes[index]
    let dataset = try Self.dataset(features: hasKeys ? ["path": "a.npy", "keys": "k.txt"] : "a.npy")
    let error = #expect(throws: DatasetError.self) {
      try Self.pool(dataset, files.merging(["a.tar": Self.shard(0..<6)]) { own, _ in own })
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  private static let program: JSONValue = ["program": ["path": "embed.py", "width": 2]]

  @Test("a program makes features of a block's samples") func program() throws {
    let dataset = try Self.dataset(features: .null, representation: Self.program)
    #expect(dataset.files.map(\.path) == ["embed.py", "a.tar", "t.tar"])
    let pool = try Self.pool(dataset, ["a.tar": Self.shard(0..<6), "embed.py": Array("#!x".utf8)]) { run, _ in
      #expect(run.program == Array("#!x".utf8) && run.seconds == 3_600)
      let samples = try NumPyArray(reading: run.files["samples.npy"]!, name: "samples")
      #expect(samples.shape == [6, 8, 8, 3])
      guard case .uint8(let pixels) = samples.values else { return [:] }
      return ["features.npy": Self.features((0..<6).map { Int(pixels[$0 * 192]) })]
    }
    Self.expectFeatures(pool, of: Array(0..<6))
  }

  @Test("a program that answers ill, or that nobody runs, is an error that says so") func programRefused() throws {
    let dataset = try Self.dataset(features: .null, representation: Self.program)
    let files = ["a.tar": Self.shard(0..<6)]
    let answers: [(answer: [String: [UInt8]]?, words: String)] = [
      (nil, "--allow-programs"), ([:], "without writing"), (["features.npy": Self.features([1])], "1 rows for 6"),
    ]
    for (answer, words) in answers {
      let error = #expect(throws: DatasetError.self) {
        guard let answer else { return try Self.pool(dataset, files) }
        return try Self.pool(dataset, files) { _, _ in answer }
      }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }

  private static let manifests: [(features: JSONValue, representation: JSONValue, words: String)] = [
    (.null, ["file": ["width": 2]], "its features are needed"), ("a.npy", "built-in", "are used with"),
    (["path": ["a.npy", "b.npy"]], ["file": ["width": 2]], "2 files of features"), ("a.npy", ["file": [:]], "width"),
    ("a.npy", ["onnx": [:]], "onnx"),
  ]

  @Test("a manifest whose features and sources do not belong together is refused", arguments: manifests.indices)
  func manifest(index: Int) {
    let (features, representation, words) = Self.manifests[index]
    let error = #expect(throws: ConfigurationError.self) {
      try Self.dataset(features: features, representation: representation)
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}

@Suite("Where labels stand") struct LabelFieldsTests {
  @Test("the first place that says a class counts, as readers of ImageNet++ do") func first() throws {
    var writer = TarWriter()
    let png = PNGWriter.bytes([UInt8](repeating: 1, count: 64), height: 8, width: 8, channels: 1)
    let samples = [
      ("1/1_0", #"{"idx": 0, "label": 1}"#), ("1/1_1", #"{"idx": 1203, "label": 1}"#), ("0/0_2", #"{"idx": -1}"#),
      ("0/0_3", "{}"),
    ]
    for (key, json) in samples {
      writer.add("\(key).png", png)
      writer.add("\(key).json", Array(json.utf8))
    }
    let dataset = try FilesKind().dataset(
      options: [
        "manifest": [
          "classes": ["a", "b"], "samples": ["image": ["size": 8, "channels": 1]], "test": "t.tar",
          "pools": [
            ["name": "p", "source": ["path": "a.tar", "labelField": ["idx", "label", "__key__"]]]
          ],
        ]
      ], place: "dataset")
    let block = try #require(dataset.description.part("p/0"))
    let request = PartRequest(parameters: block.parameters, sources: ["data": writer.finished()])
    let built = try FilesKind().build(request, context: .unobserved)
    #expect(try NumPyArray(reading: built.objects["labels"]!, name: "labels").values == .int32([0, 1, 0, 0]))
    #expect(try FilesKind().dataset(options: dataset.options, place: "again").description == dataset.description)
  }
}
