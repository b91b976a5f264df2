import Core
import Economics
import Numerics
import Testing
import Utilities

private func squaredDistance(_ a: Matrix, _ i: Int, _ b: Matrix, _ j: Int) -> Double {
  zip(a.row(i), b.row(j)).reduce(0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
}

@Suite struct SampleComparisonTests {
  private let real = randomRows(60, 5, seed: 1, center: 1.5)
  private let candidate = randomRows(60, 5, seed: 2, center: 0.3)

  @Test func cmmdIsThatOfBruteForce() throws {
    func kernel(_ a: Matrix, _ i: Int, _ b: Matrix, _ j: Int) -> Double {
      PortableMath.exp(-squaredDistance(a, i, b, j) / 200)
    }
    var (own, cross) = (0.0, 0.0)
    for i in 0..<60 {
      for j in 0..<60 {
        if i != j { own += kernel(real, i, real, j) + kernel(candidate, i, candidate, j) }
        cross += kernel(real, i, candidate, j)
      }
    }
    let expected = 1_000 * (own / (60 * 59) - 2 * cross / 3_600)
    let found = try #require(SampleComparison(real: real, candidate: candidate).cmmd)
    #expect(abs(found - expected) < 1e-4 && expected > 0.5)
  }

  @Test func cmmdOfOneDistributionIsAboutZeroAndOrderDoesNotMatter() throws {
    let same = SampleComparison(real: randomRows(400, 5, seed: 3), candidate: randomRows(400, 5, seed: 4))
    #expect(abs(try #require(same.cmmd)) < 0.05)
    let forward = try #require(SampleComparison(real: real, candidate: candidate).cmmd)
    let backward = try #require(SampleComparison(real: candidate, candidate: real).cmmd)
    #expect(abs(forward - backward) < 1e-9)
    #expect(SampleComparison(real: randomRows(1, 5, seed: 1), candidate: randomRows(1, 5, seed: 2)).cmmd == nil)
  }

  @Test(arguments: [1, 5]) func manifoldMeasuresAreThoseOfBruteForce(k: Int) throws {
    func reach(_ rows: Matrix, _ row: Int) -> Double {
      (0..<rows.rows).filter { $0 != row }.map { squaredDistance(rows, row, rows, $0) }.sorted()[k - 1]
    }
    var (covered, recalled, inside, held) = (0, 0, 0, 0)
    for i in 0..<60 {
      let (radius, distances) = (reach(real, i), (0..<60).map { squaredDistance(real, i, candidate, $0) })
      if distances.contains(where: { $0 < radius }) { covered += 1 }
      if (0..<60).contains(where: { distances[$0] < reach(candidate, $0) }) { recalled += 1 }
    }
    for j in 0..<60 {
      let holders = (0..<60).count { squaredDistance(real, $0, candidate, j) < reach(real, $0) }
      inside += holders
      if holders > 0 { held += 1 }
    }
    let found = try #require(SampleComparison(real: real, candidate: candidate).manifold(k: k))
    #expect(found.precision == Double(held) / 60 && found.recall == Double(recalled) / 60)
    #expect(found.coverage == Double(covered) / 60 && found.density == Double(inside) / Double(60 * k))
    #expect(held > 0 && held < 60)
  }

  @Test func farApartSamplesShareNothing() throws {
    let near = randomRows(60, 5, seed: 6, center: 4)
    let far = Matrix(rows: 60, columns: 5, values: near.values.map { -$0 })
    let found = try #require(SampleComparison(real: near, candidate: far).manifold(k: 5))
    #expect(found.precision == 0 && found.recall == 0 && found.density == 0 && found.coverage == 0)
    #expect(SampleComparison(real: real, candidate: candidate).manifold(k: 60) == nil)
  }

  @Test func scoreGoesFromOneToTheNumberOfClasses() {
    let certain = (0..<40).map { row in (0..<4).map { $0 == row % 4 ? 1.0 : 0 } }
    #expect(abs(Self.score(certain) - 4) < 1e-9)
    #expect(Self.score([[0.25, 0.75], [0.25, 0.75]]) == 1)
    // ½ (.9 ln(.9/.6) + .1 ln(.1/.4)) + ½ (.3 ln(.3/.6) + .7 ln(.7/.4)), by hand.
    #expect(abs(Self.score([[0.9, 0.1], [0.3, 0.7]]) - 1.2275717) < 1e-6)
  }

  /// The score of rows that hold a share for every class.
  private static func score(_ rows: [[Double]]) -> Double {
    InceptionStyleScore.value(
      rows.map { row in
        row.indices.filter { row[$0] > 0 }.map { InceptionStyleScore.Share(label: $0, share: row[$0]) }
      }, classes: rows[0].count)
  }
}
