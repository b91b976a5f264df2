package import Core

/// What one trial's specification consists of beyond the grid point; the strategies' module knows it.
package struct TrialPlan: Sendable {
  /// The score task that a trial reads. Equal values share one task.
  package struct Scores: Hashable, Sendable {
    package let parameters: JSONValue
    /// The versions of the scorers used.
    package let algorithms: [String: Int]

    package init(parameters: JSONValue, algorithms: [String: Int]) {
      self.parameters = parameters
      self.algorithms = algorithms
    }
  }

  /// Every field that affects the trial's output.
  package let parameters: JSONValue
  /// The versions of the algorithms used.
  package let algorithms: [String: Int]
  package let scores: Scores?
  /// Whether the choice looks at the unlabelled target sample; then new deployment data makes another trial.
  package let needsTarget: Bool

  package init(
    parameters: JSONValue, algorithms: [String: Int], scores: Scores?, needsTarget: Bool = false
  ) {
    self.parameters = parameters
    self.algorithms = algorithms
    self.scores = scores
    self.needsTarget = needsTarget
  }
}

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
    var parts: [String: TaskID] = [:]
    let needed = Self.neededParts(for: sweep)
    for part in Self.partsInOrder where needed.contains(part) {
      let specification = Self.partSpecification(
        part, sweep: sweep, sources: sources, version: versions.dataset, built: parts)
      parts[part] = specification.id
      add(specification, label: "pool \(part)")
    }
    addOwnParts(sweep, sources: sources, version: versions.dataset, parts: &parts)
    for point in sweep.points {
      let task = try addTrial(point, try plan(point), sweep: sweep, parts: parts)
      let measures = addMeasures(of: task, point, sweep: sweep, parts: parts, version: versions.measure)
      trials.append(Trial(point: point, task: task, measures: measures))
    }
  }

  private mutating func addTrial(
    _ point: TrialPoint, _ plan: TrialPlan, sweep: Sweep, parts: [String: TaskID]
  ) throws -> TaskID {
    var inputs = ["pool": parts[point.shift]!, "expert": parts["expert"]!, "evaluation": parts["evaluation"]!]
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
      kind: .trial, parameters: plan.parameters, inputs: inputs, algorithms: plan.algorithms,
      numericsCore: sweep.numericsCore)
    add(trial, label: point.label)
    return trial.id
  }

  /// Adds what is measured of one trial beyond itself: one task a labelled set.
  private mutating func addMeasures(
    of trial: TaskID, _ point: TrialPoint, sweep: Sweep, parts: [String: TaskID], version: Int
  ) -> [String: TaskID] {
    var tasks: [String: TaskID] = [:]
    func add(_ metric: String, _ parameters: JSONValue, _ inputs: [String: TaskID]) {
      let task = TaskSpecification(
        kind: .measure, parameters: parameters, inputs: inputs.merging(["trial": trial]) { _, trial in trial },
        algorithms: ["measure": version], numericsCore: sweep.numericsCore)
      self.add(task, label: "\(metric) of \(point.label)")
      tasks[metric] = task.id
    }
    add(
      "deployment", ["seed": .integer(Int64(point.seed))],
      [
        "deployment": parts["deployment"]!, "pool": parts[point.shift]!,
      ])
    for set in sweep.dataset.evaluationSets {
      // Neither its name nor its place on a disk: a set that is called otherwise is measured already.
      add(set.metric, set.meaning.json, ["set": parts[set.metric]!])
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
  private static func neededParts(for sweep: Sweep) -> Set<String> {
    var needed: Set<String> = []
    var open = sweep.shifts + ["representation", "expert", "evaluation"]
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

extension Sweep {
  /// Every point of the grid: sizing and training length outermost, then shift, budget, seed, strategy.
  package var points: [TrialPoint] {
    var points: [TrialPoint] = []
    for sizing in sizing {
      for trainingLength in trainingLength {
        for shift in shifts {
          for budget in budgets {
            for seed in seeds {
              points += strategies.map {
                TrialPoint(
                  strategy: $0, shift: shift, budget: budget, seed: seed, sizing: sizing,
                  trainingLength: trainingLength)
              }
            }
          }
        }
      }
    }
    return points
  }
}

extension TrialPoint {
  /// `herding, expert, budget 50.00, seed 2`, with the settings where they are not the default ones.
  package var label: String {
    var parts = [strategy.label, shift, "budget \(budget)", "seed \(seed)"]
    if sizing != .equalCost { parts.append(sizing.rawValue) }
    if trainingLength != .equalSteps { parts.append(trainingLength.rawValue) }
    return parts.joined(separator: ", ")
  }
}

extension EvaluationSetChoice.Labels {
  /// What a measure task must know of it.
  fileprivate var json: JSONValue {
    func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .integer(Int64($0)) }) }
    switch self {
    case .classes: return [:]
    case .mask(let classes): return ["mask": list(classes)]
    case .map(let labels): return ["map": list(labels)]
    }
  }
}
