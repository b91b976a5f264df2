import Core
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

  @Test("whatever is charged, the sums hold and the ledger reads back from its bytes") func random() throws {
    var generator = SeededGenerator(seed: 1, purpose: "ledgers")
    for _ in 0..<500 {
      var ledger = Ledger(budget: Money(millionths: Int64(generator.integer(below: 1_000_000_000_000))))
      var byItem: [PriceItem: Int64] = [:]
      for _ in 0..<generator.integer(below: 12) {
        let item = PriceItem.allCases[generator.integer(below: PriceItem.allCases.count)]
        let price = Money(millionths: Int64(generator.integer(below: 50_000)))
        let most = min(1_000_000, Offer.quotient(ledger.remaining, by: price))
        let quantity = generator.integer(below: most + 1)
        ledger.charge(Ledger.Purpose.allCases[generator.integer(below: 2)], item, quantity: quantity, at: price)
        byItem[item, default: 0] += price.millionths * Int64(quantity)
      }
      #expect(ledger.total.millionths == byItem.values.reduce(0, +) && ledger.total <= ledger.budget)
      #expect(ledger.remaining + ledger.total == ledger.budget)
      #expect(Ledger.Purpose.allCases.reduce(Money.zero) { $0 + ledger.total(for: $1) } == ledger.total)
      #expect(ledger.entries.allSatisfy { $0.quantity > 0 })
      let bytes = ledger.json.canonical
      let read = try Ledger(json: JSONValue.parse(bytes, source: "ledger"), place: "ledger")
      #expect(read == ledger && read.json.canonical == bytes)
    }
  }

  @Test("a line that takes the last millionth is charged") func lastMillionth() {
    var ledger = Ledger(budget: Money(millionths: 21))
    ledger.charge(.purchase, .acquire, quantity: 3, at: Money(millionths: 7))
    #expect(ledger.remaining == .zero)
    ledger.charge(.purchase, .acquire, quantity: 5, at: .zero)
    #expect(ledger.entries.count == 2 && ledger.total == ledger.budget)
  }

  @Test(
    "what is no ledger is refused, and the place is named",
    arguments: [
      (#"{"budget": -1}"#, "ledger.budget"), (#"{"budget": "1"}"#, "ledger.budget"), ("[]", "ledger"),
      (#"{"budget": 1, "entries": {}}"#, "ledger.entries"), (#"{"budget": 1, "debts": 1}"#, "ledger"),
      (#"{"entries": [{}]}"#, "ledger.entries[0]"),
      (
        #"{"entries": [{"purpose": "fun", "item": "acquire", "quantity": 1, "unitPrice": 1}]}"#,
        "ledger.entries[0].purpose"
      ),
      (
        #"{"entries": [{"purpose": "purchase", "item": "gold", "quantity": 1, "unitPrice": 1}]}"#,
        "ledger.entries[0].item"
      ),
      (
        #"{"entries": [{"purpose": "purchase", "item": "train", "quantity": -1, "unitPrice": 1}]}"#,
        "ledger.entries[0].quantity"
      ),
      (
        #"{"entries": [{"purpose": "purchase", "item": "train", "quantity": 1, "unitPrice": 1e7}]}"#,
        "ledger.entries[0].unitPrice"
      ),
    ]) func refused(text: String, place: String) throws
  {
    let json = try JSONValue.parse(Array(text.utf8), source: "test")
    let error = try #require(throws: ConfigurationError.self) { try Ledger(json: json, place: "ledger") }
    #expect(error.place == place, "\(error)")
  }

  @Test("entries whose product no number holds are read, and cost the largest amount") func enormous() throws {
    let entry: JSONValue = [
      "purpose": "purchase", "item": "acquire", "quantity": 2_147_483_647, "unitPrice": 1_000_000,
    ]
    let ledger = try Ledger(json: ["budget": 1, "entries": [entry, entry]], place: "ledger")
    #expect(ledger.total == Money(millionths: .max) && ledger.remaining < .zero)
  }
}
