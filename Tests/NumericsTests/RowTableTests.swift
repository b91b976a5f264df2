import Core
import Foundation
import Numerics
import Testing

/// Rows in files against the same rows in memory.
@Suite("Rows in files") struct RowTableTests {
  /// `count` rows whose values single and half precision hold.
  private static func matrix(_ count: Int, _ columns: Int) -> Matrix {
    var generator = SeededGenerator(seed: 4, purpose: "rows")
    let values = (0..<count * columns).map { _ in Float(generator.integer(below: 2_001) - 1_000) / 64 }
    return Matrix(rows: count, columns: columns, values: values)
  }

  /// `rows` behind `offset` other bytes in a file that has lost its name.
  private static func stored(_ rows: Matrix, _ element: MappedRows.Element = .float32, offset: Int = 6) throws
    -> RowTable
  {
    let path = NSTemporaryDirectory() + "winnow-rows-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let numbers =
      element == .float32 ? [UInt8](memoryOf: rows.values) : [UInt8](memoryOf: rows.values.map { Float16($0) })
    try Data([UInt8](repeating: 9, count: offset) + numbers).write(to: URL(fileURLWithPath: path))
    let file = try #require(MappedFile(path))
    return RowTable(
      try #require(MappedRows(file, offset: offset, element: element, rows: rows.rows, columns: rows.columns)))
  }

  @Test("are those in memory", arguments: [MappedRows.Element.float32, .float16])
  func content(element: MappedRows.Element) throws {
    let rows = Self.matrix(700, 1_024)
    let table = try Self.stored(rows, element)
    #expect(!table.isHeld && table.rows == 700 && table.columns == 1_024)
    #expect(table.matrix == rows && table.row(699) == rows.row(699) && table.rows(3..<9) == rows.rows(3..<9))
    #expect(table == RowTable(rows) && table != RowTable(rows.selecting(rows: Array((0..<700).reversed()))))
    #expect(table.selecting(rows: [5, 5, 0]).matrix == rows.selecting(rows: [5, 5, 0]))
    var gathered = [Float](repeating: 0, count: 3 * 1_024)
    table.gather([699, 1][...], into: &gathered)
    #expect(gathered == rows.row(699) + rows.row(1) + [Float](repeating: 0, count: 1_024))
  }

  @Test("come in blocks, in their order") func blocks() throws {
    let rows = Self.matrix(700, 1_024)
    var firsts: [Int] = []
    var values: [Float] = []
    try Self.stored(rows).forEachBlock { first, block in
      firsts.append(first)
      values += block.values
    }
    #expect(firsts == [0, 512] && values == rows.values)
    #expect(try Self.stored(rows).squaredNorms == Kernels.rowSquaredNorms(rows))
  }

  @Test("that are chosen stay in their file where they are many") func views() throws {
    let rows = Self.matrix(5_000, 1_024)
    let order = (0..<5_000).map { ($0 * 7 + 3) % 5_000 }
    let table = try Self.stored(rows, .float16)
    let view = table.selecting(rows: order)
    #expect(!view.isHeld && view.matrix == rows.selecting(rows: order))
    #expect(view.selecting(rows: [4_999, 0]).isHeld)
    #expect(view.selecting(rows: [4_999, 0]).matrix == rows.selecting(rows: [order[4_999], order[0]]))
    #expect(view.withUnitRows().matrix == rows.selecting(rows: order).withUnitRows())
    #expect(view.withUnitRows().withUnitRows().row(17) == rows.withUnitRows().withUnitRows().row(order[17]))
  }

  @Test("are joined with others") func joined() throws {
    let rows = Self.matrix(40, 3)
    let parts = [try Self.stored(rows.rows(0..<10)), RowTable(rows.rows(10..<11)), try Self.stored(rows.rows(11..<40))]
    let table = RowTable(joining: parts)
    #expect(!table.isHeld && table.matrix == rows && table.row(10) == rows.row(10) && table.row(39) == rows.row(39))
    let scaled = RowTable(joining: [parts[0].withUnitRows(), parts[1]])
    #expect(
      scaled.matrix == Matrix(rows: 11, columns: 3, values: rows.rows(0..<10).withUnitRows().values + rows.row(10)))
    #expect(RowTable(joining: [RowTable(rows), RowTable(rows)]).isHeld)
  }

  @Test("must all be there") func tooShort() throws {
    let path = NSTemporaryDirectory() + "winnow-rows-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(count: 40).write(to: URL(fileURLWithPath: path))
    let file = try #require(MappedFile(path))
    #expect(file.digest == Digest(of: [UInt8](repeating: 0, count: 40)))
    #expect(MappedRows(file, offset: 8, element: .float32, rows: 4, columns: 2) != nil)
    #expect(MappedRows(file, offset: 9, element: .float32, rows: 4, columns: 2) == nil)
    #expect(MappedRows(file, offset: 41, element: .float32, rows: 0, columns: 2) == nil)
    #expect(MappedRows(file, offset: 0, element: .float16, rows: .max, columns: 2) == nil)
    #expect(MappedFile(path + "-other") == nil)
    #expect(MappedFile(NSTemporaryDirectory()) == nil)
  }

  @Test("give the product of all when they come in parts of 128", arguments: [1, 16, 33])
  func products(columns: Int) {
    let (left, right) = (Self.matrix(700, 5), Self.matrix(700, columns))
    var sum = Matrix(rows: 5, columns: columns)
    for range in [0..<256, 256..<384, 384..<700] { sum.addProduct(transposed: left.rows(range), by: right.rows(range)) }
    #expect(sum == left.multiplied(transposed: true, by: right))
  }
}
