import ArgumentParser
import Files
import Foundation
import ObjectStore
import Reporting
import Results

/// `winnow compare`: what changed from one sweep to another.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what changed between two sweeps, and whether it is more than noise.",
    discussion: """
      A sweep is the start of its id (see `winnow store ls`), its name, a store's directory for the newest sweep in it, \
      or DIRECTORY:ID.

      EXAMPLES
        winnow compare 4f1a 90be                    two sweeps of ./winnow-store
        winnow compare 4f1a 90be --store /srv/winnow --json
        winnow compare /srv/june /srv/july          the newest sweeps of two stores
        winnow compare june july --weights deployment=1
      """)

  @Argument(help: ArgumentHelp("The sweep before.", valueName: "before")) var before: String
  @Argument(help: ArgumentHelp("The sweep after.", valueName: "after")) var after: String
  @OptionGroup var store: StoreOption
  @Option(
    help: ArgumentHelp(
      "How much each utility counts in the recommendations; the headline utilities equally unless given.",
      valueName: "name=weight,…"))
  var weights: String?
  @Option(help: "The language of the sentences: en or ja.") var lang = Language.english
  @Flag(help: "Print one JSON object with every change.") var json = false

  func run() throws {
    let (before, after) = (try input(before), try input(after))
    let weights = try weights.map { try UtilityWeights.parse($0, among: after.metrics) }
    let comparison = SweepComparison(before: before, after: after.weighted(weights))
    if json {
      try Terminal.print(json: comparison.json)
    } else {
      try Terminal.say(
        comparison.text(currency: after.sweep.prices.currency, language: lang), terminator: "")
    }
  }

  private func input(_ name: String) throws -> ReportInput {
    if FileReading.isDirectory(name) {
      return try StoredSweeps(try Store.openForReading(at: name)).reportInput(sweep: nil)
    }
    if let colon = name.lastIndex(of: ":") {
      let opened = try Store.openForReading(at: String(name[..<colon]))
      return try StoredSweeps(opened).reportInput(sweep: String(name[name.index(after: colon)...]))
    }
    guard FileReading.exists(store.store) else {
      throw CommandError(
        "\(name) is no store's directory, and there is no store at \(store.store) that could hold a sweep of that name")
    }
    return try StoredSweeps(try store.open()).reportInput(sweep: name)
  }
}
