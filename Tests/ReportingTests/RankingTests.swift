import Core
import Economics
import Reporting
import Results
import Statistics
import Sweeps
import Testing

@Suite("Rankings and joint fronts") struct RankingTests {
  private func ranking(_ rows: [Measured.Row], _ title: String = "Accuracy:") throws -> ParsedTable {
    try #require(try PageChecks.page(Measured(rows: rows).input).table(title))
  }

  @Test("the order is that of the paired differences to random, not of the plain means") func pairedOrder() throws {
    // Herding lacks the seed in which everybody is good: its plain mean is the lowest, its difference the largest.
    let rows = [
      Measured.Row("random", ["accuracy": [0.5, 0.9]]), Measured.Row("margin", ["accuracy": [0.53, 0.91]]),
      Measured.Row("herding", ["accuracy": [0.54]]),
    ]
    let table = try ranking(rows)
    #expect(table.rows.map(\.header) == ["herding", "margin", "random"])
    #expect(table.row("herding")?[0] == "54.0" && table.row("herding")?[1] == "+4.0")
    #expect(table.row("margin")?[0] == "72.0" && table.row("margin")?[1].hasPrefix("+2.0") == true)
    // It misses a trial, so that nothing is said of its chance; its rank counts the one pool.
    #expect(table.row("herding")?[3] == "–")
  }

  @Test("a missing trial shifts no weight between ways of collecting") func weights() throws {
    let rows = [
      Measured.Row("random", on: "expert", ["accuracy": [0.9, 0.9, 0.9]]),
      Measured.Row("random", on: "web", ["accuracy": [0.5]]),
    ]
    // The mean of 0.9 and 0.5, not of three and one trials.
    #expect(try ranking(rows).row("random")?[0] == "70.0")
  }

  @Test("ranks are means over ways of collecting, ties share, oracles have none") func ranks() throws {
    func rows(_ name: String, _ expert: Double, _ web: Double) -> [Measured.Row] {
      [Measured.Row(name, on: "expert", ["accuracy": [expert]]), Measured.Row(name, on: "web", ["accuracy": [web]])]
    }
    let table = try ranking(
      rows("random", 0.5, 0.5) + rows("margin", 0.7, 0.5) + rows("herding", 0.6, 0.8) + rows("oracle-clean", 0.9, 0.9))
    // Expert: margin 1, herding 2, random 3. Web: herding 1, the others share 2 and 3.
    #expect(table.row("herding")?[4] == "1.5" && table.row("margin")?[4] == "1.8" && table.row("random")?[4] == "2.8")
    #expect(table.row("oracle-clean not achievable")?[4] == "–")
    #expect(table.rows.map(\.header) == ["oracle-clean not achievable", "herding", "margin", "random"])
  }

  @Test("where low values are good the lowest is first, gains have a minus, and the verdict agrees") func lowIsGood()
    throws
  {
    let loss = Metric(
      "loss", Words(english: "Loss", japanese: "損失"), Words(english: "what is lost", japanese: "失うもの"), unit: .score,
      .lowerIsBetter, .utility, isHeadline: true)
    let measured = Measured(rows: [
      Measured.Row("random", ["loss": [0.5, 0.6]]), Measured.Row("margin", ["loss": [0.4, 0.5]]),
      Measured.Row("herding", ["loss": [0.7, 0.7]]),
    ])
    let input = ReportInput(
      sweep: measured.sweep, metrics: MetricCatalogue([loss]), strategies: .builtIn, results: measured.results,
      expectedTrials: 6)
    let page = try PageChecks.page(input)
    let table = try #require(page.table("Loss:"))
    #expect(table.rows.map(\.header) == ["margin", "random", "herding"])
    #expect(table.row("margin")?[1].hasPrefix("−0.100") == true && table.row("margin")?[4] == "1.0")
    let ranking = try #require(page.all("table").first { $0.has(class: "ranking") })
    #expect(ranking.all("circle").filter { $0.has(class: "better") }.count == 1)
    let verdict = try #require(Verdict.all(of: input).first)
    // In percent of random's mean of 0.55: 0.1 less is 18.2 points.
    #expect(verdict.standings.map(\.option.strategy.name) == ["margin", "random", "herding"])
    #expect(abs(verdict.margin!.difference - 10 / 0.55) < 1e-9)
  }

  @Test("by chance first: two strategies that take turns share it, a third that never leads has little") func chances()
    throws
  {
    let rows = [
      Measured.Row("random", ["accuracy": [0.3, 0.3]]), Measured.Row("margin", ["accuracy": [0.8, 0.6]]),
      Measured.Row("herding", ["accuracy": [0.6, 0.8]]),
    ]
    let table = try ranking(rows)
    let shares = ["margin", "herding"].compactMap { table.row($0).flatMap { Double($0[3].split(separator: " ")[0]) } }
    let rest = try #require(table.row("random").flatMap { Double($0[3].split(separator: " ")[0]) })
    // Two seeds cannot rule the third out, however far behind it is.
    #expect(shares.count == 2 && abs(shares[0] - shares[1]) < 0.11 && abs(shares[0] + shares[1] + rest - 100) < 0.2)
    #expect(rest < 10)
  }

  @Test("the transfer mean leaves out tasks that tell nothing, for all alike") func transfer() throws {
    let rows = [
      Measured.Row("random", ["accuracy": [0.5], "transfer": [0.9], "transfer.a": [0.4], "transfer.b": [0.0]]),
      Measured.Row("margin", ["accuracy": [0.5], "transfer": [0.1], "transfer.a": [0.6], "transfer.b": [0.0]]),
    ]
    // b is the same for all: what is left is a, whatever the trials themselves took for their mean.
    let table = try ranking(rows, "Transfer")
    #expect(table.row("random")?[0] == "40.0" && table.row("margin")?[0] == "60.0")
  }

  @Test("nothing is said of the noise of labels that nobody has checked") func uncheckedNoise() throws {
    let rows = ["expert", "web"].map {
      Measured.Row("random", on: $0, ["accuracy": [0.5], "data.label-noise": [0.25]])
    }
    let facts = ["expert": PartFacts(count: 1), "web": PartFacts(count: 1, uncheckedTruth: "asked")]
    let page = try PageChecks.page(Measured(rows: rows).input.with(poolFacts: facts))
    #expect(page.table("Label noise")?.row("random") == ["25.0", "–", "25.0"])
  }

  @Test("a clear lead needs an interval without 0 and six pairs; both are counted from the trials") func clear() throws
  {
    func badge(_ differences: [Double]) throws -> String? {
      let rows = [
        Measured.Row("random", ["accuracy": differences.map { _ in 0.5 }]),
        Measured.Row("margin", ["accuracy": differences.map { 0.5 + $0 }]),
      ]
      let page = try PageChecks.page(Measured(rows: rows).input)
      let card = page.all.first { $0.has(class: "card") }
      return card?.all("span").first { $0.has(class: "badge") }?.text
    }
    #expect(try badge([0.1, 0.1, 0.1, 0.1, 0.1, 0.1]) == "clear first place")
    #expect(try badge([0.1, 0.1, 0.1, 0.1, 0.1]) == "first place likely")
    #expect(try badge([0.1, -0.1, 0.1, -0.1, 0.1, 0.1]) == "first place open")
    #expect(try badge([0.1]) == "no interval")
  }

  @Test("the joint front is what no other beats in cost and every utility, as a search over all pairs says")
  func jointFront() throws {
    var generator = SeededGenerator(seed: 1, purpose: "joint fronts")
    for _ in 0..<4 {
      func step() -> Double { Double(50 + generator.integer(below: 6)) / 100 }
      let rows = (0..<10).map { index -> Measured.Row in
        let metrics: [String: [Double]] = ["accuracy": [step()], "deployment": [step()]]
        let cost = Double(10 * (1 + generator.integer(below: 5)))
        return Measured.Row(index == 0 ? "random" : "s\(index)", metrics, spending: [.acquire: cost])
      }
      func values(_ row: Measured.Row) -> [Double] {
        [row.metrics["accuracy"]![0], row.metrics["deployment"]![0], -row.spending![.acquire]!]
      }
      func beats(_ a: Measured.Row, _ b: Measured.Row) -> Bool {
        zip(values(a), values(b)).allSatisfy { $0 >= $1 } && values(a) != values(b)
      }
      let front = rows.filter { row in !rows.contains { beats($0, row) } }
      let page = try PageChecks.page(Measured(rows: rows, weights: ["accuracy": 1, "deployment": 1]).input)
      let table = try #require(page.tables.first { $0.caption.contains("that is on the front or may be, best score") })
      #expect(Set(table.rows.map(\.header)) == Set(front.map(\.strategy.name)))
      #expect(table.rows.allSatisfy { $0.cells.contains("on the front") })
    }
  }

  @Test("of more options than are listed the best are listed, and the others counted") func longFronts() throws {
    // Each dearer and better than the last: all are on the front.
    let rows = (0..<20).map { index -> Measured.Row in
      let (name, step) = (index == 0 ? "random" : "s\(index)", Double(index))
      let metrics: [String: [Double]] = ["accuracy": [0.5 + 0.01 * step], "deployment": [0.5 + 0.001 * step]]
      return Measured.Row(name, metrics, spending: [.acquire: 10 + 2 * step])
    }
    let page = try PageChecks.page(Measured(rows: rows).input)
    let single = try #require(page.tables.first { $0.columns.count == 5 && $0.caption.contains("8 more") })
    #expect(single.rows.map(\.header) == (8..<20).reversed().map { "s\($0)" })
    let joint = try #require(page.tables.first { $0.caption.contains("5 more are not listed") })
    // Best first, and the two that cost least and most are among them.
    #expect(joint.rows.map(\.header) == (5..<20).reversed().map { "s\($0)" })
  }

  @Test("stability: judges that turn each other around do not agree, and first places are counted") func stability()
    throws
  {
    let rows = [("expert", [0.6, 0.7, 0.8]), ("web", [0.8, 0.7, 0.6])].flatMap { shift, values in
      zip(["random", "margin", "herding"], values).map { Measured.Row($0, on: shift, ["accuracy": [$1, $1]]) }
    }
    let page = try PageChecks.page(Measured(rows: rows).input)
    let table = try #require(page.table("Agreement on the order"))
    // Two judges with opposite orders: W = 0. Two seeds with all tied.
    #expect(table.row("Ways of collecting")?.prefix(2) == ["2", "0.00"])
    let firsts = try #require(
      page.tables.first { $0.columns.contains("Ways of collecting") && $0.columns.contains("Seeds") })
    let column = try #require(firsts.columns.firstIndex(of: "Ways of collecting")) - 1
    #expect(firsts.row("random")?[column] == "50.0 %" && firsts.row("margin")?[column] == "0.0 %")
    #expect(firsts.row("herding")?[column] == "50.0 %")
  }
}
