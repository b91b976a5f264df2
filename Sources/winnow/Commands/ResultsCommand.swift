import ArgumentParser
import Reporting
import Results

/// `winnow results`: every finished trial, for scripts and spreadsheets.
struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Print every finished trial of a store.",
    discussion: """
      EXAMPLES
        winnow results                              a table for people
        winnow results --json                       one JSON object a line and trial
        winnow results --csv > trials.csv           one row a trial
      """)

  @OptionGroup var store: StoreOption
  @Option(help: ArgumentHelp("Only this sweep: its name, or the start of its id.", valueName: "name|id"))
  var sweep: String?
  @Option(help: "The table's language: en or ja.") var lang = Language.english
  @Flag(help: "One JSON object per finished trial and line.") var json = false
  @Flag(help: "Comma-separated values, one row per finished trial.") var csv = false

  func validate() throws {
    if json && csv { throw ValidationError("choose one of --json and --csv") }
  }

  func run() throws {
    let opened = try store.open()
    if json || csv {
      let results = try StoredSweeps(opened).results(sweep: sweep, unreadable: Terminal.note)
      try Terminal.print(json ? ResultsTable.json(results) : ResultsTable.csv(results), terminator: "")
    } else {
      let input = try StoredSweeps(opened).reportInput(sweep: sweep)
      try Terminal.print(
        ResultsTable.terminal(input, width: Terminal.tableWidth, colours: Terminal.usesColours, language: lang))
      if let failures = FailureLines.text(input.failures) { try Terminal.say(failures) }
    }
  }
}
