import Core
import Curation
import Datasets
import Economics
package import ObjectStore
package import Sweeps

/// Which tasks of a store that the first release wrote belong to a sweep. That release kept no trial table: the points are
/// found again among the specifications of what was computed.
package struct FirstReleasePlan {
  private let specifications: [TaskID: TaskSpecification]
  /// The only measure that the first release had, and the input that its set came by.
  private static let deployment = PartRole.deployment.rawValue

  /// Reads every specification of `store`. Throws what the store throws.
  package init(store: Store) throws {
    specifications = Dictionary(
      uniqueKeysWithValues: try store.taskSpecifications().map { ($0.task, $0.specification) })
  }

  /// The trial table of `request`, with names that no task has where a point was not computed. Nil when none was.
  ///
  /// Throws a ``ConfigurationError`` for a sweep that this program cannot resolve.
  package func table(of request: Sweep, catalogue: Catalogue) throws -> TrialTable? {
    let resolved = try ResolvedSweep(request, catalogue: catalogue)
    let settings = try settings(of: resolved)
    var known: [Key: TaskID] = [:]
    for (task, specification) in specifications.sorted(by: { $0.key < $1.key })
    where specification.kind == .trial && fits(specification, resolved, settings) {
      if let key = Key(specification) { known[key] = task }
    }
    guard !known.isEmpty else { return nil }
    let measures = Dictionary(
      grouping: specifications.filter { $0.value.kind == .measure && $0.value.inputs[Self.deployment] != nil },
      by: { $0.value.inputs["trial"] })
    var parts: [String: TaskID] = [:]
    let rows = try resolved.sweep.points.map { point in
      guard let task = try Key(point, resolved).flatMap({ known[$0] }) else {
        return TrialTable.Row(
          point: point, task: Self.absent(point.label), scores: nil,
          measures: [Self.deployment: Self.absent(Self.deployment)]
        )
      }
      let specification = specifications[task]!
      let measure = (measures[task] ?? []).map(\.key).min()
      for input in specification.inputs.values + (measure.map { Array(specifications[$0]!.inputs.values) } ?? []) {
        addPart(input, to: &parts)
      }
      return TrialTable.Row(
        point: point, task: task, scores: specification.inputs["scores"],
        measures: [Self.deployment: measure ?? Self.absent("\(Self.deployment) of \(point.label)")])
    }
    return TrialTable(sweep: resolved.sweep, parts: [parts], rows: rows)
  }

  /// What tells points of one sweep apart, in the words of a specification.
  private struct Key: Hashable {
    let strategy: String
    let shift: String
    let budget: String
    let seed: Int
    let sizing: String
    let trainingLength: String

    init?(_ specification: TaskSpecification) {
      let parameters = specification.parameters
      guard let terms = parameters["terms"], let strategy = parameters["strategy"] ?? parameters["mix"],
        let budget = terms["budget"]?.canonicalText, let seed = terms["seed"]?.int,
        let length = parameters["trainingLength"]?.text
      else { return nil }
      self.strategy = strategy.canonicalText
      shift = terms["shift"]?.text ?? TrialPoint.mixedShift
      (self.budget, self.seed, trainingLength) = (budget, seed, length)
      sizing = terms["sizing"]?.text ?? Sizing.equalCost.rawValue
    }

    init?(_ point: TrialPoint, _ resolved: ResolvedSweep) throws {
      let choice =
        point.strategy.isMix
        ? try MixParameters(point: point, of: resolved).mix.completeChoice
        : try StrategyRegistry.resolve(point.strategy).completeChoice
      strategy = FirstReleaseOptions.choice(choice, stated: point.strategy).json.canonicalText
      (shift, budget, seed) = (point.shift, point.budget.json.canonicalText, point.seed)
      (sizing, trainingLength) = (point.sizing.rawValue, point.trainingLength.label)
    }
  }

  /// The recipe and the measuring that all trials of the sweep share, as the first release wrote them.
  private func settings(of resolved: ResolvedSweep) throws -> [String: JSONValue] {
    var training = resolved.sweep.training.json.members ?? [:]
    training["hidden"] = resolved.models[resolved.sweep.models[0]]?.model.options["hidden"]
    return ["training": .object(training), "evaluation": resolved.sweep.evaluation.json]
  }

  private func fits(
    _ trial: TaskSpecification, _ resolved: ResolvedSweep, _ settings: [String: JSONValue]
  ) -> Bool {
    guard trial.numericsCore == resolved.sweep.numericsCore,
      settings.allSatisfy({ Self.isSame(trial.parameters[$0.key], $0.value) })
    else { return false }
    let seed = resolved.sweep.dataset.options["seed"]?.int
    let pools = trial.inputs.values.compactMap { specifications[$0] }.filter { $0.parameters["part"] != nil }
    guard pools.allSatisfy({ $0.parameters["seed"]?.int == seed }) else { return false }
    guard let terms = trial.parameters["terms"], let shift = terms["shift"]?.text else { return true }
    return (terms["prices"]?.members ?? [:]).allSatisfy { name, price in
      PriceItem(rawValue: name).map { Self.isSame(resolved.sweep.prices.price($0, in: shift).json, price) } ?? false
    }
  }

  /// Whether both are written alike: a whole number that was read is no fraction, and equal ones differ as values.
  private static func isSame(_ left: JSONValue?, _ right: JSONValue) -> Bool {
    left?.canonicalText == right.canonicalText
  }

  private func addPart(_ task: TaskID, to parts: inout [String: TaskID]) {
    guard let specification = specifications[task], let name = specification.parameters["part"]?.text else { return }
    guard parts.updateValue(task, forKey: name) == nil else { return }
    for input in specification.inputs.values { addPart(input, to: &parts) }
  }

  private static func absent(_ what: String) -> TaskID { TaskID(Digest(of: "never computed: \(what)")) }
}
