import Core
import Learning
import Testing

@Suite struct TrainerTests {
  private let architecture = Architecture(inputs: 12, hidden: [8], classes: 3)

  private func recipe(steps: Int, batch: Int = 10) -> Recipe {
    var recipe = Recipe(steps: steps, learningRate: 0.05)
    recipe.batch = batch
    return recipe
  }

  @Test func sameSeedGivesTheSameBytes() throws {
    let set = randomSet(count: 57, width: 12, classes: 3)
    func bytes(_ seed: UInt64) throws -> [UInt8] {
      try Trainer(architecture: architecture, recipe: recipe(steps: 30), seed: seed).train(on: set).bytes
    }
    #expect(try bytes(1) == bytes(1))
    #expect(try bytes(1) != bytes(2))
  }

  @Test func callsBackAfterEachFullPassOnly() throws {
    let set = randomSet(count: 25, width: 12, classes: 3)
    var epochs: [Int] = []
    let trainer = Trainer(architecture: architecture, recipe: recipe(steps: 8), seed: 0)
    let final = try trainer.train(on: set, afterEpoch: { epoch, _ in epochs.append(epoch) })
    #expect(epochs == [1, 2])
    #expect(final != Network(architecture, seed: 0))
  }

  @Test func stopsBetweenSteps() {
    let set = randomSet(count: 25, width: 12, classes: 3)
    var asked = 0
    #expect(throws: CancellationError.self) {
      try Trainer(architecture: architecture, recipe: recipe(steps: 100), seed: 0).train(
        on: set,
        shouldContinue: {
          asked += 1
          return asked < 4
        })
    }
    #expect(asked == 4)
  }

  @Test func learnsWhatCanBeSeparated() throws {
    let random = randomSet(count: 200, width: 12, classes: 3)
    let labels = (0..<200).map { index in
      let image = Array(random.images.image(index))
      return Int32((0..<3).max { image[$0] < image[$1] }!)
    }
    let set = TrainingSet(images: random.images, labels: labels)
    let network = try Trainer(architecture: architecture, recipe: recipe(steps: 1500), seed: 3).train(on: set)
    let right = zip(network.predictions(of: set.images), labels).count { $0 == $1 }
    #expect(right > 190)
  }
}
