import Core
import Formats
import Models
import Numerics
import Samples
import Testing

@Suite struct SpatialFamiliesTests {
  private static let families: [any ModelFamily] = [ConvolutionalFamily(), ResidualFamily()]
  private let recipe = {
    var recipe = Recipe(steps: 12, learningRate: 0.05)
    recipe.batch = 10
    recipe.weightDecay = 0.001
    return recipe
  }()

  private func model(_ family: any ModelFamily, _ options: [String: JSONValue] = [:]) throws -> any Model {
    let small: [String: JSONValue] = family.name == "cnn" ? ["channels": [4, [3, 5]], "hidden": [6]] : ["width": 3]
    return try family.model(options: small.merging(options) { $1 }, place: "model")
  }

  private func train(
    _ family: any ModelFamily, _ options: [String: JSONValue] = [:], on set: TrainingSet, seed: UInt64 = 1,
    context: TaskContext = .unobserved
  ) throws -> Network {
    try model(family, options).train(on: set, classes: 3, recipe: recipe, seed: seed, context: context)
  }

  private let set = randomColourSet(count: 25, height: 9, width: 11, channels: 3, classes: 3)

  @Test(arguments: families.indices) func sameSeedGivesTheSameBytesAndOthersOthers(index: Int) throws {
    let family = Self.families[index]
    let bytes = try train(family, on: set).bytes
    #expect(try train(family, on: set).bytes == bytes)
    #expect(try train(family, on: set, seed: 2).bytes != bytes)
    #expect(try Network(bytes: bytes).bytes == bytes && Network(bytes: bytes).family == family.name)
  }

  @Test(arguments: families.indices) func equalSetsTrainEqualNetworksHoweverTheyAreListed(index: Int) throws {
    func listed(_ order: [Int]) throws -> [UInt8] {
      let identified = TrainingSet(
        images: set.images.selecting(order), labels: order.map { set.labels[$0] }, normalisation: set.normalisation,
        identities: order.map { SampleIdentifier(sourceID: UInt32($0), content: []) })
      return try train(Self.families[index], ["flip": true, "crop": 2], on: identified).bytes
    }
    #expect(try listed(Array(0..<25)) == listed(Array((0..<25).reversed())))
  }

  @Test(arguments: families.indices) func changesOfImagesChangeWhatIsLearnt(index: Int) throws {
    let family = Self.families[index]
    let plain = try train(family, on: set)
    let flipped = try train(family, ["flip": true], on: set)
    let moved = try train(family, ["crop": 3], on: set)
    #expect(plain != flipped && plain != moved && flipped != moved)
    #expect(try train(family, ["flip": true], on: set) == flipped)
  }

  @Test(arguments: families.indices) func knowsItsSizeAndItsWork(index: Int) throws {
    let model = try model(Self.families[index])
    let network = try train(Self.families[index], on: set)
    #expect(network.parameters == model.parameters(shape: set.inputs.shape, classes: 3))
    #expect(model.trainingOperations(shape: set.inputs.shape, classes: 3) > 0)
  }

  @Test(arguments: families.indices) func hiddenIsWhatTheLastLayerSees(index: Int) throws {
    let network = try train(Self.families[index], on: set)
    let hidden = network.hidden(of: set.inputs)
    guard case .linear(let weights, let bias) = network.layers.last else { throw CancellationError() }
    var logits = hidden.multiplied(by: weights, transposedOther: true)
    Kernels.addBias(bias, to: &logits.values, rows: 25)
    let expected = network.logits(of: set.inputs).values
    #expect(zip(logits.values, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(network.withFreshHead(classes: 7, seed: 1).hidden(of: set.inputs) == hidden)
  }

  @Test(arguments: families.indices) func answersDoNotDependOnHowManyAreAskedAtOnce(index: Int) throws {
    let network = try train(Self.families[index], on: set)
    let many = randomColourSet(count: 300, height: 9, width: 11, channels: 3, classes: 3, seed: 5)
    let all = network.logits(of: many.inputs)
    for row in [0, 255, 256, 299] {
      #expect(network.logits(of: .images(many.images.selecting([row]))).values == all.row(row))
    }
    #expect(network.logits(of: .images(many.images.selecting([]))).rows == 0)
  }

  @Test(arguments: families.indices) func learnsWhatCanBeSeen(index: Int) throws {
    // The class is the channel that is brightest in the left half.
    var images = randomColourSet(count: 240, height: 8, width: 8, channels: 3, classes: 3, seed: 3).images
    let labels = (0..<240).map { Int32($0 % 3) }
    for image in 0..<240 {
      for place in 0..<64 where place % 8 < 4 {
        let pixel = image * 192 + place * 3 + image % 3
        images.pixels[pixel] = images.pixels[pixel] / 2 + 127
      }
    }
    let set = TrainingSet(images: images, labels: labels, normalisation: .centred(channels: 3))
    var recipe = Recipe(steps: 200, learningRate: 0.05)
    recipe.batch = 24
    let options: [String: JSONValue] = index == 0 ? ["channels": [8], "hidden": [16]] : ["width": 8]
    let network = try model(Self.families[index], options)
      .train(on: set, classes: 3, recipe: recipe, seed: 1, context: .unobserved)
    #expect(zip(network.predictions(of: set.inputs), labels).count { $0 == $1 } > 220)
  }

  @Test(arguments: families.indices) func stopsWithinAStep(index: Int) {
    let listener = Listener(wantedCalls: 4)
    #expect(throws: CancellationError.self) {
      try train(Self.families[index], on: set, context: listener.context)
    }
    #expect(listener.asked == 5)
  }

  @Test func takeImagesThatAreLargeEnough() {
    for family in Self.families {
      #expect(family.takes(.image(height: 4, width: 4, channels: 1)))
      #expect(family.takes(.image(height: 32, width: 224, channels: 3)))
      #expect(!family.takes(.image(height: 3, width: 30, channels: 3)))
      #expect(!family.takes(.image(height: 257, width: 30, channels: 3)) && !family.takes(.vector(width: 784)))
    }
  }

  /// 6 groups would pool 4 × 4 pixels to nothing.
  @Test func imagesTooSmallToBePooledOnceMoreAreNot() throws {
    let small = randomColourSet(count: 8, height: 4, width: 5, channels: 1, classes: 3)
    let network = try train(ConvolutionalFamily(), ["channels": [2, 2, 2, 2, 2, 2]], on: small)
    #expect(network.layers.count { $0 == .maximumPooling } == 2)
    #expect(network.logits(of: small.inputs).values.allSatisfy { $0.isFinite })
  }

  @Test func tensorsHaveTheNamesThatPyTorchGivesThem() throws {
    let plain = try SafeTensors(reading: train(ConvolutionalFamily(), on: set).bytes, name: "network")
    #expect(
      plain.tensors.mapValues(\.shape) == [
        "conv1.weight": [4, 3, 3, 3], "conv1.bias": [4], "conv2.weight": [3, 4, 3, 3], "conv2.bias": [3],
        "conv3.weight": [5, 3, 3, 3], "conv3.bias": [5], "fc1.weight": [6, 20], "fc1.bias": [6], "fc2.weight": [3, 6],
        "fc2.bias": [3],
      ])
    let residual = try SafeTensors(reading: train(ResidualFamily(), ["depth": 14], on: set).bytes, name: "network")
    let names = residual.tensors.keys.filter { $0.hasSuffix("weight") }.sorted()
    #expect(
      names == [
        "bn1.weight", "conv1.weight", "fc.weight", "layer1.0.bn1.weight", "layer1.0.bn2.weight",
        "layer1.0.conv1.weight", "layer1.0.conv2.weight", "layer1.1.bn1.weight", "layer1.1.bn2.weight",
        "layer1.1.conv1.weight", "layer1.1.conv2.weight", "layer2.0.bn1.weight", "layer2.0.bn2.weight",
        "layer2.0.conv1.weight", "layer2.0.conv2.weight", "layer2.0.downsample.0.weight",
        "layer2.0.downsample.1.weight", "layer2.1.bn1.weight", "layer2.1.bn2.weight", "layer2.1.conv1.weight",
        "layer2.1.conv2.weight", "layer3.0.bn1.weight", "layer3.0.bn2.weight", "layer3.0.conv1.weight",
        "layer3.0.conv2.weight", "layer3.0.downsample.0.weight", "layer3.0.downsample.1.weight",
        "layer3.1.bn1.weight", "layer3.1.bn2.weight", "layer3.1.conv1.weight", "layer3.1.conv2.weight",
      ])
    #expect(residual.tensors["layer2.0.downsample.0.weight"]?.shape == [6, 3, 1, 1])
    #expect(residual.tensors["bn1.running_var"]?.shape == [3])
  }

  @Test func mutatedBytesNeverTrap() throws {
    let small = randomColourSet(count: 4, height: 4, width: 4, channels: 1, classes: 2)
    let bytes = try ResidualFamily().model(options: ["width": 1], place: "model")
      .train(on: small, classes: 2, recipe: recipe, seed: 1, context: .unobserved).bytes
    let header = 8 + Int(UInt64(littleEndianBytes: bytes.prefix(8)))
    var generator = SeededGenerator(seed: 0, purpose: "mutation")
    var read = 0
    for round in 0..<1_000 {
      var mutated = bytes
      for _ in 0...generator.integer(below: 3) {
        mutated[generator.integer(below: round % 2 == 0 ? header : bytes.count)] = UInt8(generator.integer(below: 256))
      }
      guard let network = try? Network(bytes: mutated) else { continue }
      read += 1
      #expect(try Network(bytes: network.bytes).bytes == network.bytes)
    }
    #expect(read > 0)
  }

  @Test(
    arguments: [
      (0, ["channels": []], "channels", "1 to 6 groups of convolutions, not 0"),
      (0, ["channels": [[]]], "channels", "1 to 8 convolutions in a group, not 0"),
      (0, ["channels": [0]], "channels", "widths are whole numbers from 1 to 1024, not 0"),
      (0, ["hidden": [9000]], "hidden", "widths are whole numbers from 1 to 8192, not 9000"),
      (0, ["flip": 1], "flip", "true or false is needed, not 1"),
      (0, ["crop": 33], "crop", "a whole number from 0 to 32 is needed, not 33"),
      (1, ["depth": 9], "depth", "6 n + 2 layers are needed, such as 8, 14 or 20, not 9"),
      (1, ["width": 0], "width", "a whole number from 1 to 256 is needed, not 0"),
    ] as [(Int, [String: JSONValue], String, String)])
  func wrongOptionsAreRefusedByName(index: Int, options: [String: JSONValue], key: String, problem: String) {
    #expect(throws: ConfigurationError(place: "model.\(key)", problem: problem)) {
      try Self.families[index].model(options: options, place: "model")
    }
  }

  @Test func absentOptionsAreTheDefaultsWrittenOut() throws {
    #expect(
      try ConvolutionalFamily().model(options: [:], place: "model").options
        == ["channels": [32, 64], "hidden": [128], "flip": false, "crop": 0])
    #expect(
      try ConvolutionalFamily().model(options: ["channels": [[32, 64], [128]]], place: "model").options["channels"]
        == [[32, 64], 128])
    #expect(
      try ResidualFamily().model(options: [:], place: "model").options
        == ["depth": 8, "width": 16, "flip": false, "crop": 0])
  }

  /// In millions of operations a sample; the figures are what hooks count in the same networks in PyTorch.
  @Test func workIsThatOfThePublishedNetworks() throws {
    let shape = SampleShape.image(height: 28, width: 28, channels: 1)
    func millions(_ family: any ModelFamily, _ options: [String: JSONValue]) throws -> Double {
      let model = try family.model(options: options, place: "model")
      return (Double(model.trainingOperations(shape: shape, classes: 10)) / 1e5).rounded() / 10
    }
    #expect(try millions(ConvolutionalFamily(), [:]) == 25.0)
    #expect(try millions(ConvolutionalFamily(), ["channels": [[32, 64], 128]]) == 179.1)
    #expect(try millions(ResidualFamily(), [:]) == 55.8)
    #expect(try millions(ResidualFamily(), ["depth": 20]) == 185.9)
  }
}
