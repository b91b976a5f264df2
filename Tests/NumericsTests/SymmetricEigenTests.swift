import Core
import Numerics
import Testing

@Suite struct SymmetricEigenTests {
  private func randomSymmetric(_ size: Int, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "symmetric")
    var matrix = Matrix(rows: size, columns: size)
    for row in 0..<size {
      for column in 0...row {
        matrix[row, column] = Float(generator.normal())
        matrix[column, row] = matrix[row, column]
      }
    }
    return matrix
  }

  @Test(arguments: [1, 2, 7, 40])
  func rebuildsTheMatrix(size: Int) throws {
    let matrix = randomSymmetric(size, seed: UInt64(size))
    let eigen = try SymmetricEigen(of: matrix)
    var scaled = eigen.vectors
    for row in 0..<size { for column in 0..<size { scaled[row, column] *= eigen.values[row] } }
    let rebuilt = eigen.vectors.multiplied(transposed: true, by: scaled)
    #expect(zip(rebuilt.values, matrix.values).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(eigen.values == eigen.values.sorted())
    for row in 0..<size { #expect(eigen.vectors.row(row).max { abs($0) < abs($1) }! > 0) }
  }

  @Test func readsTheLowerTriangleOnly() throws {
    let matrix = randomSymmetric(6, seed: 1)
    var lower = matrix
    for row in 0..<6 { for column in row + 1..<6 { lower[row, column] = 99 } }
    #expect(try SymmetricEigen(of: lower) == SymmetricEigen(of: matrix))
  }

  @Test func refusesWhatIsNotFinite() {
    let matrix = Matrix(rows: 2, columns: 2, values: [1, 0, .nan, 1])
    #expect(throws: LinearAlgebraError.notFinite) { try SymmetricEigen(of: matrix) }
  }
}
