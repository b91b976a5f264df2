import Core
import Datasets
import Formats
import Foundation
import Models
import Testing

/// Fashion-MNIST where Debian's package is installed.
private struct FashionMNIST {
  private static let directory = URL(filePath: "/usr/share/datasets/fashion-mnist")
  static let isInstalled = FileManager.default.fileExists(atPath: directory.path)

  let train: TrainingSet
  let test: TrainingSet

  init() throws {
    func set(_ name: String) throws -> TrainingSet {
      func read(_ suffix: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Self.directory.appending(path: name + suffix)))
      }
      return TrainingSet(
        images: try IDXFile.images(read("-images-idx3-ubyte.gz"), name: name),
        labels: try IDXFile.labels(read("-labels-idx1-ubyte.gz"), classes: 10, name: name),
        normalisation: .fashionMNIST)
    }
    train = try set("train")
    test = try set("t10k")
  }
}

/// The figures are those of PyTorch 2.15 over five seeds: batch 128, momentum 0.9, cosine to 0, default initialisation.
/// A mean of ours may differ from them by so many standard errors of the difference of two means of five.
@Suite(.enabled(if: FashionMNIST.isInstalled)) struct FashionMNISTTests {
  /// Means over seeds 0..<seeds of test accuracy and of the cross-entropy of the training set.
  private func train(hidden: [Int], rate: Float, epochs: Int, seeds: Int) throws -> (accuracy: Double, loss: Double) {
    let data = try FashionMNIST()
    let model = MultilayerPerceptron(hidden: hidden)
    let recipe = Recipe(steps: epochs * 469, learningRate: rate)
    var (accuracy, loss) = (0.0, 0.0)
    for seed in 0..<UInt64(seeds) {
      let network = try model.train(
        on: data.train, classes: 10, recipe: recipe, seed: seed, context: .unobserved)
      let right = zip(network.predictions(of: data.test.images), data.test.labels).count { $0 == $1 }
      accuracy += Double(right) / 10_000 / Double(seeds)
      loss += crossEntropy(of: network, on: data.train) / Double(seeds)
    }
    return (accuracy, loss)
  }

  private func crossEntropy(of network: Network, on set: TrainingSet) -> Double {
    let probabilities = network.probabilities(of: set.images)
    let total = set.labels.enumerated().reduce(0) { $0 - PortableMath.log(Double(probabilities[$1.0, Int($1.1)])) }
    return total / Double(set.labels.count)
  }

  /// PyTorch: accuracy 0.8447 ± 0.0006, cross-entropy 0.3794 ± 0.0001 (mean ± standard deviation; rounded to 0.00005).
  @Test func softmaxRegressionIsAsGoodAsPyTorch() throws {
    let (accuracy, loss) = try train(hidden: [], rate: 0.01, epochs: 10, seeds: 5)
    #expect(abs(accuracy - 0.8447) < 3 * 0.0006 * (2.0 / 5).squareRoot())
    #expect(abs(loss - 0.3794) < 3 * 0.0001 * (2.0 / 5).squareRoot() + 0.00005)
  }

  /// PyTorch: accuracy 0.8886, cross-entropy 0.2237 ± 0.0016. Its accuracies spread by 0.0005, which five seeds cannot
  /// tell well: 24 seeds of ours have 0.8880 ± 0.0013 and 0.2237 ± 0.0012. So 0.0013 is used.
  @Test func multilayerPerceptronIsAsGoodAsPyTorch() throws {
    let (accuracy, loss) = try train(hidden: [256, 128], rate: 0.05, epochs: 5, seeds: 5)
    #expect(abs(accuracy - 0.8886) < 2 * 0.0013 * (2.0 / 5).squareRoot())
    #expect(abs(loss - 0.2237) < 2 * 0.0016 * (2.0 / 5).squareRoot())
  }
}
