package import Core
import Numerics
package import Samples

/// Nearest neighbours: the training set itself is the model.
package struct NeighboursFamily: ModelFamily {
  package init() {}

  package let name = "knn"
  package let version = 1
  package let summary = Words(
    english: "the vote of the nearest training samples",
    japanese: "最も近い訓練サンプルの投票（k 近傍法）")
  package let optionNames = ["k", "metric", "weighted"]

  package func meaning(ofOption name: String) -> Words {
    switch name {
    case "k":
      Words(english: "samples that vote, 1 to 1000; 20 unless given", japanese: "投票するサンプルの数（1〜1000）。既定は 20")
    case "metric":
      Words(
        english: "distance of normalised inputs: cosine or euclidean; cosine unless given",
        japanese: "正規化した入力の距離：cosine または euclidean。既定は cosine")
    default:
      Words(
        english: "whether a vote weighs 1 / distance, true or false; false unless given",
        japanese: "票の重みを距離の逆数にするか（true / false）。既定は false")
    }
  }

  package func takes(_ shape: SampleShape) -> Bool { true }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    let neighbours = Neighbours(
      count: try object.integer("k", in: 1...1_000) ?? 20,
      metric: try object.choice("metric", ExactNeighbours.Metric.self) ?? .cosine,
      weighted: try object.bool("weighted") ?? false)
    try object.finish()
    return neighbours
  }
}

/// The samples themselves, by identity, so that ties go to the same one however a set is listed.
struct Neighbours: Model, Hashable {
  let count: Int
  let metric: ExactNeighbours.Metric
  let weighted: Bool

  var options: [String: JSONValue] {
    ["k": .integer(Int64(count)), "metric": .string(metric.rawValue), "weighted": .bool(weighted)]
  }

  /// None: samples are remembered as they are.
  func parameters(shape: SampleShape, classes: Int) -> Int { 0 }
  func trainingOperations(shape: SampleShape, classes: Int) -> Int { 0 }

  /// Takes no notice of recipe and seed.
  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    let (blocks, labels) = try set.blocks(context: context)
    guard
      let vote = NeighbourVote(
        rows: Matrix(joining: blocks), labels: labels, classes: classes, count: count, metric: metric,
        weighted: weighted)
    else {
      throw DatasetError(
        "training set", "a sample holds a value that is infinite or not a number, which has no neighbours")
    }
    return Network(
      input: set.inputs.shape, normalisation: set.normalisation, layers: [.neighbours(vote)],
      family: NeighboursFamily().name)
  }
}
