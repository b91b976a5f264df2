import Core
import Reporting
import Results
import Sweeps
import Testing

@Suite("A goal")
struct GoalTests {
  private let noise = [0.0, 0.002, -0.002, 0.001, -0.001]

  /// Random reaches .8 half way between 50 and 100 on the logarithmic scale, margin at 50 already, synthetic text never.
  private var measured: Measured {
    func row(_ name: String, _ shift: String, _ budget: Double, _ mean: Double) -> Measured.Row {
      Measured.Row(name, on: shift, budget: budget, ["accuracy": noise.map { mean + $0 }])
    }
    return Measured(rows: [
      row("random", "expert", 50, 0.78), row("random", "expert", 100, 0.82), row("margin", "expert", 50, 0.81),
      row("margin", "expert", 100, 0.84), row("random", "synthetic-text", 50, 0.6),
      row("random", "synthetic-text", 100, 0.65), row("margin", "synthetic-text", 50, 0.6),
      row("margin", "synthetic-text", 100, 0.65),
    ])
  }

  private func decision(_ goal: String) throws -> String {
    let input = measured.input.weighted(nil, goal: try Goal(parsing: goal, among: .builtIn))
    return try #require(try PageChecks.page(input, inAll: true).element(id: "decision")).text
  }

  @Test("is answered by what reaches it for the least money, read between two budgets")
  func cheapest() throws {
    let text = try decision("accuracy ≥ 80 %, cheapest")
    #expect(text.contains("what reaches accuracy ≥ 80.0 % for the least money?"))
    #expect(text.contains("Buy from expert, choosing with margin. It takes about 50.00 USD."))
    #expect(text.contains("Accuracy: 81.0 % at 50 USD, with 1,000 training images."))
    // 50 · √2.
    #expect(text.contains("random on expert: 70.71 USD"))
    #expect(text.contains("1 other that reaches it"))
  }

  @Test("that nothing reaches is said, with what comes nearest")
  func unreached() throws {
    let text = try decision("accuracy >= 0.9")
    #expect(text.contains("Nothing that was measured reaches it. Nearest comes margin on expert with 84.0 %"))
  }

  @Test("is answered for other programs beside the recommendation of the first screen, and nowhere else")
  func json() throws {
    let input = measured.input
    func verdicts(_ goal: String?) throws -> [JSONValue] {
      let goal = try goal.map { try Goal(parsing: $0, among: .builtIn) }
      return try #require(ReportAnalysis(input.weighted(nil, goal: goal)).json.elements)
    }
    let answered = try verdicts("accuracy ≥ 80 %, cheapest")
    #expect(answered.map { $0["goal"] != nil } == [false, true])
    let goal = try #require(answered.last?["goal"])
    #expect(goal["utility"]?.text == "accuracy" && goal["target"]?.double == 0.8 && goal["nearest"] == .null)
    let reaching = try #require(goal["reaching"]?.elements)
    #expect(reaching.map { $0["option"]?["strategy"]?.text } == ["margin", "random"])
    #expect(reaching[0]["budget"]?.double == 50 && abs((reaching[1]["cost"]?.double ?? 0) - 70.71) < 0.01)
    let line = ReportAnalysis(
      input.weighted(nil, goal: try Goal(parsing: "accuracy ≥ 80 %, cheapest", among: .builtIn))
    ).goalLine
    #expect(line == (["goal": goal] as JSONValue).canonicalText + "\n")
    let unreached = try #require(try verdicts("accuracy ≥ 90 %").last?["goal"])
    #expect(unreached["reaching"]?.elements?.isEmpty == true)
    #expect(unreached["nearest"]?["option"]?["strategy"]?.text == "margin")
    #expect(try verdicts(nil).allSatisfy { $0["goal"] == nil })
  }

  @Test("is read as people type it, and mistakes are explained")
  func parsing() throws {
    for text in ["accuracy ≥ 85 %, cheapest", "accuracy>=0.85", " accuracy >= 85% "] {
      #expect(try Goal(parsing: text, among: .builtIn) == Goal(metric: "accuracy", target: 0.85), "\(text)")
    }
    #expect(try Goal(parsing: "ece ≤ 5 %", among: .builtIn) == Goal(metric: "ece", target: 0.05))
    for text in [
      "", "accuracy", "accuracy ≥", "accuracy ≥ much", "acuracy ≥ 80 %", "accuracy ≤ 80 %", "accuracy ≥ 85",
      "accuracy ≥ 85 %, dearest", "data.gini ≥ 0.1", "nll ≤ 5 %", "accuracy ≥ 85 %, cheapest, now",
    ] {
      #expect(throws: ConfigurationError.self, "\(text)") { try Goal(parsing: text, among: .builtIn) }
    }
  }
}
