package import Coordination
package import Core
package import Sweeps
package import Wire

/// What a simulated cluster has to do: a small sweep of the usual shape, and later a second one that wants the same and a
/// little more, with a known right answer for every task.
package struct Workload: Sendable {
  /// How a task misbehaves, wherever it runs.
  package enum Temper: Sendable, Equatable {
    case good
    /// Throws every time.
    case throwing
    /// Throws the first time.
    case moody
    /// Kills its process every time.
    case killing
    /// Gives another outcome on every host.
    case fickle
  }

  package struct Item: Sendable {
    package let specification: TaskSpecification
    package let temper: Temper
    /// How long it computes on a host of ordinary speed.
    package let seconds: Double
    package let objectNames: [String]
    /// Wanted by the second sweep only.
    package let isLate: Bool
  }

  /// Every item after its inputs.
  package private(set) var items: [Item] = []
  package private(set) var index: [TaskID: Int] = [:]

  /// Pools that need each other, scores of pools, trials of both. `badTasks` is the share of scores and trials that
  /// misbehave.
  package init(seed: UInt64, badTasks: Double, trials: Int = 20) {
    var generator = SeededGenerator(seed: seed, purpose: "workload")
    let web = add("web", .part, [], &generator)
    let first = add("first", .part, [web], &generator)
    let second = add("second", .part, [web, first], &generator)
    let pools = [first, second]
    var scores: [TaskSpecification] = []
    for number in 0..<4 {
      scores.append(add("score \(number)", .score, [pools[number % 2]], &generator, bad: badTasks / 2))
    }
    for number in 0..<trials + 4 {
      var inputs = [pools[generator.integer(below: 2)]]
      if generator.uniform() < 0.5 { inputs.append(scores[generator.integer(below: scores.count)]) }
      _ = add("trial \(number)", .trial, inputs, &generator, bad: badTasks, isLate: number >= trials)
    }
  }

  private mutating func add(
    _ name: String, _ kind: TaskKindName, _ inputs: [TaskSpecification], _ generator: inout SeededGenerator,
    bad: Double = 0,
    isLate: Bool = false
  ) -> TaskSpecification {
    let named = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { ("input \($0.offset)", $0.element.id) })
    let core = kind == .trial && generator.uniform() < 0.2 ? "Haswell" : nil
    let specification = TaskSpecification(
      kind: kind, parameters: ["name": .string(name)], inputs: named, numericsCore: core)
    let tempers: [Temper] = kind == .trial ? [.throwing, .moody, .killing, .fickle] : [.throwing, .moody, .killing]
    let temper = generator.uniform() < bad ? tempers[generator.integer(below: tempers.count)] : .good
    let objects = kind == .trial ? (generator.uniform() < 0.5 ? ["subset"] : []) : ["data", "labels"]
    index[specification.id] = items.count
    items.append(
      Item(
        specification: specification, temper: temper, seconds: 1 + 8 * generator.uniform(), objectNames: objects,
        isLate: isLate))
    return specification
  }

  static func name(isSecond: Bool) -> String { isSecond ? "second sweep" : "first sweep" }

  static func id(isSecond: Bool) -> Digest { Digest(of: name(isSecond: isSecond)) }

  /// What somebody submits.
  static func text(isSecond: Bool) -> [UInt8] { Array(name(isSecond: isSecond).utf8) }

  /// The plan of a sweep, with the records that the store has.
  package func plan(isSecond: Bool, records: [TaskID: TaskRecord]) -> SweepPlan {
    SweepPlan(
      id: Self.id(isSecond: isSecond), name: Self.name(isSecond: isSecond),
      tasks: items.filter { isSecond || !$0.isLate }.map {
        PlannedTask(specification: $0.specification, record: records[$0.specification.id])
      })
  }

  /// The outcome of an item, computed on `host` (which matters for fickle tasks only).
  ///
  /// - Parameters:
  ///   - isSpoilt: it was computed from damaged inputs.
  ///   - isLie: the host says something else on purpose.
  package func success(
    of item: Item, host: Int, isSpoilt: Bool = false, isLie: Bool = false
  ) -> TaskEnding.Success {
    let task = item.specification.id
    let flavour = flavour(of: item, host: host, isSpoilt: isSpoilt, isLie: isLie)
    let objects = item.objectNames.map { name in
      let content = content(of: name, task: task, flavour: flavour)
      return NamedObject(name: name, digest: Digest(of: content), size: content.count)
    }
    let references = objects.map { ($0.name, ObjectReference(digest: $0.digest, size: $0.size)) }
    let outcome = Outcome(
      task: task, kind: item.specification.kind, objects: Dictionary(uniqueKeysWithValues: references),
      values: ["answer": .string(Digest(of: "\(task) \(flavour)").short)])
    return TaskEnding.Success(
      outcome: outcome.canonical, attempt: Array("{\"host\":\(host)}".utf8),
      objects: objects.sorted { $0.name < $1.name })
  }

  /// Small and large ones, so that a store keeps them in both its ways.
  private func content(of name: String, task: TaskID, flavour: String) -> [UInt8] {
    let text = Array("\(task)/\(name)/\(flavour)".utf8)
    return name == "data" ? text + [UInt8](repeating: 0x2E, count: 40_000) : text
  }

  /// The bytes of everything that `item` makes on `host`, in the order of ``success(of:host:)``.
  func contents(of item: Item, host: Int, isSpoilt: Bool = false, isLie: Bool = false) -> [[UInt8]] {
    let flavour = flavour(of: item, host: host, isSpoilt: isSpoilt, isLie: isLie)
    return item.objectNames.sorted().map { content(of: $0, task: item.specification.id, flavour: flavour) }
  }

  /// What makes one result of a task differ from another.
  private func flavour(of item: Item, host: Int, isSpoilt: Bool, isLie: Bool) -> String {
    (item.temper == .fickle ? "\(host)" : "") + (isSpoilt ? "spoilt" : "") + (isLie ? "a lie" : "")
  }

  /// Whether the task can have a record at the end: it does not misbehave, nor does anything that it needs.
  package func canSucceed(_ task: TaskID) -> Bool {
    let item = items[index[task]!]
    guard item.temper != .throwing, item.temper != .killing else { return false }
    return item.specification.inputs.values.allSatisfy(canSucceed)
  }
}
