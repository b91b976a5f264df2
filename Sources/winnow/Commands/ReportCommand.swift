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
        winnow report --goal "accuracy ≥ 85 %, cheapest"
        winnow report --lang ja --output report-ja.html
      """)

  @OptionGroup var store: StoreOption
  @Option(name: .long, help: ArgumentHelp("Where to write the page.", valueName: "file"))
  var output = "report.html"
  @Option(help: ArgumentHelp("Which sweep, by the start of its id; the newest unless given.", valueName: "id"))
  var sweep: String?
  @Option(
    help: ArgumentHelp(
      "What the answer is judged by: how much each utility counts. Deployment accuracy alone unless given, or base "
        + "accuracy where there is no deployment set.",
      valueName: "name=weight,…"))
  var weights: String?
  @Option(
    help: ArgumentHelp(
      "What must be reached, for the least money, instead of weights: \"accuracy ≥ 85 %, cheapest\".",
      valueName: "goal"))
  var goal: String?
  @Option(help: "The report's language: en or ja.") var lang = Language.english
  @Flag(
    help: ArgumentHelp(
      "Print the recommendations, one a budget and setting, as a JSON array; that of the first screen holds the answer to --goal."
    )
  ) var json = false
  @Flag(help: "Only write the file, print no table.") var quiet = false

  func validate() throws {
    if weights != nil, goal != nil { throw ValidationError("choose one of --weights and --goal") }
  }

  func run() throws {
    let stored = try StoredSweeps(try store.open()).reportInput(sweep: sweep, withPictures: true)
    let analysis = ReportAnalysis(
      stored.weighted(
        try weights.map { try UtilityWeights.parse($0, among: stored.metrics) },
        goal: try goal.map { try Goal(parsing: $0, among: stored.metrics) }))
    try ReportFile.write(analysis, to: output, language: lang)
    if json {
      try Terminal.print(json: analysis.json)
    } else if !quiet {
      try Terminal.print(
        ResultsTable.terminal(analysis, width: Terminal.tableWidth, colours: Terminal.usesColours, language: lang))
    }
    Terminal.note("The report is at \(output).")
  }
}

/// Writes reports so that a reader never sees half of one.
enum ReportFile {
  /// Renders `analysis` into the file at `path`, replacing it whole. Throws with the path and the reason.
  static func write(_ analysis: ReportAnalysis, to path: String, language: Language = .english) throws {
    let page = HTMLReport.render(analysis, language: language)
    try OutputFile.write(Array(page.utf8), to: path, what: "the report")
  }
}

extension Language: ExpressibleByArgument {}
