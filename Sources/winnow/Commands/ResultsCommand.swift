import ArgumentParser
import ObjectStore
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
        winnow results --json --goal "accuracy ≥ 85 %, cheapest"

      With --goal the table answers it. --json has the answer in one more line at its end, an object with "goal" alone: \
      what reaches it, cheapest first, in the newest sweep or in that of --sweep.
      """)

  @OptionGroup var store: StoreOption
  @Option(help: ArgumentHelp("Only this sweep: its name, or the start of its id.", valueName: "name|id"))
  var sweep: String?
  @Option(help: "The table's language: en or ja.") var lang = Language.english
  @Option(
    help: ArgumentHelp(
      "Also what reaches this for the least money: \"accuracy ≥ 85 %, cheapest\".", valueName: "goal"))
  var goal: String?
  @Flag(help: "One JSON object per finished trial and line.") var json = false
  @Flag(help: "Comma-separated values, one row per finished trial.") var csv = false

  func validate() throws {
    if json && csv { throw ValidationError("choose one of --json and --csv") }
    if csv, goal != nil {
      throw ValidationError("rows of --csv are trials alone; ask for --goal with --json or without either")
    }
  }

  func run() throws {
    let opened = try store.open()
    if json || csv {
      let results = try StoredSweeps(opened).results(sweep: sweep, unreadable: Terminal.note)
      let answer = goal == nil ? "" : ReportAnalysis(try input(opened)).goalLine
      try Terminal.print((json ? ResultsTable.json(results) : ResultsTable.csv(results)) + answer, terminator: "")
    } else {
      let input = try input(opened)
      try Terminal.print(
        ResultsTable.terminal(input, width: Terminal.tableWidth, colours: Terminal.usesColours, language: lang))
      if let failures = FailureLines.text(input.failures) { try Terminal.say(failures) }
    }
  }

  private func input(_ store: Store) throws -> ReportInput {
    let stored = try StoredSweeps(store).reportInput(sweep: sweep)
    return try goal.map { stored.weighted(nil, goal: try Goal(parsing: $0, among: stored.metrics)) } ?? stored
  }
}
