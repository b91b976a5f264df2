import ArgumentParser
import Core
import Foundation
import Planning

/// `winnow import-outcomes`: predictions that were made elsewhere, for stated trials of a sweep.
struct ImportOutcomesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-outcomes",
    abstract: "Take in predictions that were made elsewhere, for trials of a sweep.",
    discussion: """
      EXAMPLES
        winnow run sweep.json                         its data, and all other trials
        winnow import-outcomes sweep.json --requests  what has to be answered
        winnow import-outcomes sweep.json --check     is what is there whole?
        winnow import-outcomes sweep.json             measure what was answered

      The sweep names a directory among its models: {"name": "imported", "answers": "gpu"}. In it each trial has a directory, \
      such as gpu/herding-expert-50.00-seed-0. With --requests its training samples, the sets that will be measured and \
      request.json are written there. Whoever trains, wherever that is, puts logits-0.npy or predictions-0.npy and so on \
      beside them, one for each set (.npz and .csv are read too). Trials without answers wait; answers that are of another \
      shape, or to another request, are refused.

      What was taken in is an outcome like any other, marked as imported. Other answers for the same trial make another task: \
      nothing that is recorded is replaced, and `winnow store ls` lists both sweeps. With a cluster, hand in the answers by \
      `winnow submit` instead.

      EXIT STATUS
        0    every trial has its predictions, and all were measured
        1    it could not be done; answers that cannot be taken are listed
        2    trials wait for predictions, or failed
      """)

  @Argument(help: ArgumentHelp("A sweep file.", valueName: "sweep.json"))
  var sweep: String
  @OptionGroup var store: StoreOption
  @Flag(help: "Write what has to be answered, for every trial that waits.") var requests = false
  @Flag(help: "Only look at what was answered; measure nothing.") var check = false
  @Option(help: "How many workers measure at once.") var workers = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    if requests && check { throw ValidationError("choose one of --requests and --check") }
    guard (1...1_024).contains(workers) else { throw ValidationError("--workers is from 1 to 1024") }
  }

  func run() throws {
    let resolved = try SweepFile.read(sweep)
    let count = try AnswerCount(resolved)
    guard !count.directories.isEmpty else {
      throw CommandError(
        "no model of \(sweep) is trained elsewhere; add {\"name\": \"imported\", \"answers\": \"a directory\"} to its "
          + "\"models\"")
    }
    if requests {
      try writeRequests(resolved)
      return
    }
    let problems = count.directories.compactMap { directory -> String? in
      do {
        try directory.check()
        return nil
      } catch { return "\(error)" }
    }
    if check || !problems.isEmpty { try say(count, problems) }
    guard problems.isEmpty else {
      throw CommandError("\(problems.count) of \(count.answered) answers cannot be taken; nothing was imported")
    }
    guard count.answered > 0 else {
      throw CommandError("there are no predictions yet; \(Self.advice)")
    }
    if check {
      if count.answered < count.directories.count { throw ExitStatus.incomplete }
      return
    }
    let run = try RunCommand.parse(
      [sweep, "--store", store.store, "--workers", String(workers)] + (json ? ["--json"] : []))
    try run.run()
  }

  private static let advice = "`winnow import-outcomes --requests` writes what has to be answered"

  private func say(_ count: AnswerCount, _ problems: [String]) throws {
    if json {
      try Terminal.print(json: [
        "trials": .integer(Int64(count.directories.count)), "answered": .integer(Int64(count.answered)),
        "waiting": .array(count.directories.filter { !$0.isAnswered }.map { .string($0.path) }),
        "problems": .array(problems.map { .string($0) }),
      ])
      return
    }
    try Terminal.say("\(count.answered) of \(count.directories.count) trials have predictions.")
    for problem in problems { try Terminal.say("  WRONG \(problem)") }
    let waiting = count.directories.filter { !$0.isAnswered }
    for directory in waiting.prefix(10) { try Terminal.say("  waits: \(directory.path)") }
    if waiting.count > 10 { try Terminal.say("  and \(waiting.count - 10) more") }
  }

  private func writeRequests(_ resolved: ResolvedSweep) throws {
    let plan = try PlannedSweep(resolved, sources: try SourceFiles.read(for: resolved) { $0.digest })
    let places = Dictionary(
      uniqueKeysWithValues: try SourceFiles.answers(of: resolved).map { ($0.point, $0.path) })
    let writer = HandedOutRequests(try store.open(), allowsPrograms: true)
    let bar = ProgressBar("writing requests")
    for (index, trial) in plan.waiting.enumerated() {
      bar.show(done: index, of: plan.waiting.count)
      try writer.write(trial, to: places[trial.point]!)
    }
    bar.clear()
    let paths = plan.waiting.map { places[$0.point]! }
    if json {
      try Terminal.print(json: ["written": .array(paths.map { .string($0) })])
    } else if let first = paths.first {
      try Terminal.say(
        "\(paths.count) trials wait for predictions; each has a directory with its request, such as \(first)")
    } else {
      try Terminal.say("No trial waits for predictions.")
    }
  }
}
