import Core
import Datasets
import Sweeps

/// What a strategy's suppliers ask, and how much of what it looks at it means to buy.
struct Offer: Hashable, Sendable {
  /// Price per candidate that is looked at.
  let look: Money
  /// Price per looked-at candidate that is bought.
  let buy: Money
  let keep: Share
  /// Whether looking discards a share that nobody knows before: then as much is looked at as the money allows.
  let isFilter: Bool
}

/// What a budget can do for a strategy, as a function of the pool's size alone.
struct PurchasingPower: Hashable, Sendable {
  let budget: Money
  let offer: Offer
  /// The offers of all strategies that must buy equally many items; nil when each buys what the budget allows.
  let rivals: [Offer]?

  init(budget: Money, offer: Offer, rivals: [Offer]?) {
    self.budget = budget
    self.offer = offer
    // Rivals on equal terms are one rival: the order and number of equal offers must not change a task.
    self.rivals = rivals.map { Array(Set($0)).sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) } }
  }

  /// How many of a pool of `poolSize` images are looked at and bought.
  func plan(poolSize: Int) -> CandidatePlan {
    let own = CandidatePlan(offer: offer, budget: budget, poolSize: poolSize)
    guard let rivals else { return own }
    let count = rivals.reduce(own.purchases) {
      min($0, CandidatePlan(offer: $1, budget: budget, poolSize: poolSize).purchases)
    }
    return own.reduced(to: count, offer: offer, budget: budget, poolSize: poolSize)
  }

  /// Why nothing can be bought, and how much money would buy something; for a plan that buys nothing.
  func shortage(for buyer: String, in pool: Pool) -> String {
    guard Candidates.supply(of: pool) > 0 else { return "the pool \(pool.shift) holds no image with a label" }
    let dearest = ([offer] + (rivals ?? [])).map(\.leastBudget).max()!
    let cause =
      dearest > offer.leastBudget ? " (every strategy buys as many as the one that can afford the fewest)" : ""
    return
      "a budget of \(budget) buys \(buyer) not a single image of \(pool.shift)\(cause); at least \(dearest) is needed"
  }

  var json: JSONValue {
    [
      "budget": budget.json, "offer": offer.json,
      "rivals": rivals.map { .array($0.map(\.json)) } ?? .null,
    ]
  }

  init(json: JSONValue, place: String) throws {
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

extension Offer {
  /// What it takes to buy one image: its price, and that of the candidates of which it is the share to keep.
  var leastBudget: Money { look * keep.whole(for: 1) + buy }

  fileprivate var sortKey: [Int64] { [look.millionths, buy.millionths, Int64(keep.millionths), isFilter ? 1 : 0] }

  var json: JSONValue {
    ["look": look.json, "buy": buy.json, "keep": .number(keep.value), "isFilter": .bool(isFilter)]
  }

  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let look = try object.number("look", in: 0...1e10), let buy = try object.number("buy", in: 0...1e10),
      let keep = try object.number("keep", in: 1e-6...1), let isFilter = try object.bool("isFilter")
    else { throw ConfigurationError(place: place, problem: "an offer has look, buy, keep and isFilter") }
    try object.finish()
    self.init(look: Money(look), buy: Money(buy), keep: Share(keep), isFilter: isFilter)
  }
}
