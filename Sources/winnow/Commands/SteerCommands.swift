import ArgumentParser
import Wire

/// The sweep that a command is about.
struct SweepArgument: ParsableArguments {
  @Argument(help: "The sweep's name, or the start of its id; `winnow sweeps` lists both.") var sweep: String
  @OptionGroup var connection: ConnectionOptions

  func steer(_ order: SweepOrder) throws {
    try Terminal.print(try connection.client().steer(sweep: sweep, order))
  }
}

/// `winnow pause`: let a sweep rest.
struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Begin no more tasks of a sweep.",
    discussion: """
      What runs goes on, and its results are kept. A coordinator that is started again still knows that the sweep rests. \
      `winnow resume`, and submitting the sweep again, go on with it.
      """)
  @OptionGroup var target: SweepArgument

  func run() throws { try target.steer(.pause) }
}

/// `winnow resume`: go on with a sweep that was paused.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a sweep that was paused.")
  @OptionGroup var target: SweepArgument

  func run() throws { try target.steer(.resume) }
}

/// `winnow forget`: take a sweep that has ended off the list.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Do not list a sweep any more that has ended or was cancelled.",
    discussion: "Its results stay in the store. Submitting it again lists it again.")
  @OptionGroup var target: SweepArgument

  func run() throws { try target.steer(.forget) }
}

/// `winnow priority`: how large a sweep's share of the cluster is.
struct PriorityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "priority", abstract: "Say how large a sweep's share of the cluster is.",
    discussion: """
      EXAMPLES
        winnow priority june 30                     three times the usual share
        winnow priority june 10                     the usual one

      Sweeps that have something to do share the cluster in proportion to their priorities, from 1 to 100.
      """)
  @Argument(help: "The sweep's name, or the start of its id; `winnow sweeps` lists both.") var sweep: String
  @Argument(help: "From 1 to 100; 10 is usual.") var priority: Int
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard SweepOrder.priorities.contains(priority) else { throw ValidationError("a priority is from 1 to 100") }
  }

  func run() throws { try Terminal.print(try connection.client().steer(sweep: sweep, .priority(priority))) }
}
