import Core
import Numerics

/// One component of a mixture of probabilistic principal component analysers (Tipping & Bishop 1999): a Gaussian with a
/// few free directions and equal variance in all others.
struct LatentComponent: Hashable {
  let mean: [Float]
  /// Unit rows, by descending variance.
  let directions: Matrix
  /// The variance along each direction.
  let variances: [Float]
  /// The variance along everything else.
  let residualVariance: Float

  /// Below this no variance is believed: latents are in units of the grey range.
  private static let smallestVariance: Float = 1e-6

  /// The maximum-likelihood fit (Tipping & Bishop 1999, eq. 7 and 8) to the rows of `rows`, of which there must be some.
  init(fitting rows: Matrix, directions count: Int) throws {
    mean = columnMeans(rows).map { Float($0) }
    let centred = Self.centred(rows, mean)
    var covariance = Matrix(rows: rows.columns, columns: rows.columns)
    BLAS.multiply(centred, transposed: true, by: centred, into: &covariance, alpha: 1 / Float(rows.rows))
    let eigen = try SymmetricEigen(of: covariance)
    let top = Array(eigen.values.indices.reversed().prefix(count))
    let rest = eigen.values.prefix(eigen.values.count - top.count)
    residualVariance = max(rest.reduce(0, +) / Float(max(1, rest.count)), Self.smallestVariance)
    let floor = residualVariance
    variances = top.map { max(eigen.values[$0], floor) }
    directions = eigen.vectors.selecting(rows: top)
  }

  init(mean: [Float], directions: Matrix, variances: [Float], residualVariance: Float) {
    self.mean = mean
    self.directions = directions
    self.variances = variances
    self.residualVariance = residualVariance
  }

  /// Log density of each row, up to a constant that all components share.
  func logDensities(of rows: Matrix) -> [Double] {
    let centred = Self.centred(rows, mean)
    let latents = centred.multiplied(by: directions, transposedOther: true)
    let residualDimensions = Double(mean.count - variances.count)
    var constant = residualDimensions * PortableMath.log(Double(residualVariance))
    for variance in variances { constant += PortableMath.log(Double(variance)) }
    let squares = Kernels.rowSquaredNorms(centred)
    return (0..<rows.rows).map { row in
      var (scaled, inside): (Float, Float) = (0, 0)
      for column in variances.indices {
        let square = latents[row, column] * latents[row, column]
        inside += square
        scaled += square / variances[column]
      }
      let outside = max(0, squares[row] - inside)
      return -0.5 * (constant + Double(scaled + outside / residualVariance))
    }
  }

  /// Adds `strength` times a draw from the component, without its mean, to `row`.
  func addDraw(to row: inout [Float], strength: Float, _ generator: inout SeededGenerator) {
    let noise = strength * residualVariance.squareRoot()
    for index in row.indices { row[index] += noise * Float(generator.normal()) }
    for (direction, variance) in variances.enumerated() {
      let amount = strength * max(0, variance - residualVariance).squareRoot() * Float(generator.normal())
      for index in row.indices { row[index] += amount * directions.values[direction * row.count + index] }
    }
  }

  private static func centred(_ rows: Matrix, _ mean: [Float]) -> Matrix {
    var centred = rows
    for row in 0..<rows.rows {
      for column in 0..<rows.columns { centred.values[row * rows.columns + column] -= mean[column] }
    }
    return centred
  }
}
