import Core
import Datasets
import Formats
import Foundation
import Models
import Numerics
import Samples

/// How fast networks train on one thread: samples per second of processor time, and the share of what single-precision
/// matrix multiplication reaches in the same minute.
enum LearningBenchmark {
  /// One network and how long to train it.
  private struct Workload {
    let name: String
    let family: any ModelFamily
    let options: [String: JSONValue]
    let learningRate: Float
    let steps: Int
  }

  private static let workloads = [
    Workload(
      name: "softmax", family: MLPFamily(), options: ["hidden": []], learningRate: 0.01, steps: 4_690),
    Workload(name: "MLP 256-128", family: MLPFamily(), options: [:], learningRate: 0.05, steps: 469),
    Workload(
      name: "MLP 1024-1024", family: MLPFamily(), options: ["hidden": [1_024, 1_024]], learningRate: 0.05,
      steps: 100),
    Workload(name: "CNN 32, 64", family: ConvolutionalFamily(), options: [:], learningRate: 0.05, steps: 100),
    Workload(
      name: "CNN 32-64, 128", family: ConvolutionalFamily(), options: ["channels": [[32, 64], 128]],
      learningRate: 0.05, steps: 20),
    Workload(name: "ResNet-8", family: ResidualFamily(), options: [:], learningRate: 0.1, steps: 50),
    Workload(name: "ResNet-20", family: ResidualFamily(), options: ["depth": 20], learningRate: 0.1, steps: 20),
  ]

  /// Prints a line per network: medians of `arguments[0]` (5 unless given) repetitions.
  static func run(arguments: [String]) throws {
    BLAS.setThreads(1)
    let environment = NumericsEnvironment.current
    print("OpenBLAS kernel \(environment.core), one thread; medians of processor time")
    for warning in environment.warnings() { print("warning: \(warning)") }
    let repetitions = arguments.first.flatMap(Int.init) ?? 5
    let set = trainingSet()
    for workload in workloads { try report(workload, on: set, repetitions: repetitions) }
  }

  private static func report(_ workload: Workload, on set: TrainingSet, repetitions: Int) throws {
    let model = try workload.family.model(options: workload.options, place: workload.name)
    let work = Double(model.trainingOperations(shape: set.inputs.shape, classes: 10))
    let recipe = Recipe(steps: workload.steps, learningRate: workload.learningRate)
    var (rates, ratios, peaks): ([Double], [Double], [Double]) = ([], [], [])
    for repetition in 0..<repetitions {
      let before = Measuring.multiplicationRate()
      let seconds = Measuring.processorSeconds {
        _ = try? model.train(on: set, classes: 10, recipe: recipe, seed: UInt64(repetition), context: .unobserved)
      }
      let peak = (before + Measuring.multiplicationRate()) / 2
      let rate = Double(samples(of: recipe, in: set)) / seconds
      rates.append(rate)
      peaks.append(peak)
      ratios.append(rate * work / peak)
    }
    let operations = Measuring.median(rates) * work
    let figures = String(
      format: "%10.0f samples/s %7.1f GFLOP/s, %.2f of sgemm's %.0f", Measuring.median(rates), operations / 1e9,
      Measuring.median(ratios),
      Measuring.median(peaks) / 1e9)
    print("\(workload.name.padding(toLength: 22, withPad: " ", startingAt: 0))\(figures)")
  }

  /// How many samples `recipe.steps` steps see; the last batch of each pass is short.
  private static func samples(of recipe: Recipe, in set: TrainingSet) -> Int {
    let stepsPerPass = (set.inputs.count + recipe.batch - 1) / recipe.batch
    return recipe.steps / stepsPerPass * set.inputs.count + recipe.steps % stepsPerPass * recipe.batch
  }

  /// Fashion-MNIST where it is installed, else noise of the same shape.
  private static func trainingSet() -> TrainingSet {
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
  }
}
