import ArgumentParser
import Core
import ObjectStore
import Results

/// `winnow store ls`.
struct StoreListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "The sweeps of a store, how much of each is done, and sizes.")

  @OptionGroup var store: StoreOption
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let opened = try store.open()
    let statistics = try opened.statistics()
    let stored = StoredSweeps(opened)
    var unreadable: [UnreadableSweep] = []
    let sweeps = try stored.all { unreadable.append($0) }.map { (sweep: $0, done: try stored.finishedTrials(of: $0)) }
    if json {
      try Terminal.print(json: Self.json(sweeps, unreadable, statistics))
      return
    }
    for (sweep, done) in sweeps {
      try Terminal.print("\(sweep.id.short)  \(done)/\(sweep.table.rows.count) trials  \(sweep.name)")
    }
    for sweep in unreadable {
      try Terminal.print("\(sweep.id.short)  cannot be read  \(sweep.name): \(sweep.reason.problem)")
    }
    let bytes = ByteCount.text(statistics.smallBytes + statistics.largeBytes)
    try Terminal.print(
      "\(statistics.outcomes) outcomes, \(statistics.smallObjects + statistics.largeObjects) objects (\(bytes)), "
        + "\(statistics.attempts) attempts, \(statistics.failures) failures")
    if statistics.tasksWithVariants > 0 {
      try Terminal.print(
        "\(statistics.tasksWithVariants) tasks have several different outcomes: see `winnow store show TASK`.")
    }
  }

  private static func json(
    _ sweeps: [(sweep: StoredSweep, done: Int)], _ unreadable: [UnreadableSweep], _ statistics: StoreStatistics
  ) -> JSONValue {
    [
      "sweeps": .array(
        sweeps.map {
          [
            "id": .string($0.sweep.id.description), "name": .string($0.sweep.name),
            "trials": .integer(Int64($0.sweep.table.rows.count)), "finished": .integer(Int64($0.done)),
          ]
        }),
      "unreadableSweeps": .array(
        unreadable.map {
          [
            "id": .string($0.id.description), "name": .string($0.name), "problem": .string($0.reason.problem),
          ]
        }),
      "outcomes": .integer(Int64(statistics.outcomes)), "attempts": .integer(Int64(statistics.attempts)),
      "failures": .integer(Int64(statistics.failures)),
      "objects": .integer(Int64(statistics.smallObjects + statistics.largeObjects)),
      "bytes": .integer(Int64(statistics.smallBytes + statistics.largeBytes)),
      "tasksWithVariants": .integer(Int64(statistics.tasksWithVariants)),
      "formatVersion": .integer(Int64(statistics.formatVersion)), "epoch": .integer(Int64(statistics.epoch.value)),
    ]
  }
}

/// `winnow store merge`.
struct StoreMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Take over everything another store holds.",
    discussion: """
      Merging is a union: order does not matter, and doing it again changes nothing. When the two stores hold different \
      outcomes of one task, both are kept and listed, and the exit status is 2.
      """)

  @OptionGroup var store: StoreOption
  @Option(help: ArgumentHelp("The store to read from.", valueName: "dir")) var from: String

  func run() throws {
    let report = try Store.merge(from: from, into: store.store, owner: "winnow store merge")
    try Terminal.print(
      "\(report.outcomes) outcomes, \(report.objects) objects (\(ByteCount.text(report.bytes))), "
        + "\(report.attempts) attempts and \(report.sweeps) sweeps came over.")
    for conflict in report.conflicts {
      try Terminal.print("task \(conflict.task.short) has \(conflict.outcomes.count) different outcomes; all are kept")
    }
    if !report.conflicts.isEmpty { throw ExitStatus.incomplete }
  }
}
