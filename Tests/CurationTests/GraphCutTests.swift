import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct GraphCutTests {
  private static func squares(_ points: Matrix) -> [[Double]] {
    (0..<points.rows).map { left in
      (0..<points.rows).map { right in
        zip(points.row(left), points.row(right)).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
      }
    }
  }

  @Test func picksTheArgmaxOfTheDefinitionAtEveryStep() throws {
    for (rows, columns, seed) in [(1, 2, 1), (8, 1, 2), (40, 3, 3), (120, 5, 4)] {
      let points = KCenterTests.wholePoints(rows, columns, seed: UInt64(seed))
      let squares = Self.squares(points)
      let largest = squares.joined().max()!
      let similarities = squares.map { $0.map { largest - $0 } }
      let (picks, gains) = try GraphCut.select(
        rows, from: points, similarity: .maxSquaredEuclidean)
      for (step, pick) in picks.enumerated() {
        let before = picks.prefix(step)
        let open = (0..<rows).filter { !before.contains($0) }
        let values = open.map { j in
          similarities.reduce(0) { $0 + $1[j] } - 2 * before.reduce(0) { $0 + similarities[$1][j] } - similarities[j][j]
        }
        #expect(pick == open[values.firstIndex(of: values.max()!)!])
        #expect(gains[step] == values.max()!)
      }
    }
  }

  @Test(arguments: Similarity.allCases) func gainsAddUpToTheCut(_ similarity: Similarity) throws {
    let points = SyntheticPools.points(50, 4)
    let (picks, gains) = try GraphCut.select(20, from: points, similarity: similarity)
    let squares = Self.squares(points)
    let largest = squares.joined().max()!
    let variance = Double(RadialKernel(medianOf: points, and: points).variance)
    func value(_ left: Int, _ right: Int) -> Double {
      switch similarity {
      case .cosine:
        let product = Kernels.dot(points.row(left), points.row(right))
        let norms = Kernels.squaredNorm(points.row(left)) * Kernels.squaredNorm(points.row(right))
        return (1 + Double(product / norms.squareRoot())) / 2
      case .maxSquaredEuclidean: return largest - squares[left][right]
      case .gaussian: return PortableMath.exp(-squares[left][right] / (2 * variance))
      }
    }
    let all = (0..<50).reduce(0.0) { sum, i in picks.reduce(sum) { $0 + value(i, $1) } }
    let within = picks.reduce(0.0) { sum, i in picks.reduce(sum) { $0 + value(i, $1) } }
    #expect(abs(gains.reduce(0, +) - (all - within)) < 1e-3 * abs(all))
  }
}
