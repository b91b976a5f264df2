extension Sweep {
  /// Every point of the grid: sizing and training length outermost, then shift, budget, seed, strategy. Mixes come last
  /// within a setting, in a shift of their own.
  package var points: [TrialPoint] {
    var points: [TrialPoint] = []
    let (mixes, choices) = (strategies.filter(\.isMix), strategies.filter { !$0.isMix })
    for sizing in sizing {
      for trainingLength in trainingLength {
        for shift in shifts + [TrialPoint.mixedShift] {
          for budget in budgets {
            for seed in seeds {
              points += (shift == TrialPoint.mixedShift ? mixes : choices).map {
                TrialPoint(
                  strategy: $0, shift: shift, budget: budget, seed: seed, sizing: sizing,
                  trainingLength: trainingLength)
              }
            }
          }
        }
      }
    }
    return points
  }
}

extension TrialPoint {
  /// `herding, expert, budget 50.00, seed 2`, with the settings where they are not the default ones.
  package var label: String {
    var parts = [strategy.label, shift, "budget \(budget)", "seed \(seed)"]
    if sizing != .equalCost { parts.append(sizing.rawValue) }
    if trainingLength != .equalSteps { parts.append(trainingLength.rawValue) }
    return parts.joined(separator: ", ")
  }
}
