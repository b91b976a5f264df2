import Economics
import Reporting
import Testing

@Suite("What field pictures are worth, and whether choosing paid") struct FieldTests {
  /// The field gains 10 points a doubling of its pictures, from 50 points at 100; experts reach `expert` with 1,000 for 100.
  private func measured(expert: Double = 0.65, photograph: Double = 0.15) -> Measured {
    let field = [(25.0, 100, 0.5), (50, 200, 0.6), (100, 400, 0.7)].map { budget, items, value in
      var row = Measured.Row(
        "random", on: "field", budget: budget, ["deployment": [value, value, value], "accuracy": [0.5, 0.5, 0.5]],
        spending: [.photograph: Double(items) * photograph, .labelExpert: Double(items) * 0.05, .setup: 5])
      row.items = items
      return row
    }
    let others = [25.0, 50, 100].map { budget in
      Measured.Row(
        "random", on: "expert", budget: budget,
        ["deployment": [expert, expert, expert], "accuracy": [0.8, 0.8, 0.8]], spending: [.acquire: budget])
    }
    var measured = Measured(rows: field + others)
    measured.field = "field"
    measured.prices.state(.photograph, Price(photograph))
    return measured
  }

  @Test("the number of field pictures, their worth and the dearest photograph are read off the field's curve")
  func measuredAnswer() throws {
    let page = try ParsedElement.page(measured().input)
    let text = try #require(page.element(id: "field")).text
    // Half a doubling from 200: 283 pictures. (100 − 5) / 282.8 − 0.05 = 0.286.
    #expect(
      text.contains("283 field pictures (283 to 283) are worth as much in the deployment as 1,000 from expert."))
    #expect(text.contains("One of them is worth 3.54 of the others."))
    #expect(
      text.contains(
        "Photographing pays up to 0.286 USD (0.286 to 0.286) a photograph; here one costs 0.150 USD."))
  }

  @Test("what lies beyond the measured pictures is a bound, and labels alone may be too dear") func bounds() throws {
    func text(_ measured: Measured) throws -> String {
      try #require(try ParsedElement.page(measured.input).element(id: "field")).text
    }
    let little = try text(measured(expert: 0.4))
    #expect(little.contains("Fewer than 100 field pictures are worth as much"))
    #expect(little.contains("at least 10.0 of the others") && little.contains("a photograph at least"))
    let much = try text(measured(expert: 0.9))
    #expect(
      much.contains("400 field pictures, the most measured, reach less in the deployment than 1,000 from expert."))
    var dear = measured()
    dear.rows = dear.rows.map { row in
      var row = row
      if row.shift == "field" { row.spending = [.labelExpert: row.budget - 5, .setup: 5] }
      if row.shift == "expert" { row.spending = [.acquire: row.budget / 10] }
      return row
    }
    #expect(try text(dear).contains("Photographing would not pay even for nothing"))
  }

  @Test("without a field, a second budget or a second seed nothing is said") func nothing() throws {
    var none = measured()
    none.field = nil
    #expect(try ParsedElement.page(none.input).element(id: "field") == nil)
    var single = measured()
    single.rows = single.rows.filter { $0.budget == 100 }
    #expect(try ParsedElement.page(single.input).element(id: "field") == nil)
  }

  @Test("a strategy that looks is told whether it paid, and at which price it would break even") func choosing() throws
  {
    let rows = [("random", 0.0), ("margin", 0.05), ("el2n", -0.05)].flatMap { name, ahead in
      [25.0, 50, 100].enumerated().map { step, budget in
        var row = Measured.Row(
          name, budget: budget,
          ["deployment": [Double](repeating: 0.5 + 0.1 * Double(step) + ahead, count: 8)],
          spending: [.acquire: name == "random" ? budget : budget * 0.6])
        if name != "random" { (row.choosing, row.candidates) = ([.score: budget * 0.4], Int(budget) * 20) }
        return row
      }
    }
    let page = try ParsedElement.page(Measured(rows: rows).input)
    let table = try #require(page.table("One row is one strategy that looks before it buys."))
    // What random reaches for 100 costs margin 70.7; of that 28.3 is choosing, and 29.3 are left.
    let margin = try #require(table.row("margin"))
    #expect(margin[1] == "yes" && margin[2] == "40.00" && margin[3] == "0.020" && margin[4] == "0.041 (× 2.04)")
    let el2n = try #require(table.row("el2n"))
    #expect(el2n[1] == "no" && el2n[4] == "not even for nothing")
    #expect(table.row("random") == nil)
  }
}
