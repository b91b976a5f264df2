import Core
import Models
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
      try architecture.train(on: set, recipe(steps: 30), seed: seed).bytes
    }
    #expect(try bytes(1) == bytes(1))
    #expect(try bytes(1) != bytes(2))
  }

  @Test func trainingGoesOnFromAGivenNetwork() throws {
    let set = randomSet(count: 57, width: 12, classes: 3)
    let trainer = Trainer(recipe: recipe(steps: 20), seed: 1)
    let fresh = architecture.network(for: set, seed: 1)
    let trained = try trainer.train(on: set, from: fresh, context: .unobserved)
    #expect(try trained == architecture.train(on: set, recipe(steps: 20), seed: 1))
    let none = Trainer(recipe: recipe(steps: 0), seed: 9)
    #expect(try none.train(on: set, from: fresh, context: .unobserved) == fresh)
  }

  /// Nothing in training depends on the CPU, the kernel of OpenBLAS or the number of threads; the digest was made once, by
  /// release 1.
  @Test func trainedBytesAreTheSameOnEveryHost() throws {
    let set = randomSet(count: 157, width: 37, classes: 10)
    var recipe = recipe(steps: 60, batch: 32)
    recipe.weightDecay = 0.001
    recipe.labelSmoothing = 0.1
    recipe.warmupSteps = 5
    let architecture = Architecture(inputs: 37, hidden: [70, 32], classes: 10)
    let network = try architecture.train(on: set, recipe, seed: 1)
    let digest = Digest(of: Release1Form.bytes(of: network))
    #expect(digest.description == "20d260c7c5190244f92036f5357d376ec96e9515982b05ecf579ebfaac3d68d4")
  }

  @Test func callsBackAfterEachFullPassOnly() throws {
    let set = randomSet(count: 25, width: 12, classes: 3)
    var epochs: [Int] = []
    let trainer = Trainer(recipe: recipe(steps: 8), seed: 0)
    let start = architecture.network(for: set, seed: 0)
    let final = try trainer.train(on: set, from: start, context: .unobserved) { epoch, _ in epochs.append(epoch) }
    #expect(epochs == [1, 2])
    #expect(final != start)
  }

  @Test func stopsBetweenSteps() {
    let set = randomSet(count: 25, width: 12, classes: 3)
    let listener = Listener(wantedCalls: 3)
    #expect(throws: CancellationError.self) {
      try architecture.train(on: set, recipe(steps: 100), seed: 0, context: listener.context)
    }
    #expect(listener.asked == 4 && listener.reports == [0, 0.01, 0.02])
  }

  @Test(
    "training equals PyTorch's form of SGD in double precision: order, short batches, momentum, decay, schedule",
    arguments: [[], [4]], [(25, 10, 0), (7, 100, 2), (12, 4, 5)])
  func equalsPlainSGD(hidden: [Int], shape: (count: Int, batch: Int, warmup: Int)) throws {
    let set = randomSet(count: shape.count, width: 5, classes: 3)
    var recipe = Recipe(steps: 9, learningRate: 0.2)
    recipe.batch = shape.batch
    recipe.momentum = 0.8
    recipe.weightDecay = 0.02
    recipe.labelSmoothing = 0.1
    recipe.warmupSteps = shape.warmup
    let trainer = Trainer(recipe: recipe, seed: 11)
    let start = Architecture(inputs: 5, hidden: hidden, classes: 3).network(for: set, seed: 11)
    let trained = ReferenceLoss.layers(of: try trainer.train(on: set, from: start, context: .unobserved))
    let expected = plainSGD(trainer, on: set, from: start).joined().joined()
    #expect(zip(trained.joined().joined(), expected).allSatisfy { abs($0 - $1) < 5e-6 })
  }

  /// v ← μ·v + g + λ·w; w ← w − η·v.
  private func plainSGD(_ trainer: Trainer, on set: TrainingSet, from start: Network) -> [[[Double]]] {
    let recipe = trainer.recipe
    var weights = ReferenceLoss.layers(of: start)
    var velocity = weights.map { $0.map { $0.map { _ in 0.0 } } }
    for (step, batch) in batches(trainer, count: set.images.count).prefix(recipe.steps).enumerated() {
      let part = TrainingSet(
        images: set.images.selecting(batch), labels: batch.map { set.labels[$0] },
        normalisation: set.normalisation)
      let loss = ReferenceLoss(
        set: part, smoothing: Double(recipe.labelSmoothing), weightDecay: Double(recipe.weightDecay))
      let gradient = loss.gradient(at: weights)
      for layer in weights.indices {
        for row in weights[layer].indices {
          for column in weights[layer][row].indices {
            velocity[layer][row][column] *= Double(recipe.momentum)
            velocity[layer][row][column] += gradient[layer][row][column]
            weights[layer][row][column] -= Double(recipe.learningRate(at: step)) * velocity[layer][row][column]
          }
        }
      }
    }
    return weights
  }

  /// The batches of nine passes.
  private func batches(_ trainer: Trainer, count: Int) -> [[Int]] {
    (0..<9).flatMap { epoch in
      var generator = SeededGenerator(seed: trainer.seed, purpose: "order/epoch \(epoch)")
      let order = generator.permutation(count)
      return stride(from: 0, to: count, by: trainer.recipe.batch).map { start in
        Array(order[start..<min(start + trainer.recipe.batch, count)])
      }
    }
  }

  @Test func learnsWhatCanBeSeparated() throws {
    let random = randomSet(count: 200, width: 12, classes: 3)
    let labels = (0..<200).map { index in
      let image = Array(random.images.image(index))
      return Int32((0..<3).max { image[$0] < image[$1] }!)
    }
    let set = TrainingSet(images: random.images, labels: labels, normalisation: .fashionMNIST)
    let network = try architecture.train(on: set, recipe(steps: 1500), seed: 3)
    let right = zip(network.predictions(of: set.images), labels).count { $0 == $1 }
    #expect(right > 190)
  }
}
