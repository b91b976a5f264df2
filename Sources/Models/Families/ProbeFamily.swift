package import Core
import Numerics
package import Samples

/// Linear probes: multinomial logistic regression to its optimum.
package struct ProbeFamily: ModelFamily {
  package init() {}

  package let name = "probe"
  package let version = 1
  package let summary = Words(
    english: "multinomial logistic regression on standardised inputs, to its optimum by L-BFGS",
    japanese: "標準化した入力に対する多項ロジスティック回帰。L-BFGS で最適解まで解く")
  package let optionNames = ["l2", "tolerance", "iterations"]

  package func meaning(ofOption name: String) -> Words {
    switch name {
    case "l2":
      Words(
        english: "λ of the penalty ½ λ ‖weights‖² beside the mean cross-entropy, 0 to 1000; 0.001 unless given",
        japanese: "平均交差エントロピーに加える罰則 ½ λ ‖重み‖² の λ（0〜1000）。既定は 0.001")
    case "tolerance":
      Words(
        english: "it stops once no component of the gradient is larger, 0.000001 to 1; 0.0001 unless given",
        japanese: "勾配のどの成分もこれ以下になれば終える（0.000001〜1）。既定は 0.0001")
    default:
      Words(
        english: "it stops after so many iterations at the latest, 1 to 100000; 1000 unless given",
        japanese: "反復回数の上限（1〜100000）。既定は 1000")
    }
  }

  package func takes(_ shape: SampleShape) -> Bool { true }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    let probe = LinearProbe(
      l2: try object.number("l2", in: 0...1_000) ?? 0.001,
      tolerance: try object.number("tolerance", in: 1e-6...1) ?? 1e-4,
      iterations: try object.integer("iterations", in: 1...100_000) ?? 1_000)
    try object.finish()
    return probe
  }
}

/// A linear probe: the linear layer with the least mean cross-entropy plus ½ `l2` ‖weights‖² on inputs that are standardised
/// column by column. What it answers takes the inputs themselves.
struct LinearProbe: Model, Hashable {
  let l2: Double
  let tolerance: Double
  let iterations: Int

  var options: [String: JSONValue] {
    ["l2": .number(l2), "tolerance": .number(tolerance), "iterations": .integer(Int64(iterations))]
  }

  func parameters(shape: SampleShape, classes: Int) -> Int { (shape.size + 1) * classes }

  /// Those of one evaluation of the loss and its gradient.
  func trainingOperations(shape: SampleShape, classes: Int) -> Int { 4 * shape.size * classes }

  /// Takes no notice of recipe and seed: it starts from 0. The progress is that of the logarithm of the gradient towards the
  /// tolerance.
  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    let (rows, labels) = try set.blocks(context: context.part(from: 0, to: 0.05))
    let scale = Standardisation(of: rows)
    let objective = SoftmaxObjective(
      blocks: rows.map(scale.applied), labels: labels, classes: classes, decay: l2)
    var (done, first) = (0.0, 0.0)
    let solving = context.part(from: 0.05, to: 1)
    let result = try LimitedMemoryBFGS(tolerance: tolerance, iterations: iterations).minimise(
      from: [Double](repeating: 0, count: objective.parameters),
      { try objective.value(at: $0) { try solving.proceed(done) } },
      proceed: { gradient in
        if first == 0 { first = max(gradient, 2 * tolerance) }
        let way = PortableMath.log(first / max(gradient, tolerance)) / PortableMath.log(first / tolerance)
        done = max(done, min(way, 1))
      })
    let weights = classes * rows[0].columns
    return Network(
      input: set.inputs.shape, normalisation: set.normalisation,
      layers: [scale.unfolded(weights: Array(result.point[..<weights]), bias: Array(result.point[weights...]))],
      family: ProbeFamily().name)
  }
}
