import Core
package import Economics
package import ObjectStore
package import Sweeps

/// What a sweep will take, before anything is spent: counts, money, and time where earlier attempts tell it.
package struct SweepEstimate: Sendable {
  /// One kind of task.
  package struct Kind: Sendable {
    package let kind: TaskKind
    package let total: Int
    package let finished: Int
    /// Mean CPU seconds of the attempts known; nil when there is none.
    package let meanSeconds: Double?
  }

  package let plan: ExpandedSweep
  package let kinds: [Kind]

  /// Looks up what `store` already has; nil means an empty store.
  package init(_ plan: ExpandedSweep, store: Store?) throws {
    self.plan = plan
    let finished = try store?.finished(among: plan.graph.nodes.map(\.id)) ?? []
    let known = try Self.knownSeconds(store)
    kinds = TaskKind.allCases.compactMap { kind in
      let nodes = plan.graph.nodes.filter { $0.specification.kind == kind }
      guard !nodes.isEmpty else { return nil }
      let seconds = known[kind] ?? []
      return Kind(
        kind: kind, total: nodes.count, finished: nodes.filter { finished.contains($0.id) }.count,
        meanSeconds: seconds.isEmpty ? nil : seconds.reduce(0, +) / Double(seconds.count))
    }
  }

  /// The most that all trials together may spend: their budgets.
  package var largestCost: Money { plan.graph.trials.reduce(.zero) { $0 + $1.point.budget } }

  /// CPU seconds still to be computed; nil when a kind that is still open was never run in this store.
  package var remainingSeconds: Double? {
    var sum = 0.0
    for kind in kinds where kind.finished < kind.total {
      guard let mean = kind.meanSeconds else { return nil }
      sum += mean * Double(kind.total - kind.finished)
    }
    return sum
  }

  private static func knownSeconds(_ store: Store?) throws -> [TaskKind: [Double]] {
    guard let store else { return [:] }
    var seconds: [TaskKind: [Double]] = [:]
    for task in try store.tasks() {
      guard let bytes = try store.specification(of: task) else { continue }
      let place = "specification of \(task.short)"
      let specification = try TaskSpecification(json: try JSONValue.parse(bytes, source: place), place: place)
      seconds[specification.kind, default: []] += try store.attempts(of: task).compactMap {
        try JSONValue.parse($0, source: "attempt")["cpuSeconds"]?.double
      }
    }
    return seconds
  }
}
