/// Rows of single-precision numbers, in memory or in files: all of them, or those that somebody chose, in whatever order.
///
/// Of rows in files only those that are asked for are read, and only for as long as they are used.
package struct RowTable: Sendable {
  private enum Storage: Sendable {
    case held(Matrix)
    case stored(StoredRows)
  }

  private let storage: Storage

  package init(_ matrix: Matrix) { storage = .held(matrix) }
  package init(_ mapped: MappedRows) { storage = .stored(StoredRows([.mapped(mapped)])) }
  private init(_ rows: StoredRows) { storage = .stored(rows) }

  /// The rows of `tables`, of which there is at least one and which are equally wide, one table after the other; traps
  /// otherwise.
  package init(joining tables: [RowTable]) {
    precondition(tables.allSatisfy { $0.columns == tables[0].columns }, "tables of different widths")
    if tables.count == 1 {
      self = tables[0]
    } else if tables.allSatisfy(\.isHeld) {
      var values: [Float] = []
      // Reserved, because tables may take most of a host's memory.
      values.reserveCapacity(tables.reduce(0) { $0 + $1.rows * $1.columns })
      for table in tables { values += table.matrix.values }
      self.init(
        Matrix(rows: tables.reduce(0) { $0 + $1.rows }, columns: tables[0].columns, values: values))
    } else {
      self.init(
        StoredRows(
          tables.flatMap { table -> [StoredRows.Part] in
            switch table.storage {
            case .stored(let rows) where rows.isPlain: rows.parts
            case .held, .stored: [.held(table.matrix)]
            }
          }))
    }
  }

  /// Whether all rows are in memory.
  package var isHeld: Bool {
    switch storage {
    case .held: true
    case .stored: false
    }
  }

  /// Bytes of a block: little enough for a processor's caches.
  private static let blockBytes = 2 << 20
  /// Chosen rows of so many bytes are copied: that they stand together is worth more than the memory.
  private static let copiedBytes = 16 << 20

  /// Rows of a block; always a multiple of 128.
  package static func blockRows(columns: Int) -> Int {
    max(128, blockBytes / (MemoryLayout<Float>.stride * max(1, columns)) / 128 * 128)
  }
}

extension RowTable: RowReading {
  package var rows: Int {
    switch storage {
    case .held(let matrix): matrix.rows
    case .stored(let rows): rows.count
    }
  }

  package var columns: Int {
    switch storage {
    case .held(let matrix): matrix.columns
    case .stored(let rows): rows.columns
    }
  }

  package func selecting(rows indices: [Int]) -> RowTable {
    switch storage {
    case .held(let matrix): return RowTable(matrix.selecting(rows: indices))
    case .stored(let rows):
      let chosen = rows.selecting(indices)
      let isSmall = indices.count * columns * MemoryLayout<Float>.stride <= Self.copiedBytes
      return isSmall ? RowTable(chosen.block(0..<indices.count)) : RowTable(chosen)
    }
  }

  package func rows(_ range: Range<Int>) -> Matrix {
    switch storage {
    case .held(let matrix): matrix.rows(range)
    case .stored(let rows): rows.block(range)
    }
  }

  package func forEachBlock(_ body: (_ first: Int, _ block: Matrix) throws -> Void) rethrows {
    switch storage {
    case .held(let matrix): try matrix.forEachBlock(body)
    case .stored(let rows):
      let size = Self.blockRows(columns: columns)
      for start in stride(from: 0, to: rows.count, by: size) {
        try body(start, rows.block(start..<min(start + size, rows.count)))
      }
    }
  }

  package func withUnitRows() -> RowTable {
    switch storage {
    case .held(let matrix): RowTable(matrix.withUnitRows())
    case .stored(let rows): RowTable(rows.scaled())
    }
  }

  package var matrix: Matrix {
    switch storage {
    case .held(let matrix): matrix
    case .stored(let rows): rows.block(0..<rows.count)
    }
  }

  package var table: RowTable { self }
}

extension RowTable {
  /// Writes the rows at `indices` to the start of `values`, one after the other.
  package func gather(_ indices: ArraySlice<Int>, into values: inout [Float]) {
    switch storage {
    case .held(let matrix):
      let width = matrix.columns
      for (row, index) in indices.enumerated() {
        values.replaceSubrange(
          row * width..<(row + 1) * width, with: matrix.values[index * width..<(index + 1) * width])
      }
    case .stored(let rows):
      let block = rows.selecting(Array(indices)).block(0..<indices.count)
      values.replaceSubrange(0..<block.values.count, with: block.values)
    }
  }
}

/// Tables are equal when their rows are, wherever they lie.
extension RowTable: Hashable {
  package static func == (left: RowTable, right: RowTable) -> Bool {
    guard left.rows == right.rows, left.columns == right.columns else { return false }
    if case (.held(let own), .held(let other)) = (left.storage, right.storage) { return own == other }
    let size = Self.blockRows(columns: left.columns)
    return stride(from: 0, to: left.rows, by: size).allSatisfy { start in
      let range = start..<min(start + size, left.rows)
      return left.rows(range) == right.rows(range)
    }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(columns)
    if rows > 0 { hasher.combine(row(0)) }
  }
}

/// Rows in files, and small ones in memory among them.
private struct StoredRows: Sendable {
  enum Part: Sendable {
    case held(Matrix)
    case mapped(MappedRows)

    var rows: Int {
      switch self {
      case .held(let matrix): matrix.rows
      case .mapped(let mapped): mapped.rows
      }
    }

    var columns: Int {
      switch self {
      case .held(let matrix): matrix.columns
      case .mapped(let mapped): mapped.columns
      }
    }

    /// Writes consecutive rows to `target`, which has room for them.
    func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Float>) {
      switch self {
      case .held(let matrix):
        precondition(rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows \(rows) of \(matrix.rows)")
        matrix.values.withUnsafeBufferPointer { values in
          guard let base = values.baseAddress else { return }
          target.initialize(from: base + rows.lowerBound * matrix.columns, count: rows.count * matrix.columns)
        }
      case .mapped(let mapped): mapped.copy(rows, to: target)
      }
    }
  }

  let parts: [Part]
  let columns: Int
  /// The number of each part's first row, and of all.
  private let starts: [Int]
  /// Which row of the parts each row is; nil for all in their order.
  private var order: [Int32]?
  /// How often rows are scaled to length 1: a second time may change a last bit.
  private var scalings = 0

  init(_ parts: [Part]) {
    self.parts = parts
    columns = parts[0].columns
    var starts = [0]
    for part in parts { starts.append(starts.last! + part.rows) }
    precondition(starts.last! <= Int(Int32.max), "\(starts.last!) rows")
    self.starts = starts
  }

  var count: Int { order?.count ?? starts.last! }
  /// Whether it is nothing but its parts.
  var isPlain: Bool { order == nil && scalings == 0 }

  func selecting(_ indices: [Int]) -> StoredRows {
    var chosen = self
    chosen.order = indices.map { index in order.map { $0[index] } ?? Int32(index) }
    return chosen
  }

  func scaled() -> StoredRows {
    var scaled = self
    scaled.scalings += 1
    return scaled
  }

  func block(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "rows \(range) of \(count)")
    let values = [Float](unsafeUninitializedCapacity: range.count * columns) { values, filled in
      if let target = values.baseAddress { copy(range, to: target) }
      filled = range.count * columns
    }
    var block = Matrix(rows: range.count, columns: columns, values: values)
    for _ in 0..<scalings { block = block.withUnitRows() }
    return block
  }

  private func copy(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    if let order {
      for (place, index) in range.enumerated() {
        let row = Int(order[index])
        var part = 0
        while row >= starts[part + 1] { part += 1 }
        parts[part].copy(row - starts[part]..<row - starts[part] + 1, to: target + place * columns)
      }
    } else {
      for (part, start) in zip(parts, starts) {
        let common = range.clamped(to: start..<start + part.rows)
        guard !common.isEmpty else { continue }
        part.copy(
          common.lowerBound - start..<common.upperBound - start,
          to: target + (common.lowerBound - range.lowerBound) * columns)
      }
    }
  }
}
