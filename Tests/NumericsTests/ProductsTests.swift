import Core
import Numerics
import Testing

@Suite struct ProductsTests {
  private func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "product")
    return Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(generator.normal()) })
  }

  private func transposed(_ matrix: Matrix) -> Matrix {
    var result = Matrix(rows: matrix.columns, columns: matrix.rows)
    for row in 0..<matrix.rows { for column in 0..<matrix.columns { result[column, row] = matrix[row, column] } }
    return result
  }

  @Test(
    "own products equal the plain ones bit for bit, whatever is transposed",
    arguments: [(1, 1, 1), (3, 5, 7), (17, 33, 9), (64, 10, 100), (13, 64, 257), (7, 70, 128), (400, 20, 3), (2, 3, 0)])
  func ownProducts(m: Int, n: Int, k: Int) {
    let (a, b) = (random(m, k, 1), random(k, n, 2))
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
      let (left, right) = (transposeA ? transposed(a) : a, transposeB ? transposed(b) : b)
      let product = left.multiplied(transposed: transposeA, by: right, transposedOther: transposeB)
      #expect(
        product
          == ReferenceKernels.multiply(left, transposed: transposeA, by: right, transposedOther: transposeB))
    }
  }

  @Test(arguments: [(1, 1, 1), (3, 5, 7), (17, 33, 9), (64, 10, 100)])
  func everyTranspositionGivesTheSameProduct(m: Int, n: Int, k: Int) {
    let (a, b, start) = (random(m, k, 1), random(k, n, 2), random(m, n, 3))
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
      var c = start
      BLAS.multiply(
        transposeA ? transposed(a) : a, transposed: transposeA, by: transposeB ? transposed(b) : b,
        transposedOther: transposeB, into: &c, alpha: 0.5, beta: -2)
      for row in 0..<m {
        for column in 0..<n {
          let exact = (0..<k).reduce(0.0) { $0 + Double(a[row, $1]) * Double(b[$1, column]) }
          #expect(abs(Double(c[row, column]) - (0.5 * exact - 2 * Double(start[row, column]))) < 1e-4)
        }
      }
    }
  }

  @Test func emptyProductsAreZero() {
    #expect(Matrix(rows: 2, columns: 0).multiplied(by: Matrix(rows: 0, columns: 3)) == Matrix(rows: 2, columns: 3))
    #expect(Matrix(rows: 0, columns: 4).multiplied(by: Matrix(rows: 4, columns: 3)).values.isEmpty)
  }

  @Test func runsOnOneThreadUnlessToldOtherwise() { #expect(BLAS.threads == 1) }
}
