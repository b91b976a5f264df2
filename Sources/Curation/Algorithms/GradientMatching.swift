package import Core
import Numerics

/// Orthogonal matching pursuit of a gradient by few gradients of examples (Killamsetty et al., GRAD-MATCH, ICML 2021).
package enum GradientMatching {
  package struct Match: Sendable, Hashable {
    /// In order of choice.
    package let picks: [Int]
    /// The weights of the matched picks, which come first.
    package let weights: [Double]
  }

  /// After so many picks the rest are ranked by what is left then: a last layer of some hundred parameters is matched by
  /// far fewer.
  package static let mostMatched = 1_000

  /// Picks `count` of `gradients`: each next one has the largest inner product with what the weighted picks so far leave of
  /// `target`. The weights, not negative, minimise ‖Σ w_i g_i − target‖² + ridge · ‖w‖². The lower position wins a tie.
  ///
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, of gradients: LastLayerGradients, target: LayerGradient, ridge: Double = 1,
    context: TaskContext = .unobserved
  ) throws -> Match {
    precondition((0...gradients.count).contains(count), "\(count) of \(gradients.count) cannot be picked")
    let products = gradients.innerProducts(with: target)
    var (picks, isPicked) = ([Int](), [Bool](repeating: false, count: gradients.count))
    var regression = NonNegativeRidge(ridge: ridge)
    var scores = products
    while picks.count < min(count, mostMatched) {
      try context.proceed(picks.count, of: count)
      let pick = Ranking.argmax(scores.indices.map { isPicked[$0] ? -.infinity : scores[$0] })
      isPicked[pick] = true
      picks.append(pick)
      let chosen = gradients.selecting(picks)
      let inner = chosen.innerProducts(with: gradients.selecting([pick])).values
      regression.append(inner: inner.map { Double($0) }, product: Double(products[pick]))
      scores = gradients.innerProducts(with: target - chosen.sum(weights: regression.weights.map { Float($0) }))
    }
    let rest = Ranking.largest(gradients.count, of: scores).filter { !isPicked[$0] }
    return Match(picks: picks + rest.prefix(count - picks.count), weights: regression.weights)
  }
}
