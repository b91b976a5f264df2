import Numerics

extension Scorer {
  /// What this scorer would say, as far as the class probabilities of somebody else's model tell it; nil when its own
  /// proxies must be trained.
  ///
  /// - Parameter labels: one a row; empty when there are none. Throws a ``CurationError`` when they are needed.
  func scores(given probabilities: Matrix, labels: [Int32]) throws -> Scores? {
    switch self {
    case .probabilities, .crossValidation: return Scores(arrays: ["probabilities": probabilities])
    case .errorNorm:
      guard !labels.isEmpty else { throw CurationError("the error of probabilities needs labels, and none were given") }
      let norms = ErrorNorm.scores(probabilities: probabilities, labels: labels)
      return Scores(arrays: ["error-norm": Matrix(rows: norms.count, columns: 1, values: norms)])
    }
  }
}
