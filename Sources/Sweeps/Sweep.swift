package import Core
package import Economics

/// How the size of a subset is decided.
package enum Sizing: String, CaseIterable, Sendable, Hashable {
  /// Each strategy buys what the budget allows.
  case equalCost = "equal-cost"
  /// Each strategy buys as many items as the one of the sweep that can afford the fewest.
  case equalItems = "equal-items"
}

/// A user's whole request: what to compare, on what, at which cost, how often.
package struct Sweep: Hashable, Sendable {
  package var name = "first look"
  /// At least one. Several differ in their world or their draw, which ``DatasetChoice/variant`` says once the sweep is planned.
  package var datasets = [DatasetChoice()]
  package var strategies: [StrategyChoice]
  /// Pools of the data set; empty for all of them, until the sweep is planned.
  package var shifts: [String]
  /// The licences of the samples that may be bought; empty for any.
  package var licences: [String] = []
  package var budgets: [Money]
  package var models: [ModelChoice] = [.standard]
  package var seeds: [Int]
  package var prices = PriceList.illustrative
  package var sizing: [Sizing] = [.equalCost]
  package var trainingLength: [TrainingLength] = [.equalSteps]
  package var training = TrainingSettings()
  package var evaluation = EvaluationSettings()
  /// The OpenBLAS kernel that every worker must compute with, for example `Haswell`, or `portable` where none may be; nil lets
  /// each host use its own.
  package var numericsCore: String?
  package var storeWeights = StoredWeights.one

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

  /// The data set, of several the first.
  package var dataset: DatasetChoice {
    get { datasets[0] }
    set { datasets = [newValue] }
  }

  /// Names the sweep by its content.
  package var id: Digest { Digest(of: json.canonical) }
}
