import Core
import Foundation
import Models
import Numerics
import Samples

/// Models that are not trained step by step, on normal numbers around a mean of their class.
enum FittingLines {
  static func lines(quick: Bool) -> [BenchmarkLine] {
    let (rows, columns, classes) = quick ? (10_000, 512, 100) : (50_000, 512, 1_000)
    let set = Once { mixture(rows: rows, columns: columns, classes: classes) }
    let shape = SampleShape.vector(width: columns)
    let product = 2 * Double(rows * columns)
    let probe: [String: JSONValue] = ["tolerance": 1e-3]
    let evaluations = try? ProbeFamily().model(options: probe, place: "benchmark")
      .trainingOperations(shape: shape, classes: classes)
    return [
      BenchmarkLine(
        name: "ridge", unit: "fits", limit: .multiplication, work: product * Double(columns) / 2,
        bound: "half a Gram matrix, then 13 penalties in its eigenvectors",
        measure: { try fit(RidgeFamily(), [:], set.value, classes) }),
      BenchmarkLine(
        name: "probe", unit: "fits", limit: .multiplication, work: Double(rows * (evaluations ?? 0)),
        bound: "two products an evaluation of L-BFGS, to a gradient of 0.001",
        measure: { try fit(ProbeFamily(), probe, set.value, classes) }),
      neighbours(set, classes: classes, product: product),
    ]
  }

  private static func fit(
    _ family: any ModelFamily, _ options: [String: JSONValue], _ set: TrainingSet, _ classes: Int
  ) throws -> BenchmarkLine.Repetition {
    let model = try family.model(options: options, place: "benchmark")
    var result: Result<Network, any Error>?
    let seconds = Measuring.processorSeconds {
      result = Result {
        try model.train(
          on: set, classes: classes, recipe: Recipe(steps: 0, learningRate: 0), seed: 0, context: .unobserved)
      }
    }
    _ = try result?.get()
    return BenchmarkLine.Repetition(count: 1, seconds: seconds)
  }

  private static func neighbours(_ set: Once<TrainingSet>, classes: Int, product: Double) -> BenchmarkLine {
    let queries = 1_024
    return BenchmarkLine(
      name: "k-NN", unit: "queries", limit: .multiplication, work: product,
      bound: "one product; what is certainly farther is passed over"
    ) {
      let memory = try NeighboursFamily().model(options: [:], place: "benchmark").train(
        on: set.value, classes: classes, recipe: Recipe(steps: 0, learningRate: 0), seed: 0, context: .unobserved)
      let asked = set.value.inputs.selecting(Array(0..<queries))
      return BenchmarkLine.Repetition(
        count: Double(queries), seconds: Measuring.processorSeconds { _ = memory.logits(of: asked) })
    }
  }

  /// As `Peers/table.py` makes them, but for the random numbers.
  static func mixture(rows: Int, columns: Int, classes: Int) -> TrainingSet {
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

/// A value that is made when it is first asked for.
final class Once<Value> {
  private let make: () -> Value
  lazy var value = make()

  init(_ make: @escaping () -> Value) { self.make = make }
}
