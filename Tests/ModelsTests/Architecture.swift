import Core
import Datasets
import Models
import Numerics
import Samples
import Synchronization

/// A multilayer perceptron for grey pixels of any arrangement.
struct Architecture: Hashable {
  let inputs: Int
  let hidden: [Int]
  let classes: Int

  private var model: MultilayerPerceptron { MultilayerPerceptron(hidden: hidden) }

  var parameters: Int { model.parameters(shape: .vector(width: inputs), classes: classes) }

  func network(normalisation: PixelNormalisation = .fashionMNIST, seed: UInt64) -> Network {
    model.network(for: .vector(width: inputs), normalisation: normalisation, classes: classes, seed: seed)
  }

  /// Where training on `set` starts.
  func network(for set: TrainingSet, seed: UInt64) -> Network {
    model.network(for: set.inputs.shape, normalisation: set.normalisation, classes: classes, seed: seed)
  }

  func train(
    on set: TrainingSet, _ recipe: Recipe, seed: UInt64, context: TaskContext = .unobserved
  ) throws -> Network {
    try model.train(on: set, classes: classes, recipe: recipe, seed: seed, context: context)
  }
}

extension Network {
  /// The fully connected layers.
  var linearLayers: [(weights: Matrix, bias: [Float])] {
    layers.compactMap { layer in
      guard case .linear(let weights, let bias) = layer else { return nil }
      return (weights, bias)
    }
  }
}

/// The form in which release 1 stored multilayer perceptrons, as its code wrote it.
enum Release1Form {
  static func bytes(of network: Network) -> [UInt8] {
    let layers = network.linearLayers
    let widths = [layers[0].weights.columns] + layers.map(\.bias.count)
    let normalisation = [network.normalisation!.mean[0], network.normalisation!.deviation[0]]
    let words =
      [1, UInt32(widths.count)] + widths.map(UInt32.init)
      + (normalisation + layers.flatMap { $0.weights.values + $0.bias }).map(\.bitPattern)
    return Array("WNET".utf8) + words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }
}

/// Whoever waits for a computation, until so many calls have been answered.
final class Listener: Sendable {
  private let wantedCalls: Int
  private let heard = Mutex((asked: 0, reports: [Double]()))

  init(wantedCalls: Int = .max) { self.wantedCalls = wantedCalls }

  var asked: Int { heard.withLock { $0.asked } }
  var reports: [Double] { heard.withLock { $0.reports } }

  var context: TaskContext {
    TaskContext(
      report: { done in self.heard.withLock { $0.reports.append(done) } },
      isWanted: {
        self.heard.withLock {
          $0.asked += 1
          return $0.asked <= self.wantedCalls
        }
      })
  }
}
