import Core
import Curation
import Datasets
import Economics
import Numerics
import Sweeps
import Testing

/// What is paid once, what is paid to look, and what is paid to buy.
@Suite struct ChargingTests {
  private static func terms(
    _ supply: Supply, budget: Double = 2, _ prices: PriceList = SyntheticPools.prices
  ) throws -> Terms {
    try Terms(
      shift: "retrieval-image", supply: supply, budget: Money(budget), prices: prices, crowdVotes: 1,
      sizing: .equalCost, seed: 0, rivals: [], further: [.photograph])
  }

  private static func quantities(_ purchase: Purchase, _ purpose: Ledger.Purpose) -> [PriceItem: Int] {
    Dictionary(
      purchase.ledger.entries.filter { $0.purpose == purpose }.map { ($0.item, $0.quantity) }, uniquingKeysWith: +)
  }

  @Test func aLicenceIsPaidOnlyForWhatIsKept() throws {
    let pool = SyntheticPools.make(count: 300)
    let purchase = try CuratorTests.buy("k-center", Self.terms(Supply(obtain: [.acquire], label: nil)), from: pool)
    #expect(Self.quantities(purchase, .selection) == [.look: purchase.candidates, .score: purchase.candidates])
    #expect(Self.quantities(purchase, .purchase) == [.acquire: purchase.subset.count, .store: purchase.subset.count])
    var free = SyntheticPools.prices
    free.state(.look, .zero)
    free.state(.score, .zero)
    let all = try CuratorTests.buy(
      "k-center", Self.terms(Supply(obtain: [.acquire], label: nil), budget: 0.5, free), from: pool)
    // Where previews and thoughts are free, as much is bought as unseen.
    #expect(all.candidates == 300 || all.subset.count == Int(0.5 / 0.0041))
    #expect(all.ledger.total(for: .selection) == .zero)
  }

  @Test func whatMustBeMadeOrFoundIsPaidToBeSeen() throws {
    let pool = SyntheticPools.make(count: 300)
    let supply = Supply(obtain: [.generate], label: nil, reference: .one)
    var prices = SyntheticPools.prices
    prices.state(.reference, Price(0.002))
    let purchase = try CuratorTests.buy("k-center", Self.terms(supply, prices), from: pool)
    let seen = purchase.candidates
    #expect(Self.quantities(purchase, .selection) == [.generate: seen, .reference: seen, .score: seen])
    #expect(Self.quantities(purchase, .purchase) == [.store: purchase.subset.count])
  }

  @Test func aPoolPaysItsShareOfTheReferencePicturesBehindIt() throws {
    let pool = SyntheticPools.make(count: 300)
    var prices = SyntheticPools.prices
    prices.state(.reference, Price(0.04))
    let supply = Supply(obtain: [.acquire, .retrieve], label: nil, reference: Rate(0.5))
    let purchase = try CuratorTests.buy("random", Self.terms(supply, budget: 1, prices), from: pool)
    let count = purchase.subset.count
    #expect(Self.quantities(purchase, .purchase)[.reference] == (count + 1) / 2)
    // 0.004 + 0.003 + 0.0001 and half of 0.04 each.
    #expect(count == Int(1 / 0.0271))
  }

  @Test func aSetupIsPaidOnceHoweverMuchIsBought() throws {
    let pool = SyntheticPools.make(count: 300)
    var prices = SyntheticPools.prices
    prices.state(.setup, Price(Money(10), sharedBy: 20))
    for name in ["random", "herding", "margin"] {
      let purchase = try CuratorTests.buy(
        name, Self.terms(Supply(obtain: [.acquire], label: nil), prices), from: pool)
      let setup = purchase.ledger.entries.filter { $0.item == .setup }
      #expect(setup.map(\.total) == [Money(0.5)] && setup[0].purpose == .purchase && setup[0].quantity == 1)
    }
    let error = #expect(throws: CurationError.self) {
      try CuratorTests.buy(
        "random", Self.terms(Supply(obtain: [.acquire], label: nil), budget: 0.5, prices), from: pool)
    }
    #expect(error?.description.contains("at least 0.5041 is needed") == true, "\(String(describing: error))")
  }

  @Test func stepsOfAPriceAreLinesOfTheLedger() throws {
    let pool = SyntheticPools.make(count: 300)
    var prices = SyntheticPools.prices
    prices.state(.acquire, Price(Money(0.01), steps: [.init(after: 50, price: Money(0.005))]))
    let purchase = try CuratorTests.buy(
      "random", Self.terms(Supply(obtain: [.acquire], label: nil), budget: 1, prices), from: pool)
    let lines = purchase.ledger.entries.filter { $0.item == .acquire }
    #expect(lines.map(\.quantity) == [50, purchase.subset.count - 50])
    #expect(lines.map(\.unitPrice) == [Money(0.01), Money(0.005)])
    // 50 × 0.0101 are spent, and each further one costs 0.0051.
    #expect(purchase.subset.count == 50 + Int((1 - 0.505) / 0.0051))
  }

  @Test func thePicturesOfTheTargetThatAreReadArePaidAndNoOthersCount() throws {
    let pool = SyntheticPools.make(count: 300)
    let target = SyntheticPools.points(200, 8, seed: 9)
    func choose(_ pictures: Int, _ target: Matrix, seed: Int = 0) throws -> Purchase {
      let strategy = try StrategyRegistry.resolve(
        StrategyChoice(name: "target-nearest", options: ["pictures": .integer(Int64(pictures))]))
      var prices = SyntheticPools.prices
      prices.state(.photograph, Price(0.05))
      let terms = try SyntheticPools.terms(budget: 3, prices: prices, seed: seed)
      return try Curator.choose(strategy, terms: terms, pool: pool, target: target, scores: nil)
    }
    let few = try choose(20, target)
    #expect(Self.quantities(few, .selection)[.photograph] == 20)
    #expect(few.ledger.entries.first { $0.item == .photograph }?.unitPrice == Money(0.05))
    // A target that is smaller is read whole, and no more is paid than there is.
    let small = try choose(50, target.selecting(rows: Array(0..<12)))
    #expect(Self.quantities(small, .selection)[.photograph] == 12)
    // Pictures that are not read do not matter: of 200 rows 180 may say anything.
    #expect(try choose(20, target).subset == few.subset)
    #expect(try choose(40, target).candidates < few.candidates)
    #expect(throws: CurationError.self) { try choose(60, target) }
  }

  @Test func aMixPaysForSetupAndTargetOnce() throws {
    var prices = SyntheticPools.prices
    prices.state(.setup, Price(0.3))
    let market = Market(prices: prices)
    for text in [
      #"{"name": "mix", "proportions": {"expert": 1, "crowdsourced": 1}, "with": {"name": "target-nearest", "pictures": 20}}"#,
      #"{"name": "mix-search", "sources": ["expert", "crowdsourced"], "with": {"name": "target-nearest", "pictures": 20}}"#,
    ] {
      let bought = try market.buy(text, budget: 12)
      func total(_ item: PriceItem) -> Int {
        bought.ledger.entries.filter { $0.item == item }.reduce(0) { $0 + $1.quantity }
      }
      #expect(total(.setup) == 2 && total(.photograph) == 20, "\(text)")
      #expect(bought.parts.allSatisfy { !$0.subset.isEmpty } && bought.ledger.total <= Money(12))
    }
  }
}
