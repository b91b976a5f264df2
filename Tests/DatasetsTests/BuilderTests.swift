import Core
import Datasets
import Formats
import Samples
import TestSupport
import Testing

@Suite(.enabled(if: FashionMNIST.isInstalled), .serialized) struct BuilderTests {
  let built = BuiltParts.shared

  @Test func buildsTheSameBytesAgain() throws {
    var objects: [String: [String: [UInt8]]] = [:]
    for (part, inputs) in BuiltParts.inputs {
      let given = objects.filter { inputs.contains($0.key) }
      let output = try BuiltParts.builder().build(part: part, sources: built.sources, inputs: given)
      #expect(output.objects == built.objects[part], "\(part) differs")
      #expect(output.facts == built.facts[part])
      objects[part] = output.objects
    }
  }

  @Test func anotherSeedGivesOtherPools() throws {
    let web = try built.rebuilt("web", BuiltParts.builder(seed: 1)).objects
    #expect(web["expertSourceIDs"] != built.objects["web"]?["expertSourceIDs"])
    #expect(web["webCaptions"] != built.objects["web"]?["webCaptions"])
    for part in ["crowdsourced", "retrieval-text", "synthetic-text"] {
      #expect(
        try built.rebuilt(part, BuiltParts.builder(seed: 1)).objects != built.objects[part], "\(part) is the same")
    }
  }

  @Test func saysWhatIsMissing() {
    func problem(_ part: String, _ change: (inout [String: BuiltParts.Objects]) -> Void = { _ in }) -> String {
      do {
        _ = try built.rebuilt(part, changes: change)
        return "built"
      } catch { return "\(error)" }
    }
    #expect(problem("expertt") == "fashion++: there is no part called \"expertt\"")
    #expect(problem("expert") { $0["web"] = nil } == "part expert: the part web is needed to build it")
    #expect(
      problem("expert") { $0["web"]?["expertLabels"] = nil } == "part web, object \"expertLabels\": it is missing")
    #expect(throws: DatasetError("part web", "the file train-images-idx3-ubyte.gz is needed to build it")) {
      try BuiltParts.builder().build(part: "web", sources: [:], inputs: [:])
    }
    let captions = problem("retrieval-text") { $0["web"]?["webCaptions"] = Array("one\ntwo".utf8) }
    #expect(captions.contains("2 captions do not fit"))
  }

  @Test func refusesOtherRawData() {
    func problem(_ changes: [String: [UInt8]]) -> String {
      do {
        let sources = built.sources.merging(changes) { _, changed in changed }
        _ = try BuiltParts.builder().build(part: "web", sources: sources, inputs: [:])
        return "built"
      } catch { return "\(error)" }
    }
    let (images, labels) = (FashionMNIST.names[0], FashionMNIST.names[1])
    let tiny: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4]
    #expect(problem([images: tiny]).contains("do not fit the 1 images"))
    #expect(
      problem([images: tiny, labels: [0, 0, 8, 1, 0, 0, 0, 1, 5]]).contains(
        "images of 28×28 pixels are needed, not 1 of 2×2"))
    let single: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28] + [UInt8](repeating: 7, count: 784)
    #expect(problem([images: single, labels: [0, 0, 8, 1, 0, 0, 0, 1, 5]]).contains("class 0 has 0 training images"))
    #expect(problem([images: Array(built.sources[images]!.prefix(100_000))]).contains("cut short"))
  }

  @Test func refusesImagesOfAnotherSizeAndNone() {
    let empty = ImageSet(count: 0, height: 28, width: 28, pixels: [])
    let small = ImageSet(count: 1, height: 2, width: 2, pixels: [1, 2, 3, 4])
    let one = NumPyArray(shape: [1], values: .int32([3])).bytes
    let none = NumPyArray(shape: [0], values: .int32([])).bytes
    for (images, labels, identifiers) in [(empty, none, [UInt32]()), (small, one, [UInt32(5)])] {
      let web: BuiltParts.Objects = [
        "webImages": NumPyArray(shape: [images.count, images.height, images.width], values: .uint8(images.pixels))
          .bytes,
        "webLabels": labels, "webSourceIDs": NumPyArray(shape: [identifiers.count], values: .uint32(identifiers)).bytes,
      ]
      for part in ["representation", "crowdsourced", "retrieval-text"] {
        #expect(throws: DatasetError.self) { try built.rebuilt(part) { $0["web"] = web } }
      }
    }
    #expect(throws: DatasetError.self) {
      try built.rebuilt("synthetic-image") {
        $0["expert"]?["observedLabels"] =
          NumPyArray(
            shape: [10_000], values: .int32([Int32](repeating: -1, count: 10_000))
          ).bytes
      }
    }
  }

  @Test func damagedInputsNeverTrap() {
    var mutation = Mutation("parts")
    for (part, input, object) in [
      ("retrieval-text", "web", "webLabels"), ("retrieval-text", "web", "webSourceIDs"),
      ("synthetic-text", "generator", "weights"), ("synthetic-text", "generator", "variances"),
      ("synthetic-text", "representation", "filters"), ("crowdsourced", "web", "webLabels"),
    ] {
      let refused = mutation.attack(built.objects[input]![object]!, times: 6) { damaged in
        _ = try built.rebuilt(part) { $0[input]?[object] = damaged }
      }
      #expect(refused > 0)
    }
  }
}
