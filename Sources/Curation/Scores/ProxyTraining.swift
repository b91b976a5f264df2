import Core
import Datasets
import Models
import Numerics
import Samples

extension Scorer {
  /// Scores `candidates`; a pure function of them and `seed`.
  ///
  /// Throws a ``CurationError`` when there are too few candidates, `CancellationError` when asked to stop.
  func score(_ candidates: Candidates, seed: Int, context: TaskContext) throws -> Scores {
    let data = ProxyData(candidates, seed: seed)
    switch self {
    case .lastLayer(let epochs): return try data.lastLayer(epochs: epochs, context: context)
    case .norms(let epochs, let runs): return try data.norms(epochs: epochs, runs: runs, context: context)
    case .history(let epochs): return try data.history(epochs: epochs, context: context)
    case .crossValidation(let epochs, let folds):
      let probabilities = try data.crossValidated(epochs: epochs, folds: folds, context: context)
      return Scores(arrays: ["probabilities": probabilities])
    }
  }
}

/// How proxies are trained: small and brief, for choosing must stay cheap beside what is chosen for.
enum ProxyRecipe {
  static let hidden = [64]
  static let batch = 128
  static let learningRate: Float = 0.05

  /// `epochs` passes over `count` samples.
  static func recipe(epochs: Int, count: Int) -> Recipe {
    var recipe = Recipe(steps: epochs * ((count + batch - 1) / batch), learningRate: learningRate)
    recipe.batch = batch
    return recipe
  }
}

/// The candidates as proxies train on them.
private struct ProxyData {
  let inputs: SampleSet
  private let normalisation: PixelNormalisation?
  let labels: [Int32]
  let classCount: Int
  let seed: Int

  init(_ candidates: Candidates, seed: Int) {
    inputs = candidates.proxyInputs
    normalisation = candidates.normalisation
    labels = candidates.labels
    classCount = max(candidates.classCount, 2)
    self.seed = seed
  }

  /// A proxy trained on the candidates at `positions`, or on all when nil. Each `run` starts and shuffles differently.
  func train(
    on positions: [Int]? = nil, epochs: Int, run: Int, context: TaskContext, afterEpoch: (Network) -> Void = { _ in }
  ) throws -> Network {
    let set = TrainingSet(
      positions.map(inputs.selecting) ?? inputs, labels: positions.map { $0.map { labels[$0] } } ?? labels,
      normalisation: normalisation)
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "proxy/run \(run)")
    let recipe = ProxyRecipe.recipe(epochs: epochs, count: set.labels.count)
    return try MultilayerPerceptron(hidden: ProxyRecipe.hidden).train(
      on: set, classes: classCount, recipe: recipe, seed: generator.next(), context: context
    ) { _, network in afterEpoch(network) }
  }

  func lastLayer(epochs: Int, context: TaskContext) throws -> Scores {
    let network = try train(epochs: epochs, run: 0, context: context)
    return Scores(arrays: [
      "probabilities": network.probabilities(of: inputs), "logits": network.logits(of: inputs),
      "hidden": network.hidden(of: inputs),
    ])
  }

  func norms(epochs: Int, runs: Int, context: TaskContext) throws -> Scores {
    var sums = [[Float]](repeating: [Float](repeating: 0, count: labels.count), count: 2)
    for run in 0..<runs {
      let network = try train(epochs: epochs, run: run, context: context.part(run, of: runs))
      let probabilities = network.probabilities(of: inputs)
      let norms = [
        ErrorNorm.scores(probabilities: probabilities, labels: labels),
        GradientNorm.scores(probabilities: probabilities, hidden: network.hidden(of: inputs), labels: labels),
      ]
      for kind in 0..<2 { for index in labels.indices { sums[kind][index] += norms[kind][index] } }
    }
    return Scores(columns: [
      "error-norm": sums[0].map { $0 / Float(runs) }, "gradient-norm": sums[1].map { $0 / Float(runs) },
    ])
  }

  func history(epochs: Int, context: TaskContext) throws -> Scores {
    var history = LearningHistory(labels: labels)
    _ = try train(epochs: epochs, run: 0, context: context) {
      history.record($0.probabilities(of: inputs))
    }
    return Scores(columns: ["forgetting": history.forgetting, "margin-sum": history.marginSums])
  }

  /// Candidate i is in fold i mod `folds`: candidates come in random order, so the folds are random.
  func crossValidated(epochs: Int, folds: Int, context: TaskContext) throws -> Matrix {
    guard labels.count >= folds else {
      throw CurationError("\(labels.count) candidates are too few for cross-validation in \(folds) folds")
    }
    var result = Matrix(rows: labels.count, columns: classCount)
    for fold in 0..<folds {
      let training = labels.indices.filter { $0 % folds != fold }
      let held = labels.indices.filter { $0 % folds == fold }
      let network = try train(on: training, epochs: epochs, run: fold, context: context.part(fold, of: folds))
      let probabilities = network.probabilities(of: inputs.selecting(held))
      for (row, position) in held.enumerated() {
        for column in 0..<classCount { result[position, column] = probabilities[row, column] }
      }
    }
    return result
  }
}
