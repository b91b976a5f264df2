import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct NearestNeighbourShapleyTests {
  private static func worth(_ set: [Int], _ judge: Int, _ points: Matrix, _ labels: [Int32], k: Int) -> Double {
    func square(_ other: Int) -> Float {
      zip(points.row(judge), points.row(other)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let nearest = set.sorted { (square($0), $0) < (square($1), $1) }.prefix(k)
    return Double(nearest.count { labels[$0] == labels[judge] }) / Double(k)
  }

  /// The Shapley value from all coalitions.
  private static func byEnumeration(
    _ points: Matrix, _ labels: [Int32], judge: Int, players: [Int], k: Int
  ) -> [Int: Double] {
    let factorials = (0...players.count).map { $0 == 0 ? 1.0 : (1...$0).reduce(1.0) { $0 * Double($1) } }
    var values: [Int: Double] = [:]
    for player in players {
      let others = players.filter { $0 != player }
      values[player] = (0..<(1 << others.count)).reduce(0.0) { sum, bits in
        let set = others.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
        let weight = factorials[set.count] * factorials[others.count - set.count] / factorials[players.count]
        let gain = worth(set + [player], judge, points, labels, k: k) - worth(set, judge, points, labels, k: k)
        return sum + weight * gain
      }
    }
    return values
  }

  @Test func isTheAverageOverAllCoalitions() throws {
    let points = SyntheticPools.points(8, 2)
    let labels: [Int32] = [0, 1, 1, 0, 2, 0, 1, 0]
    for k in [1, 3, 6, 7, 8, 12] {
      let values = try NearestNeighbourShapley.values(features: points, labels: labels, validation: [1, 4, 5], k: k)
      var sums = [Double](repeating: 0, count: 8)
      for judge in [1, 4, 5] {
        let players = (0..<8).filter { $0 != judge }
        for (player, value) in Self.byEnumeration(points, labels, judge: judge, players: players, k: k) {
          sums[player] += value
        }
      }
      for player in 0..<8 { #expect(abs(values[player] - sums[player] / 3) < 1e-9, "k = \(k)") }
    }
  }

  @Test func valuesOfFivePointsOnALineAreThePublishedOnes() throws {
    let line = Matrix(rows: 5, columns: 1, values: [0, 1, 2, 3, 4])
    let arrays = try ArraySelection(features: line, labels: [0, 1, 0, 1, 0])
    let picks = try arrays.select(StrategyChoice(name: "knn-shapley", options: ["k": 4]), count: 5)
    #expect(picks.indices == [0, 2, 4, 1, 3])
    for (gain, published) in zip(picks.gains!, [0.55, 0.55, 0.55, 0.525, 0.525]) {
      #expect(abs(gain - published) < 1e-12)
    }
  }

  @Test func wrongLabelsAreWorthLeast() throws {
    let pool = SyntheticPools.make(count: 300, noise: 0.15)
    let arrays = try ArraySelection(features: pool.features.matrix, labels: pool.observedLabels.map { Int($0) })
    let picks = try arrays.select(StrategyChoice(name: "knn-shapley"), count: 300).indices
    let isWrong = picks.map { pool.observedLabels[$0] != pool.trueLabels[$0] }
    #expect(isWrong.suffix(40).count { $0 } > 25)
    #expect(isWrong.prefix(150).count { $0 } < 10)
  }
}
