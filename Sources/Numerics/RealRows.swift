/// Rows of numbers as they were read, in single or double precision.
package struct RealRows: Sendable, Hashable {
  private enum Storage: Sendable, Hashable {
    case single([Float])
    case double([Double])
  }

  package let rows: Int
  package let columns: Int
  /// Row after row.
  private let storage: Storage

  package init(_ matrix: Matrix) {
    (rows, columns, storage) = (matrix.rows, matrix.columns, .single(matrix.values))
  }

  /// Takes exactly `rows × columns` values; traps otherwise.
  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values cannot fill \(rows) × \(columns)")
    (self.rows, self.columns, storage) = (rows, columns, .double(values))
  }

  /// The value at `position`, counted row after row.
  package subscript(position: Int) -> Double {
    switch storage {
    case .single(let values): Double(values[position])
    case .double(let values): values[position]
    }
  }

  /// The position of the first value that is no number of at most `limit`; nil when all are.
  package func firstBeyond(_ limit: Double) -> Int? {
    switch storage {
    case .single(let values): values.firstIndex { !(abs(Double($0)) <= limit) }
    case .double(let values): values.firstIndex { !(abs($0) <= limit) }
    }
  }

  /// The nearest values in single precision.
  package var matrix: Matrix {
    switch storage {
    case .single(let values): Matrix(rows: rows, columns: columns, values: values)
    case .double(let values): Matrix(rows: rows, columns: columns, values: values.map { Float($0) })
    }
  }
}
