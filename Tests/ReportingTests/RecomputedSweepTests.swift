import Core
import Economics
import Foundation
import Reporting
import Results
import Statistics
import Sweeps
import TestSupport
import Testing

/// What the report says of a stored sweep against what NumPy and SciPy say of the same trials (`StoredSweep/recompute.py`).
@Suite("A stored sweep, recomputed independently") struct RecomputedSweepTests {
  private let sweep: StoredSweep

  init() throws { sweep = try StoredSweep() }

  @Test("scores, margins, the chance of being best, regret and the shrunk best agree at every budget") func verdicts()
    throws
  {
    let verdicts = Verdict.all(of: sweep.input)
    let settings = try #require(sweep.values["settings"]?.elements)
    #expect(verdicts.count == settings.count && verdicts.count == 5)
    for (verdict, expected) in zip(verdicts, settings) {
      #expect(expected["budget"]?.double == verdict.budget.amount)
      let standings = try #require(expected["standings"]?.elements)
      #expect(standings.count == verdict.standings.count)
      for (own, other) in zip(verdict.standings, standings) {
        #expect(other["option"]?.text == Self.name(own.option))
        expect(own.score, other["score"], within: 1e-9)
        expect(own.cost, other["cost"], within: 1e-6)
        expect(own.shrunkScore, other["shrunk"], within: 1e-4)
        // Two million draws there, twelve scales of the noise here.
        expect(own.chanceBest, other["chanceBest"], within: 0.004)
        expect(own.expectedRegret, other["regret"], within: 0.01)
      }
      let margin = try #require(verdict.margin)
      expect(margin.difference, expected["margin"]?["difference"], within: 1e-9)
      expect(margin.interval?.lowerBound, expected["margin"]?["low"], within: 1e-9)
      expect(margin.interval?.upperBound, expected["margin"]?["high"], within: 1e-9)
      #expect(JSONValue.bool(margin.isClear) == expected["isClear"])
    }
  }

  @Test("the same pairs of options differ after Holm's correction") func pairs() throws {
    for expected in try #require(sweep.values["settings"]?.elements) {
      let budget = try #require(expected["budget"]?.double)
      let names = Set(sweep.trials.map(\.option)).sorted()
      let decisions = Decisions(subjects: names.count) { first, second in
        Decisions.Differences(strata: [
          zip(sweep.scores(names[first], budget), sweep.scores(names[second], budget)).map { $0 - $1 }
        ])
      }
      let found = names.indices.flatMap { first in
        names.indices.filter { $0 > first && decisions.differ(first, $0) }.map { [names[first], names[$0]] }
      }
      let stated = try #require(expected["differ"]?.elements).map { ($0.elements ?? []).compactMap(\.text) }
      // A clear first place decides its pairs too, whatever Holm's correction says.
      let first = decisions.first.map { names[$0] }
      #expect(
        found.filter { pair in !pair.contains { $0 == first } }
          == stated.filter { pair in !pair.contains { $0 == first } })
      #expect(Set(stated).isSubset(of: found))
    }
  }

  @Test("the prices at which another option comes first agree, to the option") func breakEvens() throws {
    for (verdict, expected) in zip(Verdict.all(of: sweep.input), try #require(sweep.values["settings"]?.elements)) {
      let prices = try #require(expected["prices"]?.members)
      let changes = try #require(verdict.priceChanges)
      #expect(Set(changes.map(\.item.rawValue)) == Set(prices.keys))
      for change in changes {
        let other = try #require(prices[change.item.rawValue])
        expect(change.ratio, other["ratio"], within: 1e-6 * change.ratio)
        #expect(other["successor"]?.text == Self.name(change.successor))
      }
    }
  }

  @Test("what the money buys elsewhere agrees: kinds, costs, and the ends of the intervals") func multipliers() throws {
    let page = try ParsedElement.page(sweep.input)
    let table = try #require(page.table("What others cost, in USD"))
    for other in try #require(sweep.values["worth"]?["others"]?.elements) {
      let option = try #require(other["other"]?.text)
      let row = try #require(table.row(option))
      for (cell, level) in zip(row, try #require(other["levels"]?.elements)) {
        let told = Told(cell)
        switch level["equivalent"]?.text {
        case "at most": #expect(told.isUpperBound, "\(cell)")
        case "more than": #expect(told.isLowerBound || told.isExtrapolated, "\(cell)")
        default:
          expect(told.value, level["equivalent"], within: 0.005)
          let ends = level["interval"]?.elements ?? []
          // 2,000 redraws here: their outer ends move by some per cent.
          expect(told.low, ends.first, within: 0.04 * (told.low ?? 0))
          expect(told.high, ends.last, within: 0.04 * (told.high ?? 0))
        }
        guard told.isExtrapolated else { continue }
        let curve = sweep.values["curves"]?.elements?.first { $0["option"] == other["other"] }
        expect(told.value, curve?["costOfBest"], within: 0.005)
      }
    }
  }

  @Test("fitted curves agree where they are identified") func curves() throws {
    let page = try ParsedElement.page(sweep.input)
    let table = try #require(page.table("Fitted curves of deployment"))
    var identified = 0
    for curve in try #require(sweep.values["curves"]?.elements) {
      let option = try #require(curve["option"]?.text)
      let row = try #require(table.row(option))
      guard row[0] != "not identified" else { continue }
      identified += 1
      expect(Double(row[0].split(separator: " ")[0]), curve["limit"], within: 0.05)
      expect(Double(row[1].split(separator: " ")[0]), curve["exponent"], within: 0.005)
    }
    #expect(identified == 2)
  }

  @Test("what field pictures are worth agrees: their number, its interval, the dearest photograph") func field() throws
  {
    let page = try ParsedElement.page(sweep.input)
    let table = try #require(page.element(id: "field")?.tables.first)
    for expected in try #require(sweep.values["field"]?.elements) {
      let shift = try #require(expected["shift"]?.text)
      let row = try #require(table.row(shift))
      let told = Told(row[2])
      expect(told.value, expected["equal"], within: 0.5)
      expect(told.low, expected["interval"]?.elements?.first, within: 5)
      expect(told.high, expected["interval"]?.elements?.last, within: 10)
      expect(Double(row[4].split(separator: " ")[0]), expected["breakEven"], within: 0.0005)
    }
  }

  private static func name(_ option: VerdictOption) -> String { "\(option.strategy.label) on \(option.shift)" }

  private func expect(
    _ own: Double?, _ other: JSONValue?, within tolerance: Double, location: SourceLocation = #_sourceLocation
  ) {
    switch (own, other?.double) {
    case (nil, nil): break
    case (let own?, let other?): #expect(abs(own - other) <= tolerance, sourceLocation: location)
    default:
      Issue.record(
        "one has a value, the other has none: \(String(describing: own)), \(String(describing: other))",
        sourceLocation: location)
    }
  }
}

/// A number with its interval as a cell shows it: `85.20 (64.07 to 143.60)`, `at most 9.98`, `20.63 (at most 29.79)`.
private struct Told {
  let value: Double?
  private(set) var low: Double?
  private(set) var high: Double?
  let isUpperBound: Bool
  let isLowerBound: Bool
  let isExtrapolated: Bool

  init(_ cell: String) {
    let text = cell.replacing(",", with: "")
    isUpperBound = text.hasPrefix("at most")
    isLowerBound = text.hasPrefix("more than")
    isExtrapolated = text.hasPrefix("about")
    let parts = text.split(separator: "(")
    value = Self.numbers(parts[0]).first
    guard parts.count > 1, let inside = parts.last else { return }
    let ends = Self.numbers(inside)
    if inside.contains("or more") {
      low = ends.first
    } else if inside.contains("at most") {
      high = ends.first
    } else if ends.count == 2 {
      (low, high) = (ends[0], ends[1])
    }
  }

  private static func numbers(_ text: Substring) -> [Double] {
    text.split { !($0.isNumber || $0 == ".") }.compactMap { Double($0) }
  }
}

/// The trials of `StoredSweep/trials.csv`: two strategies on four pools of the built-in data set at five budgets, six seeds.
private struct StoredSweep {
  struct Trial {
    let strategy: String
    let shift: String
    let budget: Double
    let seed: Int
    let items: Int
    let deployment: Double
    let spending: [PriceItem: Money]

    var option: String { "\(strategy) on \(shift)" }
  }

  let trials: [Trial]
  /// What NumPy and SciPy make of them.
  let values: JSONValue

  init() throws {
    let folder = try #require(Bundle.module.resourcePath) + "/StoredSweep/"
    let text = try String(contentsOfFile: folder + "trials.csv", encoding: .utf8)
    values = try JSONValue.parse(Array(Data(contentsOf: URL(filePath: folder + "values.json"))), source: "values.json")
    let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let items = try lines[0].dropFirst(6).map { try #require(PriceItem(rawValue: $0)) }
    trials = try lines.dropFirst().map { line in
      Trial(
        strategy: line[0], shift: line[1], budget: try #require(Double(line[2])), seed: try #require(Int(line[3])),
        items: try #require(Int(line[4])), deployment: try #require(Double(line[5])),
        spending: Dictionary(
          uniqueKeysWithValues: try zip(items, line.dropFirst(6)).map { ($0, Money(try #require(Double($1)))) }))
    }
  }

  /// In points, by seed.
  func scores(_ option: String, _ budget: Double) -> [Double] {
    trials.filter { $0.option == option && $0.budget == budget }.sorted { $0.seed < $1.seed }.map {
      100 * $0.deployment
    }
  }

  var input: ReportInput {
    let sweep = Sweep(
      strategies: ["random", "confident-filter"].map { StrategyChoice(name: $0) },
      shifts: ["expert", "crowdsourced", "retrieval-text", "field"],
      budgets: Set(trials.map(\.budget)).sorted().map { Money($0) }, seeds: Set(trials.map(\.seed)).sorted())
    let results = trials.map { trial in
      var ledger = Ledger(budget: Money(trial.budget))
      for (item, amount) in trial.spending.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where amount > .zero {
        ledger.charge(.purchase, item, quantity: 1, at: amount)
      }
      let name = "\(trial.option)/\(trial.budget)/\(trial.seed)"
      return TrialResult(
        point: TrialPoint(
          strategy: StrategyChoice(name: trial.strategy), shift: trial.shift, budget: Money(trial.budget),
          seed: trial.seed),
        task: TaskID(Digest(of: name)), outcome: Digest(of: name + "o"),
        values: TrialValues(
          metrics: ["deployment": trial.deployment], perClass: [:], ledger: ledger, items: trial.items,
          poolSize: 15_000,
          candidates: 0, remarks: []))
    }
    return ReportInput(
      sweep: sweep, metrics: .builtIn, strategies: .builtIn, results: results, expectedTrials: results.count,
      reference: "expert", field: "field", pools: FashionPlusPlus.pools)
  }
}
