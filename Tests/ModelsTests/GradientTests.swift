import Core
import Datasets
import Models
import Numerics
import Testing

@Suite struct GradientTests {
  /// One step at rate 1 without momentum moves every parameter by minus its gradient.
  private func gradient(_ architecture: Architecture, _ set: TrainingSet, smoothing: Float, decay: Float) throws -> (
    start: Network, gradient: [[[Double]]]
  ) {
    var recipe = Recipe(steps: 1, learningRate: 1)
    recipe.batch = set.images.count
    recipe.momentum = 0
    recipe.labelSmoothing = smoothing
    recipe.weightDecay = decay
    let start = architecture.network(for: set, seed: 7)
    let end = try Trainer(recipe: recipe, seed: 7).train(on: set, from: start, context: .unobserved)
    let gradient = zip(ReferenceLoss.layers(of: start), ReferenceLoss.layers(of: end)).map {
      zip($0, $1).map { zip($0, $1).map(-) }
    }
    return (start, gradient)
  }

  @Test(
    "the gradient of every parameter equals a central difference in double precision",
    arguments: [
      (Architecture(inputs: 5, hidden: [], classes: 3), Float(0), Float(0)),
      (Architecture(inputs: 37, hidden: [], classes: 10), 0, 0.01),
      (Architecture(inputs: 21, hidden: [], classes: 17), 0.1, 0),
      (Architecture(inputs: 19, hidden: [33], classes: 10), 0, 0),
      (Architecture(inputs: 16, hidden: [7], classes: 2), 0.1, 0.1),
      (Architecture(inputs: 9, hidden: [20, 18], classes: 10), 0.05, 0.003),
      (Architecture(inputs: 7, hidden: [5, 24, 6], classes: 4), 0, 0),
      (Architecture(inputs: 4, hidden: [1], classes: 19), 0.2, 0),
    ])
  func matchesFiniteDifferences(_ architecture: Architecture, smoothing: Float, decay: Float) throws {
    let set = randomSet(count: 13, width: architecture.inputs, classes: architecture.classes)
    let (start, gradient) = try gradient(architecture, set, smoothing: smoothing, decay: decay)
    let loss = ReferenceLoss(set: set, smoothing: Double(smoothing), weightDecay: Double(decay))
    let expected = loss.gradient(at: ReferenceLoss.layers(of: start))
    for (layer, rows) in expected.enumerated() {
      for (row, values) in rows.enumerated() {
        for (column, value) in values.enumerated() {
          // Single precision: the gradient itself and the subtraction of two weights below 1.
          #expect(abs(gradient[layer][row][column] - value) < 2e-6, "layer \(layer), row \(row), column \(column)")
        }
      }
    }
  }
}
