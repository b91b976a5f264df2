package import Samples

extension PixelNormalisation {
  /// The mean and standard deviation of the 60,000 training images of Fashion-MNIST.
  package static let fashionMNIST = PixelNormalisation(mean: [0.2860], deviation: [0.3530])
}
