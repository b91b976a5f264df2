import Core
import Economics
import Reporting
import Sweeps
import Testing

@Suite("Results as tables")
struct ResultsTableTests {
  private static let results = SyntheticSweep().results

  @Test("one JSON object a line and a trial, with everything that identifies and measures it")
  func json() throws {
    let lines = ResultsTable.json(Self.results).split(separator: "\n")
    #expect(lines.count == 180)
    for line in lines {
      let object = try JSONValue.parse(Array(line.utf8), source: "line")
      let keys = try #require(object.members).keys.sorted()
      #expect(
        keys == [
          "budget", "candidates", "dataset", "items", "kernel", "ledger", "metrics", "model", "outcome", "poolSize",
          "remarks", "seed", "shift", "sizing", "split", "strategy", "sweep", "sweepName", "task", "training",
          "trainingLength",
        ])
      let ledger = try Ledger(json: try #require(object["ledger"]), place: "ledger")
      #expect(ledger.total <= ledger.budget)
    }
    let first = try JSONValue.parse(Array(lines[0].utf8), source: "line")
    let result = try #require(Self.results.first { $0.task.description == first["task"]?.text })
    #expect(first["metrics"]?["accuracy"]?.double == result.values.metrics["accuracy"])
    #expect(first["strategy"]?.text == result.point.strategy.label)
    #expect(first["seed"]?.int == result.point.seed)
  }

  @Test("CSV quotes what needs it, keeps every metric, and leaves a missing one empty")
  func csv() throws {
    let odd = StrategyChoice(name: "herding", options: ["keep": .string("a,\"b\"\nc")])
    let first = Self.results[0]
    var values = first.values
    values.metrics["accuracy"] = nil
    let result = TrialResult(
      point: TrialPoint(strategy: odd, shift: "expert", budget: Money(50), seed: 7), task: first.task,
      outcome: first.outcome, values: values)
    let rows = Self.parse(ResultsTable.csv([first, result]))
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    let row = try #require(rows.first { $0[8] == "7" })
    #expect(row[5] == "herding(keep=a,\"b\"\nc)")
    let accuracy = try #require(rows[0].firstIndex(of: "accuracy"))
    #expect(row[accuracy] == "")
    let other = try #require(rows.dropFirst().first { $0[8] == "0" })
    #expect(Double(other[accuracy]) == first.values.metrics["accuracy"])
    let spending = rows[0].indices.filter { rows[0][$0].hasPrefix("ledger.") }
    let total = spending.reduce(0.0) { $0 + Double(other[$1])! }
    #expect(abs(total - first.values.ledger.total.amount) < 1e-9)
  }

  /// A reader of RFC 4180.
  private static func parse(_ text: String) -> [[String]] {
    var (rows, row, field, isQuoted) = ([[String]](), [String](), "", false)
    var characters = Array(text)[...]
    while let character = characters.popFirst() {
      switch (character, isQuoted) {
      case ("\"", true) where characters.first == "\"": field.append(characters.removeFirst())
      case ("\"", _): isQuoted.toggle()
      case (",", false): (row, field) = (row + [field], "")
      case ("\n", false): (rows, row, field) = (rows + [row + [field]], [], "")
      default: field.append(character)
      }
    }
    return rows
  }
}
