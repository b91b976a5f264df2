package import Core
package import Numerics
package import Samples

/// The fixed representation: features that never saw a label, after Coates & Ng, "The Importance of Encoding Versus
/// Training with Sparse Coding and Vector Quantization" (ICML 2011) and "Learning Feature Representations with
/// K-means" (2012).
///
/// Every 6 × 6 patch of all channels (stride 1) is contrast-normalised, whitened (ZCA), and compared with 64 unit
/// centroids of spherical k-means. The activation is the "triangle" f_k = max(0, mean of all distances − distance to
/// centroid k), here with squared distances: with unit centroids that is max(0, 2(c_k − c̄)·z), so that whitening and
/// comparison fold into one filter, and nearest-neighbour accuracy is the same within 0.2 points. Sums over the four
/// quadrants give 256 values, which are standardised with the mean and deviation over the images it is learned from and then scaled to
/// length 1: dot products of features are cosines.
///
/// Fixed arithmetic from pixels to features: the same bits on every CPU.
package struct FixedRepresentation: Hashable, Sendable {
  /// 64 × 36 · channels, each row summing to 0.
  let filters: Matrix
  /// 64.
  let bias: [Float]
  /// 256 each.
  let means: [Float]
  let deviations: [Float]

  /// Added to a patch's variance before the square root. Coates & Ng use 10 for grey levels 0…255; on flat backgrounds
  /// that blows up a camera's noise until nothing else counts (accuracy of 10 neighbours on the deployment images .26,
  /// against .71 here; on the base test images .85 against .83).
  static let contrastEpsilon: Float = 3_000

  /// Images whose features are computed between two words about it.
  private static let block = 4_096

  /// Length of a feature vector.
  package static let dimension = PatchKernels.filterCount * PatchKernels.quadrantCount

  /// Channels of the images that it was learned from.
  package var channels: Int { filters.columns / (PatchKernels.patchSide * PatchKernels.patchSide) }

  /// One unit row of 256 features an image. The images must be of the size and channels that it was learned from, because
  /// sums over quadrants grow with them.
  package func features(of images: ImageSet, context: TaskContext = .unobserved) throws -> Matrix {
    var features = try Self.pooledResponses(of: images, filters: filters, bias: bias, context: context)
    standardise(&features)
    return features
  }

  /// The features before standardisation.
  static func pooledResponses(
    of images: ImageSet, filters: Matrix, bias: [Float], context: TaskContext
  ) throws -> Matrix {
    var values: [Float] = []
    values.reserveCapacity(images.count * dimension)
    // Each image has its own features, so that blocks change nothing but how often somebody hears of it.
    for start in stride(from: 0, to: images.count, by: block) {
      try context.proceed(start, of: images.count)
      let end = min(start + block, images.count)
      let pixels = Array(images.pixels[start * images.imageSize..<end * images.imageSize])
      let features = PatchKernels.features(
        of: pixels, height: images.height, width: images.width, channels: images.channels, filters: filters, bias: bias,
        epsilon: contrastEpsilon)
      values += features.values
    }
    return Matrix(rows: images.count, columns: dimension, values: values)
  }

  /// Subtracts the mean of each column, divides by its deviation, and scales each row to length 1.
  func standardise(_ features: inout Matrix) {
    let scales = deviations.map { 1 / $0 }
    for row in 0..<features.rows {
      let start = row * features.columns
      var square: Float = 0
      for column in 0..<features.columns {
        let value = (features.values[start + column] - means[column]) * scales[column]
        features.values[start + column] = value
        square += value * value
      }
      let scale = square > 0 ? 1 / square.squareRoot() : 0
      for column in 0..<features.columns { features.values[start + column] *= scale }
    }
  }
}

extension FixedRepresentation {
  /// The parameters as named objects for the store.
  package func objects() -> [String: [UInt8]] {
    [
      "filters": filters.object, "bias": Matrix(rows: 1, columns: bias.count, values: bias).object,
      "standardisation": Matrix(rows: 2, columns: means.count, values: means + deviations).object,
    ]
  }

  /// Reads what ``objects()`` writes; throws a ``DatasetError`` that names the object and what is wrong with it.
  package init(objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "representation", objects: objects)
    let standardisation = try stored.matrix("standardisation", rows: 2)
    filters = try stored.matrix("filters", rows: PatchKernels.filterCount)
    bias = try stored.matrix("bias", rows: 1).values
    (means, deviations) = (standardisation.row(0), standardisation.row(1))
    let patch = PatchKernels.patchSide * PatchKernels.patchSide
    guard filters.columns.isMultiple(of: patch), (1...3).contains(filters.columns / patch), bias.count == filters.rows,
      means.count == Self.dimension
    else { throw DatasetError("representation", "the objects do not have the shapes that this version uses") }
  }
}
