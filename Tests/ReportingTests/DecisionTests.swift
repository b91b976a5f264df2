import Core
import Reporting
import Sweeps
import Testing

@Suite("The first page")
struct DecisionTests {
  private func decision(_ measured: Measured) throws -> ParsedElement {
    try #require(try ParsedElement.page(measured.input).element(id: "decision"))
  }

  private func clear(_ weights: [String: Double]? = nil) -> Measured {
    let noise = [0.0, 0.001, 0.002, 0.003, 0.004, 0.005]
    return Measured(
      rows: [
        Measured.Row("random", ["accuracy": noise.map { 0.80 + $0 }, "deployment": noise.map { 0.70 + $0 }]),
        Measured.Row("margin", ["accuracy": noise.map { 0.84 + $0 }, "deployment": noise.map { 0.68 - $0 }]),
        Measured.Row(
          "random", on: "synthetic-text",
          ["accuracy": noise.map { 0.60 + $0 }, "deployment": noise.map { 0.50 + $0 }]),
      ], weights: weights)
  }

  @Test("names strategy and pool, in plain words too, with what one gets against random")
  func recommendation() throws {
    let text = try decision(clear(["accuracy": 1])).text
    #expect(text.contains("Buy from expert, choosing with margin."))
    #expect(text.contains("That is: take images that experts label, and choose images that a first model nearly"))
    #expect(text.contains("Accuracy: 84.") && text.contains("+4.0 points"))
    #expect(text.contains("Weighted as stated: accuracy 100 %."))
    #expect(text.contains("50.00 USD for 1,000 training images."))
  }

  @Test("what a pool holds is said in its data set's words, and not where a data set has none")
  func pools() throws {
    var own = clear(["accuracy": 1])
    own.pools = ["expert": Words(english: "slides from one clinic", japanese: "一つの病院の標本")]
    #expect(try decision(own).text.contains("That is: take slides from one clinic, and choose images that"))
    let japanese = try ParsedElement.page(HTMLReport.render(own.input, language: .japanese))
    #expect(japanese.element(id: "decision")?.text.contains("つまり、一つの病院の標本を使い、") == true)
    own.pools = [:]
    #expect(try decision(own).text.contains("That is: choose images that a first model nearly"))
  }

  @Test("other weights give another answer, and the page says where it turns")
  func weights() throws {
    // Margin leads by 4 points of accuracy and lacks 2.5 of deployment: it is first while 4 (1 − w) > 2.5 w, w < .615.
    let text = try decision(clear(["accuracy": 3, "deployment": 1])).text
    #expect(text.contains("Buy from expert, choosing with margin."))
    #expect(
      text.contains("If deployment counted a little more than 62 % of all (now 25 %), first would be random on expert.")
    )
    #expect(try decision(clear(["accuracy": 1, "deployment": 3])).text.contains("without choosing (random)"))
    #expect(try decision(clear()).text.contains("What decides is deployment, because the model will work there."))
  }

  @Test("every number that is linked leads to a place on the page")
  func links() throws {
    let page = try ParsedElement.page(clear().input)
    let identifiers = Set(page.all.compactMap { $0.attributes["id"] })
    let traced = page.all("section").flatMap { $0.all("a") }
    #expect(traced.count > 10)
    for link in traced { #expect(identifiers.contains(String(link.attributes["href"]!.dropFirst()))) }
    let trials = try #require(page.element(id: "trials"))
    let task = clear().results[0].task.short
    #expect(trials.text.contains("winnow store show DIGITS") && trials.text.contains(task))
  }

  @Test("mixes are compared with the best single source; without any the page says how to get them")
  func mixes() throws {
    let none = try ParsedElement.page(clear().input).element(id: "mixes")
    #expect(none?.text.contains("bought every training set from a single source") == true)
    var measured = clear(["accuracy": 1])
    var mix = Measured.Row("mix", on: "mix", ["accuracy": (0..<6).map { 0.83 + 0.001 * Double($0) }])
    mix.strategy = StrategyChoice(name: "mix", options: ["proportions": ["expert": 0.75, "synthetic-text": 0.25]])
    mix.splits = [[String: Double]](repeating: ["expert": 0.75, "synthetic-text": 0.25], count: 6)
    measured.rows.append(mix)
    let page = try ParsedElement.page(measured.input)
    let section = try #require(page.element(id: "mixes"))
    #expect(section.text.contains("75 % for expert and 25 % for synthetic-text"))
    #expect(section.text.contains("+3.0 points"))
    #expect(section.text.contains("against random on expert"))
    #expect(page.all("header").first?.text.contains("24 of 24 trials") == true)
  }

  @Test("pictures are inlined, a row a class, wrong labels counted, and the page stays small")
  func pictures() throws {
    let synthetic = SyntheticSweep()
    let page = try ParsedElement.page(synthetic.input)
    let section = try #require(page.element(id: "pictures"))
    let figures = section.all("figure")
    #expect(figures.count == 20)
    #expect(figures[0].text.contains("random on expert: 24 images, 0 wrong labels"))
    let images = figures[0].all("image")
    #expect(images.count == Set(synthetic.pictures[0].pictures.map(\.label)).count)
    // “BM” in base 64.
    #expect(images.allSatisfy { $0.attributes["href"]?.hasPrefix("data:image/bmp;base64,Qk") == true })
    #expect(HTMLReport.render(synthetic.input).utf8.count < 1_500_000)
  }

  @Test("what must hold is looked up: clean labels, target-aware strategies, intervals by seeds")
  func sanity() throws {
    let page = try ParsedElement.page(SyntheticSweep().input)
    let clean = try #require(page.table("Accuracy in percent on pools with wrong labels"))
    #expect(clean.columns.prefix(4) == ["Way of collecting", "random", "confident-filter", "oracle-clean"])
    #expect(clean.row("crowdsourced")?[3] == "yes")
    #expect(clean.row("synthetic-text") == nil, "nobody checked these labels")
    let target = try #require(page.table("Accuracy on the deployment images"))
    #expect(target.rows.count == 12)
    let seeds = try #require(page.table("The 95 % intervals of all differences"))
    #expect(seeds.rows.map(\.header) == ["2", "3"])
    let widths = seeds.rows.compactMap { Double($0.cells[0]) }
    #expect(widths.count == 2 && widths[1] < 1.1 * widths[0])
  }
}
