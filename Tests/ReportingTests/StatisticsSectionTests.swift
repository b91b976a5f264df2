import Reporting
import Sweeps
import Testing

@Suite("Statistics and prices on the page")
struct StatisticsSectionTests {
  @Test("tests, their correction over all pairs and the classical alternative are worked out as by hand")
  func fullStatistics() throws {
    let page = try ParsedElement.page(
      HandMade.input(
        [
          "random": HandMade.threefold([0.80, 0.81]), "margin": HandMade.threefold([0.82, 0.84]),
          "herding": HandMade.threefold([0.79, 0.80]),
        ], seeds: 2))
    let table = try #require(page.tables.first { $0.caption.hasPrefix("Accuracy: differences to random") })
    let row = try #require(table.row("margin"))
    #expect(row[0] == "6")
    #expect(row[1] == "+2.5")
    #expect(row[2] == "+1.6 to +3.4")
    // t = 2.5/.2887 = 8.66 and, to herding, 3.5/.2887 = 12.12, with three degrees of freedom: p = .0032 and .0012. Herding and random
    // always differ by one point: p = 2/2⁶ by signs. Holm multiplies by 2, 3 and 1.
    #expect(row[3] == "0.003" && row[4] == "0.006")
    #expect(table.row("herding")?[3] == "0.031" && table.row("herding")?[4] == "0.031")
    #expect(row[5] == "+2.5" && row[6] == "0.031")
    // Every unit ranks margin, random, herding alike: χ² = 12/(6·3·4)·(6² + 12² + 18²) − 3·6·4 = 12, p = e⁻⁶ = .0025;
    // critical difference 2.3437 · √(3·4/(6·6)) = 1.353.
    #expect(
      page.all("p").contains {
        $0.text.hasPrefix("Friedman's test over 6 units: p 0.002. By Nemenyi") && $0.text.contains("less than 1.35 ")
      })
  }

  @Test("the agreement of utilities is 1 when they rank alike")
  func agreement() throws {
    let page = try ParsedElement.page(SyntheticSweep().input)
    let text = try #require(page.all("p").first { $0.text.contains("Kendall's W:") }).text
    #expect(text.contains("Kendall's W: 0.9"))
  }

  @Test("the break-even price is where two strategies give the same accuracy for the money")
  func breakEven() throws {
    let page = try ParsedElement.page(
      HandMade.input(
        ["random": HandMade.threefold([0.60, 0.60]), "margin": HandMade.threefold([0.66, 0.66])], seeds: 2,
        spending: ["random": [.acquire: 40], "margin": [.acquire: 30, .score: 10]]))
    // Margin gives 1.65 points per unit, random 1.5. Dearer scoring: .66/(30 + 10 r) = .60/40 at r = 1.4.
    let text = try #require(page.all("p").first { $0.text.hasPrefix("At the prices of this sweep") }).text
    #expect(text.contains("At the prices of this sweep margin is first by this measure."))
    #expect(text.contains("scoring an image (score) × 1.40 puts random first"))
    let table = try #require(page.table("One row is one strategy: mean accuracy in percentage points per USD"))
    #expect(table.row("margin")?.first == "1.65")
    #expect(table.row("random")?.first == "1.50")
  }
}
