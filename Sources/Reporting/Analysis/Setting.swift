import Economics
import Results
import Sweeps

/// The settings that must not be mixed in one table: each combination is reported on its own.
struct Setting: Hashable, Sendable, Comparable {
  /// All of a setting but the budget: what its budgets are levels of.
  struct Kind: Hashable, Sendable {
    let sizing: Sizing
    let trainingLength: TrainingLength
    let model: ModelChoice
  }

  let sizing: Sizing
  let trainingLength: TrainingLength
  let budget: Money
  let model: ModelChoice

  init(_ point: TrialPoint) {
    sizing = point.sizing
    trainingLength = point.trainingLength
    budget = point.budget
    model = point.model
  }

  init(sizing: Sizing, trainingLength: TrainingLength, budget: Money, model: ModelChoice = .standard) {
    self.sizing = sizing
    self.trainingLength = trainingLength
    self.budget = budget
    self.model = model
  }

  /// Every combination that `sweep` asks for or a result has, in a fixed order.
  static func all(of input: ReportInput) -> [Setting] {
    let asked = input.sweep.sizing.flatMap { sizing in
      input.sweep.trainingLength.flatMap { length in
        input.sweep.models.flatMap { model in
          input.sweep.budgets.map { Setting(sizing: sizing, trainingLength: length, budget: $0, model: model) }
        }
      }
    }
    return Set(asked + input.results.map { Setting($0.point) }).sorted()
  }

  var kind: Kind { Kind(sizing: sizing, trainingLength: trainingLength, model: model) }

  static func < (left: Setting, right: Setting) -> Bool {
    if left.sizing != right.sizing { return left.sizing == .equalCost }
    if left.trainingLength != right.trainingLength { return left.trainingLength < right.trainingLength }
    if left.model != right.model { return left.model.label < right.model.label }
    return left.budget < right.budget
  }
}
