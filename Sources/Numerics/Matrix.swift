/// A dense row-major matrix of 32-bit floats.
package struct Matrix: Hashable, Sendable {
  package let rows: Int
  package let columns: Int
  /// `rows × columns` values, row after row.
  package var values: [Float]

  /// Takes exactly `rows × columns` values; traps otherwise.
  package init(rows: Int, columns: Int, values: [Float]) {
    precondition(values.count == rows * columns, "\(values.count) values cannot fill \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// All zero.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
  }

  package subscript(row: Int, column: Int) -> Float {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// A copy of one row.
  package func row(_ index: Int) -> [Float] { Array(values[index * columns..<(index + 1) * columns]) }

  /// A new matrix of the given rows, in the given order; a row may appear more than once.
  package func selecting(rows indices: [Int]) -> Matrix {
    var selected: [Float] = []
    selected.reserveCapacity(indices.count * columns)
    for index in indices { selected += values[index * columns..<(index + 1) * columns] }
    return Matrix(rows: indices.count, columns: columns, values: selected)
  }
}
