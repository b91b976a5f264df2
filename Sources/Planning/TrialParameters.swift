package import Core
package import Curation
import Economics
package import Sweeps

/// The parameters of a trial task: one grid point with everything that its output depends on.
package struct TrialParameters: Sendable {
  package let strategy: ResolvedStrategy
  package let terms: Terms
  package let training: TrainingSettings
  package let trainingLength: TrainingLength
  package let evaluation: EvaluationSettings

  /// Takes from `sweep` what `point` needs. Throws a ``ConfigurationError`` for a strategy that does not exist.
  package init(point: TrialPoint, sweep: Sweep) throws {
    strategy = try StrategyRegistry.resolve(point.strategy)
    terms = strategy.relevant(
      try Terms(
        shift: point.shift, supply: Supply(of: point.shift), budget: point.budget, prices: sweep.prices,
        crowdVotes: sweep.dataset.crowdVotes,
        sizing: point.sizing, seed: point.seed, rivals: sweep.strategies, asksExperts: strategy.asksExperts))
    training = sweep.training
    trainingLength = point.trainingLength
    evaluation = sweep.evaluation
  }

  /// What the task graph needs to know.
  package func plan() -> TrialPlan {
    TrialPlan(
      parameters: json, algorithms: strategy.algorithms.merging(["trial": Self.version]) { own, _ in own },
      scores: strategy.scoreParameters(in: terms).map {
        TrialPlan.Scores(parameters: $0, algorithms: strategy.scorerAlgorithms)
      }, needsTarget: strategy.needs.contains(.target),
      files: strategy.files.mapValues(SourceFiles.strategyFileName(of:)))
  }

  /// Grows when training or evaluation change what they compute.
  static let version = 5

  /// Options are written out with their defaults, so that two ways to ask for the same trial are one task.
  package var json: JSONValue {
    [
      "strategy": strategy.completeChoice.json, "terms": terms.json, "training": training.json,
      "trainingLength": .string(trainingLength.rawValue), "evaluation": evaluation.json,
    ]
  }

  /// Reads what ``json`` writes.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    strategy = try StrategyRegistry.resolve(
      try StrategyChoice(json: try object.require("strategy"), place: object.path("strategy")))
    terms = try Terms(
      json: try object.require("terms"), place: object.path("terms"), supply: Supply.init(of:))
    training = try TrainingSettings(json: try object.require("training"), place: object.path("training"))
    guard let length = try object.choice("trainingLength", TrainingLength.self) else {
      throw object.error("trainingLength", "the key is missing")
    }
    trainingLength = length
    evaluation = try EvaluationSettings(json: try object.require("evaluation"), place: object.path("evaluation"))
    try object.finish()
  }
}
