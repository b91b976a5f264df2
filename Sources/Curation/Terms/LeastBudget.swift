package import Economics

extension ResolvedStrategy {
  /// The smallest budget that buys one sample under `terms`, whatever the size of the pool: what a plan can know before any
  /// pool is built. Under equal items that of the strategy that needs most.
  package func leastBudget(in terms: Terms) -> Money {
    let power = purchasingPower(in: terms)
    return ([power.offer] + (power.rivals ?? [])).map { $0.leastBudget(poolSize: .max) }.max()!
  }
}
