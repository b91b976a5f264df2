import Core
import Economics
import Reporting
import Results
import Sweeps
import TestSupport
import Testing

/// Sweeps as small, as broken and as odd as people can make them: every one has a page.
@Suite("Reports of unusual sweeps") struct UnusualSweepTests {
  @Test("one strategy, one seed") func single() throws {
    let page = try PageChecks.page(HandMade.input(["random": ["expert": [0.8]]], seeds: 1), inAll: true)
    #expect(page.all("header").first?.text.contains("1 of 1 trials") == true)
    #expect(page.all("header").first?.text.contains("not complete") == false)
    #expect(page.element(id: "answer")?.text.contains("random is the only strategy") == true)
    #expect(page.element(id: "missing")?.text.contains("Every trial finished, and none failed.") == true)
    try PageChecks.page(HandMade.input(["margin": ["expert": [0.8]]], seeds: 1))
    try PageChecks.page(HandMade.input(["oracle-clean": ["expert": [0.8]]], seeds: 1))
  }

  @Test("nothing but failures: the page says so and lists all of them") func failuresOnly() throws {
    let failures = (0..<250).map {
      ReportInput.Failure(label: "random, seed \($0)", cause: .told("<memory> & \($0 % 3)"))
    }
    let input = HandMade.input(["random": ["expert": []]], seeds: 3).with(expected: 250, failures: failures)
    let page = try PageChecks.page(input, inAll: true)
    let banner = "This sweep is not complete. 0 of 250 trials are in, 250 tasks failed."
    #expect(page.all("header").first?.text.contains(banner) == true)
    #expect(page.element(id: "decision") == nil && page.element(id: "trials")?.tables.isEmpty == true)
    let missing = try #require(page.element(id: "missing"))
    #expect(missing.text.contains("250 trials of the sweep did not finish; for 250 of them a failure is recorded"))
    let table = try #require(missing.table("One row is one failed trial"))
    #expect(table.rows.map(\.header) == failures.map(\.label).sorted())
    #expect(table.row("random, seed 7") == ["<memory> & 1"])
    try PageChecks.page(input.with(results: [], expected: 0, failures: []))
  }

  @Test("ties everywhere: nobody is ahead, the order is the sweep's, chances are shared") func ties() throws {
    let same = HandMade.threefold([0.7, 0.7, 0.7])
    let input = HandMade.input(["herding": same, "k-center": same, "random": same], seeds: 3)
    let page = try PageChecks.page(input)
    let ranking = try #require(page.table("Accuracy:"))
    // The reference is the first row of the grid; the others follow as the sweep names them.
    #expect(ranking.rows.map(\.header) == ["random", "herding", "k-center"])
    #expect(ranking.rows.dropFirst().allSatisfy { $0.cells[1].hasPrefix("±0.0") })
    #expect(Set(ranking.rows.map { $0.cells[3] }) == ["33.3 %"])
    #expect(Set(ranking.rows.map { $0.cells[4] }) == ["2.0"])
    let verdict = try #require(Verdict.all(of: input).first)
    #expect(verdict.margin?.difference == 0 && verdict.margin?.isClear == false && verdict.margin?.seedsNeeded == nil)
    #expect(verdict.standings.allSatisfy { abs($0.chanceBest! - 1.0 / 9) < 1e-12 })
    #expect(verdict.weightChanges.isEmpty)
  }

  @Test("metrics that are the same for all, zero, one, tiny and huge", arguments: [0, 1, 1e-300, 1e9, -5, -0.0])
  func constants(value: Double) throws {
    let names = [
      "accuracy", "deployment", "nll", "brier", "ece", "robustness", "robustness.fog", "data.gini", "transfer",
    ]
    let metrics = Dictionary(uniqueKeysWithValues: names.map { ($0, [value, value]) })
    var rows = ["random", "margin", "oracle-clean"].map { Measured.Row($0, metrics) }
    try PageChecks.page(Measured(rows: rows).input)
    try PageChecks.page(Measured(rows: rows, weights: ["nll": 1]).input)
    for row in rows.indices { rows[row].metrics["nll"] = [value, value + 1] }
    try PageChecks.page(Measured(rows: rows, weights: ["nll": 1, "accuracy": 1]).input)
  }

  @Test("one absurd value among ordinary ones leaves the others readable") func absurd() throws {
    for absurd in [1e15, -1e15, 1e300, -1e300] {
      let rows = [
        Measured.Row("random", ["accuracy": [0.8, 0.81], "nll": [0.5, 0.6]]),
        Measured.Row("margin", ["accuracy": [0.82, 0.83], "nll": [0.4, 0.5]]),
        Measured.Row("herding", ["accuracy": [0.79, 0.80], "nll": [0.4, absurd]]),
      ]
      let page = try PageChecks.page(Measured(rows: rows).input)
      #expect(page.table("Accuracy:")?.row("margin")?[0] == "82.5")
    }
  }

  @Test("values that are not finite are as good as missing", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) throws {
    let input = HandMade.input(
      ["random": HandMade.threefold([0.8, 0.8]), "margin": HandMade.threefold([0.9, 0.9])], seeds: 2)
    let results = input.results.map { result in
      result.point.strategy.name == "margin" && result.point.shift == "expert" && result.point.seed == 0
        ? result.with {
          $0.metrics["accuracy"] = value
          $0.perClass["accuracy"] = [value, 0.5]
        } : result
    }
    let page = try PageChecks.page(input.with(results: results))
    let shifts = try #require(page.tables.first { $0.caption.hasPrefix("Accuracy in percent, differences") })
    // The other seed of the shift stands for itself.
    #expect(shifts.row("margin")?.allSatisfy { $0.hasPrefix("90.0") } == true)
    let verdict = try #require(Verdict.all(of: input.with(results: results)).first)
    #expect(verdict.incomplete.map(\.shift) == ["expert"] && verdict.standings.count == 5)
  }

  @Test("trials whose measures are missing stand without them") func missingMeasures() throws {
    let rows = [
      Measured.Row("random", ["accuracy": [0.8, 0.8, 0.8], "deployment": [0.6]]),
      Measured.Row("margin", ["accuracy": [0.8, 0.81, 0.82], "deployment": []]),
    ]
    let page = try PageChecks.page(Measured(rows: rows).input)
    let trials = try #require(page.element(id: "trials")?.tables.first)
    let column = try #require(trials.columns.firstIndex { $0.hasPrefix("Deployment") }) - 1
    #expect(trials.rows.map { $0.cells[column] } == ["60.0", "–", "–", "–", "–", "–"])
    let ranking = try #require(page.table("Deployment"))
    #expect(ranking.rows.map(\.header).first == "random" && ranking.row("margin") == nil)
  }

  @Test("only mixes, and mixes beside pools that none was bought from alone") func onlyMixes() throws {
    var mix = Measured.Row("mix", on: "mix", ["accuracy": [0.8, 0.9]])
    mix.splits = [["expert": 0.75, "crowdsourced": 0.25], ["expert": 0.75, "crowdsourced": 0.25]]
    var measured = Measured(rows: [mix])
    try PageChecks.page(measured.input, inAll: true)
    #expect(Verdict.all(of: measured.input).first?.recommended.option.split.isEmpty == true, "no pool has a name")
    measured.rows.append(Measured.Row("margin", on: "expert", ["accuracy": [0.7, 0.7]]))
    let page = try PageChecks.page(measured.input)
    #expect(page.element(id: "mixes")?.table("Splits at")?.row("mix")?[1] == "–", "random was not tried")
  }

  @Test("several budgets, models, sizings and lengths, some without a trial") func settings() throws {
    let base = HandMade.input(["random": ["expert": [0.8, 0.8]], "margin": ["expert": [0.9, 0.9]]], seeds: 2)
    var sweep = base.sweep
    sweep.budgets = [Money(25), Money(50)]
    sweep.models = [.standard, NamedChoice(name: "linear", options: ["decay": 0.1])]
    sweep.sizing = [.equalCost, .equalItems]
    sweep.trainingLength = [.equalSteps, .equalEpochs]
    let results = sweep.points.filter { $0.budget != Money(25) || $0.sizing != .equalItems }.enumerated().map {
      index, point in
      TrialResult(
        point: point, task: TaskID(Digest(of: "\(index)")), outcome: Digest(of: "o\(index)"),
        values: base.results[index % 4].values)
    }
    let input = base.with(results: results, expected: sweep.pointCount, sweep: sweep)
    let page = try PageChecks.page(input)
    #expect(Verdict.all(of: input).count == 12)
    #expect(page.all("section").count { $0.attributes["id"]?.hasPrefix("evidence-") == true } == 12)
    #expect(page.element(id: "missing")?.text.contains("16 trials of the sweep did not finish") == true)
  }

  /// Names of any letters and of any length, each as `written`.
  private func odd(_ written: (String) -> String) -> ReportInput {
    let names = [
      "<b>&amp;'\"", "]]>", "a\u{0}b\u{7}", String(repeating: "long ", count: 100), "🦜界", "-", "%", "random ",
    ]
    let odd = names.map(written)
    var sweep = Sweep(
      strategies: odd.map { NamedChoice(name: $0, options: [written("</td>"): .string($0)]) }, shifts: odd,
      budgets: [Money(5)], seeds: [3])
    sweep.name = written("<script>alert(1)</script>")
    sweep.prices.currency = written("<€>")
    let results = sweep.points.map { point in
      TrialResult(
        point: point, task: TaskID(Digest(of: point.label)), outcome: Digest(of: "o" + point.label),
        values: TrialValues(
          metrics: ["accuracy": 0.5], perClass: ["accuracy": [0.5]], ledger: Ledger(budget: Money(5)), items: 0,
          poolSize: 0,
          candidates: 0,
          remarks: [Remark(sentence: written("<i>remark</i>")), Remark("unknown", numbers: [written("<"): 1])]))
    }
    return ReportInput(
      sweep: sweep, metrics: .builtIn, strategies: .builtIn, results: results, expectedTrials: 64,
      failures: [.init(label: written("<p>"), cause: .told(written("]]><script>")))],
      poolFacts: [odd[0]: PartFacts(count: 1, classNames: [written("</svg>")], licence: written("<a href='x'>"))])
  }

  @Test("names of any letters, of any length, are text and nothing else") func names() throws {
    let page = try PageChecks.page(odd { $0 }, inAll: true)
    let harmless = try PageChecks.page(odd(PageChecks.harmless))
    #expect(PageChecks.structure(page).sorted() == PageChecks.structure(harmless).sorted())
    #expect(page.all("script").count == 1)
    #expect(page.all("h1").first?.text == "<script>alert(1)</script>")
  }

  @Test("two outcomes of one point count once, and the reader is told; order does not matter") func variants() throws {
    let input = HandMade.input(["random": ["expert": [0.8, 0.8]], "margin": ["expert": [0.9, 0.9]]], seeds: 2)
    let other = TrialResult(
      point: input.results[0].point, task: input.results[0].task, outcome: Digest(of: "another outcome"),
      values: input.results[1].values)
    let results = input.results + [other]
    let page = try PageChecks.page(input.with(results: results))
    #expect(
      HTMLReport.render(input.with(results: results)) == HTMLReport.render(input.with(results: results.reversed())))
    #expect(page.all("header").first?.text.contains("4 of 4 trials") == true)
    #expect(page.element(id: "trials")?.tables.first?.rows.count == 4)
  }

  @Test("whatever is missing from a random sweep, the page holds together", arguments: 0..<5) func random(seed: UInt64)
    throws
  {
    var generator = SeededGenerator(seed: seed, purpose: "random reports")
    let names = ["random", "margin", "herding", "oracle-clean", "confident-filter", "target-nearest", "mix"]
    let metrics = [
      "accuracy", "deployment", "nll", "robustness", "robustness.fog", "robustness.snow", "data.label-noise",
      "transfer.a", "representation.knn20",
    ]
    let budgets = [20.0, 50].prefix(1 + generator.integer(below: 2))
    var rows: [Measured.Row] = []
    for name in names where generator.uniform() < 0.7 {
      for shift in name == "mix" ? ["mix"] : ["expert", "crowdsourced", "far away"] where generator.uniform() < 0.7 {
        for budget in budgets where generator.uniform() < 0.8 {
          var values: [String: [Double]] = [:]
          for metric in metrics where generator.uniform() < 0.7 {
            values[metric] = (0..<generator.integer(below: 4)).map { _ in
              generator.uniform() < 0.1 ? 0.5 : generator.uniform()
            }
          }
          rows.append(
            Measured.Row(name, on: shift, budget: budget, values, spending: [.acquire: budget * generator.uniform()]))
        }
      }
    }
    let input = Measured(rows: rows).input
    let failures = [ReportInput.Failure(label: "x", cause: .told("y"))]
    let page = try PageChecks.page(
      input.with(expected: input.results.count + 3, failures: failures), inAll: true)
    #expect(page.element(id: "missing")?.text.contains("3 trials of the sweep did not finish") == true)
    #expect(page.element(id: "trials")?.tables.reduce(0) { $0 + $1.rows.count } == input.results.count)
  }
}
