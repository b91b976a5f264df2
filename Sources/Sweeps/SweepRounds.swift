package import Economics

/// How a sweep is asked again with more seeds, where a decision is still open.
extension Sweep {
  /// The same sweep with `count` seeds: its own, then the smallest that it does not have. Fewer than it has leave it as it is.
  package func withSeeds(_ count: Int) -> Sweep {
    var sweep = self
    let known = Set(seeds)
    let further = (0..<seeds.count + max(0, count)).lazy.filter { !known.contains($0) }
    sweep.seeds = seeds + further.prefix(max(0, count - seeds.count))
    return sweep
  }

  /// The same sweep with one budget more; itself when it has that budget.
  package func withBudget(_ budget: Money) -> Sweep {
    guard !budgets.contains(budget) else { return self }
    var sweep = self
    sweep.budgets.append(budget)
    return sweep
  }

  /// Whether `point` is one of ``points``.
  package func hasPoint(_ point: TrialPoint) -> Bool {
    let isThere = point.strategy.isMix ? point.shift == TrialPoint.mixedShift : shifts.contains(point.shift)
    return isThere && strategies.contains(point.strategy) && budgets.contains(point.budget)
      && seeds.contains(point.seed) && sizing.contains(point.sizing) && models.contains(point.model)
      && trainingLength.contains(point.trainingLength)
  }

  /// The same sweep for some of its strategies and pools only.
  ///
  /// What is left out must not change what the remaining trials are: pools stay where a mix may buy from them, and everything stays
  /// where the sizes of subsets follow the strategy that can afford the fewest.
  package func restricted(strategies kept: Set<StrategyChoice>, shifts keptShifts: Set<String>) -> Sweep {
    guard !sizing.contains(.equalItems) else { return self }
    var sweep = self
    sweep.strategies = strategies.filter { kept.contains($0) }
    let isMixed = sweep.strategies.contains(where: \.isMix)
    let left = shifts.filter { isMixed || keptShifts.contains($0) }
    if !left.isEmpty { sweep.shifts = left }
    return sweep
  }
}
