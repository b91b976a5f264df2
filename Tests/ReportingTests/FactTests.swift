import Core
import Reporting
import Results
import Sweeps
import TestSupport
import Testing

@Suite("Facts behind sentences")
struct FactTests {
  /// Sweeps of random values: some of equal strategies, some with utilities that contradict each other.
  private func sweep(_ seed: UInt64) -> Measured {
    var chance = SeededGenerator(seed: seed, purpose: "facts")
    let seeds = 1 + Int(chance.uniform() * 6)
    let spread = seed.isMultiple(of: 3) ? 0.0 : 0.05
    let names = ["random", "margin", "herding", "k-center"].prefix(2 + Int(chance.uniform() * 3))
    let shifts = ["expert", "crowdsourced", "synthetic-text"].prefix(1 + Int(chance.uniform() * 3))
    let budgets = seed.isMultiple(of: 2) ? [50.0] : [25.0, 50]
    let metrics = ["accuracy", "deployment", "robustness"].prefix(1 + Int(chance.uniform() * 3))
    var measured = Measured(rows: [])
    for budget in budgets {
      for shift in shifts {
        for name in names {
          let means = metrics.map { _ in 0.6 + chance.uniform() * spread + budget / 1_000 }
          measured.rows.append(
            Measured.Row(
              name, on: shift, budget: budget,
              Dictionary(
                uniqueKeysWithValues: zip(metrics, means).map { metric, mean in
                  (metric, (0..<seeds).map { _ in mean + (chance.uniform() - 0.5) * 0.02 })
                })))
        }
      }
    }
    if seed.isMultiple(of: 5) { measured.weights = ["accuracy": 1 + chance.uniform()] }
    return measured
  }

  @Test("every sentence about a first place names what its fact names, and is as sure", arguments: UInt64(0)..<15)
  func sentences(seed: UInt64) throws {
    let page = try ParsedElement.page(sweep(seed).input)
    let facts = try #require(page.element(id: "facts"))
    let rows = facts.all("tr").filter { $0.attributes["id"] != nil }
    let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.attributes["id"]!, $0) })
    let said = page.all.filter { $0.attributes["data-fact"] != nil }
    #expect(said.count > 3)
    let words = ["sure", "likely", "open", "cannot be said"]
    for sentence in said {
      let row = try #require(byID[sentence.attributes["data-fact"]!], "no fact for “\(sentence.text)”")
      let names = row.all("td")[0].all("code").map(\.text)
      for name in names { #expect(sentence.text.contains(name), "“\(sentence.text)” does not name \(name)") }
      let sure = row.all("td")[5].text
      for badge in sentence.all.filter({ $0.has(class: "badge") }) where words.contains(badge.text) {
        #expect(badge.text == sure, "“\(sentence.text)” is not \(sure)")
      }
    }
    // One question has one answer.
    let questions = facts.tables.flatMap { table in table.rows.map { [table.caption, $0.header] } }
    #expect(Set(questions).count == questions.count)
  }

  @Test("the answer's sentence stands on the page and in the terminal alike", arguments: UInt64(0)..<8)
  func terminal(seed: UInt64) throws {
    let input = sweep(seed).input
    let decision = try #require(try ParsedElement.page(input).element(id: "decision"))
    let verdict = try #require(decision.all("p").first { $0.has(class: "verdict") }).text
    let text = ResultsTable.terminal(input, width: 4_000)
    func plain(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    #expect(plain(text).contains(verdict))
    for item in decision.all("li").map(\.text) {
      #expect(plain(text).filter { !$0.isWhitespace }.contains(item.filter { !$0.isWhitespace }), "\(item)")
    }
  }

  @Test("other questions are answered in a sentence each, and those that agree in one")
  func otherQuestions() throws {
    let noise = [0.0, 0.001, 0.002, 0.003, 0.004, 0.005]
    let rows = [
      Measured.Row(
        "random",
        [
          "accuracy": noise.map { 0.80 + $0 }, "deployment": noise.map { 0.70 + $0 },
          "robustness": noise.map { 0.5 + $0 },
        ]),
      Measured.Row(
        "margin",
        [
          "accuracy": noise.map { 0.84 - $0 }, "deployment": noise.map { 0.60 + $0 },
          "robustness": noise.map { 0.4 + $0 },
        ]),
    ]
    let text = try #require(try ParsedElement.page(Measured(rows: rows).input).element(id: "decision")).text
    #expect(
      text.contains(
        "Asked for accuracy alone, the answer would be margin on expert: 83.8 % there against 80.3 % of what is "
          + "recommended (more than chance)."))
    #expect(
      text.contains(
        "Asked for robustness alone and the plain mean of accuracy, robustness and deployment, the answer "
          + "would be the same."))
  }

  @Test("a utility that is the same everywhere, or at its edge in most trials, is left out of means and named")
  func silent() throws {
    func rows(_ worst: [[Double]]) -> [Measured.Row] {
      zip(["random", "margin", "herding"], worst).enumerated().map { place, entry in
        let (name, values) = entry
        let noise = [0.0, 0.002, 0.001]
        return Measured.Row(
          name,
          [
            "accuracy": noise.map { 0.8 + 0.01 * Double(place) + $0 }, "accuracy.worst-class": values,
            "robustness": noise.map { 0.6 - 0.01 * Double(place) + $0 },
          ])
      }
    }
    let weights = ["accuracy": 1.0, "accuracy.worst-class": 1]
    let constant = [[Double]](repeating: [0.5, 0.5, 0.5], count: 3)
    let verdict = try #require(Verdict.all(of: Measured(rows: rows(constant), weights: weights).input).first)
    #expect(verdict.weights.single?.name == "accuracy" && verdict.weights.silent.map(\.reason) == [.constant])
    let edge = [[0.0, 0.0, 0.1], [0.0, 0.0, 0.0], [0.2, 0.0, 0.0]]
    let input = Measured(rows: rows(edge)).input
    let text = try #require(try ParsedElement.page(input).element(id: "decision")).text
    #expect(text.contains("Left out of every mean, because it is 0.0 % in more than half of the trials: worst class."))
    #expect(text.contains("the plain mean of accuracy and robustness"))
    // Asked for alone it is still answered.
    let alone = Measured(rows: rows(edge), weights: ["accuracy.worst-class": 1]).input
    #expect(Verdict.all(of: alone).first?.weights.single?.name == "accuracy.worst-class")
  }
}
