import Core
import Reporting
import Results
import Statistics
import Sweeps
import Testing

@Suite("The verdict")
struct VerdictTests {
  private func card(_ input: ReportInput, _ title: String = "Accuracy") throws -> String {
    let page = try ParsedElement.page(input)
    let cards = page.all.filter { $0.has(class: "card") }
    return try #require(cards.first { $0.text.hasPrefix(title) }).text
  }

  @Test("a strategy that is ahead in six pairs is clearly first, with its margin and interval")
  func clear() throws {
    let input = HandMade.input(
      [
        "random": HandMade.threefold([0.80, 0.81]), "margin": HandMade.threefold([0.82, 0.84]),
        "herding": HandMade.threefold([0.79, 0.80]),
      ], seeds: 2)
    let card = try card(input)
    #expect(card.contains("margin clear first place"))
    // The differences are 2 and 3 points in each of three shifts: standard error √(3 · .5/2)/3 = .2887, three degrees of freedom,
    // t = 3.182, so 2.5 ± .92.
    #expect(card.contains("+2.5 points against buying at random, 95 % interval +1.6 to +3.4"))
    #expect(card.contains("Clearly ahead of the 2 other strategies."))
  }

  @Test("two pairs leave a lead open that is not far beyond their spread, though both are on one side")
  func tooFewPairs() throws {
    // Differences of 2 and 3 points: t = 5 with one degree of freedom, p = .126.
    let input = HandMade.input(["random": ["expert": [0.80, 0.81]], "margin": ["expert": [0.82, 0.84]]], seeds: 2)
    let card = try card(input)
    #expect(card.contains("margin first place open"))
    #expect(card.contains("Not separable from random at 2 seeds."))
    #expect(!ResultsTable.terminal(input).contains("+2.5*"))
  }

  @Test("three equal differences are no proof: signs alone need six pairs")
  func equalDifferences() throws {
    let input = HandMade.input(
      ["random": ["expert": [0.80, 0.81, 0.79]], "margin": ["expert": [0.82, 0.83, 0.81]]], seeds: 3)
    let card = try card(input)
    #expect(card.contains("margin first place open") && card.contains("about 6 seeds would be needed"))
  }

  @Test("a lead that changes sides is not separable, and the seeds that would be needed are named")
  func open() throws {
    let input = HandMade.input(
      [
        "random": ["expert": [0.70, 0.70, 0.70]], "margin": ["expert": [0.80, 0.84, 0.82]],
        "herding": ["expert": [0.82, 0.81, 0.82]],
      ], seeds: 3)
    let card = try card(input)
    #expect(card.contains("margin first place open"))
    // Ahead of random by 10, 14 and 12 points: t = 10.4 with two degrees of freedom, p = .009.
    #expect(card.contains("Not separable from herding at 3 seeds."))
    // Differences −2, 3, 0 points: mean ⅓, standard deviation 2.517; ((1.96 + 0.84) · 2.517 / 0.333)² = 447.5 and two for t.
    #expect(card.contains("about 450 seeds would be needed"))
    let answer = try #require(try ParsedElement.page(input).element(id: "answer")).text
    #expect(!answer.lowercased().contains("no difference"))
  }

  @Test("an oracle is never the winner, not even by far, and is flagged")
  func oracle() throws {
    let input = HandMade.input(
      [
        "random": HandMade.threefold([0.70, 0.71]), "oracle-clean": HandMade.threefold([0.95, 0.96]),
        "margin": HandMade.threefold([0.72, 0.73]),
      ], seeds: 2)
    let page = try ParsedElement.page(input)
    let answer = try #require(page.element(id: "answer"))
    #expect(!answer.text.contains("oracle-clean"))
    #expect(try card(input).contains("margin clear first place"))
    #expect(page.table("Accuracy:")?.rows.first?.header == "oracle-clean not achievable")
    #expect(page.element(id: "uncertain")?.text.contains("oracle-clean is not achievable") == true)
    for plot in page.all("svg") where plot.has(class: "plot") {
      #expect(!plot.all.contains { $0.name == "path" && $0.attributes["class"]?.contains("oracle") == true })
    }
    let terminal = ResultsTable.terminal(input)
    #expect(!terminal.split(separator: "\n").contains { $0.hasPrefix("  Accuracy") && $0.contains("oracle") })
  }

  @Test("random may win; then no strategy is praised")
  func randomWins() throws {
    let input = HandMade.input(["random": ["expert": [0.8, 0.8]], "margin": ["expert": [0.7, 0.71]]], seeds: 2)
    #expect(try card(input).contains("No strategy had a better mean than buying at random."))
    let answer = try #require(try ParsedElement.page(input).element(id: "answer")).text
    #expect(answer.contains("no strategy did better than buying at random"))
  }

  @Test("says whether collecting or choosing makes the larger difference")
  func collectingOrChoosing() throws {
    func answer(_ margin: Double) throws -> String {
      let input = HandMade.input(
        [
          "random": ["expert": [0.80, 0.80], "crowdsourced": [0.70, 0.70]],
          "margin": ["expert": [0.80 + margin, 0.80 + margin], "crowdsourced": [0.70 + margin, 0.70 + margin]],
        ], seeds: 2)
      return try #require(try ParsedElement.page(input).element(id: "answer")).text
    }
    #expect(
      try answer(0.02).contains("where the images came from made a larger difference here than how they were chosen"))
    #expect(
      try answer(0.02).contains(
        "gives 10.0 points more than the worst; in the mean over all ways of collecting the best strategy gives 2.0 points more than the worst, and 2.0 more than random"
      ))
    #expect(try answer(0.12).contains("how images were chosen made a larger difference here than where they came from"))
    #expect(try answer(-0.02).contains("2.0 points more than the worst, and none more than random"))
  }

  @Test("one seed gives no interval, and the page says so")
  func oneSeed() throws {
    let input = HandMade.input(["random": ["expert": [0.8]], "margin": ["expert": [0.9]]], seeds: 1)
    let card = try card(input)
    #expect(card.contains("margin no interval"))
    #expect(card.contains("One seed gives no interval: this order may be chance."))
    #expect(!card.contains("95 %"))
    #expect(try ParsedElement.page(input).element(id: "uncertain")?.text.contains("with one seed") == true)
  }

  @Test("a single strategy is described without a comparison")
  func singleStrategy() throws {
    let card = try card(HandMade.input(["random": ["expert": [0.8, 0.82]]], seeds: 2))
    #expect(card.contains("random is the only strategy, so there is nothing to compare."))
    #expect(card.contains("Mean 81.0 %"))
    let withoutReference = try self.card(HandMade.input(["margin": ["expert": [0.8, 0.82]]], seeds: 2))
    #expect(withoutReference.contains("There is no reference to compare with."))
  }

  @Test("a strategy that misses a shift is compared on the shifts that both have, but cannot win")
  func pairing() throws {
    // On the pairs that exist margin is 3 points ahead; its plain mean is higher still, because it lacks the hard shift.
    let input = HandMade.input(
      [
        "random": ["expert": [0.80, 0.80], "crowdsourced": [0.60, 0.60]], "margin": ["expert": [0.83, 0.83]],
        "herding": ["expert": [0.82, 0.82], "crowdsourced": [0.62, 0.62]],
      ], seeds: 2)
    let card = try card(input)
    #expect(card.contains("herding first place open"))
    #expect(card.contains("Left out, because whole ways of collecting are missing: margin."))
    let ranking = try #require(try ParsedElement.page(input).table("Accuracy:"))
    #expect(ranking.rows.map(\.header) == ["herding", "random", "margin 1 of 2 ways"])
    #expect(ranking.row("margin 1 of 2 ways")?[1].hasPrefix("+3.0") == true)
    #expect(ranking.row("margin 1 of 2 ways")?[3] == "–")
  }

  @Test("one disastrous strategy does not flatten the scales of the others")
  func extremes() throws {
    let input = HandMade.input(
      [
        "random": HandMade.threefold([0.80, 0.81]), "margin": HandMade.threefold([0.82, 0.82]),
        "herding": HandMade.threefold([0.79, 0.80]),
        "k-center": HandMade.threefold([0.78, 0.80]), "el2n": HandMade.threefold([0.20, 0.21]),
      ], seeds: 2)
    let page = try ParsedElement.page(input)
    let ranking = try #require(page.all("table").first { $0.has(class: "ranking") })
    let arrows = ranking.all("text").filter { $0.has(class: "beyond") }
    #expect(arrows.count == 1)
    let heat = try #require(page.all("table").first { $0.has(class: "heat") })
    #expect(heat.all("td").contains { $0.has(class: "up3") }, "margin is the best, so it is shaded as such")
    let plot = try #require(page.all("figure").first { !$0.has(class: "picture") })
    #expect(plot.text.contains("Too far away for the plot: el2n on"))
  }

  @Test("says how much wider few seeds make an interval")
  func fewSeeds() throws {
    func uncertain(_ seeds: Int) throws -> String {
      let values = [Double](repeating: 0.8, count: seeds)
      let input = HandMade.input(["random": ["expert": values], "margin": ["expert": values]], seeds: seeds)
      return try #require(try ParsedElement.page(input).element(id: "uncertain")).text
    }
    // 4.303 / 1.960.
    #expect(try uncertain(3).contains("with 3 seeds") && uncertain(3).contains("is 2.2 times as wide"))
    #expect(try !uncertain(15).contains("times as wide"))
  }
}
