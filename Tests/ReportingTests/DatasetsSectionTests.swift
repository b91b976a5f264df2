import Core
import Economics
import Reporting
import Results
import Sweeps
import Testing

@Suite("Several data sets in a report") struct DatasetsSectionTests {
  private typealias Part = (variant: DatasetVariant, measured: Measured)

  /// One sweep of all parts, each measured on a data set of its own.
  private static func input(_ parts: [Part], field: String? = nil) -> ReportInput {
    var sweep = parts[0].measured.sweep
    sweep.datasets = parts.map { DatasetChoice(variant: $0.variant) }
    let results = parts.flatMap { part in
      part.measured.results.map { result in
        let point = result.point
        return TrialResult(
          point: TrialPoint(
            strategy: point.strategy, shift: point.shift, budget: point.budget, seed: point.seed, variant: part.variant),
          task: result.task, outcome: result.outcome, values: result.values)
      }
    }
    return ReportInput(
      sweep: sweep, metrics: .builtIn, strategies: .builtIn, results: results, expectedTrials: results.count,
      reference: "expert", field: field, pools: parts[0].measured.pools)
  }

  /// `herding` leads `random` by 1, 2 and 3 points in one pool and by 3, 4 and 5 in the other; seeds add and take 0.1.
  private static func draws(shifts: [(name: String, leads: [Double])]) -> [Part] {
    (0..<3).map { draw in
      let rows = shifts.flatMap { shift in
        [
          Measured.Row("random", on: shift.name, ["accuracy": [0.5, 0.52]]),
          Measured.Row(
            "herding", on: shift.name, ["accuracy": [0.501 + shift.leads[draw], 0.519 + shift.leads[draw]]]),
        ]
      }
      return (DatasetVariant(world: nil, draw: draw), Measured(rows: rows))
    }
  }

  @Test("the interval of a lead is Student's t over the draws, however many seeds each has") func interval() throws {
    let input = Self.input(Self.draws(shifts: [("expert", [0.01, 0.02, 0.03])]))
    let verdict = try #require(Verdict.all(of: input).first)
    let margin = try #require(verdict.margin)
    // Mean 2 points, standard deviation 1, t with 2 degrees of freedom 4.303: 2 ± 2.484.
    let interval = try #require(margin.interval)
    #expect(abs(margin.difference - 2) < 1e-9 && margin.seeds == 3)
    #expect(abs(interval.lowerBound + 0.484) < 0.001 && abs(interval.upperBound - 4.484) < 0.001)
    #expect(!margin.isClear)
    let page = try PageChecks.page(input, inAll: true)
    #expect(try #require(page.element(id: "uncertain")).text.contains("The data set was drawn 3 times"))
    let table = try #require(page.table("What comes first by draw"))
    #expect(table.rows.map { $0.cells[0] } == ["0", "1", "2"])
    #expect(table.rows.map { $0.cells[3] } == ["+1.0", "+2.0", "+3.0"])
    let text = try #require(page.element(id: "datasets")).text
    #expect(text.contains("The same comes first on every draw"))
    // Leads of a draw's two seeds are 0.2 apart: 0.141 of spread, 0.1 in the mean of two.
    #expect(text.contains("varies by 1.0 points from draw to draw") && text.contains("would make 0.1"))
  }

  @Test("a draw is one unit over all pools, because they share it") func overall() throws {
    let input = Self.input(
      Self.draws(shifts: [("expert", [0.01, 0.02, 0.03]), ("crowdsourced", [0.03, 0.04, 0.05])]))
    let page = try PageChecks.page(input, inAll: true)
    // 3 ± 2.484; six independent pairs would give 3 ± 1.13.
    #expect(page.text.contains("+0.5 to +5.5") && !page.text.contains("+1.9 to +4.1"))
  }

  @Test("worlds are settings of their own, with one table of what each answers") func worlds() throws {
    let parts: [Part] = [("shop", 0.6), ("yard", 0.4)].map { name, herding in
      (
        DatasetVariant(world: name, draw: nil),
        Measured(rows: [
          Measured.Row("random", ["accuracy": [0.5, 0.51, 0.52]]),
          Measured.Row("herding", ["accuracy": [herding, herding + 0.011, herding + 0.02]]),
          Measured.Row("margin", ["accuracy": [0.3, 0.31, 0.33]]),
        ])
      )
    }
    let input = Self.input(parts)
    let page = try PageChecks.page(input, inAll: true)
    let table = try #require(page.table("What comes first by world"))
    #expect(table.rows.map(\.header).map { $0.hasSuffix("shop") } == [true, false])
    #expect(table.rows.map { $0.cells[3] } == ["61.0", "41.0"] && table.rows[1].cells[1] == "51.0")
    #expect(table.rows[1].cells[4] == "0.33")
    let text = try #require(page.element(id: "datasets")).text
    #expect(text.contains("changes from world to world in 1 of 1 setting") && text.contains("41.0 to 61.0"))
    #expect(page.table("What comes first by draw") == nil)
    #expect(try PageChecks.page(parts[0].measured.input).element(id: "datasets") == nil)
    // Of the rows of both worlds nothing is lost or mixed up.
    let lines = ResultsTable.json(input.results).split(separator: "\n")
    #expect(lines.count == 18 && lines.count { $0.contains(#""world":"yard""#) } == 9)
  }

  @Test("what a field picture is worth is told for each world, and whether it changes") func field() throws {
    func world(_ name: String, expert: Double) -> Part {
      let field = [(25.0, 100, 0.5), (50, 200, 0.6), (100, 400, 0.7)].map { budget, items, value in
        var row = Measured.Row(
          "random", on: "field", budget: budget, ["deployment": [value, value, value], "accuracy": [0.5, 0.5, 0.5]],
          spending: [.photograph: Double(items) * 0.15])
        row.items = items
        return row
      }
      let others = [25.0, 50, 100].map {
        Measured.Row(
          "random", on: "expert", budget: $0,
          ["deployment": [expert, expert, expert], "accuracy": [0.8, 0.8, 0.8]])
      }
      return (DatasetVariant(world: name, draw: nil), Measured(rows: field + others))
    }
    func text(_ parts: [Part]) throws -> String {
      try #require(try PageChecks.page(Self.input(parts, field: "field"), inAll: true).element(id: "field")).text
    }
    let differing = try text([world("near", expert: 0.65), world("far", expert: 0.6)])
    #expect(differing.contains("The worth of a field picture changes with the world."))
    #expect(differing.contains("5.00 (5.00 to 5.00) in far and 3.54 (3.54 to 3.54) in near"))
    #expect(differing.contains("1 of 1 comparison"))
    let equal = try text([world("near", expert: 0.6), world("far", expert: 0.6)])
    #expect(equal.contains("is open: none of 1 comparison"))
    #expect(!(try text([world("near", expert: 0.6)])).contains("by world"))
  }

  @Test("seeds that share pictures are said to, where a tenth of the spread is missing") func overlap() throws {
    func text(items: Int) throws -> String {
      var measured = Measured(rows: [
        Measured.Row("random", ["accuracy": [0.5, 0.51, 0.52]]),
        Measured.Row("herding", ["accuracy": [0.6, 0.6, 0.6]]),
      ])
      for row in measured.rows.indices { measured.rows[row].items = items }
      return try #require(try PageChecks.page(measured.input, inAll: true).element(id: "uncertain")).text
    }
    let shared = try text(items: 1_800)
    #expect(shared.contains("1,800 of the 5,000 in expert at random have 36 % of them in common"))
    #expect(shared.contains("they show at most 80 %."))
    #expect(!(try text(items: 900)).contains("in common"))
  }
}
