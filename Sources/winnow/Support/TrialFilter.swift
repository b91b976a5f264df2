import ArgumentParser
import Economics
import Results
import Sweeps

/// Options that pick trials of a store.
struct TrialFilter: ParsableArguments {
  @Option(
    help: ArgumentHelp("Which sweep, by its name or the start of its id; the newest unless given.", valueName: "id"))
  var sweep: String?
  @Option(help: "Only this strategy, as tables name it.") var strategy: String?
  @Option(help: "Only this shift.") var shift: String?
  @Option(help: "Only this budget.") var budget: Double?
  @Option(help: "Only this seed.") var seed: Int?

  /// The finished trials that match, in the order of the grid. Throws when none does.
  func results(in sweeps: StoredSweeps) throws -> [TrialResult] {
    let stored = try sweeps.sweep(sweep)
    let found = try sweeps.results(of: stored).filter { result in
      let point = result.point
      return (strategy.map { $0 == point.strategy.label || $0 == point.strategy.name } ?? true)
        && (shift.map { $0 == point.shift } ?? true) && (budget.map { Money($0) == point.budget } ?? true)
        && (seed.map { $0 == point.seed } ?? true)
    }
    guard !found.isEmpty else { throw CommandError("no finished trial of the sweep \(stored.name) matches") }
    return found
  }
}
