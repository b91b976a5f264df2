import Core

/// How long every model of a sweep is trained: a rule, with its number where the recipe's own is not meant.
package enum TrainingLength: Hashable, Sendable {
  /// The same number of optimiser steps whatever the subset's size (DataComp's rule): the recipe's, ``TrainingSettings/steps``.
  case equalSteps
  /// The same number of passes over the subset (SELECT's and DeepCore's rule): the recipe's, ``TrainingSettings/epochs``.
  case equalEpochs
  /// So many optimiser steps, 1 to 10,000,000.
  case steps(Int)
  /// So many passes over the subset, 1 to 100,000.
  case epochs(Int)

  /// Which of the two is equal; what a task says, with the number in its recipe.
  package enum Rule: String, CaseIterable, Hashable, Sendable {
    case equalSteps = "equal-steps"
    case equalEpochs = "equal-epochs"
  }

  package var rule: Rule {
    switch self {
    case .equalSteps, .steps: .equalSteps
    case .equalEpochs, .epochs: .equalEpochs
    }
  }

  /// `equal-steps`, `equal-epochs`, `2000-steps` or `20-epochs`: how sweeps and tables spell it.
  package var label: String {
    switch self {
    case .equalSteps, .equalEpochs: rule.rawValue
    case .steps(let count): "\(count)-steps"
    case .epochs(let count): "\(count)-epochs"
    }
  }

  /// Reads a ``label``; nil for anything else.
  package init?(label: String) {
    if let rule = Rule(rawValue: label) {
      self = rule == .equalSteps ? .equalSteps : .equalEpochs
      return
    }
    let parts = label.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), String(count) == parts[0] else { return nil }
    switch parts[1] {
    case "steps" where TrainingSettings.stepCounts.contains(count): self = .steps(count)
    case "epochs" where TrainingSettings.epochCounts.contains(count): self = .epochs(count)
    default: return nil
    }
  }

  /// `settings` with the number of this length in place of their own.
  package func applied(to settings: TrainingSettings) -> TrainingSettings {
    var settings = settings
    switch self {
    case .equalSteps, .equalEpochs: break
    case .steps(let count): settings.steps = count
    case .epochs(let count): settings.epochs = count
    }
    return settings
  }

  /// The number of steps or passes that `settings` train for at this length.
  package func count(in settings: TrainingSettings) -> Int {
    let applied = applied(to: settings)
    return rule == .equalSteps ? applied.steps : applied.epochs
  }
}

extension TrainingLength: Comparable {
  /// Steps before passes, the recipe's own number first, then ascending.
  package static func < (left: TrainingLength, right: TrainingLength) -> Bool { left.place < right.place }

  private var place: (Int, Int) {
    switch self {
    case .equalSteps: (0, 0)
    case .steps(let count): (0, count)
    case .equalEpochs: (1, 0)
    case .epochs(let count): (1, count)
    }
  }
}
