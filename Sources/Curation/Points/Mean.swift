import Numerics

/// The mean of points, in double precision: greedy selection multiplies it by the number of picks, and errors with it.
enum Mean {
  static func of(_ points: some RowReading) -> [Double] {
    var sums = [Double](repeating: 0, count: points.columns)
    points.forEachBlock { _, block in
      for row in 0..<block.rows {
        for column in 0..<block.columns { sums[column] += Double(block.values[row * block.columns + column]) }
      }
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

  /// Row · vector of each row.
  static func products(_ points: some RowReading, by vector: [Double]) -> [Double] {
    of(points) { product($0, row: $1, by: vector) }
  }

  /// ‖row − vector‖² of each row.
  static func squaredDistances(_ points: some RowReading, to vector: [Double]) -> [Double] {
    of(points) { block, row in
      var sum = 0.0
      let start = row * block.columns
      for column in 0..<block.columns {
        let difference = Double(block.values[start + column]) - vector[column]
        sum += difference * difference
      }
      return sum
    }
  }

  /// What `value` says of each row.
  private static func of(_ points: some RowReading, value: (_ block: Matrix, _ row: Int) -> Double) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(points.rows)
    points.forEachBlock { _, block in
      for row in 0..<block.rows { values.append(value(block, row)) }
    }
    return values
  }
}
