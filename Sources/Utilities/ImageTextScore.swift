package import Numerics

/// How well images and their texts fit in a shared embedding such as CLIP's (Hessel et al. 2021).
package enum ImageTextScore {
  /// max(100 · cosine, 0) of each image with its own text; 0 where an embedding is zero.
  ///
  /// Both hold one row a pair and have equal width; lengths do not matter. Traps otherwise.
  package static func scores(images: Matrix, texts: Matrix) -> [Float] {
    precondition(
      images.rows == texts.rows && images.columns == texts.columns, "one text an image, in the same embedding")
    let (images, texts) = (images.withUnitRows(), texts.withUnitRows())
    return (0..<images.rows).map { max(0, 100 * Kernels.dot(images.row($0), texts.row($0))) }
  }

  /// The mean score; nil without pairs.
  package static func mean(images: Matrix, texts: Matrix) -> Double? {
    let scores = scores(images: images, texts: texts)
    return scores.isEmpty ? nil : scores.reduce(0) { $0 + Double($1) } / Double(scores.count)
  }
}
