package import Core
package import Curation
import Economics
package import Sweeps

/// The parameters of a trial that buys from several shifts.
package struct MixParameters: Sendable {
  package let mix: Mix
  package let terms: MixTerms
  package let training: TrainingSettings
  package let trainingLength: TrainingLength
  package let evaluation: EvaluationSettings

  /// Takes from `sweep` what `point` needs. Throws a ``ConfigurationError`` for options that are not possible.
  package init(point: TrialPoint, sweep: Sweep) throws {
    mix = try Mix(point.strategy, shifts: sweep.shifts, known: FashionPlusPlus.shifts)
    terms = try MixTerms(
      mix, budget: point.budget, prices: sweep.prices, crowdVotes: sweep.dataset.crowdVotes, seed: point.seed,
      reference: "expert", supply: Supply.init(of:))
    training = sweep.training
    trainingLength = point.trainingLength
    evaluation = sweep.evaluation
  }

  /// What the task graph needs to know. Scores are part of the trial: what a search can spend in each shift is known only
  /// there.
  package func plan() -> TrialPlan {
    TrialPlan(
      parameters: json, algorithms: mix.algorithms.merging(["trial": TrialParameters.version]) { own, _ in own },
      scores: nil, needsTarget: mix.strategy.description.needs.contains(.target), sources: mix.sources)
  }

  private var json: JSONValue {
    [
      "mix": mix.completeChoice.json, "terms": terms.json, "training": training.json,
      "trainingLength": .string(trainingLength.rawValue), "evaluation": evaluation.json,
    ]
  }

  /// Reads what ``plan()`` writes.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    mix = try Mix(
      try StrategyChoice(json: try object.require("mix"), place: object.path("mix")), shifts: FashionPlusPlus.shifts,
      known: FashionPlusPlus.shifts)
    terms = try MixTerms(
      json: try object.require("terms"), place: object.path("terms"), supply: Supply.init(of:))
    training = try TrainingSettings(json: try object.require("training"), place: object.path("training"))
    guard let length = try object.choice("trainingLength", TrainingLength.self) else {
      throw object.error("trainingLength", "the key is missing")
    }
    trainingLength = length
    evaluation = try EvaluationSettings(json: try object.require("evaluation"), place: object.path("evaluation"))
    try object.finish()
    guard terms.sources.map(\.shift) == mix.sources else {
      throw ConfigurationError(place: place, problem: "the terms are not those of the mix's sources")
    }
  }
}
