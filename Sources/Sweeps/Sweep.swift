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

/// The model and recipe that every trial of a sweep trains with.
package struct TrainingSettings: Hashable, Sendable {
  /// Widths of the hidden layers; none means softmax regression.
  package var hidden: [Int] = [256, 128]
  /// Optimiser steps, for `equal-steps`.
  package var steps = 600
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
    if let widths = try object.array("hidden") {
      guard widths.count <= 8 else { throw object.error("hidden", "at most 8 hidden layers") }
      hidden = try widths.map {
        guard let width = $0.int, (1...8192).contains(width) else {
          throw object.error("hidden", "widths are whole numbers from 1 to 8192, not \($0.canonicalText)")
        }
        return width
      }
    }
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
      "hidden": .array(hidden.map { .integer(Int64($0)) }), "steps": .integer(Int64(steps)),
      "epochs": .integer(Int64(epochs)), "batch": .integer(Int64(batch)), "learningRate": .number(learningRate),
      "momentum": .number(momentum), "weightDecay": .number(weightDecay), "warmupSteps": .integer(Int64(warmupSteps)),
      "labelSmoothing": .number(labelSmoothing),
    ]
  }
}

/// A strategy as a sweep asks for it: a registered name and options that override its defaults.
package struct StrategyChoice: Hashable, Sendable {
  package let name: String
  package let options: [String: JSONValue]

  package init(name: String, options: [String: JSONValue] = [:]) {
    self.name = name
    self.options = options
  }

  /// `herding`, or `herding(keep=0.3)` where options were given: how tables name the row.
  package var label: String {
    guard !options.isEmpty else { return name }
    let sorted = options.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.words($0.value))" }
    return "\(name)(\(sorted.joined(separator: ",")))"
  }

  /// Whether it chooses between shifts instead of within one: then it is expanded once for all shifts.
  package var isMix: Bool { name == "mix" || name == "mix-search" }

  /// A value in few characters: `expert:0.3+synthetic-text:0.7`.
  private static func words(_ value: JSONValue) -> String {
    if var members = value.members {
      if let name = members.removeValue(forKey: "name")?.text {
        return StrategyChoice(name: name, options: members).label
      }
      return members.sorted { $0.key < $1.key }.map { "\($0.key):\(words($0.value))" }.joined(separator: "+")
    }
    return value.elements.map { $0.map(words).joined(separator: "+") } ?? value.text ?? value.canonicalText
  }

  package var json: JSONValue {
    options.isEmpty ? .string(name) : .object(options.merging(["name": .string(name)]) { _, name in name })
  }
}

/// A user's whole request: what to compare, on what, at which cost, how often.
package struct Sweep: Hashable, Sendable {
  package var name = "first look"
  package var dataset = DatasetChoice()
  package var strategies: [StrategyChoice]
  package var shifts: [String]
  package var budgets: [Money]
  package var seeds: [Int]
  package var prices = PriceList.illustrative
  package var sizing: [Sizing] = [.equalCost]
  package var trainingLength: [TrainingLength] = [.equalSteps]
  package var training = TrainingSettings()
  package var evaluation = EvaluationSettings()
  /// The OpenBLAS kernel that every worker must compute with, for example `Haswell`; nil lets each host use its own.
  package var numericsCore: String?

  /// The sweep that `winnow run` runs when it is given no file.
  package static let builtIn = Sweep(
    strategies: [
      "random", "class-balanced", "oracle-clean", "herding", "k-center", "margin", "el2n", "confident-filter",
      "target-nearest", "target-herding",
    ].map { StrategyChoice(name: $0) },
    shifts: FashionPlusPlus.shifts, budgets: [Money(50)], seeds: [0, 1, 2])

  package init(strategies: [StrategyChoice], shifts: [String], budgets: [Money], seeds: [Int]) {
    self.strategies = strategies
    self.shifts = shifts
    self.budgets = budgets
    self.seeds = seeds
  }

  /// Names the sweep by its content.
  package var id: Digest { Digest(of: json.canonical) }
}

/// The built-in data set's names, known to the planner; how the pools are made is the business of `Datasets`.
package enum FashionPlusPlus {
  /// The six shifts, the baseline first.
  package static let shifts = [
    "expert", "crowdsourced", "retrieval-image", "retrieval-text", "synthetic-image", "synthetic-text",
  ]

  /// What is built before any trial: every part, and the parts it is built from.
  package static let parts: [(name: String, inputs: [String])] = [
    ("web", []),
    ("representation", ["web"]),
    ("expert", ["web", "representation"]),
    ("crowdsourced", ["web", "representation"]),
    ("retrieval-image", ["web", "representation", "expert"]),
    ("retrieval-text", ["web", "representation"]),
    ("generator", ["retrieval-text"]),
    ("synthetic-image", ["representation", "generator", "expert"]),
    ("synthetic-text", ["representation", "generator"]),
    ("evaluation", ["representation"]),
    ("deployment", ["web", "representation"]),
  ]

  /// The ten classes; a label is a position in this list.
  package static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  /// The raw files, as Debian's `dataset-fashion-mnist` names them.
  package static let files = [
    "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
  ]
}
