import Core

/// What a score task computes by training proxy models on the candidates and their observed labels.
enum Scorer: Hashable, Sendable {
  /// Class probabilities of one proxy after `epochs` passes over the candidates.
  case probabilities(epochs: Int)
  /// EL2N: the mean, over `runs` proxies, of the norm of softmax minus label after `epochs` passes.
  case errorNorm(epochs: Int, runs: Int)
  /// Class probabilities of each candidate under a proxy that was trained on the other folds.
  case crossValidation(epochs: Int, folds: Int)

  /// Grows with every change of what a scorer computes.
  static let version = 1

  var name: String {
    switch self {
    case .probabilities: "probabilities"
    case .errorNorm: "error-norm"
    case .crossValidation: "cross-validation"
    }
  }

  /// Forward passes per candidate.
  var passes: Int {
    if case .errorNorm(_, let runs) = self { return runs }
    return 1
  }

  /// Epochs of training per candidate; in cross-validation each trains in every fold but its own.
  var epochs: Int {
    switch self {
    case .probabilities(let epochs): epochs
    case .errorNorm(let epochs, let runs): epochs * runs
    case .crossValidation(let epochs, let folds): epochs * (folds - 1)
    }
  }

  var json: JSONValue {
    switch self {
    case .probabilities(let epochs): ["name": .string(name), "epochs": .integer(Int64(epochs))]
    case .errorNorm(let epochs, let runs):
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
    case "probabilities": self = .probabilities(epochs: epochs)
    case "error-norm":
      self = .errorNorm(epochs: epochs, runs: try object.integer("runs", in: Self.runRange) ?? 1)
    case "cross-validation":
      self = .crossValidation(epochs: epochs, folds: try object.integer("folds", in: Self.foldRange) ?? 2)
    default:
      let known = ["probabilities", "error-norm", "cross-validation"]
      throw object.error("name", Suggestion.unknown(name, among: known))
    }
    try object.finish()
  }

  static let epochRange = 1...1_000
  static let runRange = 1...100
  static let foldRange = 2...20
}
