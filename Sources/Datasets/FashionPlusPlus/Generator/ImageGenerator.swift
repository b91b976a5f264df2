import Core
import Numerics
import Samples
import Sweeps

/// Draws images of a class: a class-conditional mixture of probabilistic PCA in the space of the leading principal
/// components of the images it was fitted to.
struct ImageGenerator: Hashable {
  /// Of the pixels, in units of the grey range.
  let pixelMean: [Float]
  /// Principal directions of the pixels, one a row.
  let basis: Matrix
  /// One a class.
  let classes: [LatentMixture]

  static let latentDimensions = 120
  static let componentsPerClass = 8
  static let directionsPerComponent = 24
  static let rounds = 3

  static let statement = Remark(
    .generator,
    numbers: [
      "dimensions": Double(latentDimensions), "components": Double(componentsPerClass),
      "directions": Double(directionsPerComponent),
    ])

  /// Fits to `images` with `labels` (each 0..<`classes`); every class needs an image.
  init(fitting images: ImageSet, labels: [Int32], classes count: Int, seed: UInt64) throws {
    let rows = Self.rows(images)
    let mean = columnMeans(rows).map { Float($0) }
    pixelMean = mean
    let centred = Self.adding(mean.map { -$0 }, to: rows)
    var covariance = Matrix(rows: rows.columns, columns: rows.columns)
    BLAS.multiply(centred, transposed: true, by: centred, into: &covariance, alpha: 1 / Float(rows.rows))
    let eigen = try SymmetricEigen(of: covariance)
    basis = eigen.vectors.selecting(rows: Array(eigen.values.indices.reversed().prefix(Self.latentDimensions)))
    let latents = centred.multiplied(by: basis, transposedOther: true)
    classes = try (0..<count).map { label in
      let members = labels.indices.filter { labels[$0] == Int32(label) }
      guard !members.isEmpty else { throw DatasetError("generator", "class \(label) has no image to learn from") }
      var generator = SeededGenerator(seed: seed, purpose: "generator/class \(label)")
      return try LatentMixture(
        fitting: latents.selecting(rows: members), components: Self.componentsPerClass,
        directions: Self.directionsPerComponent, rounds: Self.rounds, generator: &generator)
    }
  }

  init(pixelMean: [Float], basis: Matrix, classes: [LatentMixture]) {
    self.pixelMean = pixelMean
    self.basis = basis
    self.classes = classes
  }

  /// One image a label, drawn from the prior of its class: a component's mean plus `strength` times a draw from it (below
  /// 1, images are more typical and less varied).
  func images(ofClasses labels: [Int32], strength: Float, generator: inout SeededGenerator) -> ImageSet {
    var values: [Float] = []
    values.reserveCapacity(labels.count * basis.rows)
    for label in labels {
      let mixture = classes[Int(label)]
      let component = mixture.components[generator.index(weightedBy: mixture.weights)]
      var row = component.mean
      component.addDraw(to: &row, strength: strength, &generator)
      values += row
    }
    return decoded(Matrix(rows: labels.count, columns: basis.rows, values: values))
  }

  /// One variation of each image: its latent y becomes m + √(1 − s²)·(y − m) + s·e, where m is the mean of its class's most
  /// probable component, e a draw from that component, and s the `strength` (0: unchanged, 1: a fresh image).
  func variations(of images: ImageSet, labels: [Int32], strength: Float, generator: inout SeededGenerator) -> ImageSet {
    let centred = Self.adding(pixelMean.map { -$0 }, to: Self.rows(images))
    let latents = centred.multiplied(by: basis, transposedOther: true)
    let components = mostProbable(latents, labels)
    let kept = (1 - strength * strength).squareRoot()
    var values: [Float] = []
    values.reserveCapacity(latents.values.count)
    for (index, label) in labels.enumerated() {
      let component = classes[Int(label)].components[components[index]]
      var row = zip(latents.row(index), component.mean).map { $1 + kept * ($0 - $1) }
      component.addDraw(to: &row, strength: strength, &generator)
      values += row
    }
    return decoded(Matrix(rows: labels.count, columns: basis.rows, values: values))
  }

  private func mostProbable(_ latents: Matrix, _ labels: [Int32]) -> [Int] {
    var winners = [Int](repeating: 0, count: labels.count)
    for label in classes.indices {
      let members = labels.indices.filter { labels[$0] == Int32(label) }
      let found = classes[label].mostProbable(latents.selecting(rows: members))
      for (place, index) in members.enumerated() { winners[index] = found[place] }
    }
    return winners
  }

  private func decoded(_ latents: Matrix) -> ImageSet {
    let rows = Self.adding(pixelMean, to: latents.multiplied(by: basis))
    let pixels = rows.values.map { UInt8(max(0, min(255, ($0 * 255).rounded()))) }
    return ImageSet(count: latents.rows, height: 28, width: 28, pixels: pixels)
  }

  /// Grey levels in 0…1, one row an image.
  private static func rows(_ images: ImageSet) -> Matrix {
    Matrix(rows: images.count, columns: images.imageSize, values: images.pixels.map { Float($0) / 255 })
  }

  private static func adding(_ vector: [Float], to rows: Matrix) -> Matrix {
    var rows = rows
    Kernels.addBias(vector, to: &rows.values, rows: rows.rows)
    return rows
  }
}
