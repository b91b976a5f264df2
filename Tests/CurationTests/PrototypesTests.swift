import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct PrototypesTests {
  private static let points = SyntheticPools.points(150, 4)

  private static func cosine(_ left: Int, _ right: Int, of points: Matrix) -> Float {
    Kernels.dot(points.row(left), points.row(right))
      / (Kernels.squaredNorm(points.row(left)) * Kernels.squaredNorm(points.row(right))).squareRoot()
  }

  /// The definition, pair by pair.
  private static func kept(_ prototypes: Prototypes, _ points: Matrix, threshold: Float) -> [Bool] {
    var isKept = [Bool](repeating: false, count: points.rows)
    let order = (0..<points.rows).sorted { (prototypes.similarities[$0], $0) < (prototypes.similarities[$1], $1) }
    for point in order {
      isKept[point] = !(0..<points.rows).contains {
        isKept[$0] && prototypes.clusters[$0] == prototypes.clusters[point]
          && cosine($0, point, of: points) > threshold
      }
    }
    return isKept
  }

  @Test(arguments: [1, 5, 40]) func dropsWhatIsTooSimilarToAKeptOneOfTheSameCluster(_ clusters: Int) throws {
    let prototypes = try Prototypes(of: Self.points, count: clusters, seed: 3)
    #expect(Set(prototypes.clusters).count > clusters / 2)
    for threshold: Float in [-1.01, 0.5, 0.9, 0.99] {
      let kept = try SemanticDuplicates.kept(among: prototypes, threshold: threshold)
      #expect(kept == Self.kept(prototypes, Self.points, threshold: threshold))
      if threshold < -1 { #expect(kept.count { $0 } == Set(prototypes.clusters).count) }
    }
  }

  @Test func worksAcrossBlocksOfOneLargeCluster() throws {
    let many = SyntheticPools.points(700, 3)
    let prototypes = try Prototypes(of: many, count: 1, seed: 1)
    let kept = try SemanticDuplicates.kept(among: prototypes, threshold: 0.995)
    #expect(kept == Self.kept(prototypes, many, threshold: 0.995))
    #expect(kept.count { $0 } > 256)
  }

  @Test func whatWasDroppedDropsNothing() throws {
    // A chain of three at 20° each: the middle one repeats both ends, which do not repeat each other.
    let angles = [0.0, 0.349, 0.698]
    let chain = Matrix(
      rows: 3, columns: 2, values: angles.flatMap { [Float(PortableMath.cos($0)), Float(PortableMath.sin($0))] })
    let kept = try SemanticDuplicates.kept(among: try Prototypes(of: chain, count: 1, seed: 0), threshold: 0.9)
    // The ends are least similar to the centre, so they come first.
    #expect(kept == [true, false, true])
  }

  @Test func theFilterBuysFewerThanItMayAndNoDuplicates() throws {
    let twice = Matrix(
      rows: 80, columns: 4, values: Array(Self.points.values.prefix(160)) + Self.points.values.prefix(160))
    let choice = StrategyChoice(name: "semdedup", options: ["epsilon": 0.001, "clusters": 1])
    let picks = try ArraySelection(features: twice).select(choice, count: 80, seed: 2).indices
    #expect(picks.count == 40 && Set(picks.map { $0 % 40 }).count == 40)
  }

  @Test func hardPrototypesAreFarthestFromTheirCentresAndEasyOnesNearest() throws {
    let arrays = try ArraySelection(features: Self.points)
    func picks(_ order: String) throws -> [Int] {
      let choice = StrategyChoice(name: "ssl-prototypes", options: ["order": .string(order), "clusters": 6])
      return try arrays.select(choice, count: 75, seed: 9).indices
    }
    let prototypes = try Prototypes(of: Self.points, count: 6, seed: 9)
    let (hard, easy) = (try picks("hard"), try picks("easy"))
    #expect(Set(hard).isDisjoint(with: easy))
    #expect(hard.map { prototypes.similarities[$0] } == prototypes.similarities.sorted().prefix(75).map { $0 })
    #expect(easy.map { prototypes.similarities[$0] } == prototypes.similarities.sorted(by: >).prefix(75).map { $0 })
  }

  @Test func aClusterCentreIsTheDirectionOfItsMembersSum() throws {
    let directions = (0..<150).map { row -> [Float] in
      let values = Self.points.row(row)
      return values.map { $0 / Kernels.squaredNorm(values).squareRoot() }
    }
    let prototypes = try Prototypes(of: Self.points, count: 1, seed: 0)
    var centre = (0..<4).map { column in directions.reduce(0) { $0 + $1[column] } }
    centre = centre.map { $0 / Kernels.squaredNorm(centre).squareRoot() }
    for row in 0..<150 { #expect(abs(prototypes.similarities[row] - Kernels.dot(directions[row], centre)) < 1e-4) }
  }
}
