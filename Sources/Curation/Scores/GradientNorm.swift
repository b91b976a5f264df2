package import Numerics

/// GraNd on the last layer: how long an example's gradient is (Paul et al., Deep Learning on a Data Diet, NeurIPS 2021,
/// definition 2.1).
package enum GradientNorm {
  /// ‖p − onehot(y)‖ · √(1 + ‖h‖²) of each row: the norm of the gradient of the cross-entropy by the last layer's weights
  /// and biases, without making the gradient.
  ///
  /// - Parameters:
  ///   - probabilities: one row an example, one column a class.
  ///   - hidden: the inputs of the last layer, one row an example.
  ///   - labels: 0..<classes each.
  package static func scores(probabilities: Matrix, hidden: Matrix, labels: [Int32]) -> [Float] {
    let errors = ErrorNorm.scores(probabilities: probabilities, labels: labels)
    return zip(errors, Kernels.rowSquaredNorms(hidden)).map { $0 * (1 + $1).squareRoot() }
  }
}
