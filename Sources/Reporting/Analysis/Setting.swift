import Core
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
    let world: String?
  }

  let sizing: Sizing
  let trainingLength: TrainingLength
  let budget: Money
  let model: ModelChoice
  /// The world of the data set; nil where all data sets of the sweep are of one.
  let world: String?

  init(_ point: TrialPoint) {
    sizing = point.sizing
    trainingLength = point.trainingLength
    budget = point.budget
    model = point.model
    world = point.variant?.world
  }

  init(
    sizing: Sizing, trainingLength: TrainingLength, budget: Money, model: ModelChoice = .standard, world: String? = nil
  ) {
    self.sizing = sizing
    self.trainingLength = trainingLength
    self.budget = budget
    self.model = model
    self.world = world
  }

  /// Every combination that `sweep` asks for or a result has, in a fixed order: worlds in that of the sweep.
  static func all(of input: ReportInput) -> [Setting] {
    let worlds = input.sweep.datasets.map { $0.variant?.world }.distinct
    let asked = worlds.flatMap { world in
      input.sweep.sizing.flatMap { sizing in
        input.sweep.trainingLength.flatMap { length in
          input.sweep.models.flatMap { model in
            input.sweep.budgets.map {
              Setting(sizing: sizing, trainingLength: length, budget: $0, model: model, world: world)
            }
          }
        }
      }
    }
    let all = Set(asked + input.results.map { Setting($0.point) }).sorted()
    let known = worlds.flatMap { world in all.filter { $0.world == world } }
    return known + all.filter { !worlds.contains($0.world) }
  }

  var kind: Kind { Kind(sizing: sizing, trainingLength: trainingLength, model: model, world: world) }

  /// The same in another world.
  func inWorld(_ world: String?) -> Setting {
    Setting(sizing: sizing, trainingLength: trainingLength, budget: budget, model: model, world: world)
  }

  static func < (left: Setting, right: Setting) -> Bool {
    if left.world != right.world { return (left.world ?? "") < (right.world ?? "") }
    if left.sizing != right.sizing { return left.sizing == .equalCost }
    if left.trainingLength != right.trainingLength { return left.trainingLength < right.trainingLength }
    if left.model != right.model { return left.model.label < right.model.label }
    return left.budget < right.budget
  }
}
