import ArgumentParser
import Core
import Dispatch
import Foundation
import Reporting
import Simulation
import Synchronization

/// `winnow simulate`: whole clusters in virtual time.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Run whole clusters in virtual time, with everything going wrong.",
    discussion: """
      EXAMPLES
        winnow simulate --seeds 0..<1000            a thousand clusters
        winnow simulate --seed 4711                 one of them again
        winnow simulate --seeds 0..<50 --sabotage doubleGrants
                                                    broken on purpose: is it seen?

      A seed draws hosts, a sweep and what goes wrong: crashes, lost and doubled messages, full disks, damaged files, members \
      that lie. In the end every result must be there, once and unchanged. For a seed that shows otherwise the last events are \
      printed; the page “Reading a failing simulation seed” says how to read them. Exit status 1 when a check failed, or when \
      a sabotage was not noticed.
      """)

  @Option(help: "One seed.") var seed: UInt64?
  @Option(help: ArgumentHelp("Seeds from A to below B.", valueName: "A..<B")) var seeds: SeedRange?
  @Option(help: "A fault of the cluster itself, which the checks must notice.") var sabotage: Sabotage?
  @Option(help: "How many clusters run at once.") var workers = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (seed == nil) != (seeds == nil) else { throw ValidationError("say which seeds: --seed N or --seeds A..<B") }
    guard (1...1_024).contains(workers) else { throw ValidationError("--workers is from 1 to 1024") }
  }

  func run() throws {
    let range = seed.map { $0..<$0 + 1 } ?? seeds?.range ?? 0..<0
    let bar = ProgressBar("simulating")
    var tally = Tally()
    var start = range.lowerBound
    while start < range.upperBound {
      let block = start..<min(range.upperBound, start + UInt64(16 * workers))
      let found = simulated(block)
      for violation in found.violations where !json && sabotage == nil {
        bar.clear()
        try Terminal.print(violation.description + "\n")
      }
      tally.add(found)
      start = block.upperBound
      bar.show(done: Int(start - range.lowerBound), of: range.count, "\(tally.violations.count) failed")
    }
    bar.clear()
    try json ? Terminal.print(json: tally.json) : Terminal.say(words(for: tally))
    if tally.violations.isEmpty != (sabotage == nil) { throw ExitCode.failure }
  }

  /// Runs the seeds, several at a time; each is the same whatever runs beside it.
  private func simulated(_ seeds: Range<UInt64>) -> Tally {
    let tallies = Mutex([UInt64: Tally]())
    let sabotage = sabotage
    let next = Atomic(seeds.lowerBound)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let seed = next.add(1, ordering: .relaxed).oldValue
        guard seed < seeds.upperBound else { return }
        let tally = Tally(of: seed, sabotage: sabotage)
        tallies.withLock { $0[seed] = tally }
      }
    }
    var total = Tally()
    for (_, tally) in tallies.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { total.add(tally) }
    return total
  }

  private func words(for tally: Tally) -> String {
    let run = "\(Numbers.counted(tally.seeds, "cluster")), \(Numbers.count(tally.steps)) steps, "
    let all = run + "\(Numbers.count(tally.disturbances.values.reduce(0, +))) disturbances"
    let failed = tally.violations.count
    if let sabotage {
      return failed > 0
        ? "\(all): \(sabotage.rawValue) was noticed in \(failed)." : "\(all): nobody noticed \(sabotage.rawValue)."
    }
    return failed > 0 ? "\(all): a check failed in \(failed)." : "\(all): nothing was lost, doubled or different."
  }
}

/// `0..<1000`.
struct SeedRange: ExpressibleByArgument {
  let range: Range<UInt64>

  init?(argument: String) {
    let bounds = argument.components(separatedBy: "..<")
    guard bounds.count == 2, let from = UInt64(bounds[0]), let to = UInt64(bounds[1]), from < to,
      to - from <= 1_000_000_000
    else { return nil }
    range = from..<to
  }
}

extension Sabotage: ExpressibleByArgument {}

/// What happened in simulated clusters.
private struct Tally: Sendable {
  var seeds = 0
  var steps = 0
  var disturbances: [String: Int] = [:]
  var troubles: [String: Int] = [:]
  var violations: [Violation] = []

  init() {}

  /// Runs one cluster to its end.
  init(of seed: UInt64, sabotage: Sabotage?) {
    var world = World(seed: seed, sabotage: sabotage)
    do { try world.run() } catch let violation as Violation {
      violations = [violation]
    } catch { violations = [Violation(seed: seed, at: world.now, text: "\(error)", events: [])] }
    (seeds, steps) = (1, world.steps)
    for (kind, count) in world.disturbed { disturbances[kind.rawValue] = count }
    for (kind, count) in world.troubles { troubles["\(kind)"] = count }
  }

  mutating func add(_ other: Tally) {
    seeds += other.seeds
    steps += other.steps
    disturbances.merge(other.disturbances, uniquingKeysWith: +)
    troubles.merge(other.troubles, uniquingKeysWith: +)
    violations += other.violations
  }

  var json: JSONValue {
    func counts(_ counts: [String: Int]) -> JSONValue { .object(counts.mapValues { .integer(Int64($0)) }) }
    return .object([
      "seeds": .integer(Int64(seeds)), "steps": .integer(Int64(steps)), "disturbances": counts(disturbances),
      "troubles": counts(troubles),
      "failed": .array(
        violations.map { .object(["seed": .string(String($0.seed)), "what": .string($0.text)]) }),
    ])
  }
}
