package import Samples

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

/// Samples and labels to train on.
package struct TrainingSet: Sendable {
  package let inputs: SampleSet
  /// 0..<classes each.
  package let labels: [Int32]
  /// What becomes of pixels; rows are taken as they are.
  package let normalisation: PixelNormalisation

  /// Takes one label a sample, and at least one sample; traps otherwise.
  package init(_ inputs: SampleSet, labels: [Int32], normalisation: PixelNormalisation = .fashionMNIST) {
    precondition(inputs.count == labels.count && inputs.count > 0, "a training set needs a sample, and one label each")
    self.inputs = inputs
    self.labels = labels
    self.normalisation = normalisation
  }

  /// Takes one label an image, and at least one image; traps otherwise.
  package init(images: ImageSet, labels: [Int32], normalisation: PixelNormalisation = .fashionMNIST) {
    self.init(.images(images), labels: labels, normalisation: normalisation)
  }
}
