import ArgumentParser
import Core
import Reporting
import Utilities

/// `winnow analyze scores`: the statistics of the report for anybody's scores.
struct AnalyzeScoresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scores", abstract: "Compare methods by their scores on tasks, or over seeds.",
    discussion: """
      A CSV has the methods in its first column and one column a task or seed. Files such as SELECT's published VTAB results, \
      with lines “NAME Results:” and “TASK Accuracy: VALUE”, are read too, one file a method. Methods are paired by \
      task or seed: 95 % intervals and p-values are of paired t-tests, after Holm's correction over all pairs of methods.

      EXAMPLES
        winnow analyze scores table.csv --baseline random
        winnow analyze scores in1000.txt oi1000.txt la1000.txt
        winnow analyze scores errors.csv --lower-is-better --json
      """)

  @Argument(help: ArgumentHelp("One table, or several files of published results.", valueName: "file"))
  var files: [String]
  @Option(help: ArgumentHelp("What the others are compared with; the first method unless given.", valueName: "method"))
  var baseline: String?
  @Flag(help: "Low scores are good.") var lowerIsBetter = false
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let table = try ScoreTable(files: files.map { ($0, try InputFile.bytes(of: $0, limit: 1 << 28)) })
    let analysis = try ScoreAnalysis(table, baseline: baseline, isHigherBetter: !lowerIsBetter)
    if json { try Terminal.print(json: analysis.json) } else { try Terminal.print(text(analysis)) }
  }

  private func text(_ analysis: ScoreAnalysis) -> String {
    let lines = analysis.lines
    func number(_ value: Double?, signed: Bool = false) -> String { Numbers.decimal(value, 4, signed: signed) }
    func column(_ heading: String, _ cell: (ScoreAnalysis.Line) -> String) -> TextTable.Column {
      TextTable.Column(heading: heading, isFlushRight: true, cells: lines.map(cell))
    }
    let table = TextTable(
      names: TextTable.Column(heading: "method", cells: lines.map(\.method)),
      columns: [
        column("mean") { number($0.mean) }, column("middle half") { number($0.interquartileMean) },
        column("mean rank") { Numbers.decimal($0.meanRank, 2) }, column("wins") { String($0.wins) },
        column("to \(analysis.baseline)") { number($0.difference, signed: true) },
        column("95 % interval") { line in
          line.interval.map {
            "\(number($0.lowerBound, signed: true)) to \(number($0.upperBound, signed: true))"
          } ?? Numbers.missing
        }, column("p (Holm)") { Numbers.decimal($0.adjusted, 3) },
        column("p (signed rank)") { Numbers.decimal($0.signedRank, 3) },
      ])
    let groups = analysis.cliques.map { $0.joined(separator: ", ") }.joined(separator: "; ")
    let notes = [
      "\(Numbers.counted(analysis.units.count, "column")) counted."
        + (analysis.incomplete.isEmpty
          ? "" : " Left out, not every method has a score: \(analysis.incomplete.joined(separator: ", ")).")
        + (analysis.constant.isEmpty
          ? "" : " Left out, all methods have the same score: \(analysis.constant.joined(separator: ", "))."),
      analysis.first.map { "First: \($0), better than every other (paired t-tests, 5 %)." }
        ?? "The first place is open.",
      "Friedman p \(Numbers.decimal(analysis.friedman, 3)); critical difference of mean ranks "
        + "\(Numbers.decimal(analysis.criticalDifference, 2)) (Nemenyi, 5 %)"
        + (groups.isEmpty ? "." : "; not told apart: \(groups)."),
    ]
    let width = Terminal.tableWidth
    return (table.lines(width: width).map(\.text) + [""] + notes.map { TextLines.wrapped($0, width: width) })
      .joined(separator: "\n")
  }
}
