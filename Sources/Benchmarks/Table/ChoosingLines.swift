import Core
import Curation
import Foundation
import Numerics
import Sweeps

/// Strategies that choose among rows of pixels, from the array to the row numbers.
enum ChoosingLines {
  private struct Choosing {
    let name: String
    let choice: StrategyChoice
    let rows: Int
    /// Bytes or operations that choosing `count` rows of width 784 cannot do without.
    let work: @Sendable (_ rows: Int, _ count: Int) -> Double
    let limit: BenchmarkLine.Limit
    let bound: String
  }

  private static let width = 784

  private static let all = [
    Choosing(
      name: "herding", choice: StrategyChoice(name: "herding"), rows: 60_000, work: passes, limit: .reading,
      bound: "a pass over all rows a pick, less what bounds rule out"),
    Choosing(
      name: "k-center", choice: StrategyChoice(name: "k-center"), rows: 60_000, work: passes, limit: .reading,
      bound: "a pass over all rows a pick, less what bounds rule out"),
    Choosing(
      name: "facility-location", choice: StrategyChoice(name: "facility-location"), rows: 10_000, work: similarities,
      limit: .multiplication, bound: "half of the similarities, then lazy gains"),
    Choosing(
      name: "graph-cut", choice: StrategyChoice(name: "graph-cut"), rows: 10_000, work: similarities,
      limit: .multiplication, bound: "half of the similarities, then a row a pick"),
  ]

  /// The rows in single precision, once for every pick.
  private static func passes(rows: Int, count: Int) -> Double { Double(4 * rows * width) * Double(count) }
  /// A symmetric product.
  private static func similarities(rows: Int, count: Int) -> Double { Double(rows) * Double(rows) * Double(width) }

  static func lines(quick: Bool) -> [BenchmarkLine] {
    all.map { line in
      let (rows, count) = quick ? (line.rows / 5, 200) : (line.rows, 1_000)
      return BenchmarkLine(
        name: line.name, unit: "selections", limit: line.limit, work: line.work(rows, count), bound: line.bound
      ) {
        let selection = try ArraySelection(features: features(rows))
        var picks: ArraySelection.Picks?
        let seconds = Measuring.processorSeconds { picks = try? selection.select(line.choice, count: count) }
        guard picks?.indices.count == count else { throw CurationError("\(line.name) chose too few rows") }
        return BenchmarkLine.Repetition(count: 1, seconds: seconds)
      }
    }
  }

  /// Fashion-MNIST's pixels divided by 255 where they are installed, else noise.
  private static func features(_ rows: Int) -> Matrix {
    let set = LearningLines.trainingSet
    let pixels = set.inputs.images!.pixels
    return Matrix(rows: rows, columns: width, values: pixels[..<(rows * width)].map { Float($0) / 255 })
  }
}
