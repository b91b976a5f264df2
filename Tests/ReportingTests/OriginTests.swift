import Core
import Economics
import Reporting
import Results
import Sweeps
import Testing

@Suite("Where the bought samples are from") struct OriginTests {
  private static func input(_ licences: [String] = []) -> ReportInput {
    var mix = Measured.Row("mix", on: "mix", ["accuracy": [0.8, 0.9]])
    mix.splits = [["expert": 0.75, "crowdsourced": 0.25], ["expert": 0.75, "crowdsourced": 0.25]]
    let measured = Measured(rows: [Measured.Row("random", on: "expert", ["accuracy": [0.7, 0.7]]), mix])
    let input = measured.input
    var sweep = input.sweep
    sweep.licences = licences
    let bought = input.results.filter { $0.point.strategy.isMix }.map { ($0.task, ["expert": 30, "crowdsourced": 10]) }
    return ReportInput(
      sweep: sweep, metrics: input.metrics, strategies: input.strategies, results: input.results,
      expectedTrials: input.expectedTrials,
      poolFacts: [
        "expert": PartFacts(count: 100, labelOrigin: "by experts"), "crowdsourced": PartFacts(count: 90),
      ],
      origins: [
        "expert": Provenance(licence: "MIT", synthetic: .no),
        "crowdsourced": Provenance(licence: nil, synthetic: .some),
      ],
      bought: Dictionary(bought) { first, _ in first })
  }

  private static func table(_ input: ReportInput) throws -> ParsedTable {
    try #require(try PageChecks.page(input).element(id: "pools")?.table("One row is one way of buying"))
  }

  @Test("a choice within a pool is all of that pool's origin") func single() throws {
    let table = try Self.table(Self.input())
    let row = try #require(table.rows.first { $0.header.contains("expert") })
    #expect(row.cells[1] == "MIT" && row.cells[2] == "by experts" && row.cells[3] == "0.0 %")
  }

  @Test("where samples say it of themselves, those that were bought are counted") func bySample() throws {
    let plain = Self.input()
    let counts = OriginCounts(licences: ["MIT": 3, nil: 1], synthetic: [true: 1, false: 2, nil: 1])
    var stated: [TaskID: [String: OriginCounts]] = [:]
    for trial in plain.results where !trial.point.strategy.isMix { stated[trial.task] = ["expert": counts] }
    let input = ReportInput(
      sweep: plain.sweep, metrics: plain.metrics, strategies: plain.strategies, results: plain.results,
      expectedTrials: plain.expectedTrials, poolFacts: plain.poolFacts,
      origins: ["expert": Provenance(licence: nil, synthetic: .bySample, hasSampleLicences: true)], stated: stated)
    let row = try #require(try Self.table(input).rows.first { $0.header.contains("expert") })
    #expect(row.cells[1].contains("75.0 %: MIT") && row.cells[1].contains("25.0 %: not stated"))
    #expect(row.cells[3] == "between 25.0 % and 50.0 %")
  }

  @Test("a mix is of each pool by the samples that it bought") func mix() throws {
    let table = try Self.table(Self.input())
    let row = try #require(table.rows.first { $0.header.contains("mix") })
    #expect(row.cells[1].contains("75.0 %: MIT") && row.cells[1].contains("25.0 %: not stated"))
    #expect(row.cells[3] == "between 0.0 % and 25.0 %")
  }

  @Test("the licences that the sweep allows are said") func allowed() throws {
    let text = HTMLReport.render(Self.input(["MIT", "CC0-1.0"]))
    #expect(text.contains("only samples under these licences: MIT, CC0-1.0."))
    #expect(!HTMLReport.render(Self.input()).contains("only samples under these licences"))
  }
}
