import Core
import Curation
package import Economics
package import ObjectStore
package import Sweeps

/// What a sweep will take, before anything is spent: counts, money, and time where earlier attempts tell it.
///
/// The grid is counted as a product; it is expanded only where a store may already hold some of its tasks.
package struct SweepEstimate: Sendable {
  /// One kind of task.
  package struct Kind: Sendable {
    package let kind: TaskKindName
    package let total: Int
    package let finished: Int
    /// Mean CPU seconds of the attempts known; nil when there is none.
    package let meanSeconds: Double?
  }

  /// A strategy that cannot buy a single image with a budget.
  package struct Shortage: Sendable, Hashable {
    package let strategy: String
    package let shift: String
    package let budget: Money
    /// The smallest budget that would do.
    package let least: Money
  }

  package let resolved: ResolvedSweep
  package let kinds: [Kind]
  /// The combinations of strategy, pool and budget whose trials will fail for want of money.
  package let shortages: [Shortage]

  /// - Parameters:
  ///   - plan: the expansion, where there is one; a store is looked up only with it.
  ///   - store: what is finished already; nil means an empty store.
  package init(_ resolved: ResolvedSweep, plan: PlannedSweep? = nil, store: Store? = nil) throws {
    self.resolved = resolved
    shortages = try Self.shortages(resolved)
    let finished = try plan.flatMap { try store?.finished(among: $0.tasks.map(\.id)) } ?? []
    let known = try Self.knownSeconds(store)
    var totals: [TaskKindName: Int] = [:]
    var done: [TaskKindName: Int] = [:]
    if let plan {
      for node in plan.tasks {
        totals[node.specification.kind, default: 0] += 1
        if finished.contains(node.id) { done[node.specification.kind, default: 0] += 1 }
      }
    } else {
      totals = try Self.counts(resolved)
    }
    kinds = resolved.catalogue.tasks.map(\.name).compactMap { kind in
      guard let total = totals[kind], total > 0 else { return nil }
      let seconds = known[kind] ?? []
      return Kind(
        kind: kind, total: total, finished: done[kind] ?? 0,
        meanSeconds: seconds.isEmpty ? nil : seconds.reduce(0, +) / Double(seconds.count))
    }
  }

  /// How many trials the sweep has.
  package var trials: Int { resolved.sweep.pointCount }

  /// The most that all trials together may spend: their budgets.
  package var largestCost: Money {
    let perBudget = trials / max(resolved.sweep.budgets.count, 1)
    return resolved.sweep.budgets.reduce(.zero) { $0 + $1 * perBudget }
  }

  /// CPU seconds still to be computed; nil when a kind that is still open was never run in this store.
  package var remainingSeconds: Double? {
    var sum = 0.0
    for kind in kinds where kind.finished < kind.total {
      guard let mean = kind.meanSeconds else { return nil }
      sum += mean * Double(kind.total - kind.finished)
    }
    return sum
  }

  /// The points of one seed and one data set; every other has as many.
  private static func pointsOfOneSeed(_ sweep: Sweep) -> [TrialPoint] {
    var first = sweep
    first.seeds = Array(sweep.seeds.prefix(1))
    first.datasets = Array(sweep.datasets.prefix(1))
    return first.points
  }

  private static func counts(_ resolved: ResolvedSweep) throws -> [TaskKindName: Int] {
    let trials = resolved.sweep.pointCount
    var totals: [TaskKindName: Int] = [.part: distinctParts(resolved), .trial: trials]
    for measure in resolved.measures { totals[measure.kind, default: 0] += trials }
    var scores: Set<Digest> = []
    for point in pointsOfOneSeed(resolved.sweep) where !point.strategy.isMix {
      let parameters = try TrialParameters(point: point, of: resolved)
      if let scoring = parameters.strategy.scoreParameters(in: parameters.terms) {
        scores.insert(Digest(of: scoring.canonical))
      }
    }
    totals[.score] = scores.count * resolved.sweep.seeds.count * resolved.sweep.datasets.count
    return totals
  }

  /// The parts of all data sets, each once: draws and worlds share what does not depend on them.
  private static func distinctParts(_ resolved: ResolvedSweep) -> Int {
    var known: Set<Digest> = []
    for (dataset, names) in zip(resolved.datasets, resolved.fileNames) {
      var parts: [String: Digest] = [:]
      for part in resolved.neededParts(of: dataset.description) {
        let content: JSONValue = [
          "parameters": part.parameters, "version": .integer(Int64(part.version)),
          "inputs": .object(
            Dictionary(uniqueKeysWithValues: part.inputs.map { ($0, .string(parts[$0]!.description)) })),
          "files": .object(part.files.mapValues { .string(names[$0] ?? $0) }),
        ]
        parts[part.name] = Digest(of: content.canonical)
      }
      known.formUnion(parts.values)
    }
    return known.count
  }

  private static func shortages(_ resolved: ResolvedSweep) throws -> [Shortage] {
    var found: [Shortage] = []
    for point in pointsOfOneSeed(resolved.sweep) where !point.strategy.isMix {
      let parameters = try TrialParameters(point: point, of: resolved)
      let least = parameters.strategy.leastBudget(in: parameters.terms)
      let shortage = Shortage(
        strategy: point.strategy.label, shift: point.shift, budget: point.budget, least: least)
      if point.budget < least, !found.contains(shortage) { found.append(shortage) }
    }
    return found
  }

  private static func knownSeconds(_ store: Store?) throws -> [TaskKindName: [Double]] {
    guard let store else { return [:] }
    var seconds: [TaskKindName: [Double]] = [:]
    for (task, specification) in try store.taskSpecifications() {
      seconds[specification.kind, default: []] += try store.attempts(of: task).compactMap {
        try JSONValue.parse($0, source: "attempt")["cpuSeconds"]?.double
      }
    }
    return seconds
  }
}
