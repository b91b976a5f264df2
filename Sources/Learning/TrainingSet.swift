package import Datasets

/// How pixels become inputs: (value / 255 − mean) / deviation.
package struct PixelNormalisation: Hashable, Sendable {
  package let mean: Float
  package let deviation: Float

  /// `deviation` must be positive; traps otherwise.
  package init(mean: Float, deviation: Float) {
    precondition(deviation > 0, "a deviation of \(deviation) cannot scale pixels")
    self.mean = mean
    self.deviation = deviation
  }

  /// The mean and standard deviation of the 60,000 training images of Fashion-MNIST.
  package static let fashionMNIST = PixelNormalisation(mean: 0.2860, deviation: 0.3530)

  /// The same as scale · value + shift.
  var scale: Float { Float(1 / (255 * Double(deviation))) }
  var shift: Float { Float(-Double(mean) / Double(deviation)) }
}

/// Images and labels to train on.
package struct TrainingSet: Sendable {
  package let images: ImageSet
  /// 0..<classes each.
  package let labels: [Int32]
  package let normalisation: PixelNormalisation

  /// Takes one label an image, and at least one image; traps otherwise.
  package init(images: ImageSet, labels: [Int32], normalisation: PixelNormalisation = .fashionMNIST) {
    precondition(
      images.count == labels.count && images.count > 0, "a training set needs one label an image, and an image")
    self.images = images
    self.labels = labels
    self.normalisation = normalisation
  }
}
