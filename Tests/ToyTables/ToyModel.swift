package import Core
package import Models
import Numerics
package import Samples

/// A model family that Winnow knows nothing of: each class by the mean of its samples, in closed form.
package struct ToyFamily: ModelFamily {
  package init() {}

  package var name: String { "nearest-mean" }
  package var version: Int { 1 }
  package var summary: Words { Words(english: "the class with the nearest mean", japanese: "平均が最も近いクラス") }
  package var optionNames: [String] { ["prior"] }
  package func meaning(ofOption name: String) -> Words {
    Words(english: "added to classes that were seen", japanese: "見たクラスに足す値")
  }
  package func takes(_ shape: SampleShape) -> Bool { true }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    let prior = try object.number("prior", in: 0...10) ?? 0
    try object.finish()
    return NearestMean(prior: prior)
  }
}

struct NearestMean: Model {
  let prior: Double

  var options: [String: JSONValue] { ["prior": .number(prior)] }
  func parameters(shape: SampleShape, classes: Int) -> Int { (shape.size + 1) * classes }
  func trainingOperations(shape: SampleShape, classes: Int) -> Int { 2 * shape.size }

  /// Scores 20 (m·x − m·m / 2) of each class with samples, whose largest is that of the nearest mean m; −1,000 for a class
  /// without samples.
  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    try context.proceed(0)
    let width = set.inputs.width
    let inputs = normalised(set)
    var sums = [Double](repeating: 0, count: classes * width)
    var counts = [Double](repeating: 0, count: classes)
    for (row, label) in set.labels.enumerated() {
      counts[Int(label)] += 1
      for column in 0..<width { sums[Int(label) * width + column] += Double(inputs.values[row * width + column]) }
    }
    var weights = [Float](repeating: 0, count: classes * width)
    var bias = [Float](repeating: -1_000, count: classes)
    for label in 0..<classes where counts[label] > 0 {
      var square = 0.0
      for column in 0..<width {
        let mean = sums[label * width + column] / counts[label]
        weights[label * width + column] = Float(20 * mean)
        square += mean * mean
      }
      bias[label] = Float(prior - 10 * square)
    }
    try context.proceed(1)
    return Network(
      input: set.inputs.shape, normalisation: set.normalisation,
      layers: [.linear(weights: Matrix(rows: classes, columns: width, values: weights), bias: bias)],
      family: "nearest-mean")
  }

  /// What a network makes of the samples before its first layer.
  private func normalised(_ set: TrainingSet) -> Matrix {
    switch set.inputs {
    case .vectors(let rows): return rows.matrix
    case .images(let images):
      let normalisation = set.normalisation!
      let values = images.pixels.enumerated().map { place, pixel in
        let channel = place % images.channels
        return (Float(pixel) / 255 - normalisation.mean[channel]) / normalisation.deviation[channel]
      }
      return Matrix(rows: images.count, columns: images.imageSize, values: values)
    }
  }
}
