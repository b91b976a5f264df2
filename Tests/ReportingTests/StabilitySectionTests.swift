import Core
import Reporting
import Sweeps
import Testing

@Suite("Stability of the order, joint fronts and curves on the page")
struct StabilityPageTests {
  private static func page(_ rows: [Measured.Row], _ weights: [String: Double]? = nil) throws -> ParsedElement {
    try ParsedElement.page(Measured(rows: rows, weights: weights).input)
  }

  /// Three strategies that every unit ranks alike: margin, random, herding.
  private static let alike = ["expert", "crowdsourced", "retrieval-image"].flatMap { shift in
    [("random", 0.80), ("margin", 0.83), ("herding", 0.78)].map { name, mean in
      Measured.Row(name, on: shift, ["accuracy": [mean, mean + 0.01, mean + 0.02, mean + 0.03]])
    }
  }

  @Test("the critical-difference diagram tells apart what every unit ranks alike, and draws a bar over what it cannot")
  func diagram() throws {
    // Twelve units: CD = 2.3437 √(3·4 / (6·12)) = .957 < 1: no bar.
    let page = try Self.page(Self.alike)
    let picture = try #require(
      page.all("svg").first { $0.attributes["aria-label"]?.hasPrefix("Critical-diff") == true })
    let texts = picture.all("text").map(\.text)
    #expect(texts.contains("CD = 0.96") && texts.contains("margin 1.0"), "\(texts)")
    #expect(picture.all("path").filter { $0.attributes["class"] == "curve leader" }.isEmpty)
    // Four units: CD = 1.66: two bars, over the first two and the last two.
    let few = try Self.page(Array(Self.alike.prefix(3)))
    let second = try #require(few.all("svg").first { $0.attributes["aria-label"]?.hasPrefix("Critical-diff") == true })
    let bars = second.all("path").filter { $0.attributes["class"] == "curve leader" }
    #expect(bars.map(\.text) == ["margin, random", "random, herding"])
  }

  @Test("judges that agree have a W of 1")
  func agreement() throws {
    let table = try #require(try Self.page(Self.alike).tables.first { $0.caption.hasPrefix("Agreement on the order") })
    #expect(try #require(table.row("Seeds")).prefix(2) == ["4", "1.00"])
    #expect(table.row("Ways of collecting")?.prefix(2) == ["3", "1.00"])
    #expect(table.row("Seeds")?.suffix(2) == ["margin", "100.0 %"])
  }

  @Test("a strategy that is best in one utility is on the joint front, and one that is worse in all is not listed")
  func jointFront() throws {
    func row(_ name: String, _ accuracy: Double, _ deployment: Double) -> Measured.Row {
      Measured.Row(
        name, ["accuracy": [accuracy, accuracy + 0.01], "deployment": [deployment, deployment + 0.02]])
    }
    let page = try Self.page([row("random", 0.7, 0.5), row("margin", 0.9, 0.55), row("herding", 0.8, 0.6)])
    let table = try #require(page.tables.first { $0.caption.contains("that is on the front or may be, best score") })
    #expect(
      table.row("margin")?.contains("on the front") == true && table.row("herding")?.contains("on the front") == true)
    #expect(table.row("random") == nil)
  }

  @Test("curves give areas, what the target costs and where they cross")
  func curves() throws {
    func rows(_ name: String, _ values: [Double]) -> [Measured.Row] {
      zip([25.0, 50, 100], values).map { budget, value in
        Measured.Row(name, budget: budget, ["accuracy": [value, value]])
      }
    }
    // Margin gains 10 points a doubling, random 2: gaps −.06, .02, .10.
    let page = try Self.page(rows("random", [0.66, 0.68, 0.70]) + rows("margin", [0.60, 0.70, 0.80]))
    let table = try #require(page.tables.first { $0.caption.contains("the curves in numbers") })
    #expect(table.row("margin")?[0].hasPrefix("70.0") == true && table.row("margin")?[1].hasPrefix("+2.0") == true)
    // Margin reaches random's 70 % at 50.
    #expect(table.row("margin")?[2].hasPrefix("50.00") == true && table.row("random")?[2].hasPrefix("100.00") == true)
    // It is its own target: what it costs is known.
    #expect(table.row("random")?[2] == "100.00")
    // Level at 25 · 2^.75 = 42.04.
    let sentence = try #require(page.all("li").first { $0.text.hasPrefix("At 42") }).text
    #expect(
      sentence.hasPrefix("At 42.04 USD (42.04 to 42.04) margin passes random: just above it has the higher mean")
    )
    #expect(sentence.contains("100.0 % of resamples"))
  }

  @Test("with several budgets prices are judged at the same budget, with every break-even")
  func prices() throws {
    let rows = [25.0, 50, 100].enumerated().flatMap { step, budget in
      [
        Measured.Row("random", budget: budget, ["accuracy": [0.5 + 0.1 * Double(step), 0.5 + 0.1 * Double(step)]]),
        Measured.Row(
          "margin", budget: budget, ["accuracy": [0.55 + 0.1 * Double(step), 0.55 + 0.1 * Double(step)]],
          spending: [.acquire: budget / 2, .score: budget / 2]),
      ]
    }
    let page = try Self.page(rows)
    let text = try #require(page.all("p").first { $0.text.hasPrefix("Prices: every price") }).text
    // 2√2 − 1 = 1.83, and its inverse .547.
    #expect(text.contains("scoring an image (score) × 1.83 puts random first"))
    #expect(text.contains("buying an image (acquire) × 0.547 puts random first"))
    #expect(!page.all("p").contains { $0.text.hasPrefix("At the prices of this sweep") })
  }

  @Test("every sentence is there in Japanese too")
  func japanese() throws {
    let page = HTMLReport.render(Measured(rows: Self.alike).input, language: .japanese)
    #expect(page.contains("順位の安定性") && page.contains("臨界差の図") && !page.contains("Kendall"))
  }
}
