import Core
import Datasets
import Formats
import Numerics
import Testing

private enum Inference {
  static var isThere: Bool { (try? InferenceLibrary.shared.get()) != nil }
}

/// `"representation": {"onnx": …}`: what a manifest says of it, and, where ONNX Runtime is installed, what comes out.
@Suite("A network as the representation") struct NetworkFeaturesTests {
  /// x (n × 3 × 4 × 4) → GlobalAveragePool → y (n × 3 × 1 × 1), as onnx 1.23 writes it (opset 13).
  private static let averaging: [UInt8] = [
    8, 8, 18, 0, 58, 90, 10, 25, 10, 1, 120, 18, 1, 121, 34, 17, 71, 108, 111, 98, 97, 108, 65, 118, 101, 114, 97, 103,
    101, 80, 111, 111, 108, 18, 1, 103, 90, 28, 10, 1, 120, 18, 23, 10, 21, 8, 1, 18, 17, 10, 3, 18, 1, 110, 10, 2, 8,
    3,
    10, 2, 8, 4, 10, 2, 8, 4, 98, 28, 10, 1, 121, 18, 23, 10, 21, 8, 1, 18, 17, 10, 3, 18, 1, 110, 10, 2, 8, 3, 10, 2,
    8,
    1, 10, 2, 8, 1, 66, 4, 10, 0, 16, 13,
  ]
  /// x (n × 3 × 4 × 4) → Reshape, Transpose → y (n × 16 × 3): a token a pixel.
  private static let tokens: [UInt8] = [
    8, 8, 18, 0, 58, 129, 1, 10, 18, 10, 1, 120, 10, 1, 115, 18, 1, 114, 34, 7, 82, 101, 115, 104, 97, 112, 101, 10, 34,
    10, 1, 114, 18, 1, 121, 34, 9, 84, 114, 97, 110, 115, 112, 111, 115, 101, 42, 15, 10, 4, 112, 101, 114, 109, 64, 0,
    64, 2, 64, 1, 160, 1, 7, 18, 1, 103, 42, 12, 8, 3, 16, 7, 58, 3, 0, 3, 16, 66, 1, 115, 90, 28, 10, 1, 120, 18, 23,
    10, 21, 8, 1, 18, 17, 10, 3, 18, 1, 110, 10, 2, 8, 3, 10, 2, 8, 4, 10, 2, 8, 4, 98, 24, 10, 1, 121, 18, 19, 10, 17,
    8, 1, 18, 13, 10, 3, 18, 1, 110, 10, 2, 8, 16, 10, 2, 8, 3, 66, 4, 10, 0, 16, 13,
  ]

  private static func dataset(
    _ changes: [String: JSONValue] = [:], samples: JSONValue = ["image": ["size": 8]]
  ) throws -> any Dataset {
    let plain: [String: JSONValue] = ["path": "model.onnx", "width": 3, "size": 4]
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": samples, "pools": [["name": "web", "source": "a.tar"]], "test": "t.tar",
      "corruptionImages": 0, "representation": ["onnx": .object(plain.merging(changes) { _, new in new })],
    ]
    return try FilesKind().dataset(options: ["manifest": manifest, "directory": "/data"], place: "dataset")
  }

  /// Twenty pictures of one colour each, so that batches are more than one.
  private static func colour(_ number: Int) -> [UInt8] { [UInt8(number * 12), UInt8(255 - number * 12), 51] }

  private static func features(_ changes: [String: JSONValue], _ model: [UInt8] = averaging) throws -> Matrix {
    var shard = TarWriter()
    for number in 0..<20 {
      let pixels = (0..<64).flatMap { _ in colour(number) }
      shard.add("\(number).png", TestPNG.bytes(pixels, height: 8, width: 8, channels: 3))
      shard.add("\(number).cls", Array("up".utf8))
    }
    let dataset = try dataset(changes)
    let part = try #require(dataset.description.part("web/0"))
    let files = ["/data/a.tar": shard.finished(), "/data/model.onnx": model]
    let paths = Dictionary(uniqueKeysWithValues: dataset.files.map { ($0.name, $0.path) })
    let output = try FilesKind().build(
      PartRequest(parameters: part.parameters, sources: part.files.mapValues { files[paths[$0]!]! }),
      context: .unobserved)
    let array = try NumPyArray(reading: try #require(output.objects["features"]), name: "features")
    return Matrix(rows: array.shape[0], columns: array.shape[1], values: try #require(array.values.floats))
  }

  private static func problem(_ changes: [String: JSONValue], _ model: [UInt8] = averaging) -> String {
    let error = #expect(throws: DatasetError.self) { try features(changes, model) }
    return error?.description ?? ""
  }

  @Test("a row is what the network makes of the prepared picture", .enabled(if: Inference.isThere)) func rows() throws {
    let plain = try Self.features([:])
    #expect(plain.rows == 20 && plain.columns == 3)
    let scaled = try Self.features(["mean": [0.5, 0.25, 0], "std": [0.5, 2, 0.1]])
    for number in 0..<20 {
      let colour = Self.colour(number).map { Double($0) / 255 }
      let expected = [(colour[0] - 0.5) / 0.5, (colour[1] - 0.25) / 2, colour[2] / 0.1]
      #expect(zip(plain.row(number), colour).allSatisfy { abs(Double($0) - $1) < 1e-5 })
      #expect(zip(scaled.row(number), expected).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    }
  }

  @Test("of tokens, the first or the mean becomes the row", .enabled(if: Inference.isThere)) func pooled() throws {
    for pool in ["first", "mean"] {
      let rows = try Self.features(["pool": .string(pool), "output": "y"], Self.tokens)
      for number in 0..<20 {
        let colour = Self.colour(number).map { Double($0) / 255 }
        #expect(zip(rows.row(number), colour).allSatisfy { abs(Double($0) - $1) < 1e-5 }, "\(pool)")
      }
    }
    #expect(Self.problem([:], Self.tokens).contains("output is 16 × 16 × 3; 16 × 3 is needed"))
  }

  @Test("what does not fit the network is said", .enabled(if: Inference.isThere)) func misfits() {
    #expect(Self.problem(["size": 5]).contains("images of 4 × 4 as nchw, and the manifest says 5"))
    #expect(Self.problem(["width": 4]).contains("output is 16 × 3 × 1 × 1; 16 × 4 is needed"))
    #expect(Self.problem(["output": "z"]).contains("it has no output z; there are: y"))
    #expect(Self.problem(["layout": "nhwc"]).contains("nhwc"))
    #expect(Self.problem([:], [1, 2, 3]).contains("the network cannot be used"))
    #expect(Self.problem([:], Array(Self.averaging.prefix(60))).contains("the network cannot be used"))
  }

  @Test("a host without ONNX Runtime is told so") func missing() {
    guard case .failure(let problem) = InferenceLibrary.load("/nowhere/libonnxruntime.so") else {
      Issue.record("there is no such library")
      return
    }
    #expect(problem.description.hasPrefix("ONNX Runtime cannot be loaded: /nowhere/libonnxruntime.so"))
  }

  @Test("the manifest's keys come back, and the file of the network travels once") func manifest() throws {
    let dataset = try Self.dataset(["mean": [0.5], "std": [0.1, 0.2, 0.3], "pool": "mean", "output": "y"])
    #expect(try FilesKind().dataset(options: dataset.options, place: "again").description == dataset.description)
    #expect(dataset.files.count { $0.path == "/data/model.onnx" } == 1)
    let blocks = dataset.description.parts.filter { $0.name.contains("/") }
    #expect(blocks.count == 2 && blocks.allSatisfy { $0.files.values.contains("representation: network") })
  }

  private static let mistakes: [(changes: [String: JSONValue], words: String)] = [
    (["size": .null], "size"), (["size": 0], "size"), (["mean": [1, 2]], "1 or 3 numbers"),
    (["std": [0]], "1 or 3 numbers above 0"), (["layout": "chwn"], "nchw"), (["pool": "last"], "first"),
    (["path": ""], "the file of the network"), (["depth": 3], "depth"),
  ]

  @Test("a manifest that says it wrongly is refused", arguments: mistakes.indices) func refused(index: Int) throws {
    let (changes, words) = Self.mistakes[index]
    let error = #expect(throws: ConfigurationError.self) { try Self.dataset(changes) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("vectors have no such representation") func vectors() throws {
    let error = #expect(throws: ConfigurationError.self) { try Self.dataset(samples: ["vector": ["width": 2]]) }
    #expect(error != nil)
  }
}
