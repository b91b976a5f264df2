import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct DivergenceTests {
  private static func distributions(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "distributions")
    let values = (0..<rows).flatMap { _ in
      generator.dirichlet([Double](repeating: 0.5, count: columns)).map { Float($0) }
    }
    return Matrix(rows: rows, columns: columns, values: values)
  }

  /// ½ KL(p ‖ q) + ½ KL(q ‖ p), term by term.
  private static func divergence(_ p: [Float], _ q: [Float]) -> Double {
    zip(p, q).reduce(0) { sum, pair in
      let (a, b) = (max(Double(pair.0), 1e-7), max(Double(pair.1), 1e-7))
      return sum + (a * PortableMath.log(a / b) + b * PortableMath.log(b / a)) / 2
    }
  }

  @Test func isTheMeanOfBothKullbackLeiblerDivergences() {
    let rows = Self.distributions(30, 5)
    let divergence = Divergence(rows)
    for index in 0..<30 {
      let distances = divergence.distances(from: index)
      for other in 0..<30 {
        #expect(abs(Double(distances[other]) - Self.divergence(rows.row(index), rows.row(other))) < 1e-4)
      }
      let mean = (0..<7).reduce(0) { $0 + Self.divergence(rows.row(index), rows.row($1)) } / 7
      #expect(abs(divergence.mean(of: index, from: Array(0..<7)) - mean) < 1e-4)
    }
    let certain = Divergence(Matrix(rows: 2, columns: 2, values: [1, 0, 0, 1]))
    #expect(certain.distances(from: 0)[1].isFinite && certain.distances(from: 0)[1] > 10)
  }

  @Test func contextualDiversityPicksTheFarthestOfTheDefinitionAtEveryStep() throws {
    let rows = Self.distributions(60, 4)
    let picks = try DivergenceCenter.select(60, from: rows)
    #expect(Set(picks).count == 60)
    let mean = (0..<4).map { column in (0..<60).reduce(0) { $0 + rows[$1, column] } / 60 }
    let toMean = (0..<60).map { Self.divergence(rows.row($0), mean) }
    #expect(toMean[picks[0]] < toMean.min()! + 1e-4)
    for step in 1..<60 {
      func nearest(_ point: Int) -> Double {
        picks.prefix(step).map { Self.divergence(rows.row(point), rows.row($0)) }.min()!
      }
      let best = (0..<60).filter { !picks.prefix(step).contains($0) }.map(nearest).max()!
      #expect(nearest(picks[step]) > best - 1e-4)
    }
  }

  @Test func contrastIsTheMeanDivergenceFromTheNearestOthers() throws {
    let (features, rows) = (SyntheticPools.points(80, 3), Self.distributions(80, 4))
    let scores = try ContrastiveScores.scores(features: features, probabilities: rows, neighbours: 10)
    for point in 0..<80 {
      func square(_ other: Int) -> Float {
        (0..<3).reduce(0) {
          $0 + (features[point, $1] - features[other, $1]) * (features[point, $1] - features[other, $1])
        }
      }
      let others = (0..<80).filter { $0 != point }.sorted { square($0) < square($1) }.prefix(10)
      let mean = others.reduce(0) { $0 + Self.divergence(rows.row(point), rows.row($1)) } / 10
      #expect(abs(scores[point] - mean) < 1e-4)
    }
  }

  @Test func aDuplicateIsANeighbourAndItselfIsNot() throws {
    let features = Matrix(rows: 4, columns: 1, values: [0, 0, 0, 5])
    let rows = Matrix(rows: 4, columns: 2, values: [0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.1, 0.9])
    let scores = try ContrastiveScores.scores(features: features, probabilities: rows, neighbours: 2)
    #expect(scores[0] < 1e-5 && scores[1] < 1e-5 && scores[2] < 1e-5)
    #expect(scores[3] > 1)
  }

  @Test func calKeepsTheLargestContrastsAndItsVariantTheSmallest() throws {
    let (features, rows) = (SyntheticPools.points(60, 3), Self.distributions(60, 4))
    let arrays = try ArraySelection(features: features, probabilities: rows)
    let scores = try ContrastiveScores.scores(features: features, probabilities: rows, neighbours: 10)
    let order = (0..<60).sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    #expect(try arrays.select(StrategyChoice(name: "cal"), count: 20).indices == Array(order.prefix(20)))
    let smallest = try arrays.select(StrategyChoice(name: "cal-deepcore"), count: 20).indices
    #expect(smallest == Array(order.reversed().prefix(20)))
  }
}
