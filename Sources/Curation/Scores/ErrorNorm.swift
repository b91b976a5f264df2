package import Numerics

/// EL2N: the error of a classifier on an example as a vector, and its length (Paul et al., Deep Learning on a Data Diet,
/// NeurIPS 2021, definition 3.1).
package enum ErrorNorm {
  /// ‖p − onehot(y)‖₂ of each row.
  ///
  /// - Parameters:
  ///   - probabilities: one row an example, one column a class.
  ///   - labels: 0..<columns each.
  package static func scores(probabilities: Matrix, labels: [Int32]) -> [Float] {
    labels.enumerated().map { row, label in
      var square: Float = 0
      for column in 0..<probabilities.columns {
        let difference = probabilities[row, column] - (column == Int(label) ? 1 : 0)
        square += difference * difference
      }
      return square.squareRoot()
    }
  }
}
