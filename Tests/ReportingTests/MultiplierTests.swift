import Core
import Reporting
import Sweeps
import Testing

@Suite("What the money is worth")
struct MultiplierTests {
  /// Random gains 10 points a doubling on expert; margin is 5 points ahead of it, and crowdsourced images 20 behind.
  private func measured(budgets: [Double], noise: Double = 0) -> Measured {
    let turns = [1.0, -1, 0.5, -0.5]
    let rows = budgets.enumerated().flatMap { step, budget in
      [("random", "expert", 0.5), ("margin", "expert", 0.55), ("random", "crowdsourced", 0.3)].enumerated().map {
        index, row in
        let (name, shift, start) = row
        let values = turns.indices.map { start + 0.1 * Double(step) + noise * turns[($0 + index * (step + 1)) % 4] }
        return Measured.Row(name, on: shift, budget: budget, ["accuracy": values])
      }
    }
    return Measured(rows: rows)
  }

  @Test("the equivalent is read off the other curve, with its break-even price per image")
  func measuredMultiplier() throws {
    let page = try ParsedElement.page(measured(budgets: [25, 50, 100]).input)
    let section = try #require(page.element(id: "worth"))
    // Half a doubling: 50 · √2 = 70.71, the largest budget at which random is seen that good; 1,000 images for 50.
    #expect(
      section.text.contains(
        "At a budget of 50 USD: what margin on expert buys for 50.00 USD costs 70.71 USD (70.71 to 70.71) with random on expert."
      ))
    #expect(
      section.text.contains(
        "What margin on expert buys for 100.00 USD costs more than 100.00 USD with random on crowdsourced."))
    #expect(
      section.text.contains(
        "The two are level when images of margin on expert cost 0.071 USD each, everything included; they cost 0.050 USD."
      ))
    let table = try #require(page.table("What others cost, in USD"))
    #expect(table.row("random on expert")?[0] == "35.36 (35.36 to 35.36)")
    #expect(table.row("random on expert")?[2] == "more than 100.00")
    #expect(table.row("random on expert")?[3] == "1.41")
    #expect(table.row("random on crowdsourced")?[1] == "more than 100.00")
  }

  @Test("noise gives an interval, and curves that follow no power law are not identified")
  func interval() throws {
    let page = try ParsedElement.page(measured(budgets: [25, 50, 100], noise: 0.01).input)
    let text = try #require(page.element(id: "worth")).text
    #expect(text.contains("with random on expert") && !text.contains("(70.71 to 70.71)"))
    let curves = try #require(page.table("Fitted curves of accuracy"))
    #expect(curves.rows.allSatisfy { $0.cells[0] == "not identified" })
  }

  @Test("one budget or one seed says nothing of it")
  func nothing() throws {
    #expect(try ParsedElement.page(measured(budgets: [50]).input).element(id: "worth") == nil)
    var single = measured(budgets: [25, 50])
    single.rows = single.rows.map { row in
      var row = row
      row.metrics = row.metrics.mapValues { [$0[0]] }
      return row
    }
    #expect(try ParsedElement.page(single.input).element(id: "worth") == nil)
  }

  @Test("the same is told in images, and where the next 100 go furthest")
  func imagesAndNext() throws {
    let page = try ParsedElement.page(measured(budgets: [25, 50, 100]).input)
    let section = try #require(page.element(id: "worth"))
    // Every subset has 1,000 images, so that no curve of images can be read.
    #expect(page.table("The same in training images") == nil)
    // 10 points a doubling from 75 points at 100; 100 more double it.
    #expect(section.text.contains("Where to spend the next 100.00 USD"))
    #expect(
      section.text.contains(
        "With 100.00 USD more than the largest budget, margin on expert stays first if the last stretches go on: 85.0, "
          + "5.0 points ahead of random on expert (95 % interval over the seeds +5.0 to +5.0)."))
    let next = try #require(page.table("The next 100.00 USD beside the largest budget"))
    #expect(next.row("random on expert")?.prefix(3) == ["70.0", "+10.0 +10.0 to +10.0", "80.0"])
    let decision = try #require(page.element(id: "decision")).text
    #expect(decision.contains("What margin on expert buys for"))
  }
}
