import ArgumentParser
import Core
import ObjectStore
import Sweeps

/// `winnow verify`: whether results come out again.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compute random results of a store again, here, and compare.",
    discussion: """
      EXAMPLES
        winnow verify --sample 20                   twenty of all
        winnow verify --sample 20 --key lab-7       of those that this key handed in

      Nothing is written. A result that was pinned to another BLAS kernel than this process uses is passed over, and said; \
      start winnow with OPENBLAS_CORETYPE set to that kernel to compare it. Exit status 4 when a result does not come out again.
      """)

  @OptionGroup var store: StoreOption
  @Option(help: "How many results.") var sample = 20
  @Option(help: ArgumentHelp("Only results that this key handed in.", valueName: "name")) var key: String?
  @Option(help: "Which results: the same seed takes the same ones. Random unless given.") var seed: UInt64?
  @Flag(help: "Run programs that sweeps bring along, as the user of this process.") var allowPrograms = false
  @Flag(help: "Print one JSON object for each result.") var json = false

  func validate() throws {
    guard (1...1_000_000).contains(sample) else { throw ValidationError("--sample is from 1 to 1000000") }
  }

  func run() throws {
    let recomputation = Recomputation(try store.open(), allowsPrograms: allowPrograms)
    let seed = seed ?? .random(in: 0..<1 << 32)
    let chosen = try recomputation.sample(sample, key: key, seed: seed)
    let bar = ProgressBar("verifying")
    var verdicts: [Recomputation.Verdict] = []
    for (index, task) in chosen.enumerated() {
      bar.show(done: index, of: chosen.count)
      let verdict = recomputation.verdict(on: task)
      verdicts.append(verdict)
      guard verdict != .same || json else { continue }
      bar.clear()
      try json ? Terminal.print(json: verdict.json(of: task)) : Terminal.print("task \(task.short): \(verdict)")
    }
    bar.clear()
    let differing = verdicts.count(where: \.isDifferent)
    if !json {
      try Terminal.print(
        "\(verdicts.count { $0 == .same }) of \(chosen.count) results came out again, \(differing) did not, "
          + "\(verdicts.count(where: \.isSkipped)) could not be compared here (seed \(seed)).")
    }
    if differing > 0 { throw ExitStatus.incidents }
  }
}
