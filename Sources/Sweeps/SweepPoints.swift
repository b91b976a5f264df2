extension Sweep {
  /// Every point of the grid: data set, sizing, training length and model outermost, then shift, budget, seed, strategy. Mixes come last
  /// within a setting, in a shift of their own.
  package var points: [TrialPoint] {
    var points: [TrialPoint] = []
    let (mixes, choices) = (strategies.filter(\.isMix), strategies.filter { !$0.isMix })
    for setting in settings {
      for shift in shifts + [TrialPoint.mixedShift] {
        for budget in budgets {
          for seed in seeds {
            points += (shift == TrialPoint.mixedShift ? mixes : choices).map {
              TrialPoint(
                strategy: $0, shift: shift, budget: budget, seed: seed, sizing: setting.sizing,
                trainingLength: setting.trainingLength, model: setting.model, variant: setting.variant)
            }
          }
        }
      }
    }
    return points
  }

  private typealias Setting = (
    variant: DatasetVariant?, sizing: Sizing, trainingLength: TrainingLength, model: ModelChoice
  )

  private var settings: [Setting] {
    datasets.flatMap { dataset in
      sizing.flatMap { sizing in
        trainingLength.flatMap { length in models.map { (dataset.variant, sizing, length, $0) } }
      }
    }
  }

  /// How many points the grid has: a product, so that a sweep too large to expand can be refused. The largest number when
  /// it is more than that.
  package var pointCount: Int {
    let mixes = strategies.count(where: \.isMix)
    let perSetting = (strategies.count - mixes) * shifts.count + mixes
    let axes = [budgets.count, seeds.count, sizing.count, trainingLength.count, models.count, datasets.count]
    return axes.reduce(perSetting) {
      let (product, overflow) = $0.multipliedReportingOverflow(by: $1)
      return overflow ? .max : product
    }
  }
}

extension TrialPoint {
  /// `herding, SHIFT, budget 50.00, seed 2`, with the settings where they are not the default ones.
  package var label: String {
    var parts = [strategy.label, shift, "budget \(budget)", "seed \(seed)"]
    if sizing != .equalCost { parts.append(sizing.rawValue) }
    if trainingLength != .equalSteps { parts.append(trainingLength.label) }
    if model != .standard { parts.append(model.label) }
    if let variant { parts.append(variant.label) }
    return parts.joined(separator: ", ")
  }

  /// `herding-expert-50.00-seed-0`: a name for a file or directory, with the settings where they are not the default ones; what
  /// a file system could take amiss becomes `_`.
  ///
  /// - Parameter withModel: whether the model may be told.
  package func fileName(withModel: Bool) -> String {
    var parts = [strategy.label, shift, budget.description, "seed-\(seed)"]
    if sizing != .equalCost { parts.append(sizing.rawValue) }
    if trainingLength != .equalSteps { parts.append(trainingLength.label) }
    if withModel, model != .standard { parts.append(model.label) }
    if let variant { parts.append(variant.label) }
    return String(parts.joined(separator: "-").map { $0.isLetter || $0.isNumber || "-._=".contains($0) ? $0 : "_" })
  }
}
