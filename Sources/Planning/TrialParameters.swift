package import Core
package import Curation
import Economics
package import Models
package import Sweeps

/// What the parameters of every trial task say of training and measuring.
package struct TrialSettings: Sendable {
  package let choice: ModelChoice
  package let model: any Model
  /// With the number of steps or passes that the trial is trained for.
  package let training: TrainingSettings
  package let trainingLength: TrainingLength.Rule
  package let evaluation: EvaluationSettings

  init(point: TrialPoint, of resolved: ResolvedSweep) {
    model = resolved.models[point.model]!.model
    choice = ModelChoice(name: point.model.name, options: model.options)
    training = point.trainingLength.applied(to: resolved.sweep.training)
    trainingLength = point.trainingLength.rule
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
    guard let length = try object.choice("trainingLength", TrainingLength.Rule.self) else {
      throw object.error("trainingLength", "the key is missing")
    }
    trainingLength = length
    evaluation = try EvaluationSettings(json: try object.require("evaluation"), place: object.path("evaluation"))
  }
}

/// Where the samples of the pools come from that a trial may pay for, by pool.
struct TrialSupplies {
  private let supplies: [String: Supply]

  init(_ pools: [String], of resolved: ResolvedSweep) {
    supplies = Dictionary(
      uniqueKeysWithValues: Set(pools).compactMap { name in
        resolved.description.pool(name).map { (name, $0.supply) }
      })
  }

  init(_ object: inout StrictObject) throws {
    let place = object.path("supplies")
    guard let members = object.value("supplies")?.members else {
      throw object.error("supplies", "an object with the pools' supplies is needed")
    }
    supplies = try members.mapValues { try Supply(json: $0, place: place) }
  }

  var json: JSONValue { .object(supplies.mapValues(\.json)) }

  /// Throws a ``ConfigurationError`` for a pool that nobody supplies.
  func supply(of pool: String) throws -> Supply {
    guard let supply = supplies[pool] else {
      throw ConfigurationError(place: "supplies", problem: "nobody supplies the pool \(pool)")
    }
    return supply
  }
}

/// The parameters of a trial task that chooses within one pool: a grid point with everything that its output depends on.
package struct TrialParameters: Sendable {
  package let strategy: ResolvedStrategy
  package let terms: Terms
  package let settings: TrialSettings
  private let supplies: TrialSupplies

  /// Takes from a sweep what `point` needs. Throws a ``ConfigurationError`` for a pool that nobody supplies.
  package init(point: TrialPoint, of resolved: ResolvedSweep) throws {
    strategy = try StrategyRegistry.resolve(point.strategy)
    supplies = TrialSupplies([point.shift], of: resolved)
    terms = strategy.relevant(
      try Terms(
        shift: point.shift, supply: try supplies.supply(of: point.shift), budget: point.budget,
        prices: resolved.sweep.prices, crowdVotes: resolved.description.pool(point.shift)?.votes ?? 1,
        sizing: point.sizing, seed: point.seed, rivals: resolved.sweep.strategies,
        further: strategy.furtherItems))
    settings = TrialSettings(point: point, of: resolved)
  }

  /// Options are written out with their defaults, so that two ways to ask for the same trial are one task.
  package var json: JSONValue {
    let own: [String: JSONValue] = [
      "strategy": strategy.completeChoice.json, "terms": terms.json, "supplies": supplies.json,
    ]
    return .object(settings.members.merging(own) { $1 })
  }

  /// Reads what ``json`` writes.
  package init(json: JSONValue, place: String, tables: Tables) throws {
    var object = try StrictObject(json, place: place)
    strategy = try StrategyRegistry.resolve(
      try StrategyChoice(json: try object.require("strategy"), place: object.path("strategy")))
    supplies = try TrialSupplies(&object)
    terms = try Terms(
      json: try object.require("terms"), place: object.path("terms"), supply: supplies.supply(of:))
    settings = try TrialSettings(&object, tables: tables)
    try object.finish()
  }
}

/// The parameters of a trial task that buys from several pools.
package struct MixParameters: Sendable {
  package let mix: Mix
  package let terms: MixTerms
  package let settings: TrialSettings
  private let supplies: TrialSupplies

  /// Takes from a sweep what `point`, which is of a mix, needs. Throws a ``ConfigurationError`` for a pool that nobody
  /// supplies.
  package init(point: TrialPoint, of resolved: ResolvedSweep) throws {
    mix = resolved.mixes[point.strategy]!
    let judge = mix.judge ?? mix.sources[0]
    supplies = TrialSupplies(mix.sources + [judge], of: resolved)
    terms = try MixTerms(
      mix, budget: point.budget, prices: resolved.sweep.prices,
      crowdVotes: resolved.description.pools.map(\.votes).max() ?? 1, seed: point.seed, judge: judge,
      supply: supplies.supply(of:))
    settings = TrialSettings(point: point, of: resolved)
  }

  package var json: JSONValue {
    let own: [String: JSONValue] = [
      "mix": mix.completeChoice.json, "terms": terms.json, "supplies": supplies.json,
    ]
    return .object(settings.members.merging(own) { $1 })
  }

  /// Reads what ``json`` writes.
  package init(json: JSONValue, place: String, tables: Tables) throws {
    var object = try StrictObject(json, place: place)
    supplies = try TrialSupplies(&object)
    terms = try MixTerms(
      json: try object.require("terms"), place: object.path("terms"), supply: supplies.supply(of:))
    let sources = terms.sources.map(\.shift)
    mix = try Mix(
      try StrategyChoice(json: try object.require("mix"), place: object.path("mix")), shifts: sources, known: sources,
      judges: terms.validation.map { [$0.shift] } ?? [])
    settings = try TrialSettings(&object, tables: tables)
    try object.finish()
    guard sources == mix.sources else {
      throw ConfigurationError(place: place, problem: "the terms are not those of the mix's sources")
    }
  }
}
