package import Core
package import Samples

/// Ridge regression on the classes, in closed form.
package struct RidgeFamily: ModelFamily {
  package init() {}

  package let name = "ridge"
  package let version = 1
  package let summary = Words(
    english: "ridge regression of the classes on standardised inputs, the penalty chosen by leave-one-out",
    japanese: "標準化した入力からクラスを予測するリッジ回帰。罰則は一つ抜き交差検証で選ぶ")
  package let optionNames = ["lambda"]

  package func meaning(ofOption name: String) -> Words {
    Words(
      english:
        "λ of the penalty λ ‖weights‖² beside the mean squared error, above 0 to 1000000, or a list of at most 100 to "
        + "choose from; thirteen from 0.0001 to 100 unless given",
      japanese: "平均二乗誤差に加える罰則 λ ‖重み‖² の λ（0 より大きく 1000000 まで）、または候補のリスト（100 個まで）。"
        + "既定は 0.0001 から 100 までの 13 個")
  }

  /// The decomposition takes the third power of the width.
  package static let widest = 4_096

  package func takes(_ shape: SampleShape) -> Bool { shape.size <= Self.widest }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    let value = object.value("lambda")
    try object.finish()
    guard let value else { return RidgeRegression(penalties: RidgeRegression.penalties) }
    let penalties = try (value.elements ?? [value]).map { element in
      guard let number = element.double, number > 0, number <= 1e6 else {
        throw object.error(
          "lambda", "numbers above 0 to 1000000 are needed, not \(element.canonicalText.prefix(40))")
      }
      return number
    }
    guard (1...100).contains(penalties.count) else {
      throw object.error("lambda", "1 to 100 numbers to choose from are needed, not \(penalties.count)")
    }
    return RidgeRegression(penalties: Set(penalties).sorted())
  }
}

/// Ridge regression: the linear layer with the least mean squared distance from one-hot targets plus λ ‖weights‖², on inputs
/// that are standardised column by column, for the λ that predicts samples best that it has not seen. What it answers takes
/// the inputs themselves.
struct RidgeRegression: Model, Hashable {
  /// Ascending.
  let penalties: [Double]

  static let penalties = [1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100]

  var options: [String: JSONValue] {
    ["lambda": penalties.count == 1 ? .number(penalties[0]) : .array(penalties.map { .number($0) })]
  }

  func parameters(shape: SampleShape, classes: Int) -> Int { (shape.size + 1) * classes }

  /// The sample's part of the decomposed product, and its predictions for each λ.
  func trainingOperations(shape: SampleShape, classes: Int) -> Int {
    shape.size * (3 * shape.size + 4 * classes * penalties.count)
  }

  /// Takes no notice of recipe and seed.
  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    let (rows, labels) = try set.blocks(context: context.part(from: 0, to: 0.1))
    let scale = Standardisation(of: rows)
    let path = try RidgePath(
      blocks: rows.map(scale.applied), labels: labels, classes: classes, context: context.part(from: 0.1, to: 0.5))
    let best = try path.best(of: penalties, context: context.part(from: 0.5, to: 1))
    let solution = path.solution(best.penalty)
    // Scores of a regression are no logits; multiplied by one factor they are as good ones as they can be.
    return Network(
      input: set.inputs.shape, normalisation: set.normalisation,
      layers: [
        scale.unfolded(
          weights: solution.weights.map { $0 * best.sharpness }, bias: solution.bias.map { $0 * best.sharpness })
      ], family: RidgeFamily().name)
  }
}
