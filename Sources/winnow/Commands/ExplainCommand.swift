import ArgumentParser
import Cluster

/// `winnow explain`: where a task stands and why.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say where a task stands, why it waits, and what happened to it.",
    discussion: """
      EXAMPLES
        winnow explain 4f1a22                       by the start of its id
        winnow explain "random, expert, seed 0"     by what `winnow status` calls it

      It names what the task needs and does not have, who may not be given it and why, and the last things that happened \
      to it since the coordinator started.
      """)
  @Argument(help: "The start of the task's id, or its name.") var task: String
  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let explanation = try connection.client().explain(task: task)
    if json { return try Terminal.print(json: explanation.json) }
    try Terminal.say(explanation.lines.joined(separator: "\n"))
  }
}
