package import Core
import Curation
import Datasets
import Models
package import Sweeps

/// A sweep turned into tasks: parts, then scores, trials and what is measured of them, every task after its inputs.
package struct PlannedSweep: Sendable {
  /// A task and how to call it in front of people.
  package struct Node: Sendable, Hashable {
    package let specification: TaskSpecification
    package let label: String
    /// What the worker must have; see `WorkerLabel`. No part of the task: it does not change what is computed.
    package let labels: [String]
    package var id: TaskID { specification.id }

    package init(specification: TaskSpecification, label: String, labels: [String] = []) {
      self.specification = specification
      self.label = label
      self.labels = labels
    }
  }

  /// A trial that waits for answers from elsewhere.
  package struct Waiting: Sendable, Hashable {
    package let point: TrialPoint
    package let specification: TaskSpecification
  }

  /// Names the sweep together with the raw data it was planned on.
  package let id: Digest
  package let name: String
  /// What the store keeps under ``id``: enough to plan the sweep again without its raw files.
  package let record: JSONValue
  /// Every task once, inputs before the tasks that read them.
  package let tasks: [Node]
  /// The trials whose answers are made elsewhere and were not handed in. They are in ``table``, nobody computes them, and with
  /// their answers they are other tasks.
  package let waiting: [Waiting]
  /// Which tasks compute which point; nil for a sweep without points, such as one that does nothing.
  package let table: TrialTable?
  /// What its trials can be measured by; nil for a sweep without points.
  package let metrics: MetricCatalogue?

  package init(
    id: Digest, name: String, record: JSONValue, tasks: [Node], waiting: [Waiting] = [], table: TrialTable? = nil,
    metrics: MetricCatalogue? = nil
  ) {
    self.id = id
    self.name = name
    self.record = record
    self.tasks = tasks
    self.waiting = waiting
    self.table = table
    self.metrics = metrics
  }

  /// Expands `resolved` over raw files whose digests are `sources`, by their names. Throws a ``ConfigurationError``.
  package init(_ resolved: ResolvedSweep, sources: [String: Digest]) throws {
    var expansion = Expansion(resolved, sources: sources)
    try expansion.expand()
    let record: JSONValue = [
      "sweep": resolved.sweep.json, "sources": .object(sources.mapValues { .string($0.description) }),
    ]
    self.init(
      id: Digest(of: record.canonical), name: resolved.sweep.name, record: record, tasks: expansion.nodes,
      waiting: expansion.waiting,
      table: TrialTable(sweep: resolved.sweep, parts: expansion.parts, rows: expansion.rows),
      metrics: resolved.catalogue.tables.utilities.catalogue(for: resolved.description))
  }

  /// Plans again what ``record`` describes.
  package init(record: JSONValue, catalogue: Catalogue, place: String) throws {
    var object = try StrictObject(record, place: place)
    let sweep = try Sweep(json: try object.require("sweep"), place: object.path("sweep"))
    let sources = (object.value("sources")?.members ?? [:]).compactMapValues { $0.text.flatMap { Digest($0) } }
    try object.finish()
    try self.init(try ResolvedSweep(sweep, catalogue: catalogue), sources: sources)
  }
}

/// The one expansion of a sweep.
struct Expansion {
  private let resolved: ResolvedSweep
  private let sources: [String: Digest]
  private let measures: [(kind: TaskKindName, plan: MeasurePlan)]
  private(set) var nodes: [PlannedSweep.Node] = []
  private(set) var waiting: [PlannedSweep.Waiting] = []
  private(set) var rows: [TrialTable.Row] = []
  /// For each data set the task of every part that is built.
  private(set) var parts: [[String: TaskID]]
  private var known: Set<TaskID> = []

  init(_ resolved: ResolvedSweep, sources: [String: Digest]) {
    self.resolved = resolved
    self.sources = sources
    measures = resolved.measures
    parts = resolved.datasets.map { _ in [:] }
  }

  mutating func expand() throws {
    for (place, dataset) in resolved.datasets.enumerated() {
      for part in resolved.neededParts(of: dataset.description) { try addPart(part, of: place) }
    }
    for point in resolved.sweep.points { try addTrial(point) }
  }

  private mutating func addPart(_ part: PartDescription, of place: Int) throws {
    let names = resolved.fileNames[place]
    let files = try part.files.mapValues { try digest(ofFile: names[$0] ?? $0) }
    let kind = resolved.description.kind
    let specification = TaskSpecification(
      kind: .part, parameters: ["dataset": .string(kind), "options": part.parameters],
      inputs: Dictionary(uniqueKeysWithValues: part.inputs.map { ($0, parts[place][$0]!) }), sources: files,
      algorithms: version(of: .part).merging(["dataset \(kind)": part.version]) { own, _ in own },
      numericsCore: resolved.sweep.numericsCore)
    parts[place][part.name] = specification.id
    add(specification, label: "part \(part.name)")
  }

  /// The parts that a point's task can read.
  private func parts(of point: TrialPoint) -> [String: TaskID] { parts[resolved.place(of: point)] }

  private mutating func addTrial(_ point: TrialPoint) throws {
    let trial = point.strategy.isMix ? try mixed(point) : try chosen(point)
    if trial.isWaiting {
      waiting.append(PlannedSweep.Waiting(point: point, specification: trial.specification))
    } else {
      add(trial.specification, label: point.label, labels: trial.labels)
    }
    var tasks: [String: TaskID] = [:]
    let parts = parts(of: point)
    for (kind, plan) in measures {
      var inputs = plan.parts.mapValues { parts[$0]! }
      if plan.readsPools { inputs.merge(trial.pools) { part, _ in part } }
      inputs[TrialInput.trial.name] = trial.specification.id
      let task = TaskSpecification(
        kind: kind, parameters: plan.parameters(point), inputs: inputs,
        algorithms: version(of: kind).merging(plan.algorithms) { own, _ in own },
        numericsCore: resolved.sweep.numericsCore)
      if !trial.isWaiting { add(task, label: "\(plan.name) of \(point.label)") }
      tasks[plan.name] = task.id
    }
    rows.append(
      TrialTable.Row(
        point: point, task: trial.specification.id, scores: trial.specification.inputs[TrialInput.scores.name],
        measures: tasks))
  }

  private struct PlannedTrial {
    let specification: TaskSpecification
    let pools: [String: TaskID]
    let labels: [String]
    /// Its answers are made elsewhere and were not handed in.
    let isWaiting: Bool
  }

  /// A trial that chooses within one pool, after the scores that it reads.
  private mutating func chosen(_ point: TrialPoint) throws -> PlannedTrial {
    let parameters = try TrialParameters(point: point, of: resolved)
    let pools = [TrialInput.pool.name: parts(of: point)[point.shift]!]
    var inputs = pools
    if let scoring = parameters.strategy.scoreParameters(in: parameters.terms) {
      let score = TaskSpecification(
        kind: .score, parameters: scoring, inputs: pools,
        algorithms: version(of: .score).merging(parameters.strategy.scorerAlgorithms) { own, _ in own },
        numericsCore: resolved.sweep.numericsCore)
      add(score, label: "scores for \(point.strategy.name), \(point.shift), seed \(point.seed)")
      inputs[TrialInput.scores.name] = score.id
    }
    let files = try parameters.strategy.files.mapValues { try digest(ofFile: SourceFiles.strategyFileName(of: $0)) }
    return try trial(
      parameters.json, pools: pools, inputs: inputs, files: files, algorithms: parameters.strategy.algorithms,
      needsTarget: parameters.strategy.needs.contains(.target), runsProgram: parameters.strategy.runsProgram, point)
  }

  private func mixed(_ point: TrialPoint) throws -> PlannedTrial {
    let parameters = try MixParameters(point: point, of: resolved)
    let parts = parts(of: point)
    let pools = Dictionary(
      uniqueKeysWithValues: parameters.mix.sources.map { (TrialInput.source(shift: $0).name, parts[$0]!) })
    var inputs = pools
    inputs[TrialInput.judge.name] = parameters.mix.judge.flatMap { parts[$0] }
    return try trial(
      parameters.json, pools: pools, inputs: inputs, files: [:], algorithms: parameters.mix.algorithms,
      needsTarget: parameters.mix.strategy.description.needs.contains(.target), runsProgram: false, point)
  }

  private func trial(
    _ parameters: JSONValue, pools: [String: TaskID], inputs: [String: TaskID], files: [String: Digest],
    algorithms: [String: Int], needsTarget: Bool, runsProgram: Bool, _ point: TrialPoint
  ) throws -> PlannedTrial {
    var inputs = inputs
    let parts = parts(of: point)
    // Whoever does not look at the target sample keeps its trials when the deployment changes.
    let roles: [PartRole] = [.reference, .evaluation] + (needsTarget ? [.target] : [])
    for role in roles { inputs[role.rawValue] = resolved.description.part(for: role).flatMap { parts[$0.name] } }
    let model = resolved.models[point.model]!
    let outside = model.model as? any OutsideModel
    if outside != nil { inputs.merge(AskedSets.parts(of: resolved.description, parts)) { $1 } }
    var files = files
    for (option, path) in model.model.files {
      files[AskedSets.source(option)] = try digest(ofFile: SourceFiles.modelFileName(of: path))
    }
    if let directory = outside?.answers {
      files[AskedSets.answers] = sources[SourceFiles.answersName(of: point, in: directory)]
    }
    let isWaiting = outside?.answers != nil && files[AskedSets.answers] == nil
    let versions = version(of: .trial).merging(algorithms) { own, _ in own }
      .merging(resolved.catalogue.tables.utilities.versions(for: .trial)) { own, _ in own }
      .merging(["model \(point.model.name)": model.family.version]) { own, _ in own }
    let specification = TaskSpecification(
      kind: .trial, parameters: parameters, inputs: inputs, sources: files, algorithms: versions,
      numericsCore: resolved.sweep.numericsCore)
    let modelRuns = outside.map { $0.answers == nil } ?? false
    let labels = Set((outside?.labels ?? []) + (runsProgram || modelRuns ? [WorkerLabel.programs] : []))
    return PlannedTrial(
      specification: specification, pools: pools, labels: labels.sorted(), isWaiting: isWaiting)
  }

  private func digest(ofFile name: String) throws -> Digest {
    guard let digest = sources[name] else {
      throw ConfigurationError(place: name, problem: "the file was not handed in with the sweep")
    }
    return digest
  }

  private mutating func add(_ specification: TaskSpecification, label: String, labels: [String] = []) {
    guard known.insert(specification.id).inserted else { return }
    nodes.append(PlannedSweep.Node(specification: specification, label: label, labels: labels))
  }

  private func version(of kind: TaskKindName) -> [String: Int] {
    resolved.catalogue.task(kind).map { [kind.name: $0.version] } ?? [:]
  }
}
