package import Numerics

/// How decided a classifier is between its two most probable classes (Settles, Active Learning Literature Survey, 2009).
package enum Margin {
  /// p(1) − p(2) of each row, the difference of its two largest probabilities; where there is one class alone, p(2) is 0.
  package static func scores(probabilities: Matrix) -> [Float] {
    (0..<probabilities.rows).map { row in
      var (first, second) = (Float(0), Float(0))
      for column in 0..<probabilities.columns {
        let value = probabilities[row, column]
        if value > first { (first, second) = (value, first) } else if value > second { second = value }
      }
      return first - second
    }
  }
}
