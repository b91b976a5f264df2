import Core
import Formats
import Foundation
import Models
import Numerics
import Samples

/// What networks reach on Fashion-MNIST, seed by seed: mean and standard deviation of the test accuracy and of the
/// cross-entropy on the training set. `Peers/accuracy.py` trains the same networks by the same recipes with PyTorch and prints
/// the same table.
enum AccuracyBenchmark {
  private struct Workload {
    let name: String
    let family: any ModelFamily
    let options: [String: JSONValue]
    let epochs: Int
    let change: @Sendable (inout Recipe) -> Void
  }

  private static let workloads = [
    Workload(name: "softmax", family: MLPFamily(), options: ["hidden": []], epochs: 10) { $0.learningRate = 0.01 },
    Workload(name: "mlp", family: MLPFamily(), options: [:], epochs: 5) { $0.learningRate = 0.05 },
    Workload(name: "mlp-nesterov", family: MLPFamily(), options: [:], epochs: 3) {
      ($0.learningRate, $0.optimiser, $0.weightDecay, $0.labelSmoothing) = (0.05, .nesterov, 5e-4, 0.1)
    },
    Workload(name: "mlp-adamw", family: MLPFamily(), options: [:], epochs: 3) {
      ($0.learningRate, $0.optimiser, $0.weightDecay) = (0.001, .adamW, 0.01)
    },
    Workload(name: "cnn", family: ConvolutionalFamily(), options: [:], epochs: 2) { $0.learningRate = 0.05 },
    Workload(name: "cnn-mixed", family: ConvolutionalFamily(), options: [:], epochs: 2) {
      $0.learningRate = 0.05
      ($0.augmentation.mixup, $0.augmentation.cutmix, $0.augmentation.flips) = (0.2, 1, true)
    },
    Workload(name: "resnet-8", family: ResidualFamily(), options: [:], epochs: 2) {
      ($0.learningRate, $0.weightDecay) = (0.1, 5e-4)
    },
  ]

  /// Arguments: names of workloads, none for all, after the number of seeds (5 unless given).
  static func run(arguments: [String]) throws {
    let seeds = arguments.first.flatMap(Int.init) ?? 5
    let names = arguments.dropFirst(arguments.first.flatMap(Int.init) == nil ? 0 : 1)
    let (training, test) = (try images("train"), try images("t10k"))
    let set = TrainingSet(
      images: training.images, labels: training.labels,
      normalisation: PixelNormalisation(mean: [0.2860], deviation: [0.3530]))
    for workload in workloads where names.isEmpty || names.contains(workload.name) {
      let model = try workload.family.model(options: workload.options, place: workload.name)
      var recipe = Recipe(steps: workload.epochs * ((training.labels.count + 127) / 128), learningRate: 0)
      workload.change(&recipe)
      var (accuracies, losses): ([Double], [Double]) = ([], [])
      for seed in 0..<seeds {
        let network = try model.train(on: set, classes: 10, recipe: recipe, seed: UInt64(seed), context: .unobserved)
        let right = zip(network.predictions(of: test.images), test.labels).count { $0 == $1 }
        accuracies.append(Double(right) / Double(test.labels.count))
        losses.append(crossEntropy(network, training.images, training.labels))
      }
      print(
        workload.name.padding(toLength: 14, withPad: " ", startingAt: 0), summary(accuracies), "  loss", summary(losses)
      )
    }
  }

  private static func crossEntropy(_ network: Network, _ images: ImageSet, _ labels: [Int32]) -> Double {
    let probabilities = network.probabilities(of: images)
    return labels.enumerated().reduce(0) { sum, sample in
      let own = probabilities.values[sample.offset * probabilities.columns + Int(sample.element)]
      return sum - PortableMath.log(Double(max(own, .leastNormalMagnitude)))
    } / Double(labels.count)
  }

  private static func summary(_ values: [Double]) -> String {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return String(format: "%.4f ± %.4f", mean, (squares / Double(max(values.count - 1, 1))).squareRoot())
  }

  private static func images(_ name: String) throws -> (images: ImageSet, labels: [Int32]) {
    let directory = "/usr/share/datasets/fashion-mnist/"
    func read(_ kind: String) throws -> [UInt8] {
      try Array(Data(contentsOf: URL(filePath: "\(directory)\(name)-\(kind)-ubyte.gz")))
    }
    return (
      try IDXFile.images(read("images-idx3"), name: "images"),
      try IDXFile.labels(read("labels-idx1"), classes: 10, name: "labels")
    )
  }
}
