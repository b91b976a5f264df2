package import Core

/// What a strategy's suppliers ask, and how much of what it looks at it means to buy.
package struct Offer: Hashable, Sendable {
  /// Experts who label a share of the looked-at candidates anew.
  package struct Experts: Hashable, Sendable {
    /// Per label.
    package let price: Money
    package let share: Share

    package init(price: Money, share: Share) {
      self.price = price
      self.share = share
    }
  }

  /// Price per candidate that is looked at.
  package let look: Money
  /// Price per looked-at candidate that is bought.
  package let buy: Money
  package let keep: Share
  /// Whether looking discards a share that nobody knows before: then as much is looked at as the money allows.
  package let isFilter: Bool
  package let experts: Experts?

  package init(look: Money, buy: Money, keep: Share, isFilter: Bool = false, experts: Experts? = nil) {
    self.look = look
    self.buy = buy
    self.keep = keep
    self.isFilter = isFilter
    self.experts = experts
  }

  /// What looking at `candidates` leaves of `budget`; nil when it cannot be afforded.
  package func remainder(of budget: Money, afterLookingAt candidates: Int) -> Money? {
    guard Self.quotient(budget, by: look) >= candidates else { return nil }
    let rest = budget - look * candidates
    guard let experts else { return rest }
    let labels = experts.share.floor(of: candidates)
    return Self.quotient(rest, by: experts.price) >= labels ? rest - experts.price * labels : nil
  }

  /// How many units at `price` the `amount` buys; no more than can be counted when they are free.
  package static func quotient(_ amount: Money, by price: Money) -> Int {
    price.millionths > 0 ? Int(amount.millionths / price.millionths) : .max
  }
}

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
    self.rivals = rivals.map { Array(Set($0)).sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) } }
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

extension Offer {
  /// The smallest budget that buys one image of a pool: its price, and that of the candidates of which it is the share
  /// to keep.
  package func leastBudget(poolSize: Int) -> Money {
    let candidates = min(keep.whole(for: 1), poolSize)
    let labels = experts.map { $0.price * $0.share.floor(of: candidates) } ?? .zero
    return look * candidates + buy + labels
  }

  fileprivate var sortKey: [Int64] {
    [
      look.millionths, buy.millionths, Int64(keep.millionths), isFilter ? 1 : 0, experts?.price.millionths ?? -1,
      Int64(experts?.share.millionths ?? 0),
    ]
  }

  /// Without experts there is no word of them: what needs none keeps its tasks when others learn to ask.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "look": look.json, "buy": buy.json, "keep": .number(keep.value), "isFilter": .bool(isFilter),
    ]
    if let experts { members["experts"] = ["price": experts.price.json, "share": .number(experts.share.value)] }
    return .object(members)
  }

  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let look = try object.number("look", in: 0...1e12), let buy = try object.number("buy", in: 0...1e12),
      let keep = try object.number("keep", in: 1e-6...1), let isFilter = try object.bool("isFilter")
    else { throw ConfigurationError(place: place, problem: "an offer has look, buy, keep and isFilter") }
    let experts = try object.object("experts").map { try Experts($0) }
    try object.finish()
    self.init(look: Money(look), buy: Money(buy), keep: Share(keep), isFilter: isFilter, experts: experts)
  }
}

extension Offer.Experts {
  fileprivate init(_ members: StrictObject) throws {
    var object = members
    guard let price = try object.number("price", in: 0...1e12), let share = try object.number("share", in: 1e-6...1)
    else { throw ConfigurationError(place: object.place, problem: "experts have a price and a share") }
    try object.finish()
    self.init(price: Money(price), share: Share(share))
  }
}
