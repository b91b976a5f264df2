import Core

/// What a score task computes by training proxy models on the candidates and their observed labels.
enum Scorer: Hashable, Sendable {
  /// What one proxy makes of each candidate after `epochs` passes over them: `probabilities` and `logits`, a column a
  /// class, and `hidden`, the inputs of its last layer.
  case lastLayer(epochs: Int)
  /// EL2N and GraNd: `error-norm` and `gradient-norm`, means over `runs` proxies after `epochs` passes.
  case norms(epochs: Int, runs: Int)
  /// What happened while one proxy learned: `forgetting` and `margin-sum`, see ``LearningHistory``.
  case history(epochs: Int)
  /// `probabilities` of each candidate under a proxy that was trained on the other folds.
  case crossValidation(epochs: Int, folds: Int)

  /// Grows with every change of what a scorer computes.
  static let version = 2

  var name: String {
    switch self {
    case .lastLayer: "last-layer"
    case .norms: "norms"
    case .history: "history"
    case .crossValidation: "cross-validation"
    }
  }

  /// Forward passes per candidate beyond training: a history looks at every candidate after each epoch.
  var passes: Int {
    switch self {
    case .lastLayer, .crossValidation: 1
    case .norms(_, let runs): runs
    case .history(let epochs): epochs
    }
  }

  /// Epochs of training per candidate; in cross-validation each trains in every fold but its own.
  var epochs: Int {
    switch self {
    case .lastLayer(let epochs), .history(let epochs): epochs
    case .norms(let epochs, let runs): epochs * runs
    case .crossValidation(let epochs, let folds): epochs * (folds - 1)
    }
  }

  var json: JSONValue {
    switch self {
    case .lastLayer(let epochs), .history(let epochs): ["name": .string(name), "epochs": .integer(Int64(epochs))]
    case .norms(let epochs, let runs):
      ["name": .string(name), "epochs": .integer(Int64(epochs)), "runs": .integer(Int64(runs))]
    case .crossValidation(let epochs, let folds):
      ["name": .string(name), "epochs": .integer(Int64(epochs)), "folds": .integer(Int64(folds))]
    }
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    let name = try object.string("name") ?? ""
    guard let epochs = try object.integer("epochs", in: Self.epochRange) else {
      throw ConfigurationError(place: place, problem: "the key \"epochs\" is missing")
    }
    switch name {
    case "last-layer": self = .lastLayer(epochs: epochs)
    case "norms": self = .norms(epochs: epochs, runs: try object.integer("runs", in: Self.runRange) ?? 1)
    case "history": self = .history(epochs: epochs)
    case "cross-validation":
      self = .crossValidation(epochs: epochs, folds: try object.integer("folds", in: Self.foldRange) ?? 2)
    default:
      let known = ["last-layer", "norms", "history", "cross-validation"]
      throw object.error("name", Suggestion.unknown(name, among: known))
    }
    try object.finish()
  }

  static let epochRange = 1...1_000
  static let runRange = 1...100
  static let foldRange = 2...20
}
