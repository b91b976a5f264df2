import Core
import Planning
package import Sweeps

/// What can be said of somebody's outcome without computing it again. Each check answers with what is wrong, or nil.
enum OutcomeCheck {
  /// Whether it names the objects that a task of its kind makes, and no others.
  static func objects(_ outcome: Outcome, needed: [TrialObject], optional: [TrialObject] = []) -> String? {
    if let missing = needed.first(where: { outcome.object($0) == nil }) {
      return "the outcome names no object \"\(missing.rawValue)\", which every \(outcome.kind.name) task makes"
    }
    let known = Set((needed + optional).map(\.rawValue))
    return outcome.objects.keys.sorted().first { !known.contains($0) }.map {
      "the outcome names an object \"\($0.prefix(64))\", which no \(outcome.kind.name) task makes"
    }
  }

  /// Whether every metric is a number that its unit allows.
  static func metrics(_ metrics: [String: JSONValue], unit: (String) -> Metric.Unit?) -> String? {
    for (name, value) in metrics.sorted(by: { $0.key < $1.key }) {
      guard let number = value.double, number.isFinite else { return "the metric \(name.prefix(64)) is no number" }
      let range: ClosedRange<Double> =
        switch unit(name) {
        case .fraction: 0...1
        case .count: 0...0x1p53
        case .score, .currency, nil: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
        }
      guard (range.lowerBound - 1e-6...range.upperBound + 1e-6).contains(number) else {
        return "the metric \(name) is \(number), and can be from \(range.lowerBound) to \(range.upperBound)"
      }
    }
    return nil
  }

  /// Whether a trial's own numbers agree with each other, and with its budget.
  static func trial(_ values: TrialValues, _ specification: TaskSpecification) -> String? {
    if values.ledger.total > values.ledger.budget {
      return "it spent \(values.ledger.total) of a budget of \(values.ledger.budget)"
    }
    let budget = specification.parameters["terms"]?["budget"]?.double
    if let budget, abs(budget - values.ledger.budget.amount) > 1e-6 {
      return "its ledger has a budget of \(values.ledger.budget), the task another"
    }
    if values.items > values.poolSize { return "it bought \(values.items) of \(values.poolSize) items" }
    return nil
  }
}

extension TrialTask {
  package func problem(
    with outcome: Outcome, of specification: TaskSpecification, unit: (String) -> Metric.Unit?
  ) -> String? {
    let isMix = specification.parameters["mix"] != nil
    let needed = [TrialObject.subset, .labels, .model] + (isMix ? TrialObject.ofMixes : [])
    // A program that trains may wish weights of its own to be kept.
    if let problem = OutcomeCheck.objects(outcome, needed: needed, optional: [.weights]) { return problem }
    guard let values = try? TrialValues(json: outcome.values, place: "outcome") else {
      return "the values of the outcome are not those of a trial"
    }
    return OutcomeCheck.metrics(outcome.values["metrics"]?.members ?? [:], unit: unit)
      ?? OutcomeCheck.trial(values, specification)
  }
}

extension MeasureTask {
  package func problem(
    with outcome: Outcome, of specification: TaskSpecification, unit: (String) -> Metric.Unit?
  ) -> String? {
    guard let metrics = outcome.values["metrics"]?.members, !metrics.isEmpty else { return "it measured nothing" }
    return OutcomeCheck.objects(outcome, needed: []) ?? OutcomeCheck.metrics(metrics, unit: unit)
  }
}

extension PartTask {
  package func problem(
    with outcome: Outcome, of specification: TaskSpecification, unit: (String) -> Metric.Unit?
  ) -> String? {
    guard outcome.values["part"] != nil, !outcome.objects.isEmpty else { return "it holds no part of a data set" }
    return nil
  }
}

extension ScoreTaskKind {
  package func problem(
    with outcome: Outcome, of specification: TaskSpecification, unit: (String) -> Metric.Unit?
  ) -> String? {
    outcome.objects.isEmpty ? "it holds no scores" : nil
  }
}
