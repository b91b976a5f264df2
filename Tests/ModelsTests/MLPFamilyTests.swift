import Core
import Models
import Samples
import Testing

@Suite struct MLPFamilyTests {
  private let family = MLPFamily()

  @Test func absentOptionsAreTheDefaultsWrittenOut() throws {
    #expect(try family.model(options: [:], place: "model").options == ["hidden": [256, 128]])
    #expect(try family.model(options: ["hidden": .null], place: "model").options == ["hidden": [256, 128]])
    #expect(try family.model(options: ["hidden": [12.0, 3]], place: "model").options == ["hidden": [12, 3]])
    #expect(try family.model(options: ["hidden": []], place: "model").options == ["hidden": []])
  }

  @Test(
    arguments: [
      (["hidden": [0]], "sweep.model.hidden", "widths are whole numbers from 1 to 8192, not 0"),
      (["hidden": [8193]], "sweep.model.hidden", "widths are whole numbers from 1 to 8192, not 8193"),
      (["hidden": [1.5]], "sweep.model.hidden", "widths are whole numbers from 1 to 8192, not 1.5"),
      (["hidden": 7], "sweep.model.hidden", "a list [ … ] is needed here"),
      (["hidden": [1, 1, 1, 1, 1, 1, 1, 1, 1]], "sweep.model.hidden", "at most 8 hidden layers, not 9"),
      (["hiden": [7]], "sweep.model", "unknown key: \"hiden\" is not known; did you mean \"hidden\"?"),
    ] as [([String: JSONValue], String, String)])
  func wrongOptionsAreRefusedByName(options: [String: JSONValue], place: String, problem: String) {
    #expect(throws: ConfigurationError(place: place, problem: problem)) {
      try family.model(options: options, place: "sweep.model")
    }
  }

  @Test func everyRowWordsItselfAndItsOptions() {
    #expect(Set(ModelFamilies.builtIn.map(\.name)).count == ModelFamilies.builtIn.count)
    for family in ModelFamilies.builtIn {
      let words = [family.summary] + family.optionNames.map(family.meaning(ofOption:))
      #expect(words.allSatisfy { !$0.english.isEmpty && !$0.japanese.isEmpty }, "\(family.name)")
      #expect(family.version >= 1)
    }
  }

  @Test func knowsItsSizeAndItsWork() throws {
    let model = try family.model(options: ["hidden": [20, 11]], place: "model")
    let shape = SampleShape.image(height: 2, width: 5, channels: 3)
    #expect(family.takes(shape) && family.takes(.vector(width: 512)))
    #expect(model.parameters(shape: shape, classes: 4) == 30 * 20 + 20 + 20 * 11 + 11 + 11 * 4 + 4)
    // Two operations a weight, forward and for both gradients, but no gradient of the input.
    #expect(model.trainingOperations(shape: shape, classes: 4) == 2 * (2 * 600 + 3 * 220 + 3 * 44))
  }

  @Test func trainsWhatTheTrainerTrains() throws {
    let set = randomSet(count: 57, width: 12, classes: 3)
    var recipe = Recipe(steps: 30, learningRate: 0.05)
    recipe.batch = 10
    let model = try family.model(options: ["hidden": [8]], place: "model")
    let network = try model.train(on: set, classes: 3, recipe: recipe, seed: 5, context: .unobserved)
    let start = Architecture(inputs: 12, hidden: [8], classes: 3).network(for: set, seed: 5)
    #expect(try network == Trainer(recipe: recipe, seed: 5).train(on: set, from: start, context: .unobserved))
    #expect(network.family == family.name && network.input == set.inputs.shape)
    #expect(network.classes == 3)
  }
}
