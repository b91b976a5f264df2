import Core
import Models
import Numerics
import Samples
import Testing

/// Softmax regression on a few vectors, beside the textbook's formulas in double precision.
@Suite struct OptimiserTests {
  private static let rows: [[Double]] = [[0.5, -1, 2], [1, 0.25, -0.5], [-2, 1, 0.75], [0.1, 0.2, -0.3]]
  private static let labels = [0, 1, 1, 2]

  /// Weights and biases of the reference, one row a class of three inputs and the bias.
  private struct Reference {
    var parameters: [[Double]]
    var first = [[Double]](repeating: [Double](repeating: 0, count: 4), count: 3)
    var second = [[Double]](repeating: [Double](repeating: 0, count: 4), count: 3)

    init(_ network: Network) {
      guard case .linear(let weights, let bias)? = network.layers.first else { fatalError() }
      parameters = (0..<3).map { weights.row($0).map { Double($0) } + [Double(bias[$0])] }
    }

    func gradient(smoothing: Double, weights: [Double]) -> [[Double]] {
      var gradient = [[Double]](repeating: [Double](repeating: 0, count: 4), count: 3)
      for (row, label) in zip(OptimiserTests.rows.indices, OptimiserTests.labels) {
        let input = OptimiserTests.rows[row] + [1]
        let logits = parameters.map { zip($0, input).reduce(0) { $0 + $1.0 * $1.1 } }
        let powers = logits.map { PortableMath.exp($0) }
        for column in 0..<3 {
          let target = (column == label ? 1 - smoothing : 0) + smoothing / 3
          let slope = (powers[column] / powers.reduce(0, +) - target) * weights[row] / 4
          for place in 0..<4 { gradient[column][place] += slope * input[place] }
        }
      }
      return gradient
    }

    mutating func forEach(_ body: (inout Double, inout Double, inout Double, Double) -> Void, _ gradient: [[Double]]) {
      for row in 0..<3 {
        for place in 0..<4 {
          body(&parameters[row][place], &first[row][place], &second[row][place], gradient[row][place])
        }
      }
    }
  }

  private func check(
    _ recipe: Recipe, weights: [Double] = [1, 1, 1, 1],
    step: (Int, Double) -> (inout Double, inout Double, inout Double, Double) -> Void
  ) throws {
    let set = TrainingSet(
      .vectors(Matrix(rows: 4, columns: 3, values: Self.rows.flatMap { $0.map { Float($0) } })),
      labels: Self.labels.map { Int32($0) }, normalisation: nil, weights: weights.map { Float($0) })
    let start = MultilayerPerceptron(hidden: []).network(
      for: set.inputs.shape, normalisation: nil, classes: 3, seed: 3)
    var reference = Reference(start)
    for number in 0..<recipe.steps {
      let gradient = reference.gradient(smoothing: Double(recipe.labelSmoothing), weights: weights)
      reference.forEach(step(number, Double(recipe.learningRate(at: number))), gradient)
    }
    let trained = try Trainer(recipe: recipe, seed: 1).train(on: set, from: start, context: .unobserved)
    let found = Reference(trained).parameters.flatMap(\.self)
    for (own, expected) in zip(found, reference.parameters.flatMap(\.self)) { #expect(abs(own - expected) < 2e-5) }
    #expect(trained != start)
  }

  private func recipe(_ optimiser: Recipe.Optimiser) -> Recipe {
    var recipe = Recipe(steps: 12, learningRate: 0.1)
    (recipe.optimiser, recipe.weightDecay, recipe.labelSmoothing) = (optimiser, 0.02, 0.1)
    return recipe
  }

  @Test func momentumIsPyTorchs() throws {
    try check(recipe(.sgd)) { _, rate in
      { weight, velocity, _, gradient in
        velocity = 0.9 * velocity + gradient + 0.02 * weight
        weight -= rate * velocity
      }
    }
  }

  @Test func nesterovsMomentumIsPyTorchs() throws {
    try check(recipe(.nesterov)) { _, rate in
      { weight, velocity, _, gradient in
        let slope = gradient + 0.02 * weight
        velocity = 0.9 * velocity + slope
        weight -= rate * (slope + 0.9 * velocity)
      }
    }
  }

  @Test func adamWIsPyTorchs() throws {
    try check(recipe(.adamW)) { step, rate in
      { weight, first, second, gradient in
        weight -= rate * 0.02 * weight
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient * gradient
        let (a, b) = (1 - PortableMath.pow(0.9, Double(step + 1)), 1 - PortableMath.pow(0.999, Double(step + 1)))
        weight -= rate * (first / a) / ((second / b).squareRoot() + 1e-8)
      }
    }
  }

  @Test func lossesAreWeighedBySample() throws {
    try check(recipe(.sgd), weights: [2, 0, 0.5, 1]) { _, rate in
      { weight, velocity, _, gradient in
        velocity = 0.9 * velocity + gradient + 0.02 * weight
        weight -= rate * velocity
      }
    }
  }

  @Test(arguments: [Recipe.Optimiser.sgd, .nesterov, .adamW])
  func everyOptimiserLearnsWithConvolutionsAndNormalisation(optimiser: Recipe.Optimiser) throws {
    var generator = SeededGenerator(seed: 2, purpose: "optimiser images")
    let labels = (0..<40).map { Int32($0 % 2) }
    let pixels = labels.flatMap { label -> [UInt8] in
      (0..<64).map { UInt8((($0 < 32) == (label == 0) ? 150 : 60) + generator.integer(below: 60)) }
    }
    let images = ImageSet(count: 40, height: 8, width: 8, pixels: pixels)
    let set = TrainingSet(images: images, labels: labels, normalisation: PixelNormalisation(of: images))
    var recipe = Recipe(steps: 30, learningRate: optimiser == .adamW ? 0.01 : 0.05)
    (recipe.optimiser, recipe.batch) = (optimiser, 20)
    let model = try ResidualFamily().model(options: ["width": 4], place: "model")
    let network = try model.train(on: set, classes: 2, recipe: recipe, seed: 1, context: .unobserved)
    #expect(zip(network.predictions(of: images), labels).count { $0 == $1 } >= 38)
    recipe.averaging = 0.5
    let averaged = try model.train(on: set, classes: 2, recipe: recipe, seed: 1, context: .unobserved)
    #expect(averaged != network && zip(averaged.predictions(of: images), labels).count { $0 == $1 } >= 38)
  }

  /// d · mean + (1 − d) · parameters, from the initial ones: the parameters after each step are known by training as long.
  @Test func theRunningMeanIsOfTheParametersAfterEachStep() throws {
    let set = TrainingSet(
      .vectors(Matrix(rows: 4, columns: 3, values: Self.rows.flatMap { $0.map { Float($0) } })),
      labels: Self.labels.map { Int32($0) }, normalisation: nil)
    var recipe = Recipe(steps: 3, learningRate: 0.5)
    recipe.schedule = .constant
    func parameters(_ network: Network) -> [Double] { Reference(network).parameters.flatMap(\.self) }
    let start = MultilayerPerceptron(hidden: []).network(
      for: set.inputs.shape, normalisation: nil, classes: 3, seed: 3)
    var mean = parameters(start)
    for steps in 1...3 {
      recipe.steps = steps
      let network = try Trainer(recipe: recipe, seed: 1).train(on: set, from: start, context: .unobserved)
      mean = zip(mean, parameters(network)).map { 0.75 * $0 + 0.25 * $1 }
    }
    recipe.averaging = 0.75
    let averaged = try Trainer(recipe: recipe, seed: 1).train(on: set, from: start, context: .unobserved)
    for (own, expected) in zip(parameters(averaged), mean) { #expect(abs(own - expected) < 1e-6) }
  }

  @Test func theRateFallsAtMilestonesOrStays() {
    var recipe = Recipe(steps: 8, learningRate: 0.8)
    recipe.warmupSteps = 2
    recipe.schedule = .steps(at: [0.5, 0.75], factor: 0.5)
    #expect((0..<8).map { recipe.learningRate(at: $0) } == [0.4, 0.8, 0.8, 0.8, 0.4, 0.4, 0.2, 0.2])
    recipe.schedule = .constant
    #expect((0..<8).map { recipe.learningRate(at: $0) } == [0.4, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8])
  }
}
