import Core
import Datasets
import Learning
import Numerics

extension Scorer {
  /// Scores `candidates`; a pure function of them and `seed`.
  ///
  /// Throws a ``CurationError`` when there are too few candidates, `CancellationError` when asked to stop.
  func score(_ candidates: Candidates, seed: Int, shouldContinue: () -> Bool) throws -> Scores {
    let data = try ProxyData(candidates, seed: seed)
    switch self {
    case .probabilities(let epochs):
      let network = try data.train(on: nil, epochs: epochs, run: 0, shouldContinue: shouldContinue)
      return Scores(arrays: ["probabilities": network.probabilities(of: data.images)])
    case .errorNorm(let epochs, let runs):
      let norms = try data.errorNorms(epochs: epochs, runs: runs, shouldContinue: shouldContinue)
      return Scores(arrays: ["error-norm": Matrix(rows: norms.count, columns: 1, values: norms)])
    case .crossValidation(let epochs, let folds):
      let probabilities = try data.crossValidated(epochs: epochs, folds: folds, shouldContinue: shouldContinue)
      return Scores(arrays: ["probabilities": probabilities])
    }
  }
}

/// The candidates as proxies train on them.
private struct ProxyData {
  let images: ImageSet
  let labels: [Int32]
  let classCount: Int
  let seed: Int

  init(_ candidates: Candidates, seed: Int) throws {
    guard case .images(let images) = candidates.proxyInputs else {
      throw CurationError("proxies cannot be trained on rows of features yet")
    }
    self.images = images
    labels = candidates.labels
    classCount = candidates.classCount
    self.seed = seed
  }

  /// A proxy trained on the candidates at `positions`, or on all when nil. Each `run` starts and shuffles differently.
  func train(on positions: [Int]?, epochs: Int, run: Int, shouldContinue: () -> Bool) throws -> Network {
    let set = TrainingSet(
      images: positions.map(images.selecting) ?? images, labels: positions.map { $0.map { labels[$0] } } ?? labels)
    // Small and brief: choosing must stay cheap beside what is chosen for.
    var recipe = Recipe(steps: 1, learningRate: 0.05)
    recipe.steps = epochs * ((set.labels.count + recipe.batch - 1) / recipe.batch)
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "proxy/run \(run)")
    let trainer = Trainer(
      architecture: Architecture(inputs: images.imageSize, hidden: [64], classes: classCount), recipe: recipe,
      seed: generator.next())
    return try trainer.train(on: set, shouldContinue: shouldContinue)
  }

  func errorNorms(epochs: Int, runs: Int, shouldContinue: () -> Bool) throws -> [Float] {
    var sums = [Float](repeating: 0, count: labels.count)
    for run in 0..<runs {
      let network = try train(on: nil, epochs: epochs, run: run, shouldContinue: shouldContinue)
      let norms = ErrorNorm.scores(probabilities: network.probabilities(of: images), labels: labels)
      for index in sums.indices { sums[index] += norms[index] }
    }
    return sums.map { $0 / Float(runs) }
  }

  /// Candidate i is in fold i mod `folds`: candidates come in random order, so the folds are random.
  func crossValidated(epochs: Int, folds: Int, shouldContinue: () -> Bool) throws -> Matrix {
    guard labels.count >= folds else {
      throw CurationError("\(labels.count) candidates are too few for cross-validation in \(folds) folds")
    }
    var result = Matrix(rows: labels.count, columns: classCount)
    for fold in 0..<folds {
      let training = labels.indices.filter { $0 % folds != fold }
      let held = labels.indices.filter { $0 % folds == fold }
      let network = try train(on: training, epochs: epochs, run: fold, shouldContinue: shouldContinue)
      let probabilities = network.probabilities(of: images.selecting(held))
      for (row, position) in held.enumerated() {
        for column in 0..<classCount { result[position, column] = probabilities[row, column] }
      }
    }
    return result
  }
}
