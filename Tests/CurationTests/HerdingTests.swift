import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct HerdingTests {
  @Test(.enabled(if: Digits.areThere)) func followsTheMeanOfTheDigitsAsPublished() throws {
    let points = try Digits.load().points
    let picks = try Herding.select(10, from: points)
    let distance = Self.distance(Self.mean(of: points.selecting(rows: picks)), Self.mean(of: points))
    #expect(abs(distance - 3.47) < 0.005)
  }

  @Test(.enabled(if: Digits.areThere)) func theVariantOfDeepCoreFleesTheMeanOfTheDigitsAsPublished() throws {
    let points = try Digits.load().points
    let arrays = try ArraySelection(features: points)
    func distance(_ name: String, _ options: [String: JSONValue], seed: Int = 0) throws -> Double {
      let picks = try arrays.select(StrategyChoice(name: name, options: options), count: 10, seed: seed).indices
      return Self.distance(Self.mean(of: points.selecting(rows: picks)), Self.mean(of: points))
    }
    #expect(try abs(distance("herding", ["balanced": false]) - 3.47) < 0.005)
    #expect(try abs(distance("herding-deepcore", ["balanced": false]) - 37.0) < 0.05)
    let random = try (0..<200).map { try distance("random", [:], seed: $0) }.reduce(0, +) / 200
    #expect(abs(random - 10.9) < 0.4)
  }

  @Test(arguments: [Herding.Pick.nearest, .farthest]) func picksTheExtremeOfTheDefinitionAtEveryStep(
    _ kind: Herding.Pick
  ) throws {
    for (rows, columns, seed) in [(1, 2, 1), (12, 1, 2), (60, 3, 3), (200, 6, 4)] {
      let points = SyntheticPools.points(rows, columns, seed: UInt64(seed))
      let picks = try Herding.select(rows, from: points, pick: kind)
      #expect(Set(picks).count == rows)
      let mean = Self.mean(of: points)
      var sum = [Double](repeating: 0, count: columns)
      for (step, pick) in picks.enumerated() {
        let goal = zip(mean, sum).map { $0 * Double(step + 1) - $1 }
        let open = Set(0..<rows).subtracting(picks.prefix(step)).map { Self.distance(goal, Self.row($0, of: points)) }
        let best = kind == .nearest ? open.min()! : open.max()!
        #expect(abs(Self.distance(goal, Self.row(pick, of: points)) - best) < 1e-4)
        sum = zip(sum, Self.row(pick, of: points)).map { $0 + $1 }
      }
    }
  }

  @Test func takesTheLowerIndexOfEqualPoints() throws {
    let points = Matrix(rows: 6, columns: 1, values: [1, -1, 1, -1, 1, -1])
    #expect(try Herding.select(6, from: points) == [0, 1, 2, 3, 4, 5])
  }

  static func row(_ index: Int, of points: Matrix) -> [Double] { points.row(index).map(Double.init) }

  static func mean(of points: Matrix) -> [Double] {
    (0..<points.columns).map { column in
      (0..<points.rows).reduce(0) { $0 + Double(points[$1, column]) } / Double(points.rows)
    }
  }

  static func distance(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
