import ArgumentParser
import Foundation
import Reporting
import Results

/// `winnow report`: one self-contained HTML file.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the report of a sweep as one HTML file that needs nothing else.",
    discussion: """
      EXAMPLES
        winnow report --output report.html
        winnow report --store /srv/winnow --sweep 4f1a --output june.html
        winnow report --weights accuracy=0.5,deployment=0.3,robustness=0.2
        winnow report --lang ja --output report-ja.html
      """)

  @OptionGroup var store: StoreOption
  @Option(name: .long, help: ArgumentHelp("Where to write the page.", valueName: "file"))
  var output = "report.html"
  @Option(help: ArgumentHelp("Which sweep, by the start of its id; the newest unless given.", valueName: "id"))
  var sweep: String?
  @Option(
    help: ArgumentHelp(
      "How much each utility counts in the recommendation; the headline utilities equally unless given.",
      valueName: "name=weight,…"))
  var weights: String?
  @Option(help: "The report's language: en or ja.") var lang = Language.english
  @Flag(help: "Print the recommendations, one a budget and setting, as a JSON array.") var json = false
  @Flag(help: "Only write the file, print no table.") var quiet = false

  func run() throws {
    let stored = try StoredSweeps(try store.open()).reportInput(sweep: sweep, withPictures: true)
    let input = stored.weighted(try weights.map { try UtilityWeights.parse($0, among: stored.metrics) })
    try ReportFile.write(input, to: output, language: lang)
    let verdicts = Verdict.all(of: input)
    if json {
      try Terminal.print(json: .array(verdicts.map(\.json)))
    } else if !quiet {
      try Terminal.print(
        ResultsTable.terminal(input, width: Terminal.tableWidth, colours: Terminal.usesColours, language: lang))
      for verdict in verdicts {
        try Terminal.say(verdict.text(currency: input.sweep.prices.currency, language: lang))
      }
    }
    Terminal.note("The report is at \(output).")
  }
}

/// Writes reports so that a reader never sees half of one.
enum ReportFile {
  /// Renders `input` into the file at `path`, replacing it whole. Throws with the path and the reason.
  static func write(_ input: ReportInput, to path: String, language: Language = .english) throws {
    let page = HTMLReport.render(input, language: language)
    try OutputFile.write(Array(page.utf8), to: path, what: "the report")
  }
}

extension Language: ExpressibleByArgument {}
