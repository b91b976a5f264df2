import Core
import Numerics
import Testing
import Utilities

@Suite("Two sets of embeddings")
struct EmbeddingComparisonTests {
  private func cloud(_ rows: Int, center: Float, purpose: String) -> Matrix {
    var generator = SeededGenerator(seed: 1, purpose: purpose)
    let values = (0..<rows * 8).map { Float(generator.normal()) + ($0.isMultiple(of: 8) ? center : 0) }
    return Matrix(rows: rows, columns: 8, values: values)
  }

  @Test("of one distribution lie close, and no more rows seem to be copies than between two halves of one set")
  func same() throws {
    let found = try EmbeddingComparison(cloud(600, center: 0, purpose: "a"), cloud(800, center: 0, purpose: "b"))
    #expect(found.sample == 600 && abs(found.cmmd!) < 0.2)
    #expect(found.manifold!.precision > 0.9 && found.manifold!.recall > 0.9)
    #expect(found.overlaps.map(\.threshold).first.map { abs($0 - 0.95) < 1e-6 } == true)
    let calibrated = found.overlaps[1]
    #expect(calibrated.expected <= 0.0126 && calibrated.share < 0.04)
  }

  @Test("copies are found above the calibrated threshold, where the usual one takes strangers for copies too")
  func copies() throws {
    // In four dimensions nearly every row has a neighbour at a cosine above .95.
    func flat(_ rows: Int, _ purpose: String) -> Matrix {
      var generator = SeededGenerator(seed: 2, purpose: purpose)
      return Matrix(rows: rows, columns: 4, values: (0..<rows * 4).map { _ in Float(generator.normal()) })
    }
    let (strangers, test) = (flat(300, "a"), flat(1_000, "b"))
    let mixed = Matrix(
      rows: 400, columns: 4, values: strangers.values + test.selecting(rows: Array(0..<100)).values)
    let found = try EmbeddingComparison(mixed, test)
    #expect(found.overlaps[0].share > 0.9 && found.overlaps[0].expected > 0.9)
    #expect((0.24...0.3).contains(found.overlaps[1].share) && found.overlaps[1].expected <= 0.01)
  }

  @Test("sets of other widths, or of too few rows, are refused in words")
  func refused() {
    let four = Matrix(rows: 4, columns: 2, values: [1, 0, 0, 1, 1, 1, 2, 1])
    #expect(throws: ConfigurationError.self) { try EmbeddingComparison(four, cloud(10, center: 0, purpose: "a")) }
    #expect(throws: ConfigurationError.self) {
      try EmbeddingComparison(Matrix(rows: 2, columns: 2, values: [1, 0, 0, 1]), four)
    }
  }
}
