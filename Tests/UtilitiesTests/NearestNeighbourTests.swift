import Core
import Numerics
import Testing
import Utilities

/// Rows of normal numbers around a common centre, scaled to unit length: cosines spread over a range of positive values.
func randomRows(_ rows: Int, _ columns: Int, seed: UInt64, center: Double = 0.5) -> Matrix {
  var generator = SeededGenerator(seed: seed, purpose: "rows")
  let values = (0..<rows * columns).map { _ in Float(generator.normal() + center) }
  return Matrix(rows: rows, columns: columns, values: values).withUnitRows()
}

/// Cosines of integers, which every order of summation gives alike.
private func cosine(_ a: Matrix, _ i: Int, _ b: Matrix, _ j: Int) -> Double {
  zip(a.row(i), b.row(j)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

@Suite struct NearestNeighbourTests {
  @Test func rowsAreScaledToUnitLengthAndZerosStay() {
    let scaled = Matrix(rows: 2, columns: 2, values: [3, 4, 0, 0]).withUnitRows()
    #expect(scaled.values == [0.6, 0.8, 0, 0])
  }

  @Test func votesWeighExponentially() throws {
    // Two neighbours of class 1 at cosine 0 cannot outvote one of class 0 at cosine 0.6: exp(0.6 / 0.07) ≈ 5,300.
    let memory = Matrix(rows: 3, columns: 3, values: [0.6, 0.8, 0, 0, 1, 0, 0, 0, 1])
    let vote = try NearestNeighbourVote(
      queries: Matrix(rows: 1, columns: 3, values: [1, 0, 0]), memory: memory, labels: [0, 1, 1], classes: 4, k: 3)
    let shares = vote.shares(k: 3)[0]
    #expect(shares.map(\.label) == [0, 1] && abs(shares[0].share - 1 / (1 + 2 / 5278.6)) < 1e-4)
    #expect(vote.ranks(k: 3, truth: [0]) == [0] && vote.ranks(k: 3, truth: [1]) == [1])
    #expect(vote.ranks(k: 1, truth: [1]) == [nil])
  }

  @Test func absentClassesAreNeverRight() throws {
    let memory = Matrix(rows: 1, columns: 2, values: [1, 0])
    let vote = try NearestNeighbourVote(
      queries: Matrix(rows: 1, columns: 2, values: [1, 0]), memory: memory, labels: [3], classes: 6, k: 10)
    #expect(vote.ranks(k: 10, truth: [0]) == [nil] && vote.ranks(k: 10, truth: [3]) == [0])
  }

  @Test func voteAgreesWithBruteForce() throws {
    let (queries, memory) = (randomRows(60, 8, seed: 5), randomRows(120, 8, seed: 6))
    let labels = (0..<120).map { Int32($0 * 7 % 4) }
    let truth = (0..<60).map { Int32($0 % 4) }
    let vote = try NearestNeighbourVote(queries: queries, memory: memory, labels: labels, classes: 4, k: 50)
    for k in [5, 50] {
      let ranks = vote.ranks(k: k, truth: truth)
      for query in 0..<60 {
        let order = (0..<120).sorted { cosine(queries, query, memory, $0) > cosine(queries, query, memory, $1) }
        var votes = [Double](repeating: 0, count: 4)
        for row in order.prefix(k) {
          votes[Int(labels[row])] += PortableMath.exp(cosine(queries, query, memory, row) / 0.07)
        }
        let own = votes[Int(truth[query])]
        #expect(ranks[query] == (own > 0 ? votes.count { $0 > own } : nil))
      }
    }
  }
}

@Suite struct LikenessThresholdTests {
  @Test("sets of the same kind that share no row show about one in a hundred", arguments: [8, 16, 32])
  func falseShare(columns: Int) throws {
    // Around a common centre: nearly every row has another above 0.95.
    let all = randomRows(4_000, columns, seed: 4, center: 3)
    let (test, others) = (all.rows(0..<2_000), all.rows(2_000..<4_000))
    let threshold = try #require(try LikenessThreshold(different: test))
    #expect(threshold.chance <= LikenessThreshold.share && threshold.chance > 0.008)
    let leaked = try NearDuplicates.flags(others, among: test, threshold: threshold.cosine).count { $0 }
    // 1 % of 2,000 is 20, and the threshold itself comes from ten of 1,000.
    #expect((5...45).contains(leaked), "\(leaked)")
    let within = try NearDuplicates.flags(within: others, threshold: threshold.cosine).count { $0 }
    #expect((5...45).contains(within), "\(within)")
    let usual = try NearDuplicates.flags(others, among: test, threshold: 0.95).count { $0 }
    #expect(usual > 1_000, "\(usual)")
  }

  @Test("copies of test rows are above it, also where the test set holds copies")
  func copies() throws {
    var test = randomRows(300, 16, seed: 5, center: 1)
    for row in 0..<60 { for column in 0..<16 { test[row + 100, column] = test[row, column] } }
    let threshold = try #require(try LikenessThreshold(different: test))
    #expect(threshold.cosine == 0.9999 && abs(threshold.chance - 0.4) < 1e-12)
    #expect(try NearDuplicates.flags(test.rows(200..<220), among: test, threshold: threshold.cosine).allSatisfy { $0 })
  }

  @Test("one row says nothing")
  func single() throws {
    #expect(try LikenessThreshold(different: randomRows(1, 4, seed: 1)) == nil)
    let two = try #require(try LikenessThreshold(different: randomRows(2, 4, seed: 1)))
    #expect(two.chance == 0)
  }
}

@Suite struct NearDuplicateTests {
  @Test(arguments: [0.9, 0.95, 0.99]) func flagsAreThoseOfBruteForce(threshold: Float) throws {
    // Low dimension and a common centre: many pairs lie on either side of the threshold.
    let (rows, others) = (randomRows(300, 6, seed: 8, center: 1), randomRows(200, 6, seed: 9, center: 1))
    let flags = try NearDuplicates.flags(rows, among: others, threshold: threshold)
    let within = try NearDuplicates.flags(within: rows, threshold: threshold)
    for row in 0..<rows.rows {
      let best = (0..<others.rows).map { cosine(rows, row, others, $0) }.max()!
      let bestWithin = (0..<rows.rows).filter { $0 != row }.map { cosine(rows, row, rows, $0) }.max()!
      if abs(best - Double(threshold)) > 1e-5 { #expect(flags[row] == (best > Double(threshold))) }
      if abs(bestWithin - Double(threshold)) > 1e-5 { #expect(within[row] == (bestWithin > Double(threshold))) }
    }
    #expect(flags.contains(true) && flags.contains(false))
  }

  @Test func plantedCopiesAreFoundInManyDimensions() throws {
    var rows = randomRows(500, 200, seed: 3)
    for column in 0..<200 { rows[17, column] = rows[440, column] }
    let within = try NearDuplicates.flags(within: rows, threshold: 0.95)
    #expect(within.indices.filter { within[$0] } == [17, 440])
    let flags = try NearDuplicates.flags(rows, among: rows.selecting(rows: [99]), threshold: 0.95)
    #expect(flags.indices.filter { flags[$0] } == [99])
  }

  @Test func rowsOfZerosAreNobodysDuplicates() throws {
    let zeros = Matrix(rows: 3, columns: 4)
    #expect(try NearDuplicates.flags(within: zeros, threshold: 0.95) == [false, false, false])
    #expect(try NearDuplicates.flags(Matrix(rows: 0, columns: 4), among: zeros, threshold: 0.95) == [])
  }
}
