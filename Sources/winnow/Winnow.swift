import ArgumentParser
import Cluster
import Core
import Files
import Reporting

/// Everything a person types.
@main struct Winnow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow",
    abstract: "Which way of collecting and choosing training images is worth its price?",
    discussion: """
      EXAMPLES
        winnow run                            the built-in sweep, on this machine
        winnow run my-sweep.json --workers 8  your own
        winnow report --output report.html    the page again
        winnow submit my-sweep.json           hand it to a running coordinator
        winnow watch                          follow it

      EXIT STATUS
        0    done
        1    it failed; the message says what to do
        2    the sweep ended, but some trials failed for good
        3    the store has damage
        4    results contradict others, or do not come out again
        64   the command line is wrong
        130  interrupted; the same command resumes
      """,
    version: "winnow \(Version.current)",
    subcommands: [
      RunCommand.self, PlanCommand.self, SubmitCommand.self, StatusCommand.self, WatchCommand.self,
      SweepsCommand.self, PauseCommand.self, ResumeCommand.self, PriorityCommand.self, CancelCommand.self,
      ForgetCommand.self, ExplainCommand.self,
      WorkersCommand.self, ResultsCommand.self, ImportOutcomesCommand.self, ClassesCommand.self, ReportCommand.self,
      StrategiesCommand.self,
      DatasetCommand.self, SelectCommand.self, SubsetCommand.self, AnalyzeCommand.self, CompareCommand.self,
      StoreCommand.self, DoctorCommand.self, IncidentsCommand.self, VerifyCommand.self, SimulateCommand.self,
      KeysCommand.self,
    ])

  /// Runs the command. Unlike the parser's own `main`, it notices when help cannot be printed either.
  static func main() {
    ProgramStart.chooseKernel()
    StandardStreams.prepare()
    DescriptorLimit.raise()
    do {
      // With fewer, SQLite and libzmq fail in ways that tell nobody why.
      try DescriptorLimit.require(24, for: "winnow")
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard exitCode(for: error).isSuccess else { exit(withError: error) }
      // The parser breaks every line but that of the usage.
      let help = TextLines.wrapped(fullMessage(for: error), width: Terminal.width)
      do { try StandardOutput.write(help + "\n") } catch { exit(withError: error) }
    }
  }
}
