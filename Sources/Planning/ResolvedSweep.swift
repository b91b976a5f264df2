import Core
import Curation
package import Datasets
import Economics
import Models
import Numerics
import Samples
package import Sweeps

/// A sweep whose every name was found in the tables and whose every default is written out. This is the one validation:
/// what resolves can be expanded.
package struct ResolvedSweep: Sendable {
  package let catalogue: Catalogue
  /// The request with its pools listed, its options completed and the data set's prices in its list.
  package let sweep: Sweep
  /// In the order of the request; at least one.
  package let datasets: [ResolvedDataset]
  /// What a planned sweep calls the raw files of each data set, by its own names for them.
  let fileNames: [[String: String]]
  private let places: [DatasetVariant?: Int]
  /// The models by their choice in ``sweep``, each with its family.
  let models: [ModelChoice: (family: any ModelFamily, model: any Model)]
  /// The mixes by their choice in ``sweep``.
  let mixes: [StrategyChoice: Mix]

  /// The largest grid that is planned.
  package static let pointLimit = 10_000_000

  /// Throws a ``ConfigurationError`` for everything that would only come out when a task fails.
  package init(_ request: Sweep, catalogue: Catalogue) throws {
    var sweep = request
    let resolved = try ResolvedDatasets(request.datasets, licences: request.licences, tables: catalogue.tables)
    let description = resolved.all[0].description
    sweep.datasets = resolved.all.map(\.choice)
    let pools = description.pools.map(\.name)
    let allowed = try Self.allowed(by: request.licences, description)
    if sweep.shifts.isEmpty { sweep.shifts = pools.filter(allowed.contains) }
    for shift in sweep.shifts where !pools.contains(shift) {
      throw ConfigurationError(place: "shifts", problem: Suggestion.unknown(shift, among: pools))
    }
    for shift in sweep.shifts where !allowed.contains(shift) {
      throw ConfigurationError(place: "shifts", problem: Self.refusal(of: shift, description))
    }
    for shift in sweep.prices.exceptions.keys.sorted() where !pools.contains(shift) {
      throw ConfigurationError(place: "prices.shifts", problem: Suggestion.unknown(shift, among: pools))
    }
    sweep.prices = Self.prices(sweep.prices, description)
    models = try Self.models(of: sweep, shape: description.shape, tables: catalogue.tables)
    try Self.requireDistinct(sweep.models, place: "models") { [models] in
      let model = models[$0]!.model
      var paths = model.files
      paths[AskedSets.answersOption] = (model as? any OutsideModel)?.answers
      return ModelChoice(name: $0.name, options: model.options.merging(paths.mapValues { .string($0) }) { $1 })
    }
    mixes = try Self.mixes(of: sweep, description)
    for (choice, mix) in mixes.sorted(by: { $0.key.label < $1.key.label }) {
      for shift in mix.sources where !allowed.contains(shift) {
        throw ConfigurationError(
          place: "strategy \(choice.name)", problem: Self.refusal(of: shift, description))
      }
    }
    try Self.requireDistinct(sweep.strategies, place: "strategies") { [mixes] in
      try mixes[$0]?.completeChoice ?? Self.completed($0, description)
    }
    try Self.checkNumerics(of: sweep)
    guard sweep.pointCount <= Self.pointLimit else {
      throw ConfigurationError(
        place: "sweep",
        problem: "the grid has \(sweep.pointCount) trials; at most \(Self.pointLimit) are planned in one sweep")
    }
    self.sweep = sweep
    self.catalogue = catalogue
    (datasets, fileNames) = (resolved.all, resolved.fileNames)
    places = Dictionary(uniqueKeysWithValues: resolved.all.enumerated().map { ($1.choice.variant, $0) })
  }

  /// What all data sets of the sweep have in common: everything but the parameters and files of parts.
  package var description: DatasetDescription { datasets[0].description }

  /// The place of a point's data set among ``datasets``.
  func place(of point: TrialPoint) -> Int { places[point.variant]! }

  /// The raw files of all data sets, each once, by the names that a planned sweep knows them under.
  package var files: [SourceFile] {
    zip(datasets, fileNames).flatMap { resolved, names in
      resolved.dataset.files.map { $0.called(names[$0.name]!) }
    }.distinct
  }

  /// The pools that a sweep which accepts `licences` may use. Throws when none is left, or the reference is not among them:
  /// the representation is learnt from it, and validation samples are bought there.
  private static func allowed(by licences: [String], _ description: DatasetDescription) throws -> Set<String> {
    guard !licences.isEmpty else { return Set(description.pools.map(\.name)) }
    let allowed = Set(description.pools.filter { $0.provenance.isAllowed(by: licences) }.map(\.name))
    guard !allowed.isEmpty else {
      let known = description.pools.map { "\($0.name): \($0.provenance.licence ?? "not stated")" }
      throw ConfigurationError(
        place: "licences", problem: "no pool is under one of them (\(known.joined(separator: ", ")))")
    }
    if let reference = description.part(for: .reference)?.name, !allowed.contains(reference) {
      throw ConfigurationError(
        place: "licences", problem: refusal(of: reference, description) + "; it is the reference, so name another")
    }
    return allowed
  }

  private static func refusal(of pool: String, _ description: DatasetDescription) -> String {
    let licence = description.pool(pool)?.provenance.licence.map { "is under \($0)" } ?? "does not state its licence"
    return "the pool \(pool) \(licence), which \"licences\" does not allow"
  }

  /// The pools of the data set that the licences keep out of the sweep, with the licence of each.
  package var refusedPools: [(name: String, licence: String?)] {
    guard !sweep.licences.isEmpty else { return [] }
    return description.pools.filter { !$0.provenance.isAllowed(by: sweep.licences) }
      .map { ($0.name, $0.provenance.licence) }
  }

  /// The pools of the sweep whose samples have licences of their own, of which only those that are allowed are used.
  package var filteredPools: [String] {
    guard !sweep.licences.isEmpty else { return [] }
    return description.pools.filter(\.provenance.hasSampleLicences).map(\.name)
  }

  private static func models(
    of sweep: Sweep, shape: SampleShape, tables: Tables
  ) throws -> [ModelChoice: (family: any ModelFamily, model: any Model)] {
    var models: [ModelChoice: (family: any ModelFamily, model: any Model)] = [:]
    for choice in sweep.models {
      let family = try tables.family(choice.name)
      let model = try tables.model(choice)
      guard family.takes(shape) else {
        throw ConfigurationError(
          place: "models", problem: "\(choice.name) takes no samples of \(shape), which this data set has")
      }
      guard family.learnsFurther || sweep.evaluation.transfer != .fineTune else {
        throw ConfigurationError(
          place: "evaluation.transfer",
          problem: "a network of \(choice.name) cannot be trained further; leave fine-tune or the model out")
      }
      models[choice] = (family, model)
    }
    return models
  }

  /// The prices of the sweep with what the data set says of its pools, and what the pictures cost that some pools are made
  /// from.
  private static func prices(_ prices: PriceList, _ description: DatasetDescription) -> PriceList {
    let list = prices.adding(Dictionary(uniqueKeysWithValues: description.pools.map { ($0.name, $0.prices) }))
    let made = description.pools.filter { $0.supply.reference != nil }.map(\.name)
    guard !made.isEmpty, let reference = description.part(for: .reference).flatMap({ description.pool($0.name) }) else {
      return list
    }
    let items = reference.supply.obtain.map { ($0, 1) } + (reference.supply.label.map { [($0, reference.votes)] } ?? [])
    return list.pricingReferences(of: made, items, in: reference.name)
  }

  private static func mixes(of sweep: Sweep, _ description: DatasetDescription) throws -> [StrategyChoice: Mix] {
    let judges = [PartRole.field, .reference].compactMap { description.part(for: $0)?.name }
    var mixes: [StrategyChoice: Mix] = [:]
    for choice in sweep.strategies where choice.isMix {
      mixes[choice] = try Mix(
        choice, shifts: sweep.shifts, known: description.pools.map(\.name), judges: judges)
      guard !sweep.sizing.contains(.equalItems) else {
        throw ConfigurationError(
          place: "sizing",
          problem: "\(choice.name) splits money between shifts whose images cost differently, so it has no place under "
            + "equal-items; leave one of the two out")
      }
    }
    return mixes
  }

  /// Throws unless all `choices` differ, also with their defaults written out, which is what `completed` answers.
  private static func requireDistinct(
    _ choices: [NamedChoice], place: String, completed: (NamedChoice) throws -> NamedChoice
  ) throws {
    var known: [NamedChoice: String] = [:]
    for choice in choices {
      if let first = known.updateValue(choice.label, forKey: try completed(choice)) {
        throw ConfigurationError(
          place: place, problem: "\(first) and \(choice.label) mean the same; leave one of the two out")
      }
    }
  }

  /// The choice of a strategy within one pool with every default written out; files stand for themselves by their paths.
  private static func completed(_ choice: StrategyChoice, _ description: DatasetDescription) throws -> StrategyChoice {
    let strategy = try StrategyRegistry.resolve(choice)
    if strategy.needs.contains(.target), description.part(for: .target) == nil {
      throw ConfigurationError(
        place: "strategies", problem: "\(choice.name) needs a target sample, which this data set does not have")
    }
    return StrategyChoice(name: choice.name, options: strategy.options)
  }

  private static func checkNumerics(of sweep: Sweep) throws {
    guard let core = sweep.numericsCore, core != BLAS.portable else { return }
    let cores = OpenBLASCore.allCases.map(\.rawValue)
    guard cores.contains(core) else {
      throw ConfigurationError(place: "numerics.core", problem: Suggestion.unknown(core, among: cores))
    }
  }
}

extension ResolvedSweep {
  /// What is measured of every trial in tasks of their own, with the kind that does it.
  package var measures: [(kind: TaskKindName, plan: MeasurePlan)] {
    catalogue.tasks.flatMap { kind in kind.measures(of: description, sweep: sweep).map { (kind.name, $0) } }
  }

  /// The parts of a data set that the sweep needs, each after its inputs.
  package func neededParts(of description: DatasetDescription) -> [PartDescription] {
    var needed: Set<String> = []
    var open = sweep.shifts + measures.flatMap { $0.plan.parts.values } + mixes.values.flatMap(\.sources)
    open += mixes.values.compactMap(\.judge)
    let roles: [PartRole] = [.representation, .reference, .evaluation, .target]
    open += roles.compactMap { description.part(for: $0)?.name }
    while let name = open.popLast() {
      guard needed.insert(name).inserted else { continue }
      open += description.part(name)?.inputs ?? []
    }
    return description.parts.filter { needed.contains($0.name) }
  }
}
