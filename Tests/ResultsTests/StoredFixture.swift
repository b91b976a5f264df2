import Core
import Economics
import Execution
import Foundation
import ObjectStore
import Planning
import Results
import Sweeps

/// A store of a test's own with planned sweeps, whose tasks the test finishes or fails as it likes.
final class StoredFixture {
  let store: Store
  private let directory: String
  private static let catalogue = Catalogue.standard()

  init() throws {
    directory = NSTemporaryDirectory() + "winnow-results-" + UUID().uuidString
    store = try Store.openForWriting(at: directory, owner: "test")
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  static let guide = ResultsGuide(
    tables: { try catalogue.tables.wording(of: $0) }, firstRelease: { _, _ in nil })

  var sweeps: StoredSweeps { StoredSweeps(store, guide: Self.guide) }

  /// All sweeps, each of which can be read.
  func all() throws -> [StoredSweep] { try sweeps.all { throw $0.reason } }

  /// The results of a sweep, or of all, each of which can be read.
  func results(_ sweep: String?) throws -> [TrialResult] { try sweeps.results(sweep: sweep) { throw $0.reason } }

  static func request(_ name: String = "mine", seeds: [Int] = [0, 1]) -> Sweep {
    var sweep = Sweep(
      strategies: [
        NamedChoice(name: "random"), NamedChoice(name: "margin"),
        NamedChoice(name: "mix", options: ["proportions": ["expert": 0.5, "crowdsourced": 0.5]]),
      ], shifts: ["expert", "crowdsourced"], budgets: [Money(20)], seeds: seeds)
    sweep.name = name
    return sweep
  }

  /// Plans a sweep, the content of each raw file standing for itself by its path.
  static func plan(_ sweep: Sweep) throws -> PlannedSweep {
    let resolved = try ResolvedSweep(sweep, catalogue: catalogue)
    let files = resolved.files.map { ($0.name, Digest(of: $0.path)) }
    return try PlannedSweep(resolved, sources: Dictionary(uniqueKeysWithValues: files))
  }

  /// Plans a sweep and stores it with its trial table.
  @discardableResult func add(_ sweep: Sweep, withTable: Bool = true) throws -> PlannedSweep {
    let planned = try Self.plan(sweep)
    try store.addSweep(
      id: planned.id, name: planned.name, json: planned.record.canonical,
      trialTable: withTable ? planned.table?.bytes : nil)
    return planned
  }

  /// Gives a task an outcome.
  func finish(
    _ node: PlannedSweep.Node, _ values: JSONValue, objects: [String: [UInt8]] = [:], attempt: JSONValue? = nil
  ) throws {
    let references = objects.mapValues { ObjectReference(digest: Digest(of: $0), size: $0.count) }
    try store.put(Array(objects.values))
    let outcome = Outcome(task: node.id, kind: node.specification.kind, objects: references, values: values)
    _ = try store.commit([
      Commit(
        task: node.id, specification: node.specification.json.canonical, outcome: outcome.canonical,
        objects: references.values.map(\.digest), attempt: attempt?.canonical)
    ])
  }

  func fail(_ node: PlannedSweep.Node, _ cause: FailureCause = .exited(status: 3)) throws {
    let report = TaskFailureReport(task: node.id, taskClass: "c", isQuarantined: false, cause: cause)
    try store.saveFailure(
      FailureRecord(
        task: node.id, specification: node.specification.json.canonical, report: report.canonical))
  }

  /// What the task of `node` says: a number that belongs to it alone.
  static func accuracy(_ task: TaskID) -> Double { Double(task.digest.bytes[0]) / 256 }

  static func trialValues(_ task: TaskID) -> JSONValue {
    var ledger = Ledger(budget: Money(20))
    ledger.charge(.purchase, .acquire, quantity: 100, at: Money(0.1))
    return TrialValues(
      metrics: ["accuracy": accuracy(task)], perClass: [:], ledger: ledger, items: 100, poolSize: 1_000, candidates: 0,
      remarks: []
    ).json
  }

  /// Finishes every trial and measure for which `isWanted` holds.
  func finishAll(of planned: PlannedSweep, where isWanted: (PlannedSweep.Node) -> Bool = { _ in true }) throws {
    for node in planned.tasks where isWanted(node) {
      switch node.specification.kind {
      case .trial: try finish(node, Self.trialValues(node.id))
      case .measure: try finish(node, ["metrics": ["accuracy": .number(Self.accuracy(node.id))]])
      default: break
      }
    }
  }
}

extension PlannedSweep {
  func node(_ task: TaskID) -> Node { tasks.first { $0.id == task }! }
  func nodes(_ kind: TaskKindName) -> [Node] { tasks.filter { $0.specification.kind == kind } }
}
