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
    func money() -> Money { Money(millionths: Int64(generator.integer(below: 2_000_000))) }
    func price(_ item: PriceItem) -> JSONValue {
      guard generator.uniform() < 0.3 else { return money().json }
      return item == .setup
        ? Price(money(), sharedBy: 1 + generator.integer(below: 9)).json
        : Price(money(), steps: [.init(after: 5, price: money()), .init(after: 9, price: money())]).json
    }
    func claim() -> JSONValue {
      generator.uniform() < 0.5 ? .bool(generator.uniform() < 0.5) : ["look", "setup", "acquire"]
    }
    func prices(_ share: Double) -> [String: JSONValue] {
      var members: [String: JSONValue] = [:]
      for item in PriceItem.allCases where generator.uniform() < share {
        members[item.rawValue] = price(item)
      }
      return members
    }
    for _ in 0..<500 {
      var members = prices([0, 0.5, 1][generator.integer(below: 3)])
      if generator.uniform() < 0.5 { members["currency"] = "EUR" }
      if generator.uniform() < 0.5 { members["illustrative"] = claim() }
      if generator.uniform() < 0.5 {
        var far = prices(0.3)
        if generator.uniform() < 0.5 { far["illustrative"] = claim() }
        members["shifts"] = .object(["near": .object(prices(0.3)), "far": .object(far)])
      }
      let list = try PriceList(json: .object(members), place: "prices")
      let again = try PriceList(json: list.json, place: "prices")
      #expect(again == list && again.json == list.json, "\(JSONValue.object(members).canonicalText)")
    }
  }

  @Test("a data set's own prices are added where the list says nothing, and keep it illustrative") func adding() throws
  {
    let own: [String: [PriceItem: Price]] = ["web": [.retrieve: Price(7), .store: Price(8)], "free": [:]]
    let list = PriceList.illustrative.adding(own)
    #expect(list.price(.retrieve, in: "web") == Money(7) && list.isIllustrative && list.exceptions["free"] == nil)
    #expect(try PriceList(json: list.json, place: "prices") == list)
    let stated = try read(#"{"shifts": {"web": {"retrieve": 1}}}"#).adding(own)
    #expect(stated.price(.retrieve, in: "web") == Money(1) && stated.price(.store, in: "web") == Money(8))
    #expect(!stated.isIllustrative && stated.isIllustrative(.store, in: "web"))
    // A price that the user states for all pools is not overruled by an illustration.
    let everywhere = try read(#"{"retrieve": 1}"#).adding(own)
    #expect(everywhere.price(.retrieve, in: "web") == Money(1) && everywhere.price(.store, in: "web") == Money(8))
  }

  @Test("each price knows whether it is the user's own") func origins() throws {
    let list = try read(#"{"acquire": 1, "shifts": {"far": {"score": 2}, "near": {"train": 1, "illustrative": true}}}"#)
    #expect(!list.isIllustrative(.acquire) && !list.isIllustrative(.acquire, in: "far") && list.isIllustrative(.score))
    #expect(!list.isIllustrative(.score, in: "far") && list.isIllustrative(.score, in: "near"))
    #expect(list.isIllustrative(.train, in: "near") && !list.isIllustrative)
    let named = try read(#"{"acquire": 1, "store": 2, "illustrative": ["store"]}"#)
    #expect(!named.isIllustrative(.acquire) && named.isIllustrative(.store) && named.isIllustrative(.look))
    let all = try read(#"{"acquire": 1, "illustrative": false}"#)
    #expect(PriceItem.allCases.allSatisfy { !all.isIllustrative($0) })
  }

  @Test("a list of release 1, which bought and looked for one price, is read; looking keeps its illustration")
  func release1() throws {
    let list = try read(
      #"{"acquire": 0.01, "label.expert": 1, "label.crowd": 2, "retrieve": 3, "generate": 4, "score": 5, "train": 6, "store": 7}"#
    )
    #expect(list.price(.acquire, in: "any") == Money(0.01) && !list.isIllustrative(.acquire))
    #expect(
      list.price(.look, in: "any") == PriceList.illustrative.price(.look, in: "any") && list.isIllustrative(.look))
  }

  @Test("steps lower the price of further units alone, and a setup is shared") func schedules() throws {
    let list = try read(
      #"{"acquire": {"price": 3, "steps": [{"after": 2, "price": 2}, {"after": 4, "price": 1}]}, "setup": {"price": 10, "sharedBy": 3}}"#
    )
    let price = list.schedule(.acquire, in: "any")
    #expect((0...6).map { price.total(of: $0).amount } == [0, 3, 6, 8, 10, 11, 12])
    let parts = price.parts(of: 4, after: 1)
    #expect(parts.map(\.quantity) == [1, 2, 1] && parts.map(\.unitPrice.amount) == [3, 2, 1])
    // A third of ten, rounded up to a millionth.
    #expect(list.price(.setup, in: "any") == Money(millionths: 3_333_334))
    #expect(list.schedule(.setup, in: "any").effective == Price(Money(millionths: 3_333_334)))
  }

  @Test("what is made from reference pictures pays what a labelled one costs, unless the list says it")
  func references()
    throws
  {
    let items: [(item: PriceItem, units: Int)] = [(.acquire, 1), (.labelCrowd, 3)]
    let list = try read(#"{"acquire": 0.5, "label.crowd": 0.1, "shifts": {"own": {"reference": 0}}}"#)
      .pricingReferences(of: ["made", "own"], items, in: "web")
    #expect(list.price(.reference, in: "made") == Money(0.8) && !list.isIllustrative(.reference, in: "made"))
    #expect(list.price(.reference, in: "own") == .zero && list.price(.reference, in: "web") == .zero)
    let illustrative = PriceList.illustrative.pricingReferences(of: ["made"], items, in: "web")
    #expect(illustrative.isIllustrative(.reference, in: "made") && illustrative.isIllustrative)
    #expect(try PriceList(json: illustrative.json, place: "prices") == illustrative)
  }

  private static let wrongKeys: [(text: String, place: String)] = [
    (#"{"currency": 1}"#, "prices.currency"), (#"{"illustrative": 1}"#, "prices.illustrative"),
    (#"{"gold": 1}"#, "prices"), (#"{"shifts": []}"#, "prices.shifts"), (#"{"shifts": {"a": 1}}"#, "prices.shifts.a"),
    (#"{"shifts": {"a": {"gold": 1}}}"#, "prices.shifts.a"), (#"{"acquire": {}}"#, "prices.acquire.price"),
    (#"{"acquire": {"price": 1, "sharedBy": 2}}"#, "prices.acquire.sharedBy"),
    (#"{"setup": {"price": 1, "sharedBy": 0}}"#, "prices.setup.sharedBy"),
    (#"{"setup": {"price": 1, "steps": [{"after": 1, "price": 1}]}}"#, "prices.setup.steps"),
    (
      #"{"acquire": {"price": 1, "steps": [{"after": 3, "price": 1}, {"after": 3, "price": 1}]}}"#,
      "prices.acquire.steps"
    ),
    (#"{"acquire": {"price": 1, "steps": [{"after": 3}]}}"#, "prices.acquire.steps[0]"),
    (#"{"illustrative": ["gold"]}"#, "prices.illustrative"),
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
    let supply = Supply(obtain: [.acquire, .retrieve], label: .labelCrowd, reference: Rate(0.5))
    #expect(
      Set(supply.items) == [.look, .acquire, .retrieve, .reference, .labelCrowd, .score, .train, .store, .setup])
    // A query is paid to see what it finds, a licence for what is kept.
    #expect(supply.seeing == [.retrieve: .one, .look: .one, .reference: Rate(0.5)])
    #expect(supply.keeping == [.acquire: .one])
    #expect(supply.obtaining == [.acquire: .one, .retrieve: .one, .reference: Rate(0.5)])
    #expect(Supply(obtain: [.photograph], label: .labelExpert).seeing == [.photograph: .one])
    // Two images found by each query stand on half a picture each.
    #expect((0...5).map { Rate(0.5).units(for: $0) } == [0, 1, 1, 2, 2, 3])
    #expect(try Supply(json: supply.json, place: "supply") == supply)
    let free = Supply(obtain: [], label: nil)
    #expect(try Supply(json: free.json, place: "supply") == free)
    for json in [["obtain": ["gold"]], ["obtain": "acquire"], ["label": "gold"], ["more": 1]] as [JSONValue] {
      #expect(throws: ConfigurationError.self) { try Supply(json: json, place: "supply") }
    }
  }
}
