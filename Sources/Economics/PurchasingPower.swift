package import Core

/// What a budget can do for a strategy, as a function of the pool's size alone.
package struct PurchasingPower: Hashable, Sendable {
  package let budget: Money
  package let offer: Offer
  /// The offers of all strategies that must buy equally many items; nil when each buys what the budget allows.
  package let rivals: [Offer]?

  package init(budget: Money, offer: Offer, rivals: [Offer]?) {
    self.budget = budget
    self.offer = offer
    // Rivals on equal terms are one rival: the order and number of equal offers must not change a task.
    self.rivals = rivals.map { rivals in
      let named = Set(rivals).map { ($0, $0.json.canonical) }
      return named.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }
  }

  /// How many of a pool of `poolSize` images are looked at and bought.
  package func plan(poolSize: Int) -> CandidatePlan {
    let own = CandidatePlan(offer: offer, budget: budget, poolSize: poolSize)
    guard let rivals else { return own }
    let count = rivals.reduce(own.purchases) {
      min($0, CandidatePlan(offer: $1, budget: budget, poolSize: poolSize).purchases)
    }
    return own.reduced(to: count, offer: offer, budget: budget, poolSize: poolSize)
  }

  /// Why nothing of a pool of `poolSize` images can be bought, and how much money would buy something.
  package func shortage(for buyer: String, in shift: String, poolSize: Int) -> String {
    guard poolSize > 0 else { return "the pool \(shift) holds no image with a label" }
    let offers = [offer] + (rivals ?? [])
    let least = offers.map { $0.leastBudget(poolSize: poolSize) }.max()!
    let cause = rivals == nil ? "" : " (every strategy buys as many as the one that can afford the fewest)"
    return "a budget of \(budget) buys \(buyer) not a single image of \(shift)\(cause); at least \(least) is needed"
  }

  package var json: JSONValue {
    [
      "budget": budget.json, "offer": offer.json,
      "rivals": rivals.map { .array($0.map(\.json)) } ?? .null,
    ]
  }

  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let budget = try object.number("budget", in: 0...1e12) else {
      throw object.error("budget", "the key is missing")
    }
    let offerPlace = object.path("offer")
    self.init(
      budget: Money(budget), offer: try Offer(json: try object.require("offer"), place: offerPlace),
      rivals: try object.array("rivals")?.map { try Offer(json: $0, place: place + ".rivals") })
    try object.finish()
  }
}
