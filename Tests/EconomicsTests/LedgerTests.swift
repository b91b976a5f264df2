import Economics
import Testing

@Suite("Money and ledgers") struct LedgerTests {
  @Test("amounts add up exactly") func exact() {
    let tenth = Money(0.1)
    #expect((0..<10).reduce(Money.zero) { sum, _ in sum + tenth } == Money(1))
    #expect(Money(0.0425).description == "0.0425")
    #expect(Money(3).description == "3.00")
    #expect(Money(-1.5).description == "-1.50")
  }

  @Test("a ledger reads back, and its total is the sum of its entries") func roundTrip() throws {
    var ledger = Ledger(budget: Money(10))
    ledger.charge(.selection, .score, quantity: 1_000, at: Money(0.0002))
    ledger.charge(.purchase, .labelExpert, quantity: 100, at: Money(0.036))
    ledger.charge(.purchase, .store, quantity: 0, at: Money(5))
    #expect(ledger.total == Money(3.8))
    #expect(ledger.entries.count == 2)
    #expect(ledger.total(for: .selection) + ledger.total(for: .purchase) == ledger.total)
    #expect(try Ledger(json: ledger.json, place: "ledger") == ledger)
  }
}
