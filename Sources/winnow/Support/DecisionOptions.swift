import ArgumentParser
import Sweeps

/// `--until decided` and what bounds it.
struct DecisionOptions: ParsableArguments {
  enum End: String, ExpressibleByArgument, CaseIterable {
    case decided
  }

  @Option(
    help: ArgumentHelp(
      "Add seeds where the decision is open, until it is: decided.", valueName: "end"))
  var until: End?
  @Option(
    help: ArgumentHelp(
      "How often the decision may be wrong, over all looks together; 0.05 unless given.", valueName: "share"))
  var error: Double?
  @Option(help: ArgumentHelp("Add no seeds that would take it beyond this: 90s, 30m, 2h.", valueName: "time"))
  var maxTime: TimeSpan?
  @Option(
    help: ArgumentHelp(
      "Add no seeds that would take it beyond so many trials, those in the store included.", valueName: "count"))
  var maxTrials: Int?

  func validate() throws {
    if until == nil, error != nil || maxTime != nil || maxTrials != nil {
      throw ValidationError("--error, --max-time and --max-trials belong to --until decided")
    }
    if let error, !(0.0001...0.2).contains(error) {
      throw ValidationError("--error is a share from 0.0001 to 0.2, such as 0.05")
    }
    if let maxTrials, maxTrials < 1 { throw ValidationError("--max-trials is 1 or more") }
  }

  /// nil without `--until`. Throws when the sweep as it is stated is beyond the bounds.
  func rounds(for sweep: Sweep) throws -> DecisionRounds? {
    guard until != nil else { return nil }
    guard sweep.datasets.count == 1 else {
      throw CommandError(
        "--until decided asks one data set and adds seeds; this sweep has \(sweep.datasets.count), between which more seeds decide "
          + "nothing. Give one data set, or run it without --until")
    }
    if let maxTrials, sweep.pointCount > maxTrials {
      throw CommandError(
        "the sweep as it is stated has \(sweep.pointCount) trials, more than --max-trials \(maxTrials); state fewer seeds, or "
          + "allow more")
    }
    return DecisionRounds(stated: sweep, error: error ?? 0.05, maxSeconds: maxTime?.seconds, maxTrials: maxTrials)
  }
}

/// A length of time as people write it: `90s`, `30m`, `2h`.
struct TimeSpan: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Double(argument.dropLast()), count > 0,
      count.isFinite
    else { return nil }
    seconds = count * unit
  }
}
