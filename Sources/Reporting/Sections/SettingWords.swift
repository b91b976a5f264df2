import Sweeps

/// Names of settings and metrics as sentences use them.
enum SettingWords {
  /// For example `50 USD, equal cost, equal steps`.
  static func title(_ setting: Setting, currency: String) -> String {
    "\(money(setting.budget, currency)), \(sizing(setting.sizing)), \(length(setting.trainingLength))"
  }

  /// For example `50 USD` or `2.50 USD`.
  static func money(_ amount: Money, _ currency: String) -> String {
    let text = Numbers.money(amount)
    return "\(text.hasSuffix(".00") ? String(text.dropLast(3)) : text)\u{A0}\(currency)"
  }

  static func sizing(_ sizing: Sizing) -> String {
    switch sizing {
    case .equalCost: "equal cost"
    case .equalItems: "equal items"
    }
  }

  static func length(_ length: TrainingLength) -> String {
    switch length {
    case .equalSteps: "equal steps"
    case .equalEpochs: "equal epochs"
    }
  }

  static func explanation(_ sizing: Sizing) -> String {
    switch sizing {
    case .equalCost: "each strategy buys as many images as its budget allows, after paying for its own choosing"
    case .equalItems: "each strategy buys as many images as the strategy that can afford the fewest"
    }
  }

  static func explanation(_ length: TrainingLength) -> String {
    switch length {
    case .equalSteps: "every model is trained for the same number of steps, whatever the size of its training set"
    case .equalEpochs: "every model passes the same number of times over its training set"
    }
  }

  /// `+0.9 to +1.7`, in the metric's units of difference.
  static func interval(_ interval: ClosedRange<Double>, _ metric: Metric) -> String {
    "\(Numbers.difference(interval.lowerBound, of: metric)) to \(Numbers.difference(interval.upperBound, of: metric))"
  }

  /// `+1.3 points (95 % interval +0.9 to +1.7)`, or the difference alone.
  static func difference(_ comparison: Comparison, _ metric: Metric) -> String {
    let difference = Numbers.difference(comparison.difference, of: metric) + Numbers.differenceUnit(metric)
    guard let interval = comparison.interval else { return difference }
    return "\(difference) (95\u{A0}% interval \(Self.interval(interval.percentile, metric)))"
  }

  /// A metric's title inside a sentence: lower case unless it is an abbreviation.
  static func inSentence(_ metric: Metric) -> String {
    let title = metric.title
    guard title.dropFirst().allSatisfy({ !$0.isUppercase && !$0.isNumber }) else { return title }
    return title.prefix(1).lowercased() + title.dropFirst()
  }
}
