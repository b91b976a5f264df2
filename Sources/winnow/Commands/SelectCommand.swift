import ArgumentParser
import Core
import Curation
import Formats
import Numerics
import Sweeps

/// `winnow select`: a strategy on anybody's arrays.
struct SelectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Choose rows of your own arrays with any strategy; nothing is trained for keeps.",
    discussion: """
      Arrays are NumPy files (.npy, .npz with one array), IDX files, each gzipped or not, or - for standard input; \
      labels may be names, one a line, too. `winnow strategies` says what each strategy needs and which options it has.

      EXAMPLES
        winnow select --features X.npy --strategy k-center --count 100 \\
          --option first=0
        winnow select --features X.npy --labels y.npy --strategy herding \\
          --count 500 --json
        winnow select --features X.npy --strategy facility-location --count 10 \\
          --option similarity=max-squared-euclidean --json
        winnow select --features X.npy --strategy facility-location \\
          --costs C.npy --budget 25
        winnow select --features X.npy --target T.npy \\
          --strategy target-herding --count 1000 > rows.txt
      """)

  @Option(help: ArgumentHelp("Features, one row a candidate.", valueName: "X.npy")) var features: String
  @Option(help: ArgumentHelp("A class for each row, as whole numbers.", valueName: "y.npy")) var labels: String?
  @Option(help: ArgumentHelp("Features of the distribution to follow.", valueName: "T.npy")) var target: String?
  @Option(help: ArgumentHelp("Class probabilities of each row under your own model.", valueName: "P.npy"))
  var probabilities: String?
  @Option(help: "The strategy.") var strategy: String
  @Option(help: "How many rows to choose, at most with --budget.") var count: Int?
  @Option(
    help: ArgumentHelp(
      "What each row costs, to the millionth, or 0 for a free one; needs --budget.", valueName: "C.npy")) var costs:
    String?
  @Option(help: ArgumentHelp("What the rows may cost together; needs --costs.", valueName: "amount")) var budget:
    Double?
  @Option(help: "Decides everything random.") var seed = 0
  @Option(help: ArgumentHelp("An option of the strategy; may be repeated.", valueName: "key=value"))
  var option: [String] = []
  @Flag(help: "Print one JSON object with indices, and gains where the strategy has them.") var json = false

  func validate() throws {
    guard (0...Int(Int32.max)).contains(seed) else { throw ValidationError("--seed is from 0 to \(Int32.max)") }
    guard (costs == nil) == (budget == nil) else { throw ValidationError("--costs and --budget belong together") }
    guard count != nil || budget != nil else { throw ValidationError("--count is needed, or --costs and --budget") }
    guard budget.map({ (0...1e12).contains($0) }) ?? true else {
      throw ValidationError("--budget is an amount from 0 to 1e12")
    }
    for option in option where !option.contains("=") {
      throw ValidationError("--option \(option): key=value is needed, for example balanced=false")
    }
  }

  func run() throws {
    let choice = StrategyChoice(name: strategy, options: try options())
    _ = try StrategyRegistry.resolve(choice)
    let features = try InputFile.rows(of: features)
    let selection = try ArraySelection(
      features: features, labels: try labels.map(Self.classes),
      target: try target.map(InputFile.rows),
      probabilities: try probabilities.map(InputFile.matrix))
    let picks = try selection.select(choice, count: count ?? features.rows, costs: try rowCosts(), seed: seed)
    if json { try Terminal.print(json: json(picks)) } else { try Terminal.print(Self.text(picks)) }
  }

  private func rowCosts() throws -> Costs? {
    guard let costs, let budget else { return nil }
    let array = try ArrayFile.array(try InputFile.bytes(of: costs), name: costs)
    guard array.shape.count(where: { $0 != 1 }) <= 1, let values = array.values.doubles else {
      throw CommandError("\(costs): one number for each row of features is needed")
    }
    do { return try Costs(amounts: values, budget: budget) } catch {
      throw CommandError("\(costs): \(error)")
    }
  }

  private func options() throws -> [String: JSONValue] {
    var options: [String: JSONValue] = [:]
    for entry in option {
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard options[parts[0]] == nil else { throw CommandError("the option \(parts[0]) is given twice") }
      // A number or a flag where it reads as one; a word otherwise.
      options[parts[0]] = (try? JSONValue.parse(Array(parts[1].utf8), source: "--option")) ?? .string(parts[1])
    }
    return options
  }

  private func json(_ picks: ArraySelection.Picks) -> JSONValue {
    var members: [String: JSONValue] = [
      "strategy": .string(strategy), "count": .integer(Int64(picks.indices.count)), "seed": .integer(Int64(seed)),
      "indices": .array(picks.indices.map { .integer(Int64($0)) }),
    ]
    if let gains = picks.gains { members["gains"] = .array(gains.map { .number($0) }) }
    return .object(members)
  }

  private static func text(_ picks: ArraySelection.Picks) -> String {
    guard let gains = picks.gains else { return picks.indices.map(String.init).joined(separator: "\n") }
    return zip(picks.indices, gains).map { "\($0)\t\($1)" }.joined(separator: "\n")
  }

  private static func classes(_ path: String) throws -> [Int] {
    try LabelFile(try InputFile.bytes(of: path), name: path).numbers
  }
}
