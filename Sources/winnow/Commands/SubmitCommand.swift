import ArgumentParser
import Sweeps
import Transport

/// `winnow submit`: hand a sweep to a coordinator that already runs.
struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Hand a sweep to a running coordinator.",
    discussion: """
      EXAMPLES
        winnow submit my-sweep.json --config cluster.json
        winnow submit my-sweep.json --connect tcp://10.0.0.5:5557 \\
          --key my.key --server-key coordinator.pub

      Files that the sweep names (images, subsets, programs) are read on this machine, and what the cluster lacks of them is \
      sent there.

      Handing in the same sweep again is harmless: what is recorded is not computed again.
      """)

  @Argument(help: ArgumentHelp("A sweep file; the built-in sweep when left out.", valueName: "sweep.json"))
  var sweep: String?
  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Stay and follow it until it ends.") var watch = false
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let resolved = try SweepFile.read(sweep)
    let submitted = try connection.client().submit(resolved)
    if json {
      try Terminal.print(json: [
        "sweep": .string(submitted.sweep.description), "tasks": .integer(Int64(submitted.tasks)),
        "done": .integer(Int64(submitted.done)),
      ])
    } else {
      try Terminal.print(
        "Sweep \(submitted.sweep.short): \(submitted.tasks) tasks, \(submitted.done) of them already done.")
      if let note = try AnswerCount(resolved).note { Terminal.note(note) }
    }
    if watch { try WatchCommand.follow(connection, sweep: submitted.sweep) }
  }
}
