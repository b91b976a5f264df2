import CKernels

/// Convolutional features of images, written in C; the same bits on every CPU.
package enum PatchKernels {
  /// Pixels on each side of a patch: the smallest side of an image.
  package static let patchSide = Int(WINNOW_PATCH_SIDE)
  package static let filterCount = Int(WINNOW_FILTERS)
  package static let quadrantCount = Int(WINNOW_QUADRANTS)

  /// Rectified responses of contrast-normalised patches to `filters`, summed over each quadrant of the image:
  /// `out[image, quadrant · 64 + filter] = Σ max(0, bias + filter · patch / √(variance + epsilon))`.
  ///
  /// - Parameters:
  ///   - pixels: Whole images, one after the other, row by row, the channels of a pixel together.
  ///   - height: Pixels, at least ``patchSide``; `width` too.
  ///   - channels: 1 to 3.
  ///   - filters: 64 × 36 · channels, one row a filter, its taps channel by channel; each row must sum to 0, so that a
  ///     patch's mean does not count.
  ///   - bias: One a filter.
  ///   - epsilon: What is added to a patch's variance, in squared grey levels.
  package static func features(
    of pixels: [UInt8], height: Int, width: Int, channels: Int, filters: Matrix, bias: [Float], epsilon: Float
  ) -> Matrix {
    precondition(height >= patchSide && width >= patchSide && (1...3).contains(channels), "no patch fits")
    let imageSize = height * width * channels
    precondition(pixels.count.isMultiple(of: imageSize), "\(pixels.count) pixels are not whole images")
    precondition(
      filters.rows == filterCount && filters.columns == patchSide * patchSide * channels && bias.count == filterCount)
    var features = Matrix(rows: pixels.count / imageSize, columns: quadrantCount * filterCount)
    var scratch = [Float](repeating: 0, count: winnow_patch_scratch(height, width, channels))
    winnow_patch_features(
      pixels, features.rows, height, width, channels, filters.values, bias, epsilon, &scratch, &features.values)
    return features
  }
}
