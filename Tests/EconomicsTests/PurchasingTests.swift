import Core
import Economics
import Testing

/// Plans are compared with a search that tries every number of candidates.
@Suite("What a budget buys") struct PurchasingTests {
  private struct Case {
    let offer: Offer
    let budget: Money
    let poolSize: Int
  }

  /// Small prices and budgets, so that every bound is met often; free looking, free buying, steps, parts of units, what is paid
  /// once, experts and filters among them.
  private func random(_ generator: inout SeededGenerator) -> Case {
    func money() -> Money { Money(millionths: Int64(generator.integer(below: 4) * generator.integer(below: 8))) }
    func price(_ item: PriceItem) -> Price {
      var (after, steps): (Int, [Price.Step]) = (0, [])
      while item != .setup, generator.uniform() < 0.3 {
        after += 1 + generator.integer(below: 12)
        steps.append(Price.Step(after: after, price: money()))
      }
      return Price(money(), steps: steps)
    }
    let shares = [1, 0.5, 0.3, 0.25, 0.1, 0.07]
    func share() -> Share { Share(shares[generator.integer(below: shares.count)]) }
    func rate() -> Rate { Rate([1, 1, 3, 0.5, 0.25][generator.integer(below: 5)]) }
    var (look, buy): ([PriceItem: Rate], [PriceItem: Rate]) = ([.look: rate()], [.acquire: rate()])
    if generator.uniform() < 0.4 { look[.reference] = rate() }
    // The same item to choose by and to buy.
    if generator.uniform() < 0.4 { (look[.score], buy[.score]) = (rate(), rate()) }
    var once: [Ledger.Purpose: [PriceItem: Int]] = [:]
    if generator.uniform() < 0.3 { once[.purchase] = [.setup: 1] }
    if generator.uniform() < 0.3 { once[.selection] = [.photograph: 1 + generator.integer(below: 4)] }
    return Case(
      offer: Offer(
        prices: Dictionary(uniqueKeysWithValues: PriceItem.allCases.map { ($0, price($0)) }), once: once, look: look,
        buy: buy, keep: share(), isFilter: generator.uniform() < 0.3,
        experts: generator.uniform() < 0.4 ? share() : nil),
      budget: Money(millionths: Int64(generator.integer(below: 400))), poolSize: generator.integer(below: 60))
  }

  /// What looking at `candidates` and buying `purchases` of them costs, unit by unit.
  private func cost(_ offer: Offer, _ candidates: Int, _ purchases: Int) -> Int64 {
    guard candidates > 0 || purchases > 0 else { return 0 }
    return PriceItem.allCases.reduce(0) { sum, item in
      func units(_ rate: Rate?, _ images: Int) -> Int {
        Int((Double(images) * (rate?.value ?? 0)).rounded(.up))
      }
      var count = units(offer.look[item], candidates) + units(offer.buy[item], purchases)
      count += Ledger.Purpose.allCases.reduce(0) { $0 + (offer.once[$1]?[item] ?? 0) }
      if item == .labelExpert, let share = offer.experts { count += candidates * share.millionths / 1_000_000 }
      guard let price = offer.prices[item] else { return sum }
      return (0..<count).reduce(sum) { sum, unit in
        sum + (price.steps.last { $0.after <= unit }?.price ?? price.unit).millionths
      }
    }
  }

  @Test("a plan never passes the budget, one candidate or one purchase more would") func bestPlan() {
    var generator = SeededGenerator(seed: 1, purpose: "tariffs")
    var whole = 0
    for _ in 0..<5_000 {
      let one = random(&generator)
      let (offer, budget) = (one.offer, one.budget.millionths)
      let plan = CandidatePlan(offer: offer, budget: one.budget, poolSize: one.poolSize)
      // Searched from above: the most candidates whose share can be bought too.
      let most = (0...one.poolSize).last { cost(offer, $0, $0 * offer.keep.millionths / 1_000_000) <= budget }!
      #expect(plan.candidates == most, "\(one)")
      #expect(cost(offer, plan.candidates, plan.purchases) <= budget, "\(one)")
      #expect(plan.purchases <= plan.candidates)
      let share = most * offer.keep.millionths / 1_000_000
      if most < one.poolSize {
        #expect(plan.purchases == share, "\(one)")
      } else {
        whole += 1
        let possible = (0...most).last { cost(offer, most, $0) <= budget }!
        #expect(plan.purchases == possible, "\(one)")
      }
    }
    #expect(whole > 300 && whole < 4_500, "both branches are met: \(whole)")
  }

  @Test("with rivals everybody buys as many as the poorest, within the budget") func rivals() {
    var generator = SeededGenerator(seed: 2, purpose: "rivals")
    for _ in 0..<1_000 {
      let one = random(&generator)
      let offers = [one.offer] + (0..<3).map { _ in random(&generator).offer }
      let least = offers.map { CandidatePlan(offer: $0, budget: one.budget, poolSize: one.poolSize).purchases }.min()!
      for offer in offers {
        let plan = PurchasingPower(budget: one.budget, offer: offer, rivals: offers).plan(poolSize: one.poolSize)
        #expect(plan.purchases == least && plan.candidates <= one.poolSize && plan.candidates >= least)
        #expect(cost(offer, plan.candidates, plan.purchases) <= one.budget.millionths, "\(offer)")
        guard least > 0 else {
          #expect(plan.candidates == 0)
          continue
        }
        if offer.isFilter, plan.candidates < one.poolSize {
          #expect(cost(offer, plan.candidates + 1, least) > one.budget.millionths, "a filter looks at all it can")
        } else if !offer.isFilter, plan.candidates > least {
          #expect(
            plan.candidates <= offer.keep.whole(for: least), "nobody looks at more than its share asks for: \(plan)")
        }
      }
    }
  }

  @Test("the least budget buys one image, and a millionth less buys none") func leastBudget() {
    var generator = SeededGenerator(seed: 3, purpose: "least budgets")
    for _ in 0..<3_000 {
      let one = random(&generator)
      guard one.poolSize > 0 else { continue }
      let least = one.offer.leastBudget(poolSize: one.poolSize)
      func purchases(_ budget: Money) -> Int {
        CandidatePlan(offer: one.offer, budget: budget, poolSize: one.poolSize).purchases
      }
      #expect(purchases(least) >= 1, "\(one) \(least)")
      if least > .zero { #expect(purchases(least - Money(millionths: 1)) == 0, "\(one) \(least)") }
    }
    let dear = Offer(look: Money(1e9), buy: Money(1), keep: Share(1e-6))
    #expect(dear.leastBudget(poolSize: 1_000_000) == Money(millionths: .max))
  }

  @Test("hand-made plans") func byHand() {
    // Ten of the currency: looking 0.01, buying 0.04, half kept. n·0.01 + ⌊n/2⌋·0.04 ≤ 10: n = 333 costs 3.33 + 6.64.
    let offer = Offer(look: Money(0.01), buy: Money(0.04), keep: Share(0.5))
    let plan = CandidatePlan(offer: offer, budget: Money(10), poolSize: 1_000)
    #expect(plan.candidates == 333 && plan.purchases == 166)
    // All 100 are looked at: 1 is spent, and 9 buys all of them.
    let small = CandidatePlan(offer: offer, budget: Money(10), poolSize: 100)
    #expect(small.candidates == 100 && small.purchases == 100)
    // What costs nothing is bought whole.
    let free = CandidatePlan(offer: Offer(look: .zero, buy: .zero, keep: .all), budget: Money(1), poolSize: 7)
    #expect(free.candidates == 7 && free.purchases == 7)
    // Every tenth is labelled anew for 1: 19 candidates cost 0.19 + 1 + 0.72.
    let asked = Offer(
      look: Money(0.01), buy: Money(0.08), keep: Share(0.5), experts: (price: Money(1), share: Share(0.1)))
    #expect(asked.cost(candidates: 19, purchases: 0) == Money(1.19))
    #expect(asked.cost(candidates: 20, purchases: 0) == Money(2.20))
    #expect(CandidatePlan(offer: asked, budget: Money(2), poolSize: 1_000).candidates == 19)
  }

  @Test("power reads back, whatever the order of the rivals; equal rivals are one") func json() throws {
    var generator = SeededGenerator(seed: 4, purpose: "power")
    for _ in 0..<300 {
      let offers = (0..<generator.integer(below: 4)).map { _ in random(&generator).offer }
      let one = random(&generator)
      let power = PurchasingPower(budget: one.budget, offer: one.offer, rivals: offers + offers)
      let turned = PurchasingPower(budget: one.budget, offer: one.offer, rivals: offers.reversed())
      #expect(power == turned && power.json.canonical == turned.json.canonical)
      #expect(try PurchasingPower(json: power.json, place: "power") == power)
      let alone = PurchasingPower(budget: one.budget, offer: one.offer, rivals: nil)
      #expect(try PurchasingPower(json: alone.json, place: "power") == alone && alone.rivals == nil)
    }
  }

  @Test(
    "what is no offer is refused",
    arguments: [
      "{}", #"{"budget": 1}"#, #"{"budget": 1, "offer": {}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {}, "buy": {}, "keep": 0, "isFilter": false}}"#,
      #"{"budget": 1, "offer": {"prices": {"look": -1}, "look": {}, "buy": {}, "keep": 1, "isFilter": false}}"#,
      #"{"budget": 1, "offer": {"prices": {"gold": 1}, "look": {}, "buy": {}, "keep": 1, "isFilter": false}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {"look": 0}, "buy": {}, "keep": 1, "isFilter": false}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {}, "buy": 1, "keep": 1, "isFilter": false}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {}, "buy": {}, "keep": 1, "isFilter": 0}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {}, "buy": {}, "keep": 1, "isFilter": false, "tip": 1}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {}, "buy": {}, "keep": 1, "isFilter": false, "experts": 2}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {}, "buy": {}, "keep": 1, "isFilter": false, "once": {"x": 1}}}"#,
      #"{"budget": 1, "offer": {"prices": {}, "look": {}, "buy": {}, "keep": 1, "isFilter": false}, "rivals": [1]}"#,
    ]) func refused(text: String) throws
  {
    let json = try JSONValue.parse(Array(text.utf8), source: "test")
    let error = try #require(throws: ConfigurationError.self) { try PurchasingPower(json: json, place: "power") }
    #expect(error.place.hasPrefix("power"))
  }

  @Test("a shortage says how much is needed, and why when rivals are the reason") func shortage() {
    let cheap = Offer(look: .zero, buy: Money(1), keep: .all)
    let dear = Offer(look: .zero, buy: Money(30), keep: .all)
    let alone = PurchasingPower(budget: Money(0.5), offer: cheap, rivals: nil)
      .shortage(for: "random", in: "web", poolSize: 9)
    #expect(alone == "a budget of 0.50 buys random not a single image of web; at least 1.00 is needed")
    let together = PurchasingPower(budget: Money(5), offer: cheap, rivals: [dear])
      .shortage(for: "random", in: "web", poolSize: 9)
    #expect(together.contains("the one that can afford the fewest") && together.hasSuffix("at least 30.00 is needed"))
    let empty = PurchasingPower(budget: Money(5), offer: cheap, rivals: nil)
      .shortage(for: "random", in: "web", poolSize: 0)
    #expect(empty == "the pool web holds no image with a label")
  }
}
