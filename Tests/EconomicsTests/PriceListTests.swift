import Core
import Economics
import Testing

@Suite("Price lists") struct PriceListTests {
  private func read(_ text: String) throws -> PriceList {
    try PriceList(json: JSONValue.parse(Array(text.utf8), source: "test"), place: "prices")
  }

  @Test("an exception of a shift comes before the general price, and what has no price is free") func price() throws {
    let list = try read(#"{"acquire": 0.5, "shifts": {"far": {"acquire": 2}, "near": {"score": 0}}}"#)
    #expect(list.price(.acquire, in: "far") == Money(2) && list.price(.acquire, in: "near") == Money(0.5))
    #expect(list.price(.score, in: "near") == .zero && list.price(.score, in: "far") == Money(0.0002))
    let bare = PriceList(currency: "EUR", isIllustrative: false, prices: [:], exceptions: [:])
    #expect(PriceItem.allCases.allSatisfy { bare.price($0, in: "far") == .zero })
  }

  @Test(
    "a list is one's own as soon as it states a price, unless it says otherwise",
    arguments: [
      ("{}", true), (#"{"currency": "EUR"}"#, true), (#"{"acquire": 0.004}"#, false), (#"{"shifts": {}}"#, true),
      (#"{"shifts": {"a": {"train": 1}}}"#, false), (#"{"acquire": 1, "illustrative": true}"#, true),
      (#"{"illustrative": false}"#, false),
    ]) func illustrative(text: String, isIllustrative: Bool) throws
  {
    #expect(try read(text).isIllustrative == isIllustrative)
  }

  @Test("every list that can be read reads back from its JSON, illustrative or not") func roundTrip() throws {
    var generator = SeededGenerator(seed: 1, purpose: "price lists")
    func prices(_ share: Double) -> [String: JSONValue] {
      var members: [String: JSONValue] = [:]
      for item in PriceItem.allCases where generator.uniform() < share {
        members[item.rawValue] = Money(millionths: Int64(generator.integer(below: 2_000_000))).json
      }
      return members
    }
    for _ in 0..<500 {
      var members = prices([0, 0.5, 1][generator.integer(below: 3)])
      if generator.uniform() < 0.5 { members["currency"] = "EUR" }
      if generator.uniform() < 0.5 { members["illustrative"] = .bool(generator.uniform() < 0.5) }
      if generator.uniform() < 0.5 {
        members["shifts"] = .object(["near": .object(prices(0.3)), "far": .object(prices(0.3))])
      }
      let list = try PriceList(json: .object(members), place: "prices")
      let again = try PriceList(json: list.json, place: "prices")
      #expect(again == list && again.json == list.json, "\(JSONValue.object(members).canonicalText)")
    }
  }

  @Test("a data set's own prices are added where the list says nothing, and keep it illustrative") func adding() throws
  {
    let own: [String: [PriceItem: Money]] = ["web": [.retrieve: Money(7), .store: Money(8)], "free": [:]]
    let list = PriceList.illustrative.adding(own)
    #expect(list.price(.retrieve, in: "web") == Money(7) && list.isIllustrative && list.exceptions["free"] == nil)
    #expect(try PriceList(json: list.json, place: "prices") == list)
    let stated = try read(#"{"shifts": {"web": {"retrieve": 1}}}"#).adding(own)
    #expect(stated.price(.retrieve, in: "web") == Money(1) && stated.price(.store, in: "web") == Money(8))
    #expect(!stated.isIllustrative)
  }

  private static let wrongKeys: [(text: String, place: String)] = [
    (#"{"currency": 1}"#, "prices.currency"), (#"{"illustrative": 1}"#, "prices.illustrative"),
    (#"{"gold": 1}"#, "prices"), (#"{"shifts": []}"#, "prices.shifts"), (#"{"shifts": {"a": 1}}"#, "prices.shifts.a"),
    (#"{"shifts": {"a": {"gold": 1}}}"#, "prices.shifts.a"),
  ]

  @Test("a wrong price or key is refused, and the place is named") func refused() throws {
    var wrong = Self.wrongKeys
    for item in PriceItem.allCases.map(\.rawValue) {
      wrong.append(("{\"\(item)\": -0.01}", "prices.\(item)"))
      wrong.append(("{\"shifts\": {\"a b\": {\"\(item)\": 1e7}}}", "prices.shifts.a b.\(item)"))
    }
    for (text, place) in wrong {
      let error = try #require(throws: ConfigurationError.self) { try read(text) }
      #expect(error.place == place, "\(error)")
    }
  }

  @Test("every item has a unit, and a supply names all items that can matter") func items() throws {
    #expect(PriceItem.allCases.allSatisfy { !$0.unit.isEmpty })
    let supply = Supply(obtain: [.acquire, .retrieve], label: .labelCrowd)
    #expect(supply.items == [.acquire, .retrieve, .labelCrowd, .score, .train, .store])
    #expect(try Supply(json: supply.json, place: "supply") == supply)
    let free = Supply(obtain: [], label: nil)
    #expect(try Supply(json: free.json, place: "supply") == free)
    for json in [["obtain": ["gold"]], ["obtain": "acquire"], ["label": "gold"], ["more": 1]] as [JSONValue] {
      #expect(throws: ConfigurationError.self) { try Supply(json: json, place: "supply") }
    }
  }
}
