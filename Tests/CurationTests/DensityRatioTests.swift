import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct DensityRatioTests {
  /// Normal deviates in two dimensions around a point on the first axis.
  private static func cloud(_ rows: Int, around centre: Float, seed: UInt64) -> Matrix {
    var points = SyntheticPools.points(rows, 2, seed: seed)
    for row in 0..<rows { points[row, 0] += centre }
    return points
  }

  @Test func isTheTrueRatioOfTwoNormalDistributions() throws {
    let points = Self.cloud(8_000, around: 0, seed: 1)
    let ratio = try DensityRatio(of: points, to: Self.cloud(3_000, around: 1, seed: 2), ridge: 1e-4)
    // ln N(x; 1, 1) − ln N(x; 0, 1) = x − ½.
    let errors = (0..<8_000).map { abs(ratio.logRatios[$0] - Double(points[$0, 0] - 0.5)) }
    #expect(errors.reduce(0, +) / 8_000 < 0.15)
    #expect(ratio.gradientNorm < 1e-4)
  }

  @Test func aLargeRidgeLeavesEverythingEquallyLikely() throws {
    let points = Self.cloud(200, around: 0, seed: 1)
    let ratio = try DensityRatio(of: points, to: Self.cloud(200, around: 2, seed: 2), ridge: 1e5)
    #expect(ratio.logRatios.allSatisfy { abs($0) < 0.01 })
  }

  @Test func drawsASampleThatIsDistributedLikeTheTarget() throws {
    let points = Self.cloud(6_000, around: 0, seed: 1)
    let arrays = try ArraySelection(features: points, target: Self.cloud(1_000, around: 1, seed: 2))
    let choice = StrategyChoice(name: "target-importance", options: ["ridge": 1e-4])
    let picks = try arrays.select(choice, count: 300, seed: 4).indices
    let values = picks.map { Double(points[$0, 0]) }
    let mean = values.reduce(0, +) / 300
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 300).squareRoot()
    #expect(abs(mean - 1) < 0.25)
    // Not only the likeliest, which would all lie far out.
    #expect(abs(deviation - 1) < 0.25)
    #expect(try arrays.select(choice, count: 300, seed: 5).indices != picks)
  }

  @Test func constantFeaturesSayNothing() throws {
    let points = Matrix(rows: 3, columns: 2, values: [1, 0, 1, 1, 1, 2])
    let ratio = try DensityRatio(of: points, to: Matrix(rows: 1, columns: 2, values: [1, 1]), ridge: 0.1)
    #expect(ratio.logRatios.allSatisfy { $0.isFinite })
  }
}
