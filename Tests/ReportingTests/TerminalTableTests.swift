import Core
import Economics
import Reporting
import Results
import Sweeps
import Testing

@Suite("The summary for a terminal")
struct TerminalTableTests {
  private static let widths = [12, 20, 39, 60, 80, 400]

  private static let synthetic: SyntheticSweep = {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "oracle-clean", "herding", "target-importance"].map {
      StrategyChoice(name: $0)
    }
    synthetic.sweep.strategies.append(
      StrategyChoice(name: "herding", options: ["keep": 0.25, "metric": "a-rather-long-value"]))
    synthetic.sweep.shifts = ["expert", "crowdsourced"]
    synthetic.sweep.seeds = [0, 1]
    return synthetic
  }()

  @Test("fits every width in both languages, and is coloured only when asked", arguments: Language.allCases)
  func width(language: Language) {
    for width in Self.widths {
      let plain = ResultsTable.terminal(Self.synthetic.input, width: width, language: language)
      for line in plain.split(separator: "\n") { #expect(TextWidth.of(line) <= width, "\(width): “\(line)”") }
      #expect(!plain.contains("\u{1B}"))
    }
    let plain = ResultsTable.terminal(Self.synthetic.input, width: 39, language: language)
    let coloured = ResultsTable.terminal(Self.synthetic.input, width: 39, colours: true, language: language)
    #expect(coloured.contains("\u{1B}[1m"))
    #expect(coloured.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "") == plain)
  }

  @Test("shows every utility of every strategy at every width", arguments: Language.allCases)
  func complete(language: Language) {
    let input = Self.synthetic.input
    func words(_ width: Int) -> String {
      let text = ResultsTable.terminal(input, width: width, language: language)
      return String(text.filter { !$0.isWhitespace })
    }
    // Numbers are never broken, so that each means and difference can be looked for.
    let wide = ResultsTable.terminal(input, width: 400, language: language)
    let numbers = Set(
      wide.split { $0 == " " || $0 == "\n" }.filter { $0.contains(".") && $0.contains(where: \.isNumber) }
        .map { $0.filter { !$0.isWhitespace } })
    #expect(numbers.count > 20)
    let titles = input.metrics.headline.filter { metric in
      input.results.contains { $0.values.metrics[metric.name] != nil }
    }.map { language == .english ? $0.title.english : $0.title.japanese }
    #expect(titles.count > 2)
    for width in Self.widths where width >= 20 {
      let text = words(width)
      for number in numbers { #expect(text.contains(number), "\(width): \(number)") }
      for title in titles { #expect(text.contains(title.filter { !$0.isWhitespace }), "\(width): \(title)") }
      for strategy in input.sweep.strategies { #expect(text.contains(strategy.label), "\(width): \(strategy.label)") }
    }
  }

  @Test("says how much is finished, what failed, and that prices are illustrative")
  func closing() {
    let synthetic = Self.synthetic
    let text = ResultsTable.terminal(synthetic.input)
    #expect(text.contains("\n20 of 20 trials finished.\nPrices are illustrative.\n"))
    let failed = synthetic.input(results: [], failures: [.init(label: "a", cause: .told("b"))])
    #expect(ResultsTable.terminal(failed) == "0 of 20 trials finished. 1 failure.\n")
    #expect(ResultsTable.terminal(failed, language: .japanese) == "20件中0件の試行が終わりました。失敗1件。\n")
  }

  // MARK: What differences refer to

  private func measured(_ names: [String], seeds: Int = 6) -> ReportInput {
    let noise = [0.0, 0.001, 0.002, 0.003, 0.004, 0.005]
    return Measured(
      rows: names.enumerated().map { place, name in
        Measured.Row(name, ["accuracy": noise.prefix(seeds).map { 0.80 + 0.02 * Double(place) + $0 }])
      }
    ).input
  }

  @Test("without random nothing is compared with it: the lead over the second is shown, and no star is explained")
  func noReference() {
    let text = ResultsTable.terminal(measured(["herding", "k-center"]), width: 120)
    #expect(!text.contains("random itself") && !text.contains("difference to random") && !text.contains("*"))
    #expect(text.contains("There is no random in this setting to compare them with."))
    #expect(text.contains("Best by utility: difference to the second and 95 % interval, 6 seeds"))
    #expect(text.contains("k-center  +2.0 (+2.0 to +2.0)"))
  }

  @Test("random in first place is told by what it means, not by a difference to itself")
  func randomWins() {
    let text = ResultsTable.terminal(measured(["herding", "random"]))
    #expect(!text.contains("random itself"))
    #expect(text.contains("random  nothing is better"))
    #expect(text.contains("-2.0*") || text.contains("−2.0*"))
    #expect(text.contains("* This difference is decided: paired t-tests"))
  }

  @Test("one seed has no interval, so none is spoken of")
  func oneSeed() {
    let text = ResultsTable.terminal(measured(["random", "herding"], seeds: 1))
    #expect(!text.contains("95 % interval") && !text.contains("*"))
    #expect(text.contains("Best by utility: difference to random, 1 seed"))
  }

  @Test("a split budget is shown below the strategies, with the same utilities")
  func mixes() {
    var rows = [Measured.Row("random", ["accuracy": [0.8, 0.82]])]
    var mix = Measured.Row("mix", on: "mix", ["accuracy": [0.83, 0.85]])
    mix.strategy = StrategyChoice(name: "mix", options: ["proportions": ["expert": 0.75, "synthetic-text": 0.25]])
    mix.splits = [[String: Double]](repeating: ["expert": 0.75, "synthetic-text": 0.25], count: 2)
    rows.append(mix)
    for width in Self.widths {
      let text = ResultsTable.terminal(Measured(rows: rows).input, width: width)
      #expect(text.split(separator: "\n").allSatisfy { TextWidth.of($0) <= width })
      #expect(text.contains("84.0"))
    }
    #expect(ResultsTable.terminal(Measured(rows: rows).input).contains("Budgets split between sources:"))
  }
}
