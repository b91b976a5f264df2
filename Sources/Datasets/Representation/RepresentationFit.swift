package import Core
package import Numerics
package import Samples

extension FixedRepresentation {
  /// Patches that the whitening and the centroids are learned from.
  static let patchSample = 40_000
  static let clusteringRounds = 12
  /// Added to the eigenvalues of the patches' covariance before whitening.
  static let whiteningEpsilon = 0.3

  /// Learns the representation from `images` (without labels) and returns it with their features.
  package static func fit(
    to images: ImageSet, seed: UInt64, context: TaskContext = .unobserved
  ) throws -> (representation: FixedRepresentation, features: Matrix) {
    try context.proceed(0)
    let patches = samplePatches(from: images, seed: seed)
    let whitening = Whitening(of: patches, epsilon: whiteningEpsilon)
    let whitened = whitening.applied(to: patches)
    let centroids = try SphericalKMeans.centroids(
      of: whitened, count: PatchKernels.filterCount, rounds: clusteringRounds, seed: seed
    ) { try context.part(from: 0.3, to: 0.5).proceed($0, of: clusteringRounds) }
    let (filters, bias) = foldedFilters(whitening, centroids)
    var features = try pooledResponses(
      of: images, filters: filters, bias: bias, context: context.part(from: 0.5, to: 1))
    let (means, deviations) = columnStatistics(features)
    let representation = FixedRepresentation(filters: filters, bias: bias, means: means, deviations: deviations)
    representation.standardise(&features)
    return (representation, features)
  }

  /// Contrast-normalised patches from random places of random images, one a row.
  private static func samplePatches(from images: ImageSet, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "representation/patches")
    let side = PatchKernels.patchSide
    let (channels, area) = (images.channels, side * side)
    var patches = Matrix(rows: patchSample, columns: area * channels)
    for row in 0..<patchSample {
      let corner =
        generator.integer(below: images.count) * images.imageSize
        + generator.integer(below: images.height - side + 1) * images.width * channels
        + generator.integer(below: images.width - side + 1) * channels
      let pixels = (0..<area * channels).map { tap in
        let (channel, place) = (tap / area, tap % area)
        return Float(images.pixels[corner + (place / side * images.width + place % side) * channels + channel])
      }
      let mean = pixels.reduce(0, +) / Float(pixels.count)
      let variance = pixels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(pixels.count)
      let scale = 1 / (variance + contrastEpsilon).squareRoot()
      for (column, pixel) in pixels.enumerated() { patches[row, column] = (pixel - mean) * scale }
    }
    return patches
  }

  /// One filter a centroid: 2(c_k − c̄)·W, without its mean, so that the patch's own mean need not be subtracted.
  private static func foldedFilters(_ whitening: Whitening, _ centroids: Matrix) -> (filters: Matrix, bias: [Float]) {
    let size = centroids.columns
    let centre = columnMeans(centroids)
    var filters = Matrix(rows: centroids.rows, columns: size)
    var bias = [Float](repeating: 0, count: centroids.rows)
    for row in 0..<centroids.rows {
      let direction = (0..<size).map { 2 * (Double(centroids[row, $0]) - centre[$0]) }
      var filter = [Double](repeating: 0, count: size)
      for i in 0..<size {
        for j in 0..<size { filter[j] += direction[i] * whitening.matrix[i * size + j] }
      }
      bias[row] = -Float(zip(filter, whitening.mean).reduce(0) { $0 + $1.0 * $1.1 })
      let mean = filter.reduce(0, +) / Double(size)
      for j in 0..<size { filters[row, j] = Float(filter[j] - mean) }
    }
    return (filters, bias)
  }

  private static func columnStatistics(_ matrix: Matrix) -> (means: [Float], deviations: [Float]) {
    let means = columnMeans(matrix)
    var squares = [Double](repeating: 0, count: matrix.columns)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        let difference = Double(matrix.values[row * matrix.columns + column]) - means[column]
        squares[column] += difference * difference
      }
    }
    // A filter that never responds has no deviation to divide by.
    let deviations = squares.map { Float(max(($0 / Double(matrix.rows)).squareRoot(), 1e-6)) }
    return (means.map { Float($0) }, deviations)
  }
}

/// The mean of each column, in double precision, rows in order.
func columnMeans(_ matrix: Matrix) -> [Double] {
  var sums = [Double](repeating: 0, count: matrix.columns)
  for row in 0..<matrix.rows {
    for column in 0..<matrix.columns { sums[column] += Double(matrix.values[row * matrix.columns + column]) }
  }
  return sums.map { $0 / Double(matrix.rows) }
}
