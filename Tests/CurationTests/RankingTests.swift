import Core
import Curation
import Numerics
import Testing

@Suite struct RankingTests {
  @Test func theLowerPositionWinsATie() {
    #expect(Ranking.smallest(4, of: [2, 1, 2, 1, 0]) == [4, 1, 3, 0])
    #expect(Ranking.largest(3, of: [2, 1, 2, 1, 0]) == [0, 2, 1])
    #expect(Ranking.largest(0, of: [Float]()) == [])
  }

  @Test func similarityIsTheLargestCosineToAnyTargetAlsoAcrossBlocks() throws {
    let points = SyntheticPools.points(700, 5)
    let target = SyntheticPools.points(30, 5, seed: 8)
    let similarities = try NearestTarget.similarities(of: points, to: target)
    func cosine(_ left: [Float], _ right: [Float]) -> Float {
      Kernels.dot(left, right) / (Kernels.squaredNorm(left) * Kernels.squaredNorm(right)).squareRoot()
    }
    for row in 0..<700 {
      let expected = (0..<30).map { cosine(points.row(row), target.row($0)) }.max()!
      #expect(abs(similarities[row] - expected) < 1e-5)
    }
  }

  @Test func aPointOfLength0IsSimilarToNothing() throws {
    let points = Matrix(rows: 2, columns: 2, values: [0, 0, 3, 0])
    let similarities = try NearestTarget.similarities(of: points, to: Matrix(rows: 1, columns: 2, values: [1, 0]))
    #expect(similarities == [0, 1])
  }

  @Test func greedyPicksFollowThePointsWhenTheirOrderChanges() throws {
    let points = SyntheticPools.points(120, 6)
    var generator = SeededGenerator(seed: 9, purpose: "order")
    let order = generator.permutation(120)
    let shuffled = points.selecting(rows: order)
    let kernel = RadialKernel(variance: 3)
    func affinities(_ points: Matrix) throws -> [Double] {
      try kernel.meanAffinities(of: points, to: SyntheticPools.points(50, 6, seed: 8))
    }
    let herding = try Herding.select(50, from: shuffled)
    #expect(herding.map { order[$0] } == (try Herding.select(50, from: points)))
    let centers = try KCenter.select(50, from: shuffled).picks
    #expect(centers.map { order[$0] } == (try KCenter.select(50, from: points).picks))
    let kernelPicks = try KernelHerding.select(50, from: shuffled, affinities: affinities(shuffled), kernel: kernel)
    let original = try KernelHerding.select(50, from: points, affinities: affinities(points), kernel: kernel)
    #expect(kernelPicks.map { order[$0] } == original)
  }
}
