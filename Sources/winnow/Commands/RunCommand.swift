import ArgumentParser
import Cluster
import Core
import Files
import Foundation
import ObjectStore
import Planning
import Reporting
import Results
import Sweeps
import Transport

/// `winnow run`: a whole sweep on this machine.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a sweep on this machine, from its images to its report.",
    discussion: """
      EXAMPLES
        winnow run                                  the built-in sweep, on every core
        winnow run my-sweep.json --store /data/june
        winnow run my-sweep.json --workers 4 --json
        winnow run my-sweep.json --until decided --max-time 2h
        winnow run my-sweep.json --until decided --error 0.01 --max-trials 5000

      Stop it with Ctrl-C whenever you like: the same command goes on where it stopped. Everything computed is in the \
      store, and the report is written there too, as report.html.

      With --until decided the sweep is run as it is stated, and then again with more seeds for the strategies and pools \
      that may still be the best, until one is better than every other at the largest budget, or eight looks are taken. \
      However often it looks, it names a wrong one in at most --error of the sweeps. Where another option leads at a \
      smaller budget, up to three rounds follow with more seeds and a budget near the place where they change places.

      EXIT STATUS
        0    everything finished; with --until decided: and it is decided
        1    it could not run, with the reason
        2    trials failed, or it stays undecided: the output says what
        4    results contradict others of the store
        130  interrupted; the same command goes on
      """)

  @Argument(help: ArgumentHelp("A sweep file; the built-in sweep when left out.", valueName: "sweep.json"))
  var sweep: String?
  @OptionGroup var store: StoreOption
  @Option(help: "How many workers compute at once.") var workers = ProcessInfo.processInfo.activeProcessorCount
  @Option(
    help: ArgumentHelp(
      "Something that this machine has and trials may ask for, such as gpu; may be given several times.",
      valueName: "name")) var label: [String] = []
  @OptionGroup var decision: DecisionOptions
  @Flag(help: "Print one JSON object about the run at its end.") var json = false

  func validate() throws {
    guard (1...1_024).contains(workers) else { throw ValidationError("--workers is from 1 to 1024") }
    for name in label where !WorkerLabel.isValid(name) {
      throw ValidationError("--label is 1 to 32 letters, digits, hyphens, dots and underscores, not \"\(name)\"")
    }
  }

  func run() throws {
    let resolved = try SweepFile.read(sweep)
    try SourceFiles.check(resolved)
    var rounds = try decision.rounds(for: resolved.sweep)
    if let footprint = try SweepFootprint.ifKnown(of: resolved),
      let shortage = HostMemory.shortage(footprint, workers: workers)
    {
      throw CommandError(shortage)
    }
    // The coordinator, which holds the most, has about 30 open and a few for each worker.
    try DescriptorLimit.require(
      HostCapacity.programDescriptors + HostCapacity.workerDescriptors * workers, for: "winnow run")
    let signals = try SignalDescriptor([SIGINT, SIGTERM])
    let started = MonotonicClock.now
    let cluster = try EmbeddedCluster(store: store.store, workers: workers, labels: label)
    defer { cluster.stop() }
    var last = try run(resolved, on: cluster, signals)
    var sweeps: Set<Digest> = [last.id]
    while let next = rounds?.next(after: last.sweep, id: last.id, try input(last.id)) {
      if !json, let line = rounds?.progress { Terminal.note(line) }
      last = try run(try ResolvedSweep(next, catalogue: .winnow), on: cluster, signals)
      sweeps.insert(last.id)
    }
    cluster.stop()
    try spareWeights(of: sweeps)
    try conclude(rounds?.reportID ?? last.id, rounds, seconds: MonotonicClock.now.seconds(since: started))
  }

  /// Computes what the store lacks of one sweep. Throws ``ExitStatus/interrupted`` after Ctrl-C.
  private func run(
    _ resolved: ResolvedSweep, on cluster: EmbeddedCluster, _ signals: SignalDescriptor
  ) throws -> (id: Digest, sweep: Sweep) {
    let submitted = try ClusterClient(cluster.address).submit(resolved)
    if !json { try announce(resolved, submitted.done, submitted.tasks) }
    let follower = SweepFollower(address: cluster.address, sweep: submitted.sweep, signals: signals)
    if try follower.follow(watch: { try cluster.watchChildren() }) == .interrupted {
      cluster.stop()
      Terminal.note("Interrupted. Nothing finished is lost; go on with: \(commandLine)")
      throw ExitStatus.interrupted
    }
    return (submitted.sweep, resolved.sweep)
  }

  /// Lets trained networks go that the sweeps do not ask to keep.
  private func spareWeights(of sweeps: Set<Digest>) throws {
    do {
      let report = try SpareWeights(try store.openForWriting()).release(of: sweeps, dryRun: false)
      if !json, let note = report.note { Terminal.note(note) }
    } catch StoreError.locked {
      // Somebody else goes on with the store: whoever ends last will see to it.
    }
  }

  private func input(_ id: Digest, withPictures: Bool = false) throws -> ReportInput {
    try StoredSweeps(try store.open()).reportInput(sweep: id.description, withPictures: withPictures)
  }

  private var commandLine: String {
    (["winnow", "run"] + CommandLine.arguments.dropFirst(2)).joined(separator: " ")
  }

  private func announce(_ resolved: ResolvedSweep, _ done: Int, _ tasks: Int) throws {
    let request = resolved.sweep
    Terminal.note(
      "\(request.name): \(request.pointCount) trials, \(tasks) tasks"
        + (done > 0 ? ", \(done) of them already in the store." : "."))
    if let note = try AnswerCount(resolved).note { Terminal.note(note) }
    for warning in NumericsNotes.warnings(sweepCore: request.numericsCore) { Terminal.note("Note: \(warning)") }
  }

  private func conclude(_ id: Digest, _ rounds: DecisionRounds?, seconds: Double) throws {
    let input = try input(id, withPictures: true)
    let analysis = ReportAnalysis(input)
    let report = "\(store.store)/report.html"
    try ReportFile.write(analysis, to: report)
    if json {
      var members: [String: JSONValue] = [
        "sweep": .string(id.description), "store": .string(store.store), "report": .string(report),
        "trials": .integer(Int64(input.expectedTrials)), "finished": .integer(Int64(input.results.count)),
        "failed": .array(input.failures.map { ["label": .string($0.label), "reason": .string($0.cause.description)] }),
        "seconds": .number((seconds * 100).rounded() / 100),
      ]
      members["decision"] = rounds?.json
      try Terminal.print(json: .object(members))
    } else {
      try Terminal.print(ResultsTable.terminal(analysis, width: Terminal.tableWidth, colours: Terminal.usesColours))
      if let failures = FailureLines.text(input.failures) { try Terminal.say(failures) }
      if let rounds { try Terminal.say(rounds.conclusion) }
      try Terminal.say("Done in \(Int(seconds.rounded(.up))) s. The report is at \(report)")
    }
    if input.results.count < input.expectedTrials || rounds?.isComplete == false { throw ExitStatus.incomplete }
    if input.incidents.tasks > 0 { throw ExitStatus.incidents }
    if let rounds, !rounds.isDecided { throw ExitStatus.incomplete }
  }
}
