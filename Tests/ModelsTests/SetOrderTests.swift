import Core
import Datasets
import Models
import Samples
import Testing

/// A subset is a set: what is trained on it does not depend on how it is listed.
@Suite struct SetOrderTests {
  private let model = MultilayerPerceptron(hidden: [8])
  private var recipe: Recipe {
    var recipe = Recipe(steps: 25, learningRate: 0.1)
    recipe.batch = 7
    recipe.momentum = 0.7
    return recipe
  }

  /// Random images of which some are there twice, and one of those with two labels.
  private let listed: (images: ImageSet, labels: [Int32], identities: [SampleIdentifier]) = {
    let random = randomSet(count: 40, width: 12, classes: 3)
    let rows = Array(0..<40) + [3, 3, 11, 27]
    let images = random.images.selecting(rows)
    var labels = rows.map { random.labels[$0] }
    labels[40] = (labels[3] + 1) % 3
    return (
      images, labels, rows.map { SampleIdentifier(sourceID: UInt32($0), content: Array(random.images.image($0))) }
    )
  }()

  private func train(_ order: [Int], identified: Bool = true, seed: UInt64 = 5) throws -> Network {
    let set = TrainingSet(
      images: listed.images.selecting(order), labels: order.map { listed.labels[$0] }, normalisation: .fashionMNIST,
      identities: identified ? order.map { listed.identities[$0] } : nil)
    return try model.train(on: set, classes: 3, recipe: recipe, seed: seed, context: .unobserved)
  }

  @Test func equalSetsTrainEqualNetworksHoweverTheyAreListed() throws {
    let expected = try train(Array(listed.labels.indices)).bytes
    for seed in 0..<20 {
      var generator = SeededGenerator(seed: UInt64(seed), purpose: "listing")
      #expect(try train(generator.permutation(listed.labels.count)).bytes == expected)
    }
  }

  @Test func withoutIdentitiesTheListingIsTheOrder() throws {
    let order = Array(listed.labels.indices)
    #expect(try train(order, identified: false) != train(order.reversed(), identified: false))
  }

  @Test func seedsStillChangeTheOrderAndPassesDiffer() throws {
    let order = Array(listed.labels.indices)
    #expect(try train(order, seed: 1) != train(order, seed: 2))
    let sorted = order.sorted {
      (listed.identities[$0], listed.labels[$0]) < (listed.identities[$1], listed.labels[$1])
    }
    #expect(try train(sorted, identified: false) == train(order))
  }
}
