/// Coordinates in which single precision serves: moved so that values lie around 0, in units of a power of two so that the
/// largest is from 1 to 2 and squares neither overflow nor vanish.
///
/// Both steps are exact where double precision holds the differences: data that differ by an offset, or by a power of
/// two, become the same numbers to the last bit, and sums of products of small whole numbers stay exact.
package struct Frame: Sendable, Hashable {
  /// What 0 is in each column; empty when nothing is moved.
  private let centre: [Double]
  /// What 1 is, in the units of the data: a power of two.
  package let unit: Double
  /// 1 / unit, for the step to be exact.
  private let scale: Double

  /// So many rows tell the middle of a column.
  private static let sampled = 1_001

  /// Moves each column so that the middle one of its values in `rows` is 0 (of up to 1,001 rows, evenly spaced), and scales
  /// so that the largest value of `all` has a magnitude from 1 to 2.
  package init(centring rows: RealRows, scaling all: [RealRows]) {
    let count = min(rows.rows, Self.sampled)
    let centre = (0..<rows.columns).map { column in
      let values = (0..<count).map { rows[$0 * rows.rows / count * rows.columns + column] }.sorted()
      return values.isEmpty ? 0 : values[(values.count - 1) / 2]
    }
    self.init(centre: centre, scaling: all)
  }

  /// Scales so that the largest value of `all` has a magnitude from 1 to 2.
  package init(scaling all: [RealRows]) { self.init(centre: [], scaling: all) }

  private init(centre: [Double], scaling all: [RealRows]) {
    self.centre = centre
    var largest = 0.0
    for rows in all {
      for row in 0..<rows.rows {
        for column in 0..<rows.columns {
          let value = rows[row * rows.columns + column]
          largest = max(largest, abs(centre.isEmpty ? value : value - centre[column]))
        }
      }
    }
    let exponent = largest > 0 ? max(largest.exponent, -1_000) : 0
    unit = Double(sign: .plus, exponent: exponent, significand: 1)
    scale = Double(sign: .plus, exponent: -exponent, significand: 1)
  }

  /// `rows`, of magnitudes up to 2¹⁰⁰⁰, in these coordinates.
  package func matrix(of rows: RealRows) -> Matrix {
    var result = Matrix(rows: rows.rows, columns: rows.columns)
    for row in 0..<rows.rows {
      for column in 0..<rows.columns {
        let position = row * rows.columns + column
        let value = centre.isEmpty ? rows[position] : rows[position] - centre[column]
        result.values[position] = Float(value * scale)
      }
    }
    return result
  }
}
