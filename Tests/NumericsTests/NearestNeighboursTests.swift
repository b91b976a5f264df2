import Core
import Numerics
import Testing

@Suite struct NearestNeighboursTests {
  /// Small whole numbers: sums are exact, and many rows tie.
  private static func rows(_ count: Int, seed: UInt64, range: Int = 3) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "rows")
    let values = (0..<count * 6).map { _ in Float(generator.integer(below: 2 * range + 1) - range) }
    return Matrix(rows: count, columns: 6, values: values)
  }

  private static func product(_ a: Matrix, _ i: Int, _ b: Matrix, _ j: Int) -> Float {
    zip(a.row(i), b.row(j)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Both ways of keeping (few, many), memories of one block and of several, and more neighbours than rows.
  @Test(arguments: [1, 32, 33, 200], [150, 5_000])
  func neighboursAreThoseOfBruteForceAndTiesGoToTheLowerRow(count: Int, memoryRows: Int) {
    let (queries, memory) = (Self.rows(5, seed: 1), Self.rows(memoryRows, seed: 2))
    let found = NearestNeighbours(of: queries, among: memory, count: count)
    #expect(found.count == min(count, memoryRows))
    for query in 0..<queries.rows {
      let products = (0..<memoryRows).map { Self.product(queries, query, memory, $0) }
      let order = products.indices.sorted { (products[$1], $0) < (products[$0], $1) }.prefix(found.count)
      let places = query * found.count..<(query + 1) * found.count
      #expect(found.indices[places].map(Int.init) == Array(order))
      #expect(Array(found.similarities[places]) == order.map { products[$0] })
    }
  }

  @Test func hugeAndTinyValuesKeepTheirOrder() {
    let values = (0..<100).map {
      Float(sign: $0.isMultiple(of: 2) ? .plus : .minus, exponent: $0 - 50, significand: 1.5)
    }
    let memory = Matrix(rows: 100, columns: 1, values: values)
    let found = NearestNeighbours(of: Matrix(rows: 1, columns: 1, values: [1]), among: memory, count: 60)
    #expect(found.similarities == Array(values.sorted(by: >).prefix(60)))
  }

  @Test func equalValuesComeInTheOrderOfTheRows() {
    let memory = Matrix(rows: 70, columns: 1, values: [Float](repeating: 2, count: 70))
    let found = NearestNeighbours(of: Matrix(rows: 1, columns: 1, values: [1]), among: memory, count: 50)
    #expect(found.indices == Array(0..<50))
  }
}
