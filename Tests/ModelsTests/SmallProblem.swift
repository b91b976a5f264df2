import Core
import Models
import Numerics
import Samples

/// Sixty rows of five numbers in three classes that a formula makes, so that another language can make the same. The figures of
/// tests that use it are scikit-learn 1.9's, by
///
/// ```python
/// i, j = numpy.mgrid[0:60, 0:5]
/// X = ((i * 37 + j * 101 + i * j * 13) % 97) / 97.0 * (j + 1) + j
/// y = numpy.arange(60); y = (y * y + 3 * y + (y % 7 == 0)) % 3; y = numpy.where(X[:, 0] > 0.6, 0, y)
/// Z = StandardScaler().fit_transform(X)
/// ```
enum SmallProblem {
  static let rows = Matrix(
    rows: 60, columns: 5,
    values: (0..<300).map { place in
      let (i, j) = (place / 5, place % 5)
      return Float(Double((i * 37 + j * 101 + i * j * 13) % 97) / 97 * Double(j + 1) + Double(j))
    })
  static let labels = (0..<60).map { i in
    rows[i, 0] > 0.6 ? 0 : Int32((i * i + 3 * i + (i % 7 == 0 ? 1 : 0)) % 3)
  }
  static let set = TrainingSet(.vectors(rows), labels: labels, normalisation: nil)
  /// The rows at `order`, with identities.
  static func listed(_ order: [Int]) -> TrainingSet {
    TrainingSet(
      .vectors(rows.selecting(rows: order)), labels: order.map { labels[$0] }, normalisation: nil,
      identities: order.map { SampleIdentifier(sourceID: UInt32($0), content: []) })
  }

  /// What a family trains on it.
  static func network(
    _ family: any ModelFamily, _ options: [String: JSONValue] = [:], on set: TrainingSet = set, seed: UInt64 = 0,
    context: TaskContext = .unobserved
  ) throws -> Network {
    try family.model(options: options, place: "model")
      .train(on: set, classes: 3, recipe: Recipe(steps: 1, learningRate: 1), seed: seed, context: context)
  }

  /// The mean cross-entropy of a network.
  static func crossEntropy(of network: Network) -> Double {
    let probabilities = network.probabilities(of: set.inputs)
    return labels.enumerated().reduce(0) { $0 - PortableMath.log(Double(probabilities[$1.0, Int($1.1)])) } / 60
  }

  /// The rows standardised, in double precision.
  static let standardised: [[Double]] = {
    var result = [[Double]](repeating: [Double](repeating: 0, count: 5), count: 60)
    for column in 0..<5 {
      let values = (0..<60).map { Double(rows[$0, column]) }
      let mean = values.reduce(0, +) / 60
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 60).squareRoot()
      for row in 0..<60 { result[row][column] = (values[row] - mean) / deviation }
    }
    return result
  }()
}
