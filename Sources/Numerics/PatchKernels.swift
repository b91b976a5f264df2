import CKernels

/// Convolutional features of 28 × 28 images, written in C; the same bits on every CPU.
package enum PatchKernels {
  /// Pixels on each side of an image.
  package static let imageSide = Int(WINNOW_IMAGE_SIDE)
  /// Pixels on each side of a patch.
  package static let patchSide = Int(WINNOW_PATCH_SIDE)
  package static let filterCount = Int(WINNOW_FILTERS)
  package static let quadrantCount = Int(WINNOW_QUADRANTS)

  /// Rectified responses of contrast-normalised patches to `filters`, summed over each quadrant of the image:
  /// `out[image, quadrant · 64 + filter] = Σ max(0, bias + filter · patch / √(variance + epsilon))`.
  ///
  /// - Parameters:
  ///   - pixels: Whole images, one after the other.
  ///   - filters: 64 × 36, one row a filter; each row must sum to 0, so that a patch's mean does not count.
  ///   - bias: One a filter.
  ///   - epsilon: What is added to a patch's variance, in squared grey levels.
  package static func features(of pixels: [UInt8], filters: Matrix, bias: [Float], epsilon: Float) -> Matrix {
    let imageSize = imageSide * imageSide
    precondition(pixels.count.isMultiple(of: imageSize), "\(pixels.count) pixels are not whole images")
    precondition(filters.rows == filterCount && filters.columns == patchSide * patchSide && bias.count == filterCount)
    var features = Matrix(rows: pixels.count / imageSize, columns: quadrantCount * filterCount)
    winnow_patch_features(pixels, features.rows, filters.values, bias, epsilon, &features.values)
    return features
  }
}
