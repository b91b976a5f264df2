package import Core
package import Sweeps
package import Wire

/// What the store already holds for a task.
package struct TaskRecord: Hashable, Sendable {
  /// Names the outcome's canonical bytes.
  package let outcome: Digest
  /// The objects that the outcome names, sorted by name.
  package let objects: [NamedObject]

  package init(outcome: Digest, objects: [NamedObject]) {
    self.outcome = outcome
    self.objects = objects
  }
}

/// One task of a sweep, with what the coordinator needs to grant it.
package struct PlannedTask: Hashable, Sendable {
  package let id: TaskID
  package let kind: TaskKindName
  /// Canonical JSON of the specification.
  package let specification: [UInt8]
  package let inputs: [String: TaskID]
  /// Raw data that it reads, sorted by name; the objects are in the store.
  package let sources: [NamedObject]
  package let numericsCore: String?
  /// What the worker must have; sorted.
  package let labels: [String]
  /// Bytes of memory that it is expected to take; nil when nobody knows.
  package let memory: Int?
  /// Tasks of one class take about equally long, for example all trials of one strategy.
  package let durationClass: String
  /// How long it may take, as long as the class has no measured duration.
  package let expectedSeconds: Double
  /// The record, when the store has one: the task is then done.
  package let record: TaskRecord?

  package init(
    specification: TaskSpecification, sources: [NamedObject] = [], labels: [String] = [], memory: Int? = nil,
    durationClass: String? = nil, expectedSeconds: Double = 1, record: TaskRecord? = nil
  ) {
    id = specification.id
    kind = specification.kind
    self.specification = specification.json.canonical
    inputs = specification.inputs
    self.sources = sources.sorted { $0.name < $1.name }
    numericsCore = specification.numericsCore
    self.labels = labels.sorted()
    self.memory = memory
    self.durationClass = durationClass ?? specification.kind.name
    self.expectedSeconds = expectedSeconds
    self.record = record
  }
}

extension PlannedTask {
  /// Why no frame can carry a grant of this task; nil when one can.
  var obstacle: FailureCause? {
    let counts: [(FailureCause.Excess, Int)] = [
      (.specificationBytes, specification.count), (.inputs, inputs.count), (.sources, sources.count),
      (.nameBytes, (inputs.keys + sources.map(\.name) + [numericsCore ?? ""]).map(\.utf8.count).max() ?? 0),
    ]
    return counts.first { $0.1 > Limits.limit(of: $0.0) }.map { excess, count in
      .cannotTravel(excess, count: count, limit: Limits.limit(of: excess))
    }
  }
}

/// A sweep, expanded.
package struct SweepPlan: Hashable, Sendable {
  /// Names the sweep by its content.
  package let id: Digest
  /// For people.
  package let name: String
  /// Every task after its inputs; each task once.
  package let tasks: [PlannedTask]
  /// How it was treated when the last coordinator ended; nil for one that somebody submits.
  package var steering: SweepSteering?

  package init(id: Digest, name: String, tasks: [PlannedTask], steering: SweepSteering? = nil) {
    self.id = id
    self.name = name
    self.tasks = tasks
    self.steering = steering
  }
}

extension SweepPlan {
  /// Tasks of sweeps that have ended, with everything that they read, as a sweep of their own that has ended too.
  ///
  /// - Parameter tasks: each has a record, and stands after its inputs.
  package static func ofDisputed(_ tasks: [PlannedTask]) -> SweepPlan {
    let name = "disputed results"
    return SweepPlan(id: Digest(of: name), name: name, tasks: tasks)
  }
}

/// How a sweep is treated beside others.
package struct SweepSteering: Hashable, Sendable {
  /// Sweeps that have something to do share the cluster in proportion to it; see ``SweepOrder/priorities``.
  package var priority: Int
  /// No task is granted for it.
  package var isPaused: Bool

  package init(priority: Int = SweepOrder.usualPriority, isPaused: Bool = false) {
    self.priority = priority
    self.isPaused = isPaused
  }
}
