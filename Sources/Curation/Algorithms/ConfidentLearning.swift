package import Numerics

/// Finds labels that are probably wrong, from probabilities that were predicted without having seen them (Northcutt,
/// Jiang & Chuang, Confident Learning: Estimating Uncertainty in Dataset Labels, JAIR 2021).
///
/// Everywhere `probabilities` has one row an example and one column a class, and `labels` holds one class per row.
package enum ConfidentLearning {
  /// (p_y − max_{k≠y} p_k + 1) / 2 of each row: 1 for a label that the classifier is sure of, 0 for one that it is sure
  /// to be wrong.
  package static func normalizedMargins(probabilities: Matrix, labels: [Int32]) -> [Float] {
    labels.enumerated().map { row, label in
      var other = -Float.infinity
      for column in 0..<probabilities.columns where column != Int(label) {
        other = max(other, probabilities[row, column])
      }
      return (probabilities[row, Int(label)] - other + 1) / 2
    }
  }

  /// The mean p_j over the examples labelled j, for each class j; infinite for a class without examples.
  package static func thresholds(probabilities: Matrix, labels: [Int32]) -> [Double] {
    var sums = [Double](repeating: 0, count: probabilities.columns)
    var counts = [Int](repeating: 0, count: probabilities.columns)
    for (row, label) in labels.enumerated() {
      sums[Int(label)] += Double(probabilities[row, Int(label)])
      counts[Int(label)] += 1
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : .infinity }
  }

  /// C[i][j]: how many examples labelled i confidently belong to class j, which is the most probable of the classes whose
  /// threshold the example reaches; the lower class wins a tie.
  package static func confidentJoint(probabilities: Matrix, labels: [Int32]) -> [[Int]] {
    let thresholds = thresholds(probabilities: probabilities, labels: labels)
    var joint = [[Int]](repeating: [Int](repeating: 0, count: thresholds.count), count: thresholds.count)
    for (row, label) in labels.enumerated() {
      var best: Int?
      for column in 0..<thresholds.count where Double(probabilities[row, column]) >= thresholds[column] {
        if best.map({ probabilities[row, column] > probabilities[row, $0] }) ?? true { best = column }
      }
      if let best { joint[Int(label)][best] += 1 }
    }
    return joint
  }

  /// The confident joint, each row scaled to the number of examples with that label; a row that counted nobody is taken
  /// to be right.
  package static func calibratedJoint(probabilities: Matrix, labels: [Int32]) -> [[Double]] {
    var counts = [Int](repeating: 0, count: probabilities.columns)
    for label in labels { counts[Int(label)] += 1 }
    return confidentJoint(probabilities: probabilities, labels: labels).enumerated().map { label, row in
      let total = row.reduce(0, +)
      guard total > 0 else { return row.indices.map { $0 == label ? Double(counts[label]) : 0 } }
      return row.map { Double($0) * Double(counts[label]) / Double(total) }
    }
  }

  /// Prune by noise rate: of the examples labelled i, for each class j ≠ i, the calibrated joint's (i, j) of them (to the
  /// nearest whole number) with the largest p_j − p_i; the lower position wins a tie.
  ///
  /// - Parameter minimumPerClass: at least so many of each class, those with the largest margins, are not suspected, or all
  ///   of a smaller class: pruning must not take a rare class away (the authors' code keeps 5).
  /// - Returns: for each example whether its label is suspect.
  package static func suspects(probabilities: Matrix, labels: [Int32], minimumPerClass: Int = 0) -> [Bool] {
    let margins = normalizedMargins(probabilities: probabilities, labels: labels)
    var suspects = pruned(probabilities: probabilities, labels: labels)
    for members in ClassBalance.members(labels, classCount: probabilities.columns) {
      let missing = min(minimumPerClass, members.count) - members.count { !suspects[$0] }
      guard missing > 0 else { continue }
      let pardoned = members.filter { suspects[$0] }
      for position in Ranking.largest(missing, of: pardoned.map { margins[$0] }) {
        suspects[pardoned[position]] = false
      }
    }
    return suspects
  }

  private static func pruned(probabilities: Matrix, labels: [Int32]) -> [Bool] {
    let joint = calibratedJoint(probabilities: probabilities, labels: labels)
    var suspects = [Bool](repeating: false, count: labels.count)
    for (label, members) in ClassBalance.members(labels, classCount: probabilities.columns).enumerated() {
      for other in 0..<probabilities.columns where other != label {
        let count = Int(joint[label][other].rounded())
        guard count > 0 else { continue }
        let margins = members.map { probabilities[$0, other] - probabilities[$0, label] }
        for position in Ranking.largest(count, of: margins) { suspects[members[position]] = true }
      }
    }
    return suspects
  }
}
