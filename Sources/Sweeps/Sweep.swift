package import Core
package import Economics

/// How the size of a subset is decided.
package enum Sizing: String, CaseIterable, Sendable, Hashable {
  /// Each strategy buys what the budget allows.
  case equalCost = "equal-cost"
  /// Each strategy buys as many items as the one of the sweep that can afford the fewest.
  case equalItems = "equal-items"
}

/// How long a model is trained on a subset.
package enum TrainingLength: String, CaseIterable, Sendable, Hashable {
  /// The same number of optimiser steps whatever the subset's size (DataComp's rule).
  case equalSteps = "equal-steps"
  /// The same number of passes over the subset (SELECT's and DeepCore's rule).
  case equalEpochs = "equal-epochs"
}

/// The recipe that every model of a sweep is trained with.
package struct TrainingSettings: Hashable, Sendable {
  /// Optimiser steps, for `equal-steps`.
  package var steps = 400
  /// Passes over the subset, for `equal-epochs`.
  package var epochs = 20
  package var batch = 128
  package var learningRate = 0.05
  package var momentum = 0.9
  package var weightDecay = 5e-4
  /// Steps over which the learning rate grows from 0 before the cosine schedule.
  package var warmupSteps = 0
  package var labelSmoothing = 0.0

  package init() {}

  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    steps = try object.integer("steps", in: 1...10_000_000) ?? steps
    epochs = try object.integer("epochs", in: 1...100_000) ?? epochs
    batch = try object.integer("batch", in: 1...65_536) ?? batch
    learningRate = try object.number("learningRate", in: 1e-9...1e3) ?? learningRate
    momentum = try object.number("momentum", in: 0...0.9999) ?? momentum
    weightDecay = try object.number("weightDecay", in: 0...10) ?? weightDecay
    warmupSteps = try object.integer("warmupSteps", in: 0...10_000_000) ?? warmupSteps
    labelSmoothing = try object.number("labelSmoothing", in: 0...0.99) ?? labelSmoothing
    try object.finish()
  }

  package var json: JSONValue {
    [
      "steps": .integer(Int64(steps)), "epochs": .integer(Int64(epochs)), "batch": .integer(Int64(batch)),
      "learningRate": .number(learningRate),
      "momentum": .number(momentum), "weightDecay": .number(weightDecay), "warmupSteps": .integer(Int64(warmupSteps)),
      "labelSmoothing": .number(labelSmoothing),
    ]
  }
}

/// A user's whole request: what to compare, on what, at which cost, how often.
package struct Sweep: Hashable, Sendable {
  package var name = "first look"
  package var dataset = DatasetChoice()
  package var strategies: [StrategyChoice]
  /// Pools of the data set; empty for all of them, until the sweep is planned.
  package var shifts: [String]
  package var budgets: [Money]
  package var models: [ModelChoice] = [.standard]
  package var seeds: [Int]
  package var prices = PriceList.illustrative
  package var sizing: [Sizing] = [.equalCost]
  package var trainingLength: [TrainingLength] = [.equalSteps]
  package var training = TrainingSettings()
  package var evaluation = EvaluationSettings()
  /// The OpenBLAS kernel that every worker must compute with, for example `Haswell`; nil lets each host use its own.
  package var numericsCore: String?

  /// The sweep that `winnow run` runs when it is given no file: every way of collecting at three budgets, bought unseen, evenly
  /// over the classes, and without what looks mislabelled; as many seeds as three minutes on two cores allow.
  package static let builtIn: Sweep = {
    var sweep = Sweep(
      strategies: ["random", "class-balanced", "confident-filter"].map { StrategyChoice(name: $0) },
      shifts: [], budgets: [Money(10), Money(25), Money(50)], seeds: [0, 1, 2, 3, 4])
    sweep.dataset.options = ["corruptionImages": 250]
    return sweep
  }()

  package init(strategies: [StrategyChoice], shifts: [String], budgets: [Money], seeds: [Int]) {
    self.strategies = strategies
    self.shifts = shifts
    self.budgets = budgets
    self.seeds = seeds
  }

  /// Names the sweep by its content.
  package var id: Digest { Digest(of: json.canonical) }
}
