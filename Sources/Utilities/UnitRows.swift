package import Numerics

extension Matrix {
  /// The rows scaled to unit Euclidean length, so that inner products are cosines; a row of zeros stays.
  package func withUnitRows() -> Matrix {
    let norms = Kernels.rowSquaredNorms(self)
    var scaled = self
    for row in 0..<rows where norms[row] > 0 {
      let factor = 1 / norms[row].squareRoot()
      for index in row * columns..<(row + 1) * columns { scaled.values[index] *= factor }
    }
    return scaled
  }
}
