package import Core
package import Curation
package import Models
package import Sweeps

/// What the parameters of every trial task say of training and measuring.
package struct TrialSettings: Sendable {
  package let choice: ModelChoice
  package let model: any Model
  package let training: TrainingSettings
  package let trainingLength: TrainingLength
  package let evaluation: EvaluationSettings

  init(point: TrialPoint, of resolved: ResolvedSweep) {
    model = resolved.models[point.model]!
    choice = ModelChoice(name: point.model.name, options: model.options)
    training = resolved.sweep.training
    trainingLength = point.trainingLength
    evaluation = resolved.sweep.evaluation
  }

  var members: [String: JSONValue] {
    [
      "model": choice.json, "training": training.json, "trainingLength": .string(trainingLength.rawValue),
      "evaluation": evaluation.json,
    ]
  }

  init(_ object: inout StrictObject, tables: Tables) throws {
    choice = try ModelChoice(json: try object.require("model"), place: object.path("model"), what: "model")
    model = try tables.model(choice)
    training = try TrainingSettings(json: try object.require("training"), place: object.path("training"))
    guard let length = try object.choice("trainingLength", TrainingLength.self) else {
      throw object.error("trainingLength", "the key is missing")
    }
    trainingLength = length
    evaluation = try EvaluationSettings(json: try object.require("evaluation"), place: object.path("evaluation"))
  }
}

/// The parameters of a trial task that chooses within one pool: a grid point with everything that its output depends on.
package struct TrialParameters: Sendable {
  package let strategy: ResolvedStrategy
  package let terms: Terms
  package let settings: TrialSettings

  /// Takes from a sweep what `point` needs. Throws a ``ConfigurationError`` for a pool that nobody supplies.
  package init(point: TrialPoint, of resolved: ResolvedSweep) throws {
    strategy = try StrategyRegistry.resolve(point.strategy)
    terms = strategy.relevant(
      try Terms(
        shift: point.shift, budget: point.budget, prices: resolved.sweep.prices,
        crowdVotes: resolved.description.pool(point.shift)?.votes ?? 1, sizing: point.sizing, seed: point.seed,
        rivals: resolved.sweep.strategies, asksExperts: strategy.asksExperts))
    settings = TrialSettings(point: point, of: resolved)
  }

  /// Options are written out with their defaults, so that two ways to ask for the same trial are one task.
  package var json: JSONValue {
    .object(settings.members.merging(["strategy": strategy.completeChoice.json, "terms": terms.json]) { $1 })
  }

  /// Reads what ``json`` writes.
  package init(json: JSONValue, place: String, tables: Tables) throws {
    var object = try StrictObject(json, place: place)
    strategy = try StrategyRegistry.resolve(
      try StrategyChoice(json: try object.require("strategy"), place: object.path("strategy")))
    terms = try Terms(json: try object.require("terms"), place: object.path("terms"))
    settings = try TrialSettings(&object, tables: tables)
    try object.finish()
  }
}

/// The parameters of a trial task that buys from several pools.
package struct MixParameters: Sendable {
  package let mix: Mix
  package let terms: MixTerms
  package let settings: TrialSettings

  /// Takes from a sweep what `point` needs. Throws a ``ConfigurationError`` for options that are not possible.
  package init(point: TrialPoint, of resolved: ResolvedSweep) throws {
    mix = try Mix(point.strategy, shifts: resolved.sweep.shifts)
    terms = try MixTerms(
      mix, budget: point.budget, prices: resolved.sweep.prices,
      crowdVotes: resolved.description.pools.map(\.votes).max() ?? 1, seed: point.seed)
    settings = TrialSettings(point: point, of: resolved)
  }

  package var json: JSONValue {
    .object(settings.members.merging(["mix": mix.completeChoice.json, "terms": terms.json]) { $1 })
  }

  /// Reads what ``json`` writes.
  package init(json: JSONValue, place: String, tables: Tables) throws {
    var object = try StrictObject(json, place: place)
    mix = try Mix(
      try StrategyChoice(json: try object.require("mix"), place: object.path("mix")), shifts: [])
    terms = try MixTerms(json: try object.require("terms"), place: object.path("terms"))
    settings = try TrialSettings(&object, tables: tables)
    try object.finish()
    guard terms.sources.map(\.shift) == mix.sources else {
      throw ConfigurationError(place: place, problem: "the terms are not those of the mix's sources")
    }
  }
}
