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

  package init(parameters: JSONValue, algorithms: [String: Int], scores: Scores?) {
    self.parameters = parameters
    self.algorithms = algorithms
    self.scores = scores
  }
}

/// A sweep expanded into tasks: pools, then scores, then trials, every task after its inputs.
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

  /// Every task once, inputs before the tasks that read them.
  package private(set) var nodes: [Node] = []
  /// Every point of the grid with the task that computes it, in the order of the axes.
  package private(set) var trials: [(point: TrialPoint, task: TaskID)] = []
  private var known: Set<TaskID> = []

  /// Expands `sweep` over raw files whose digests are `sources` (by file name).
  ///
  /// - Parameter plan: what the strategies' module says about one point; its errors are passed on.
  package init(
    _ sweep: Sweep, sources: [String: Digest], datasetVersion: Int, plan: (TrialPoint) throws -> TrialPlan
  ) throws {
    var parts: [String: TaskID] = [:]
    let needed = Self.neededParts(for: sweep.shifts)
    for part in Self.partsInOrder where needed.contains(part) {
      let specification = Self.partSpecification(
        part, sweep: sweep, sources: sources, datasetVersion: datasetVersion, built: parts)
      parts[part] = specification.id
      add(specification, label: "pool \(part)")
    }
    for point in sweep.points {
      let plan = try plan(point)
      var inputs = ["pool": parts[point.shift]!, "expert": parts["expert"]!, "evaluation": parts["evaluation"]!]
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
      trials.append((point, trial.id))
    }
  }

  private mutating func add(_ specification: TaskSpecification, label: String) {
    guard known.insert(specification.id).inserted else { return }
    nodes.append(Node(specification: specification, label: label))
  }

  private static func partSpecification(
    _ part: String, sweep: Sweep, sources: [String: Digest], datasetVersion: Int, built: [String: TaskID]
  ) -> TaskSpecification {
    var parameters: [String: JSONValue] = [
      "dataset": .string(sweep.dataset.builtIn), "part": .string(part), "seed": .integer(Int64(sweep.dataset.seed)),
    ]
    // Only what a part depends on: other votes must not rebuild the five other pools.
    if part == "crowdsourced" { parameters["crowdVotes"] = .integer(Int64(sweep.dataset.crowdVotes)) }
    if part == "evaluation" { parameters["corruptionImages"] = .integer(Int64(sweep.dataset.corruptionImages)) }
    let inputs = FashionPlusPlus.inputs(of: part)
    return TaskSpecification(
      kind: .pool, parameters: .object(parameters),
      inputs: Dictionary(uniqueKeysWithValues: inputs.map { ($0, built[$0]!) }),
      sources: sources.filter { FashionPlusPlus.files(of: part).contains($0.key) },
      algorithms: ["fashion++": datasetVersion], numericsCore: sweep.numericsCore)
  }

  /// The parts that the pools of `shifts` are built from, with those of the measurements.
  private static func neededParts(for shifts: [String]) -> Set<String> {
    var needed: Set<String> = []
    var open = shifts + ["expert", "evaluation"]
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
