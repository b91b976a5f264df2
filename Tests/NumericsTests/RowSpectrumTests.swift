import Core
import Numerics
import Testing

@Suite struct RowSpectrumTests {
  private func random(_ rows: Int, _ columns: Int) -> Matrix {
    var generator = SeededGenerator(seed: UInt64(rows), purpose: "spectrum")
    return Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(generator.normal()) })
  }

  @Test(
    "the parts add up to the product, whichever of the two is decomposed",
    arguments: [(40, 7), (7, 40), (9, 9), (1, 5)])
  func addsUp(rows: Int, columns: Int) throws {
    let matrix = random(rows, columns)
    let half = rows / 2
    let blocks = half > 0 ? [matrix.rows(0..<half), matrix.rows(half..<rows)] : [matrix]
    let spectrum = try RowSpectrum(of: blocks)
    #expect(spectrum.values.count == min(rows, columns) && spectrum.values == spectrum.values.sorted())
    for i in 0..<columns {
      for j in 0..<columns {
        let product = (0..<rows).reduce(0.0) { $0 + Double(matrix[$1, i]) * Double(matrix[$1, j]) } / Double(rows)
        let sum = spectrum.values.indices.reduce(0.0) {
          $0 + spectrum.values[$1] * Double(spectrum.directions[$1, i]) * Double(spectrum.directions[$1, j])
        }
        #expect(abs(product - sum) < 1e-5)
      }
    }
  }

  @Test func valuesThatAreNoNumbersAreRefused() {
    #expect(throws: LinearAlgebraError.notFinite) {
      try RowSpectrum(of: [Matrix(rows: 1, columns: 2, values: [.nan, 1])])
    }
  }

  @Test("a large product is what a small one would be", arguments: [(300, 300, 300), (64, 4_096, 64), (63, 800, 900)])
  func largeProducts(m: Int, n: Int, k: Int) {
    let (a, b) = (random(m, k), random(k, n))
    let (large, own) = (a.largeProduct(by: b), a.multiplied(by: b))
    #expect(zip(large.values, own.values).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(a.largeProduct(by: b) == large)
    if m < 64 { #expect(large == own) }
  }
}
