import Core
import Datasets
import Formats
import Foundation
import Models
import Numerics
import Samples

/// How fast networks train on 28 × 28 pixels in ten classes.
enum LearningLines {
  /// One network and how long to train it.
  private struct Workload {
    let name: String
    let family: any ModelFamily
    let options: [String: JSONValue]
    let learningRate: Float
    let steps: Int
    let bound: String
  }

  private static let workloads = [
    Workload(
      name: "softmax", family: MLPFamily(), options: ["hidden": []], learningRate: 0.01, steps: 4_690,
      bound: "gathering pixels and updating, beside products that are ten wide"),
    Workload(
      name: "MLP 256-128", family: MLPFamily(), options: [:], learningRate: 0.05, steps: 469, bound: "products"),
    Workload(
      name: "MLP 1024-1024", family: MLPFamily(), options: ["hidden": [1_024, 1_024]], learningRate: 0.05,
      steps: 100, bound: "products; weights and their velocities pass through the last cache"),
    Workload(
      name: "CNN 32, 64", family: ConvolutionalFamily(), options: [:], learningRate: 0.05, steps: 100,
      bound: "the first convolution, pooling and rectifiers"),
    Workload(
      name: "CNN 32-64, 128", family: ConvolutionalFamily(), options: ["channels": [[32, 64], 128]],
      learningRate: 0.05, steps: 20, bound: "convolutions"),
    Workload(
      name: "ResNet-8", family: ResidualFamily(), options: [:], learningRate: 0.1, steps: 50,
      bound: "convolutions of 16 channels; batch normalisation"),
    Workload(
      name: "ResNet-20", family: ResidualFamily(), options: ["depth": 20], learningRate: 0.1, steps: 20,
      bound: "convolutions of 16 channels; batch normalisation"),
  ]

  static func lines(quick: Bool) -> [BenchmarkLine] {
    workloads.map { workload in
      let model = try? workload.family.model(options: workload.options, place: workload.name)
      let work = model?.trainingOperations(shape: trainingSet.inputs.shape, classes: 10) ?? 0
      let recipe = Recipe(steps: quick ? workload.steps / 5 : workload.steps, learningRate: workload.learningRate)
      return BenchmarkLine(
        name: workload.name, unit: "samples", limit: .multiplication, work: Double(work), bound: workload.bound
      ) {
        let model = try workload.family.model(options: workload.options, place: workload.name)
        let seconds = Measuring.processorSeconds {
          _ = try? model.train(on: trainingSet, classes: 10, recipe: recipe, seed: 0, context: .unobserved)
        }
        return BenchmarkLine.Repetition(count: Double(samples(of: recipe, in: trainingSet)), seconds: seconds)
      }
    }
  }

  /// How many samples `recipe.steps` steps see; the last batch of each pass is short.
  private static func samples(of recipe: Recipe, in set: TrainingSet) -> Int {
    let stepsPerPass = (set.inputs.count + recipe.batch - 1) / recipe.batch
    return recipe.steps / stepsPerPass * set.inputs.count + recipe.steps % stepsPerPass * recipe.batch
  }

  /// Fashion-MNIST where it is installed, else noise of the same shape.
  static let trainingSet: TrainingSet = {
    let directory = URL(filePath: "/usr/share/datasets/fashion-mnist")
    func read(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: directory.appending(path: name))) }
    if let images = try? IDXFile.images(read("train-images-idx3-ubyte.gz"), name: "images"),
      let labels = try? IDXFile.labels(read("train-labels-idx1-ubyte.gz"), classes: 10, name: "labels")
    {
      return TrainingSet(images: images, labels: labels, normalisation: .fashionMNIST)
    }
    var generator = SeededGenerator(seed: 0, purpose: "benchmark")
    guard case .image(let height, let width, let channels) = FashionPlusPlusKind.shape else { preconditionFailure() }
    let pixels = (0..<60_000 * FashionPlusPlusKind.shape.size).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    let labels = (0..<60_000).map { _ in Int32(generator.integer(below: 10)) }
    return TrainingSet(
      images: ImageSet(count: 60_000, height: height, width: width, channels: channels, pixels: pixels), labels: labels,
      normalisation: .fashionMNIST)
  }()
}
