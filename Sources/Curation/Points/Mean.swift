import Numerics

/// The mean of points, in double precision: greedy selection multiplies it by the number of picks, and errors with it.
enum Mean {
  static func of(_ points: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: points.columns)
    for row in 0..<points.rows {
      for column in 0..<points.columns { sums[column] += Double(points.values[row * points.columns + column]) }
    }
    return sums.map { $0 / Double(max(points.rows, 1)) }
  }

  /// Row · vector.
  static func product(_ points: Matrix, row: Int, by vector: [Double]) -> Double {
    var sum = 0.0
    let start = row * points.columns
    for column in 0..<points.columns { sum += Double(points.values[start + column]) * vector[column] }
    return sum
  }

  /// ‖row − vector‖².
  static func squaredDistance(_ points: Matrix, row: Int, to vector: [Double]) -> Double {
    var sum = 0.0
    let start = row * points.columns
    for column in 0..<points.columns {
      let difference = Double(points.values[start + column]) - vector[column]
      sum += difference * difference
    }
    return sum
  }
}
