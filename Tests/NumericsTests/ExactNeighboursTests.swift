import Core
import Numerics
import Testing

@Suite struct ExactNeighboursTests {
  private func random(_ rows: Int, _ columns: Int, _ seed: UInt64, around centre: Double = 0) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "neighbours")
    return Matrix(
      rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(centre + generator.normal()) })
  }

  private func distance(_ a: [Float], _ b: [Float], _ metric: ExactNeighbours.Metric) -> Double {
    let pairs = zip(a, b).map { (Double($0), Double($1)) }
    switch metric {
    case .euclidean: return pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    case .cosine:
      let dot = pairs.reduce(0) { $0 + $1.0 * $1.1 }
      let norms = [a, b].map { $0.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }
      return norms[0] * norms[1] > 0 ? max(1 - dot / (norms[0] * norms[1]), 0) : 1
    }
  }

  private func check(_ rows: Matrix, _ queries: Matrix, count: Int, _ metric: ExactNeighbours.Metric) {
    let found = ExactNeighbours(among: rows, metric: metric).nearest(to: queries, count: count)
    for query in 0..<queries.rows {
      let all = (0..<rows.rows).map { (distance(queries.row(query), rows.row($0), metric), Int32($0)) }
      let expected = all.sorted { $0 < $1 }.prefix(count)
      let range = query * expected.count..<(query + 1) * expected.count
      #expect(Array(found.indices[range]) == expected.map(\.1))
      #expect(zip(found.distances[range], expected).allSatisfy { abs($0 - $1.0) < 1e-12 })
    }
  }

  @Test(arguments: ExactNeighbours.Metric.allCases, [1, 7, 200])
  func areThoseOfDoublePrecision(metric: ExactNeighbours.Metric, count: Int) {
    check(random(150, 17, 1), random(9, 17, 2), count: count, metric)
  }

  /// Far from the origin, single precision cannot tell one row from another.
  @Test(arguments: ExactNeighbours.Metric.allCases) func areFoundFarFromTheOrigin(metric: ExactNeighbours.Metric) {
    check(random(150, 5, 3, around: 3_000), random(9, 5, 4, around: 3_000), count: 10, metric)
  }

  @Test(arguments: ExactNeighbours.Metric.allCases) func theLowerRowWinsATie(metric: ExactNeighbours.Metric) {
    let rows = random(3, 4, 5).selecting(rows: (0..<120).map { $0 % 3 })
    check(rows, random(3, 4, 5), count: 25, metric)
  }

  @Test func aRowOfZerosIsOneFromEverything() {
    let found = ExactNeighbours(among: Matrix(rows: 2, columns: 2, values: [0, 0, 1, 0]), metric: .cosine)
      .nearest(to: Matrix(rows: 2, columns: 2, values: [0, 0, 2, 0]), count: 2)
    #expect(found.indices == [0, 1, 1, 0] && found.distances == [1, 1, 0, 1])
  }

  @Test func nothingIsNearNothing() {
    let none = Matrix(rows: 0, columns: 3)
    #expect(ExactNeighbours(among: none, metric: .cosine).nearest(to: random(2, 3, 1), count: 4).indices.isEmpty)
    #expect(ExactNeighbours(among: random(2, 3, 1), metric: .euclidean).nearest(to: none, count: 4).indices.isEmpty)
  }
}
