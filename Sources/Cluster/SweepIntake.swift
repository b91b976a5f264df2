import Coordination
import Core
import Foundation
import Logging
import ObjectStore
import Planning
import Sweeps
import Wire

/// Turns what people submit into plans for the machine, and remembers what the machine does not need: specifications
/// for records and names for people.
struct SweepIntake {
  private let store: Store
  private let planner: any SweepPlanning
  /// Goes on with what earlier coordinators have left open.
  private let takesUp: Bool
  private var specifications: [TaskID: [UInt8]] = [:]
  /// Sweeps that only measure the cluster.
  private var emptySweeps: Set<Digest> = []
  private var labels: [TaskID: String] = [:]
  private var steering: SteeringFile
  /// The units of the metrics of all sweeps.
  private var units: [String: Metric.Unit] = [:]

  init(store: Store, planner: any SweepPlanning, resume: Bool) throws {
    self.store = store
    self.planner = planner
    takesUp = resume
    steering = SteeringFile(store: store.path)
    if !resume { try store.closeSweeps() }
  }

  /// Canonical JSON of a task that was taken in.
  func specification(of task: TaskID) -> [UInt8]? { specifications[task] }

  /// What is wrong with an outcome of the task with this specification, as far as its kind can say; nil when it may be right.
  func problem(with outcome: [UInt8], of specification: [UInt8]) -> String? {
    planner.problem(with: outcome, of: specification) { units[$0] }
  }

  /// What people call the task.
  func label(of task: TaskID) -> String? { labels[task] }

  /// The task that people call so; nil when there is none, or more than one.
  func task(called label: String) -> TaskID? {
    let found = labels.filter { $0.value == label }
    return found.count == 1 ? found.first?.key : nil
  }

  /// Plans a submitted sweep over raw files that are in the store, makes those durable, and writes the sweep down. Throws what
  /// is wrong with it, for whoever submitted.
  ///
  /// - Parameter memory: what its tasks take; kept for as long as the sweep is open.
  mutating func take(_ text: [UInt8], sources: [NamedObject], memory: TaskMemory) throws -> SweepPlan {
    let json = try JSONValue.parse(text, source: "the sweep")
    let planned: PlannedSweep
    if let nothing = json["nothing"] {
      planned = try NothingSweep(json: nothing, place: "the sweep.nothing").plan
      emptySweeps.insert(planned.id)
    } else {
      let sweep = try Sweep(json: json, place: "the sweep")
      let present = try store.contains(sources.map(\.digest))
      if let lacking = sources.first(where: { !present.contains($0.digest) }) {
        throw ConfigurationError(place: lacking.name, problem: "the file did not reach the coordinator; submit again")
      }
      planned = try planner.plan(
        sweep, sources: Dictionary(sources.map { ($0.name, $0.digest) }) { first, _ in first })
      try store.flush()
    }
    try store.addSweep(
      id: planned.id, name: planned.name, json: planned.record.canonical, trialTable: planned.table?.bytes)
    try steering.set(memory, of: planned.id)
    return try plan(planned)
  }

  /// Plans of the sweeps that were open when the last coordinator ended. One that cannot be planned any more is
  /// reported and dropped.
  mutating func takeUp(log: Logger) throws -> [SweepPlan] {
    var plans: [SweepPlan] = []
    for sweep in try store.sweeps() where sweep.state == .open {
      do {
        guard var plan = try takeUp(sweep.id) else { continue }
        plan.steering = steering[sweep.id]
        plans.append(plan)
      } catch {
        log.error("the open sweep \(sweep.name) cannot be taken up: \(error)")
      }
    }
    return plans
  }

  private mutating func takeUp(_ id: Digest) throws -> SweepPlan? {
    guard let stored = try store.sweepRecord(id) else { return nil }
    let record = try JSONValue.parse(stored.json, source: "an open sweep")
    guard let nothing = record["nothing"] else { return try plan(planner.plan(record: record)) }
    emptySweeps.insert(id)
    return try plan(NothingSweep(json: nothing, place: "an open sweep.nothing").plan)
  }

  /// Writes down how a sweep is treated.
  mutating func save(_ steering: SweepSteering, of sweep: Digest) throws { try self.steering.set(steering, of: sweep) }

  /// Nothing more is to be done for a sweep. One that computes nothing leaves no trace.
  mutating func close(_ sweep: Digest) throws {
    if emptySweeps.remove(sweep) != nil { try store.removeSweep(sweep) } else { try store.closeSweep(sweep) }
    try steering.remove(sweep)
  }

  private mutating func plan(_ planned: PlannedSweep) throws -> SweepPlan {
    for metric in planned.metrics?.metrics ?? [] { units[metric.name] = metric.unit }
    let outcomes = try store.outcomes(of: planned.tasks.map(\.id))
    // Only tasks that others read must say which objects they made; reading all outcomes of a large sweep takes long.
    let inputs = Set(planned.tasks.flatMap { $0.specification.inputs.values })
    let again = try wantedAgain(planned, outcomes.mapValues { $0.bytes })
    var sizes: [Digest: Int] = [:]
    let memory = steering.memory(of: planned.id)
    let tasks = try planned.tasks.map { node in
      let task = PlannedTask(
        specification: node.specification, sources: try sources(of: node.specification, &sizes), labels: node.labels,
        memory: node.specification.kind == .part ? memory.part : memory.other,
        durationClass: planner.durationClass(node.specification),
        expectedSeconds: planner.expectedSeconds(node.specification.kind),
        record: again.contains(node.id)
          ? nil : try outcomes[node.id].map { try record($0, needsObjects: inputs.contains(node.id)) })
      specifications[node.id] = task.specification
      labels[node.id] = node.label
      return task
    }
    return SweepPlan(id: planned.id, name: planned.name, tasks: tasks)
  }

  /// Tasks that are recorded without their networks, which are to be measured further or which this sweep wants to be kept:
  /// they are computed again.
  private func wantedAgain(_ planned: PlannedSweep, _ outcomes: [TaskID: [UInt8]]) throws -> Set<TaskID> {
    guard try store.hasReleases else { return [] }
    let open = planned.tasks.filter { outcomes[$0.id] == nil }
    let wanted = Set(open.flatMap { $0.specification.inputs.values })
      .union(planned.table?.trialsWithStoredWeights ?? [])
    var objects: [TaskID: [Digest]] = [:]
    for task in wanted {
      guard let bytes = outcomes[task] else { continue }
      objects[task] = try Outcome(bytes: bytes, place: "outcome of task \(task.short)").objects.values.map(\.digest)
    }
    let released = try store.released(among: objects.values.flatMap(\.self))
    return Set(objects.filter { !released.isDisjoint(with: $0.value) }.keys)
  }

  /// See ``CoordinatorOutside/plan(disputed:)``. Without the labels that a task asks for, which only its sweep knows: whoever does not
  /// have them finds nothing, and somebody else is asked.
  mutating func plan(disputed tasks: [TaskID]) throws -> SweepPlan? {
    guard takesUp else { return nil }
    var planned: [PlannedTask] = []
    var known: [TaskID: Bool] = [:]
    var sizes: [Digest: Int] = [:]
    for task in tasks { _ = try add(task, to: &planned, &known, &sizes) }
    return planned.isEmpty ? nil : .ofDisputed(planned)
  }

  /// Plans a task with a record, after everything that it reads. False when the store lacks something that this takes.
  private mutating func add(
    _ task: TaskID, to plan: inout [PlannedTask], _ known: inout [TaskID: Bool], _ sizes: inout [Digest: Int]
  ) throws -> Bool {
    if let known = known[task] { return known }
    known[task] = false
    guard let bytes = try store.specification(of: task), let outcome = try store.outcome(of: task) else { return false }
    let specification = try TaskSpecification(bytes: bytes, place: "task \(task.short)")
    for input in specification.inputs.values.sorted() where try !add(input, to: &plan, &known, &sizes) { return false }
    let own = PlannedTask(
      specification: specification, sources: try sources(of: specification, &sizes),
      durationClass: planner.durationClass(specification),
      expectedSeconds: planner.expectedSeconds(specification.kind), record: try record(outcome, needsObjects: true))
    plan.append(own)
    specifications[task] = own.specification
    known[task] = true
    return true
  }

  private func sources(of task: TaskSpecification, _ sizes: inout [Digest: Int]) throws -> [NamedObject] {
    try task.sources.sorted { $0.key < $1.key }.map { name, digest in
      guard let size = try sizes[digest] ?? store.size(of: digest) else { throw StoreError.missingObject(digest) }
      sizes[digest] = size
      return NamedObject(name: name, digest: digest, size: size)
    }
  }

  private func record(_ stored: (digest: Digest, bytes: [UInt8]), needsObjects: Bool) throws -> TaskRecord {
    guard needsObjects else { return TaskRecord(outcome: stored.digest, objects: []) }
    let outcome = try Outcome(bytes: stored.bytes, place: "outcome \(stored.digest.short)")
    return TaskRecord(
      outcome: stored.digest,
      objects: outcome.objects.sorted { $0.key < $1.key }.map {
        NamedObject(name: $0.key, digest: $0.value.digest, size: $0.value.size)
      })
  }
}
