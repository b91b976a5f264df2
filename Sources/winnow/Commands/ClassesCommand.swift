import ArgumentParser
import Core
import Reporting
import Results

/// `winnow classes`: how well each class is known.
struct ClassesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classes", abstract: "Show how well each class is known: the worst, the best, those you search for.",
    discussion: """
      Accuracies are means over the finished trials that the options pick.

      EXAMPLES
        winnow classes                              the 20 worst
        winnow classes --sort best --top 50
        winnow classes --search terrier --strategy herding
        winnow classes --csv > classes.csv          every class
      """)

  @OptionGroup var store: StoreOption
  @OptionGroup var filter: TrialFilter
  @Option(help: "worst, best or name.") var sort = ClassTable.Order.worst
  @Option(help: ArgumentHelp("Only classes whose names hold this.", valueName: "text")) var search: String?
  @Option(help: "How many classes to show; 20 unless the output is CSV or JSON.") var top: Int?
  @Flag(help: "Comma-separated values.") var csv = false
  @Flag(help: "Print one JSON array.") var json = false

  func validate() throws {
    if json && csv { throw ValidationError("choose one of --json and --csv") }
    guard top.map({ $0 > 0 }) ?? true else { throw ValidationError("--top is at least 1") }
  }

  func run() throws {
    let sweeps = StoredSweeps(try store.open())
    let results = try filter.results(in: sweeps)
    let table = ClassTable(results, of: try sweeps.reportInput(sweep: filter.sweep))
    let found = table.rows(sort, search: search)
    guard !found.isEmpty else {
      throw CommandError(
        search.map { "no class has “\($0)” in its name" } ?? "the trials hold no accuracy by class")
    }
    let shown = Array(found.prefix(top ?? (csv || json ? found.count : 20)))
    if csv {
      try Terminal.print(ClassTable.csv(shown), terminator: "")
    } else if json {
      try Terminal.print(json: ClassTable.json(shown))
    } else {
      let lines =
        ["\(found.count) classes, \(shown.count) shown, over \(table.trials) trials:"] + ClassTable.text(shown)
      try Terminal.say(lines.joined(separator: "\n"))
    }
  }
}

extension ClassTable.Order: ExpressibleByArgument {}
