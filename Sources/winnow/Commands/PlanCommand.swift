import ArgumentParser
import Core
import Curation
import Economics
import Files
import Foundation
import ObjectStore
import Planning
import Reporting
import Results
import Sweeps

/// `winnow plan`: what a sweep will take, without running it.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what a sweep will take: tasks, money, time; nothing is run.",
    discussion: """
      EXAMPLES
        winnow plan                                 the built-in sweep
        winnow plan my-sweep.json --workers 16      with the time on 16 cores
        winnow plan my-sweep.json --tasks           every task with its id
        winnow plan my-sweep.json --power           seeds that show one point
        winnow plan --power --difference 0.005 --utility deployment --deviation 0.01
      """)

  @Argument(help: ArgumentHelp("A sweep file; the built-in sweep when left out.", valueName: "sweep.json"))
  var sweep: String?
  @OptionGroup var store: StoreOption
  @Option(help: "Cores that will compute, for the estimate of time.") var workers =
    ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "List every task with its id.") var tasks = false
  @Flag(help: "Say how many seeds a wanted difference needs, and what they cost.") var power = false
  @Option(help: "With --power: the difference to find, in the utility's unit; 0.01 is one point.")
  var difference = 0.01
  @Option(help: "With --power: the utility to find it in.") var utility = "accuracy"
  @Option(
    help: ArgumentHelp(
      """
      With --power: how much the difference of two strategies varies between seeds, as a standard deviation; measured \
      on the store's trials unless given.
      """, valueName: "number"))
  var deviation: Double?
  @Option(help: "With --power: the language of the sentences, en or ja.") var lang = Language.english
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard difference > 0, difference < 1e9, deviation.map({ $0 > 0 && $0 < 1e9 }) ?? true else {
      throw ValidationError("--difference and --deviation are numbers above 0")
    }
    guard (1...100_000).contains(workers) else { throw ValidationError("--workers is from 1 to 100000") }
  }

  func run() throws {
    let resolved = try SweepFile.read(sweep)
    try SourceFiles.check(resolved)
    let opened = FileReading.exists(store.store) ? try store.open() : nil
    if power {
      guard resolved.datasets.count == 1 else {
        throw CommandError("--power counts the seeds of one data set, and this sweep has several; give it one")
      }
      let estimate = try SweepEstimate(resolved, store: opened)
      let plan = try powerPlan(
        estimate, results: try opened.map { try StoredSweeps($0).results(sweep: nil, unreadable: Terminal.note) } ?? [])
      if json {
        try Terminal.print(json: plan.json)
      } else {
        try Terminal.say(plan.text(currency: resolved.sweep.prices.currency, language: lang))
      }
      return
    }
    // Which tasks a store has can only be told from their ids; without a store the grid is counted.
    // Several data sets share tasks, so that only the tasks themselves say how many there are.
    let planned = opened != nil || tasks || json || resolved.datasets.count > 1 ? try expand(resolved) : nil
    let estimate = try SweepEstimate(resolved, plan: planned, store: opened)
    let footprint = try SweepFootprint.ifKnown(of: resolved)
    if json {
      try Terminal.print(json: Self.json(estimate, footprint, planned, workers))
    } else {
      try Terminal.say(text(estimate, footprint, planned))
    }
    // More workers than this machine has room for may be on other machines; a single one that has none is a refusal.
    if let footprint, let shortage = HostMemory.shortage(footprint, workers: 1) { throw CommandError(shortage) }
  }

  private func expand(_ resolved: ResolvedSweep) throws -> PlannedSweep {
    try PlannedSweep(resolved, sources: try SourceFiles.read(for: resolved) { $0.digest })
  }

  private func powerPlan(_ estimate: SweepEstimate, results: [TrialResult]) throws -> PowerPlan {
    let metrics = try ResultsGuide.winnow.tables(estimate.resolved.sweep).metrics
    guard let metric = metrics[name: utility] else {
      let known = metrics.metrics.map(\.name)
      throw CommandError("--utility: \(Suggestion.unknown(utility, among: known))")
    }
    let reference = StrategyRegistry.catalogue.reference
    let measured = reference.flatMap {
      PowerPlan.Spread.measured(results, metric: metric.name, reference: $0)
    }
    guard let spread = deviation.map(PowerPlan.Spread.assumed) ?? measured else {
      throw CommandError(
        "this store has no two seeds of \(reference?.name ?? "a reference") and another strategy to measure how much \(metric.name) varies; run a "
          + "few seeds first, or state it with --deviation, for example 0.01")
    }
    let sweep = estimate.resolved.sweep
    let trials = estimate.trials
    let seconds = estimate.kinds.filter { [.trial, .measure, .score].contains($0.kind) }.map { kind in
      kind.meanSeconds.map { $0 * Double(kind.total) / Double(trials) }
    }
    return PowerPlan(
      metric: metric, wanted: difference, spread: spread, shifts: sweep.shifts.count,
      strategies: max(1, sweep.strategies.count { $0 != reference }),
      trialsPerSeed: max(1, trials / sweep.seeds.count),
      trialCost: Money(millionths: estimate.largestCost.millionths / Int64(trials)),
      trialSeconds: seconds.contains(nil) ? nil : seconds.reduce(0) { $0 + ($1 ?? 0) })
  }

  private func text(_ estimate: SweepEstimate, _ footprint: SweepFootprint?, _ planned: PlannedSweep?) -> String {
    let sweep = estimate.resolved.sweep
    let mixes = sweep.strategies.count { $0.isMix }
    let strategies = "\(sweep.strategies.count - mixes) strategies × \(sweep.shifts.count) shifts"
    let grid = mixes == 0 ? strategies : "(\(strategies) + \(mixes) mixes)"
    let datasets = sweep.datasets.count == 1 ? "" : " × \(sweep.datasets.count) data sets"
    var lines = [
      "\(sweep.name): \(grid) × \(sweep.budgets.count) budgets × \(sweep.seeds.count) seeds\(datasets): "
        + "\(estimate.trials) trials"
    ]
    for kind in estimate.kinds {
      let mean = kind.meanSeconds.map { ", \(Self.rounded($0)) CPU seconds each so far" } ?? ""
      lines.append("  \(kind.kind.name): \(kind.total) tasks, \(kind.finished) already in the store\(mean)")
    }
    lines.append(
      "Money: at most \(estimate.largestCost) \(sweep.prices.currency)"
        + (sweep.prices.isIllustrative ? " at illustrative prices; put your own under \"prices\"." : "."))
    lines.append(
      estimate.remainingSeconds.map {
        "Time: about \(Self.rounded($0 / Double(workers))) seconds on \(workers) cores."
      } ?? "Time: unknown until this store has run a few tasks of each kind.")
    lines += footprint.map(HostMemory.lines) ?? []
    lines += footprint.flatMap { HostMemory.shortage($0, workers: workers) }.map { ["On one machine: \($0)."] } ?? []
    lines += estimate.resolved.refusedPools.map {
      "Left out: the pool \($0.name) (licence \($0.licence ?? "not stated")), because \"licences\" does not allow it."
    }
    lines += estimate.resolved.filteredPools.map {
      "Of the pool \($0) only samples are used whose own licences \"licences\" allows; how many that are shows when it is made."
    }
    lines += estimate.shortages.map {
      "Too little money: a budget of \($0.budget) buys \($0.strategy) not a single image of \($0.shift); at least "
        + "\($0.least) is needed."
    }
    if tasks { lines += (planned?.tasks ?? []).map { "\($0.id)  \($0.label)" } }
    return lines.joined(separator: "\n")
  }

  private static func rounded(_ seconds: Double) -> String { String((seconds * 10).rounded() / 10) }

  private static func json(
    _ estimate: SweepEstimate, _ footprint: SweepFootprint?, _ planned: PlannedSweep?, _ workers: Int
  ) -> JSONValue {
    [
      "sweep": planned.map { .string($0.id.description) } ?? .null, "name": .string(estimate.resolved.sweep.name),
      "trials": .integer(Int64(estimate.trials)), "largestCost": estimate.largestCost.json,
      "currency": .string(estimate.resolved.sweep.prices.currency),
      "bytes": footprint.map(HostMemory.json) ?? .null,
      "secondsOnWorkers": estimate.remainingSeconds.map { .number($0 / Double(workers)) } ?? .null,
      "kinds": .array(
        estimate.kinds.map {
          [
            "kind": .string($0.kind.name), "tasks": .integer(Int64($0.total)),
            "finished": .integer(Int64($0.finished)), "meanCPUSeconds": $0.meanSeconds.map { .number($0) } ?? .null,
          ]
        }),
      "shortages": .array(
        estimate.shortages.map {
          [
            "strategy": .string($0.strategy), "shift": .string($0.shift), "budget": $0.budget.json,
            "least": $0.least.json,
          ]
        }),
      "tasks": .array(
        (planned?.tasks ?? []).map { ["id": .string($0.id.description), "label": .string($0.label)] }),
    ]
  }
}
