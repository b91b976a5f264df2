package import Core

/// What a sweep's tasks were made with, beyond the sweep itself. Raising one makes every task of its kind a new one.
package struct TaskVersions: Sendable {
  /// How the parts of the built-in data set are made.
  package let dataset: Int
  /// What a measure task computes.
  package let measure: Int

  package init(dataset: Int, measure: Int) {
    self.dataset = dataset
    self.measure = measure
  }
}

/// A sweep expanded into tasks: pools, then scores, trials and what is measured of them, every task after its inputs.
package struct TaskGraph: Sendable {
  /// A task and how to call it in front of people.
  package struct Node: Sendable, Hashable {
    package let specification: TaskSpecification
    package let label: String
    package var id: TaskID { specification.id }

    package init(specification: TaskSpecification, label: String) {
      self.specification = specification
      self.label = label
    }
  }

  /// A point of the grid with the tasks that compute it.
  package struct Trial: Sendable, Hashable {
    package let point: TrialPoint
    /// Chooses, trains, and measures what does not depend on the deployment.
    package let task: TaskID
    /// The measure tasks, by the name that the measured accuracy has among the metrics (`deployment`).
    package let measures: [String: TaskID]
  }

  /// Every task once, inputs before the tasks that read them.
  package private(set) var nodes: [Node] = []
  /// Every point of the grid, in the order of the axes.
  package private(set) var trials: [Trial] = []
  private var known: Set<TaskID> = []

  /// Expands `sweep` over raw files whose digests are `sources` (by file name).
  ///
  /// - Parameters:
  ///   - versions: of what computes the tasks but for strategies and trials, whose versions `plan` knows.
  ///   - plan: what the strategies' module says about one point; its errors are passed on.
  package init(
    _ sweep: Sweep, sources: [String: Digest], versions: TaskVersions, plan: (TrialPoint) throws -> TrialPlan
  ) throws {
    let plans = try sweep.points.map { ($0, try plan($0)) }
    var parts: [String: TaskID] = [:]
    let needed = Self.neededParts(for: sweep, shifts: Set(plans.flatMap { $1.shifts(of: $0) }))
    for part in Self.partsInOrder where needed.contains(part) {
      let specification = Self.partSpecification(
        part, sweep: sweep, sources: sources, version: versions.dataset, built: parts)
      parts[part] = specification.id
      add(specification, label: "pool \(part)")
    }
    addOwnParts(sweep, sources: sources, version: versions.dataset, parts: &parts)
    for (point, plan) in plans {
      let pools = plan.pools(of: point, parts)
      let files = try plan.sources(among: sources)
      let task = addTrial(point, plan, pools: pools, files: files, sweep: sweep, parts: parts)
      let measures = addMeasures(
        of: task, point, pools: pools, sweep: sweep, parts: parts, version: versions.measure)
      trials.append(Trial(point: point, task: task, measures: measures))
    }
  }

  private mutating func addTrial(
    _ point: TrialPoint, _ plan: TrialPlan, pools: [String: TaskID], files: [String: Digest], sweep: Sweep,
    parts: [String: TaskID]
  ) -> TaskID {
    var inputs = pools
    for part in ["expert", "evaluation"] { inputs[part] = parts[part]! }
    // Whoever does not look at the target sample keeps its trials when the deployment changes.
    if plan.needsTarget { inputs["deployment"] = parts["deployment"]! }
    if let scores = plan.scores {
      let score = TaskSpecification(
        kind: .score, parameters: scores.parameters, inputs: ["pool": parts[point.shift]!],
        algorithms: scores.algorithms, numericsCore: sweep.numericsCore)
      add(score, label: "scores for \(point.strategy.name), \(point.shift), seed \(point.seed)")
      inputs["scores"] = score.id
    }
    let trial = TaskSpecification(
      kind: .trial, parameters: plan.parameters, inputs: inputs, sources: files, algorithms: plan.algorithms,
      numericsCore: sweep.numericsCore)
    add(trial, label: point.label)
    return trial.id
  }

  /// Adds what is measured of one trial beyond itself: one task a labelled set.
  private mutating func addMeasures(
    of trial: TaskID, _ point: TrialPoint, pools: [String: TaskID], sweep: Sweep, parts: [String: TaskID], version: Int
  ) -> [String: TaskID] {
    var tasks: [String: TaskID] = [:]
    func add(_ metric: String, _ parameters: JSONValue, _ inputs: [String: TaskID]) {
      let task = TaskSpecification(
        kind: .measure, parameters: parameters, inputs: inputs.merging(["trial": trial]) { _, trial in trial },
        algorithms: ["measure": version], numericsCore: sweep.numericsCore)
      self.add(task, label: "\(metric) of \(point.label)")
      tasks[metric] = task.id
    }
    let samples = pools.merging(["deployment": parts["deployment"]!]) { pool, _ in pool }
    add("deployment", ["seed": .integer(Int64(point.seed))], samples)
    for set in sweep.dataset.evaluationSets {
      // Neither its name nor its place on a disk: a set that is called otherwise is measured already.
      add(set.metric, set.meaning.parameters(point, sweep.evaluation), ["set": parts[set.metric]!])
    }
    return tasks
  }

  private mutating func add(_ specification: TaskSpecification, label: String) {
    guard known.insert(specification.id).inserted else { return }
    nodes.append(Node(specification: specification, label: label))
  }

  private static func partSpecification(
    _ part: String, sweep: Sweep, sources: [String: Digest], version: Int, built: [String: TaskID]
  ) -> TaskSpecification {
    var parameters: [String: JSONValue] = [
      "dataset": .string(sweep.dataset.builtIn), "part": .string(part), "seed": .integer(Int64(sweep.dataset.seed)),
    ]
    // Only what a part depends on: other votes must not rebuild the five other pools.
    if part == "crowdsourced" { parameters["crowdVotes"] = .integer(Int64(sweep.dataset.crowdVotes)) }
    if part == "evaluation" { parameters["corruptionImages"] = .integer(Int64(sweep.dataset.corruptionImages)) }
    if part == "deployment", case .world(let world?) = sweep.dataset.deployment {
      parameters["world"] = .integer(Int64(world))
    }
    let inputs = FashionPlusPlus.inputs(of: part)
    return TaskSpecification(
      kind: .pool, parameters: .object(parameters),
      inputs: Dictionary(uniqueKeysWithValues: inputs.map { ($0, built[$0]!) }),
      sources: sources.filter { FashionPlusPlus.files(of: part).contains($0.key) },
      algorithms: ["fashion++": version], numericsCore: sweep.numericsCore)
  }

  /// Adds the parts that are made of the organisation's own files.
  private mutating func addOwnParts(
    _ sweep: Sweep, sources: [String: Digest], version: Int, parts: inout [String: TaskID]
  ) {
    func add(_ part: String, _ name: String, inputs: [String: TaskID], files: [String]) {
      let task = TaskSpecification(
        kind: .pool, parameters: ["dataset": "files", "part": .string(part)], inputs: inputs,
        sources: Dictionary(uniqueKeysWithValues: files.map { ($0, sources["\(name).\($0)"]!) }),
        algorithms: ["files": version], numericsCore: sweep.numericsCore)
      parts[name] = task.id
      self.add(task, label: "pool \(name)")
    }
    if case .files = sweep.dataset.deployment {
      add(
        "deployment", "deployment", inputs: ["representation": parts["representation"]!],
        files: ["images", "labels", "target"])
    }
    for set in sweep.dataset.evaluationSets { add("set", set.metric, inputs: [:], files: ["images", "labels"]) }
  }

  /// The built-in parts that the sweep's pools are built from, with those of the measurements.
  private static func neededParts(for sweep: Sweep, shifts: Set<String>) -> Set<String> {
    var needed: Set<String> = []
    var open = shifts + ["representation", "expert", "evaluation"]
    if case .world = sweep.dataset.deployment { open.append("deployment") }
    while let part = open.popLast() {
      if needed.insert(part).inserted { open += FashionPlusPlus.inputs(of: part) }
    }
    return needed
  }

  /// All parts, inputs first.
  private static var partsInOrder: [String] {
    var ordered: [String] = []
    while ordered.count < FashionPlusPlus.parts.count {
      let next = FashionPlusPlus.parts.filter { part in
        !ordered.contains(part.name) && part.inputs.allSatisfy(ordered.contains)
      }
      precondition(!next.isEmpty, "the parts of fashion++ depend on each other in a circle")
      ordered += next.map(\.name)
    }
    return ordered
  }
}

extension FashionPlusPlus {
  /// The parts that `part` is built from.
  package static func inputs(of part: String) -> [String] { parts.first { $0.name == part }?.inputs ?? [] }

  /// The raw files that `part` reads.
  package static func files(of part: String) -> [String] {
    switch part {
    case "web": files.filter { $0.hasPrefix("train-") }
    case "evaluation": files.filter { $0.hasPrefix("t10k-") }
    default: []
    }
  }
}

extension EvaluationSetChoice.Labels {
  /// What a measure task must know of it.
  fileprivate func parameters(_ point: TrialPoint, _ evaluation: EvaluationSettings) -> JSONValue {
    func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .integer(Int64($0)) }) }
    switch self {
    case .classes: return [:]
    case .mask(let classes): return ["mask": list(classes)]
    case .map(let labels): return ["map": list(labels)]
    case .task:
      return ["transfer": .string(evaluation.transfer.rawValue), "seed": .integer(Int64(point.seed))]
    }
  }
}
