import Economics

extension ResolvedStrategy {
  /// `terms` without the prices of what neither this strategy nor a rival pays for: a new price for training proxies
  /// leaves the trials of a strategy that trains none what they were.
  package func relevant(_ terms: Terms) -> Terms {
    let rivals = terms.rivals.compactMap { try? StrategyRegistry.resolve($0) }
    return terms.keeping(rivals.reduce(items(in: terms)) { $0.union($1.items(in: terms)) })
  }

  /// What it pays for under `terms`.
  private func items(in terms: Terms) -> Set<PriceItem> { offer(in: terms).items }
}
