import Core
import Reporting
import Results
import Sweeps
import Testing

@Suite("One procedure behind every word of certainty")
struct CertaintyTests {
  /// One pool, three strategies; margin's lead over random is given by seed.
  private func measured(_ leads: [Double]) -> Measured {
    let base = [0.800, 0.803, 0.798, 0.801, 0.799].prefix(leads.count)
    let other = [0.0004, -0.0003, 0.0006, -0.0005, 0.0001]
    return Measured(rows: [
      .init("random", ["accuracy": Array(base)]),
      .init("margin", ["accuracy": zip(base, leads).map { $0 + $1 }]),
      .init("herding", ["accuracy": zip(base, other).map { $0 + $1 }]),
    ])
  }

  private func words(_ input: ReportInput) throws -> (
    card: Bool, verdict: Bool, star: Bool, dot: Bool, terminal: Bool, margin: Bool
  ) {
    let page = try ParsedElement.page(input)
    let card = try #require(page.all.first { $0.has(class: "card") }).text
    let decision = try #require(page.element(id: "decision"))
    let ranking = try #require(page.all("table").first { $0.has(class: "ranking") })
    let row = try #require(ranking.all("tr").first { $0.text.hasPrefix("margin") })
    let terminal = ResultsTable.terminal(input)
    let line = try #require(terminal.split(separator: "\n").first { $0.hasPrefix("margin") })
    let comparison = SweepComparison(before: input, after: input).text(currency: "USD")
    return (
      card.contains("clear first place"), decision.all.contains { $0.has(class: "badge") && $0.text == "sure" },
      line.contains("*"), row.all("circle").contains { $0.has(class: "clear") }, terminal.contains("clear first place"),
      !comparison.contains("not settled")
    )
  }

  @Test("page, table, terminal and compare all say that a lead is decided, or none of them does")
  func agreement() throws {
    // t = 29 and 3.0 with two degrees of freedom; 6.2 with four.
    for (leads, isDecided) in [
      ([0.020, 0.021, 0.019], true), ([0.020, 0.004, 0.012], false), ([0.010, 0.006, 0.012, 0.005, 0.009], true),
    ] {
      let found = try words(measured(leads).input)
      let all = [found.card, found.verdict, found.star, found.dot, found.terminal, found.margin]
      #expect(all == [Bool](repeating: isDecided, count: 6), "\(leads): \(found)")
    }
  }

  @Test("three seeds of equal strategies get no star for differences that happen to be on one side")
  func sameSide() throws {
    // What a percentile bootstrap starred: [min, max] leaves out 0.
    let terminal = ResultsTable.terminal(measured([0.001, 0.012, 0.006]).input)
    #expect(!terminal.split(separator: "\n").contains { $0.hasPrefix("margin") && $0.contains("*") })
  }
}
