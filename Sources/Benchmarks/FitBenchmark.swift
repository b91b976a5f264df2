import Core
import Foundation
import Models
import Numerics
import Samples

/// How long models that are not trained step by step take on one thread, and that as a multiple of what single-precision matrix
/// multiplication needs in the same minute for the products that cannot be avoided.
enum FitBenchmark {
  /// Prints a line per model: medians of `arguments[0]` (3 unless given) repetitions on `arguments[1]` × `arguments[2]` normal
  /// numbers (10,000 × 512 unless given) in `arguments[3]` (100 unless given) classes.
  static func run(arguments: [String]) throws {
    BLAS.setThreads(1)
    let numbers = arguments.compactMap { Int($0) } + [3, 10_000, 512, 100].dropFirst(arguments.count)
    let (repetitions, rows, columns, classes) = (numbers[0], numbers[1], numbers[2], numbers[3])
    let environment = NumericsEnvironment.current
    print(
      "OpenBLAS kernel \(environment.core), one thread; medians of processor time; \(rows) × \(columns), \(classes) classes"
    )
    for warning in environment.warnings() { print("warning: \(warning)") }
    let set = mixture(rows: rows, columns: columns, classes: classes)
    let (shape, place) = (set.inputs.shape, "benchmark")
    let probe = try ProbeFamily().model(options: ["tolerance": 1e-3], place: place)
    let ridge = try RidgeFamily().model(options: [:], place: place)
    let work = { (model: any Model) in Double(rows * model.trainingOperations(shape: shape, classes: classes)) }
    report("probe to 0.001", "evaluations", work: work(probe), repetitions) { try fit(probe, set, classes) }
    report("ridge, 13 penalties", "products", work: work(ridge), repetitions) { try fit(ridge, set, classes) }
    let queries = min(rows, 1_024)
    let memory = try NeighboursFamily().model(options: [:], place: place)
      .train(on: set, classes: classes, recipe: Recipe(steps: 0, learningRate: 0), seed: 0, context: .unobserved)
    let asked = set.inputs.selecting(Array(0..<queries))
    report("k-NN, \(queries) queries", "products", work: 2 * Double(queries * rows * columns), repetitions) {
      _ = memory.logits(of: asked)
    }
  }

  private static func fit(_ model: any Model, _ set: TrainingSet, _ classes: Int) throws {
    _ = try model.train(
      on: set, classes: classes, recipe: Recipe(steps: 0, learningRate: 0), seed: 0, context: .unobserved)
  }

  private static func report(
    _ name: String, _ unit: String, work: Double, _ repetitions: Int, _ body: () throws -> Void
  ) {
    var (times, ratios): ([Double], [Double]) = ([], [])
    for _ in 0..<repetitions {
      let before = Measuring.multiplicationRate()
      let seconds = Measuring.processorSeconds { try? body() }
      times.append(seconds)
      ratios.append(seconds * (before + Measuring.multiplicationRate()) / 2 / work)
    }
    let figures = String(
      format: "%8.3f s, as long as sgemm for %.2f \(unit)", Measuring.median(times), Measuring.median(ratios))
    print("\(name.padding(toLength: 22, withPad: " ", startingAt: 0))\(figures)")
  }

  /// Normal numbers around a mean of their class, which tells some of the samples' classes.
  private static func mixture(rows: Int, columns: Int, classes: Int) -> TrainingSet {
    var generator = SeededGenerator(seed: 0, purpose: "benchmark")
    let means = (0..<classes * columns).map { _ in Float(0.3 * generator.normal()) }
    let labels = (0..<rows).map { _ in Int32(generator.integer(below: classes)) }
    let values = (0..<rows * columns).map { place in
      means[Int(labels[place / columns]) * columns + place % columns] + Float(generator.normal())
    }
    return TrainingSet(
      .vectors(Matrix(rows: rows, columns: columns, values: values)), labels: labels, normalisation: nil)
  }
}
