import Core
import Formats
import Models
import Numerics
import Samples
import Testing

/// Training that starts from a stored network.
@Suite struct StartingWeightsTests {
  private static let images = {
    var generator = SeededGenerator(seed: 3, purpose: "starting images")
    return ImageSet(
      count: 24, height: 8, width: 8, pixels: (0..<24 * 64).map { _ in UInt8(generator.integer(below: 256)) })
  }()

  private func train(
    _ family: any ModelFamily, _ options: [String: JSONValue], classes: Int = 3, from start: [UInt8]? = nil,
    steps: Int = 4
  ) throws -> Network {
    let set = TrainingSet(
      images: Self.images, labels: (0..<24).map { Int32($0 % classes) },
      normalisation: PixelNormalisation(mean: [0.5], deviation: [0.25]))
    let own = start == nil ? options : options.merging(["start": "w.safetensors"]) { own, _ in own }
    let model = try family.model(options: own, place: "model")
    return try model.given(start.map { ["start": $0] } ?? [:]).train(
      on: set, classes: classes, recipe: Recipe(steps: steps, learningRate: 0.01), seed: 5, context: .unobserved)
  }

  private static let families: [(any ModelFamily, [String: JSONValue])] = [
    (MLPFamily(), ["hidden": [6]]), (ConvolutionalFamily(), ["channels": [3], "hidden": [5]]),
    (ResidualFamily(), ["width": 2]),
  ]

  @Test(arguments: families.indices) func noStepGivesTheWeightsThatWereGiven(index: Int) throws {
    let (family, options) = Self.families[index]
    let first = try train(family, options)
    #expect(try train(family, options, from: first.bytes, steps: 0) == first)
    #expect(try train(family, options, from: first.bytes) != first)
    #expect(try train(family, options, steps: 0) != first)
  }

  @Test(arguments: families.indices) func aHeadForOtherClassesStartsAfresh(index: Int) throws {
    let (family, options) = Self.families[index]
    let first = try train(family, options)
    let other = try train(family, options, classes: 4, from: first.bytes, steps: 0)
    #expect(Array(other.layers.dropLast()) == Array(first.layers.dropLast()))
    #expect(other.layers.last == (try train(family, options, classes: 4, steps: 0)).layers.last)
  }

  /// As PyTorch writes them: tensors alone, with the counters of its normalisations.
  @Test func weightsOfOthersNeedNoDescription() throws {
    let first = try train(ResidualFamily(), ["width": 2])
    var tensors = try SafeTensors(reading: first.bytes, name: "network").tensors
    tensors["bn1.num_batches_tracked"] = SafeTensors.Tensor(
      type: .int64, shape: [], bytes: [UInt8](repeating: 0, count: 8))
    let bytes = SafeTensors(tensors: tensors).bytes
    #expect(try train(ResidualFamily(), ["width": 2], from: bytes, steps: 0) == first)
  }

  @Test func whatDoesNotFitIsNamed() throws {
    let stored = try SafeTensors(reading: train(MLPFamily(), ["hidden": [6]]).bytes, name: "network").tensors
    func problem(_ change: (inout [String: SafeTensors.Tensor]) -> Void) throws -> String {
      var tensors = stored
      change(&tensors)
      do {
        _ = try train(MLPFamily(), ["hidden": [6]], from: SafeTensors(tensors: tensors).bytes)
        return "nothing"
      } catch { return "\(error)" }
    }
    #expect(try problem { _ in } == "nothing")
    #expect(try problem { $0["0.bias"] = nil }.contains("they hold no 0.bias"))
    #expect(
      try problem { $0["0.bias"] = SafeTensors.Tensor(shape: [1], floats: [1]) }.contains(
        "0.bias has the shape [1], but this model needs [6]"))
    #expect(
      try problem { $0["0.bias"] = SafeTensors.Tensor(shape: [6], floats: [.nan, 0, 0, 0, 0, 0]) }.contains("finite"))
    #expect(try problem { $0["4.bias"] = SafeTensors.Tensor(shape: [1], floats: [1]) }.contains("does not have 4.bias"))
    #expect(throws: DatasetError.self) { try train(MLPFamily(), [:], from: [1, 2, 3]) }
    #expect(throws: ConfigurationError.self) { try MLPFamily().model(options: ["start": 3], place: "model") }
  }

  @Test func theOptionIsWrittenOnlyWhereItIsGiven() throws {
    let plain = try MLPFamily().model(options: [:], place: "model")
    #expect(plain.options["start"] == nil && plain.files.isEmpty)
    let started = try MLPFamily().model(options: ["start": "w.safetensors"], place: "model")
    #expect(started.options["start"] == "the content of a file" && started.files == ["start": "w.safetensors"])
  }
}
