import Core
import Economics
import Reporting
import Sweeps
import TestSupport
import Testing

/// Numbers on the page that can be worked out by hand.
@Suite("Numbers of the sections") struct SectionNumbersTests {
  private func page(_ rows: [Measured.Row], _ change: (inout Sweep) -> Void = { _ in }) throws -> ParsedElement {
    let measured = Measured(rows: rows)
    var sweep = measured.sweep
    change(&sweep)
    return try PageChecks.page(measured.input.with(sweep: sweep))
  }

  // MARK: Fronts

  @Test("on the front are those that no other beats in cost and utility, as a search over all pairs says")
  func paretoFront() throws {
    var generator = SeededGenerator(seed: 1, purpose: "fronts")
    for _ in 0..<4 {
      let rows = (0..<9).map { index -> Measured.Row in
        let value = Double(50 + generator.integer(below: 9)) / 100
        let cost = Double(5 * (1 + generator.integer(below: 9)))
        return Measured.Row(
          index == 0 ? "random" : "s\(index)", ["accuracy": [value]], spending: [.acquire: cost])
      }
      let table = try #require(
        try page(rows).tables.first {
          $0.columns.contains("Way of collecting") && $0.columns.count == 5 && $0.caption.contains("Accuracy")
        })
      // Costs within 1 % of the budget are equal; these differ by 5 or not at all.
      func cost(_ row: Measured.Row) -> Double { row.spending![.acquire]! }
      func beats(_ a: Measured.Row, _ b: Measured.Row) -> Bool {
        let (x, y) = (a.metrics["accuracy"]![0], b.metrics["accuracy"]![0])
        return x >= y && cost(a) <= cost(b) && (x > y || cost(a) < cost(b))
      }
      let front = rows.filter { row in !rows.contains { beats($0, row) } }
      #expect(Set(table.rows.map(\.header)) == Set(front.map(\.strategy.name)))
      #expect(table.rows.count == front.count)
    }
  }

  // MARK: Curves

  @Test("a target that is never reached is said to be so, and one between budgets is read from the line") func targets()
    throws
  {
    func rows(_ name: String, _ values: [Double]) -> [Measured.Row] {
      zip([25.0, 50, 100], values).map { Measured.Row(name, budget: $0, ["accuracy": [$1, $1]]) }
    }
    // The target is random's 0.70 at 100. From 0.66 at 50 to 0.74 at 100 margin is there half a doubling on: 50·√2.
    let page = try page(
      rows("random", [0.50, 0.60, 0.70]) + rows("margin", [0.58, 0.66, 0.74]) + rows("herding", [0.50, 0.55, 0.60]))
    let table = try #require(page.tables.first { $0.caption.contains("the curves in numbers") })
    #expect(table.row("margin")?[2].hasPrefix("70.71") == true, "\(table.rows)")
    #expect(table.row("herding")?[2].contains("70.71") == false && table.row("herding")?[2].first?.isNumber == false)
    // Mean over the logarithm: (0.58/2 + 0.66 + 0.74/2)/2 = 66 %.
    #expect(table.row("margin")?[0].hasPrefix("66.0") == true && table.row("random")?[0].hasPrefix("60.0") == true)
    #expect(table.row("margin")?[1].hasPrefix("+6.0") == true && table.row("herding")?[1].hasPrefix("−5.0") == true)
  }

  @Test("a strategy that misses a budget is drawn, and left out of the numbers") func missingBudget() throws {
    let rows =
      [25.0, 50].map { Measured.Row("random", budget: $0, ["accuracy": [0.5, 0.5]]) } + [
        Measured.Row("margin", budget: 50, ["accuracy": [0.9, 0.9]])
      ]
    let page = try page(rows)
    let numbers = try #require(page.tables.first { $0.caption.contains("the curves in numbers") })
    #expect(numbers.rows.map(\.header) == ["random"])
    let curves = try #require(page.element(id: "curves"))
    #expect(curves.tables.contains { $0.row("margin") == ["–", "90.0"] })
    #expect(curves.all("path").contains { $0.all("title").first?.text == "margin" })
  }

  // MARK: Robustness

  @Test("mCE is the mean of the errors' ratios to random's; a corruption that random masters leaves none") func mce()
    throws
  {
    let rows = [
      Measured.Row(
        "random", ["accuracy": [0.9], "robustness": [0.7], "robustness.fog": [0.8], "robustness.snow": [0.6]]),
      Measured.Row(
        "margin", ["accuracy": [0.9], "robustness": [0.75], "robustness.fog": [0.9], "robustness.snow": [0.4]]),
    ]
    var found = try page(rows)
    let table = try #require(found.tables.first { $0.caption.contains("under 2 corruptions") })
    // (0.1/0.2 + 0.6/0.4)/2 = 1; the hardest for random first.
    #expect(table.rows.count == 4 && table.row("mCE") == ["1.000", "1.000"])
    #expect(table.rows[0].cells == ["60.0", "40.0"] && table.rows[1].cells == ["80.0", "90.0"])
    var perfect = rows
    perfect[0].metrics["robustness.fog"] = [1]
    found = try page(perfect)
    #expect(found.tables.first { $0.caption.contains("under 2 corruptions") }?.row("mCE") == nil)
  }

  // MARK: Classes

  private func classes(_ values: [String: [Double]], names: [String] = []) throws -> ParsedTable? {
    let input = HandMade.input(values.mapValues { _ in ["expert": [0.5]] }, seeds: 1)
    let results = input.results.map { result in
      result.with {
        $0.perClass =
          values[result.point.strategy.name]!.isEmpty ? [:] : ["accuracy": values[result.point.strategy.name]!]
      }
    }
    let page = try PageChecks.page(
      input.with(results: results, poolFacts: ["expert": PartFacts(count: 1, classNames: names)]))
    return page.tables.first { $0.caption.hasPrefix("Accuracy in percent on the base test images") }
  }

  @Test("of 1,200 classes the fifty that are hardest for random are listed") func manyClasses() throws {
    let values = (0..<1_200).map { Double($0 * 7 % 1_200) / 1_200 }
    let names = (0..<1_200).map { "kind \($0)" }
    let table = try #require(try classes(["random": values, "margin": values.map { 1 - $0 }], names: names))
    let hardest = values.indices.sorted { values[$0] < values[$1] }.prefix(50)
    #expect(table.rows.map(\.header) == hardest.map { "kind \($0)" })
    #expect(table.rows[0].cells == ["0.0", "100.0"] && table.rows[49].cells[0] == Numbers.percentage(49.0 / 1_200))
  }

  @Test("classes are shown when only a later strategy has them, and classes without a name have a number")
  func laterClasses()
    throws
  {
    let table = try #require(try classes(["random": [], "margin": [0.5, 0.25, .nan]], names: ["shirt"]))
    #expect(table.rows.map(\.header) == ["class 1", "shirt", "class 2"])
    #expect(table.rows.map(\.cells) == [["–", "25.0"], ["–", "50.0"], ["–", "–"]])
    #expect(try classes(["random": [], "margin": []]) == nil)
  }

  // MARK: Ledger

  @Test("the ledger adds up: parts, purposes, totals, and the bar is as long as the money") func ledger() throws {
    let base = HandMade.input(["random": ["expert": [0.5, 0.5]]], seeds: 2)
    let results = base.results.enumerated().map { index, result in
      result.with {
        var ledger = Ledger(budget: Money(50))
        ledger.charge(.selection, .acquire, quantity: 10, at: Money(1))
        ledger.charge(.selection, .score, quantity: 4, at: Money(0.5))
        ledger.charge(.purchase, .labelExpert, quantity: 2 + index * 2, at: Money(2))
        ledger.charge(.purchase, .labelCrowd, quantity: 1, at: Money(2))
        $0.ledger = ledger
        $0.items = 2 + index * 2
        $0.candidates = 10
      }
    }
    let page = try PageChecks.page(base.with(results: results))
    let table = try #require(page.table("Ledger in USD"))
    #expect(
      table.columns == [
        "Strategy", "", "Bought", "Looked at", "Choosing", "Total", "choosing: images", "choosing: scores",
        "buying: labels",
      ])
    // 10 and 2 for choosing, labels for 2·2 + 2 and 4·2 + 2.
    #expect(
      table.row("random").map { Array($0.dropFirst()) } == ["3", "10", "12.00", "20.00", "10.00", "2.00", "8.00"])
    let bar = try #require(page.all("svg").first { $0.has(class: "bar") })
    let widths = bar.all("rect").filter { !$0.has(class: "hatch") }.compactMap {
      Double($0.attributes["width"]!.dropLast())
    }
    // Of a budget of 50.
    #expect(widths == [20, 4, 16])
    let items = try #require(page.table("Images bought."))
    // Half of 10+2 of 18 and of 22: the mean of 66.7 % and 54.5 %.
    #expect(items.row("random") == ["3 60.6 %"])
  }

  // MARK: Sense

  @Test("what should hold is judged: yes, within chance, or no with a reason from the data") func sense() throws {
    func rows(_ filter: [Double], _ target: [Double]) -> [Measured.Row] {
      [
        Measured.Row(
          "random",
          [
            "accuracy": [0.70, 0.71, 0.72], "deployment": [0.5, 0.51, 0.52], "data.label-noise": [0.2, 0.2, 0.2],
            "data.gini": [0.1, 0.1, 0.1],
          ]),
        Measured.Row(
          "confident-filter",
          ["accuracy": filter, "data.label-noise": [0.25, 0.25, 0.25], "data.gini": [0.3, 0.3, 0.3]]),
        Measured.Row("target-nearest", ["accuracy": [0.7, 0.7, 0.7], "deployment": target]),
      ]
    }
    func judged(_ filter: [Double], _ target: [Double]) throws -> (clean: [String], target: [String]) {
      let page = try page(rows(filter, target))
      let clean = try #require(page.table("Accuracy in percent on pools with wrong labels")?.row("expert"))
      let aware = try #require(page.table("Accuracy on the deployment images")?.row("target-nearest"))
      return (Array(clean.suffix(2)), Array(aware.suffix(2)))
    }
    let good = try judged([0.72, 0.73, 0.74], [0.6, 0.61, 0.62])
    #expect(good.clean == ["yes", "–"] && good.target == ["yes", "–"])
    // Differences that are all equal leave no spread to judge by, so these vary a little.
    let bad = try judged([0.60, 0.62, 0.61], [0.4, 0.42, 0.41])
    #expect(bad.clean == ["no", "5.0 points more wrong labels; less balanced classes (Gini 0.30, random 0.10)"])
    #expect(bad.target == ["no", "nothing measured explains it"])
    let open = try judged([0.72, 0.68, 0.72], [0.53, 0.49, 0.5])
    #expect(open.clean[0] == "within chance" && open.target[0] == "within chance")
  }

  // MARK: Mixes

  @Test("a mix is compared with the best single pool of the strategy that it buys with, seed by seed") func mixes()
    throws
  {
    var mix = Measured.Row("mix", on: "mix", ["accuracy": [0.80, 0.90, 0.85]])
    mix.strategy = NamedChoice(
      name: "mix", options: ["with": "margin", "proportions": ["expert": 0.5, "crowdsourced": 0.5]])
    mix.splits = [["expert": 0.5, "crowdsourced": 0.5]]
    let page = try page([
      Measured.Row("random", on: "expert", ["accuracy": [0.9, 0.9, 0.9]]),
      Measured.Row("margin", on: "expert", ["accuracy": [0.7, 0.8, 0.75]]),
      Measured.Row("margin", on: "crowdsourced", ["accuracy": [0.78, 0.86, 0.82]]), mix,
    ])
    let row = try #require(page.element(id: "mixes")?.table("Splits at")?.rows.first)
    // Differences 2, 4 and 3 points: 3 ± 4.303 · 1 / √3.
    #expect(row.cells[1] == "margin on crowdsourced" && row.cells[2] == "50.00")
    #expect(row.cells[3].hasPrefix("85.0 +3.0 ▲ +0.5") == true, "\(row.cells)")
  }

  // MARK: Gaps and remarks

  @Test("where seeds are missing is said point by point; remarks are counted by trial, the most frequent first")
  func gaps() throws {
    let input = HandMade.input(
      ["random": ["expert": [0.8], "crowdsourced": [0.8, 0.8]], "margin": ["expert": [0.8, 0.8]]], seeds: 2)
    let results = input.results.enumerated().map { index, result in
      result.with { $0.remarks = index < 2 ? ["b", "b", Remark(sentence: "Rare.")] : ["b"] }
    }
    let page = try PageChecks.page(input.with(results: results))
    let missing = try #require(page.element(id: "missing"))
    let gaps = try #require(missing.table("Points with missing seeds"))
    #expect(
      gaps.rows.map { [$0.header, $0.cells[0], $0.cells[2]] } == [
        ["random", "expert", "1 of 2"], ["margin", "crowdsourced", "0 of 2"],
      ])
    let remarks = try #require(missing.table("What trials remark"))
    #expect(remarks.rows.map(\.cells) == [["5"], ["2"]] && remarks.rows[1].header == "Rare.")
  }
}
