import Core
import Numerics

extension Scorer {
  /// What this scorer would say, as far as the class probabilities of somebody else's model tell it; nil when its own
  /// proxies must be trained.
  ///
  /// The features stand for the inputs of that model's last layer, and logarithms of probabilities for its logits.
  ///
  /// - Parameter labels: one a row; empty when there are none. Throws a ``CurationError`` when they are needed.
  func scores(given probabilities: Matrix, features: Matrix, labels: [Int32]) throws -> Scores? {
    switch self {
    case .history: return nil
    case .crossValidation: return Scores(arrays: ["probabilities": probabilities])
    case .lastLayer:
      var logits = probabilities
      logits.values = logits.values.map { Float(PortableMath.log(max(Double($0), 1e-30))) }
      return Scores(arrays: ["probabilities": probabilities, "logits": logits, "hidden": features])
    case .norms:
      guard !labels.isEmpty else { throw CurationError("the error of probabilities needs labels, and none were given") }
      return Scores(columns: [
        "error-norm": ErrorNorm.scores(probabilities: probabilities, labels: labels),
        "gradient-norm": GradientNorm.scores(probabilities: probabilities, hidden: features, labels: labels),
      ])
    }
  }
}
