import ArgumentParser
import Core
import ObjectStore

/// `winnow store check`.
struct StoreCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Recompute every digest, follow every reference, count what should be there.",
    discussion: """
      Finds what is damaged and what is gone: records that were committed and are not there any more, an older copy of the \
      database, a lost log, files that a sweep was submitted with. Exit status 0 only when everything verifies, 3 when \
      something is damaged or gone.
      """)

  @OptionGroup var store: StoreOption
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let bar = ProgressBar("checking")
    do {
      let report = try store.open().check { bar.show(done: $0, of: $1) }
      bar.clear()
      try say(report)
      if !report.isClean { throw ExitStatus.damagedStore }
    } catch StoreError.database(let path, let reason) {
      // A database that SQLite cannot read at all is damage too, and there is nothing more to be counted.
      bar.clear()
      let problem = "the database \(path) cannot be read: \(reason)"
      if json {
        try Terminal.print(json: ["clean": false, "problems": [.string(problem)]])
      } else {
        try Terminal.print(problem)
        try Terminal.print("`winnow store repair` makes it again from every row that is still in one of its pages.")
      }
      throw ExitStatus.damagedStore
    }
  }

  private func say(_ report: CheckReport) throws {
    guard !json else {
      return try Terminal.print(json: [
        "clean": .bool(report.isClean), "objects": .integer(Int64(report.objects)),
        "bytes": .integer(Int64(report.bytes)), "outcomes": .integer(Int64(report.outcomes)),
        "problems": .array(report.problems.map { .string($0.description) }),
        "released": .integer(Int64(report.released)),
        "knownLosses": .array(report.knownLosses.map { .string($0) }),
      ])
    }
    for problem in report.problems { try Terminal.print("\(problem)") }
    for loss in report.knownLosses { try Terminal.print("known since a repair: \(loss)") }
    if report.released > 0 {
      try Terminal.print("\(report.released) objects were not kept, as their sweeps ask (storeWeights).")
    }
    try Terminal.print(
      report.isClean
        ? "Everything verifies: \(report.outcomes) outcomes, \(report.objects) objects."
        : "\(report.problems.count) problems. `winnow store repair` sets aside what is bad, so that it is computed again."
    )
  }
}

/// `winnow store repair`.
struct StoreRepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Set aside what is damaged and forget the outcomes that need it; the next run computes them again.",
    discussion: """
      Says what was lost, and always ends in a store that verifies. A database that SQLite cannot read any more is made again from \
      every row that is still in one of its pages. A sweep whose files are gone is closed: submit it again where they are.
      """)

  @OptionGroup var store: StoreOption

  func run() throws {
    let report = try Store.repair(at: store.store, owner: "winnow store repair")
    for problem in report.problems { try Terminal.print("\(problem)") }
    for place in report.quarantined { try Terminal.print("set aside: \(place)") }
    try Terminal.print(
      report.problems.isEmpty
        ? "Nothing was damaged."
        : "\(report.requeued.count) tasks will be computed again by the next `winnow run` of their sweep.")
  }
}

/// `winnow store prune`.
struct StorePruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune", abstract: "Delete objects that nothing refers to any more.",
    discussion: """
      Only says what it would do, unless --delete is given. Young objects are spared: see --grace-days.

      With --weights also trained networks that no sweep asks to keep ("storeWeights" in the sweep file; those of one seed \
      unless it is given). Their outcomes stay. `winnow run` does that at its end; a coordinator that runs for long does not.

      EXAMPLES
        winnow store prune                            what would go
        winnow store prune --weights --delete         and let it go
      """)

  @OptionGroup var store: StoreOption
  @Flag(help: "Really delete.") var delete = false
  @Option(help: "Spare what is younger than this many days.") var graceDays = 14
  @Flag(help: "Also trained networks that no sweep asks to keep.") var weights = false

  func validate() throws {
    guard (0...36_500).contains(graceDays) else { throw ValidationError("--grace-days is from 0 to 36500") }
  }

  func run() throws {
    let opened = try store.openForWriting()
    let report = try opened.prune(graceSeconds: graceDays * 86_400, dryRun: !delete)
    let size = ByteCount.text(report.bytes)
    try Terminal.print(
      "\(report.objects.count) objects, \(size), \(delete ? "deleted" : "would be deleted; add --delete to do it").")
    if report.spared > 0 { try Terminal.print("\(report.spared) more are younger than \(graceDays) days and stay.") }
    guard weights else { return }
    let released = try SpareWeights(opened).release(dryRun: !delete)
    try Terminal.print(
      "\(released.objects) trained networks, \(ByteCount.text(released.bytes)), "
        + "\(delete ? "deleted; their outcomes stay." : "would be deleted; add --delete to do it.")")
  }
}
