package import Core

/// What a strategy's suppliers ask, and how much of what it looks at it means to buy.
package struct Offer: Hashable, Sendable {
  /// Of every item that is paid.
  package let prices: [PriceItem: Price]
  /// Units that are paid once, however much is looked at and bought.
  package let once: [Ledger.Purpose: [PriceItem: Int]]
  /// Units per candidate that is looked at.
  package let look: [PriceItem: Rate]
  /// Units per image that is bought.
  package let buy: [PriceItem: Rate]
  package let keep: Share
  /// Whether looking discards a share that nobody knows before: then as much is looked at as the money allows.
  package let isFilter: Bool
  /// The share of the looked-at candidates that experts label anew.
  package let experts: Share?

  /// - Parameter prices: of items that are not paid too; an item without a price is free.
  package init(
    prices: [PriceItem: Price], once: [Ledger.Purpose: [PriceItem: Int]] = [:], look: [PriceItem: Rate],
    buy: [PriceItem: Rate], keep: Share, isFilter: Bool = false, experts: Share? = nil
  ) {
    self.once = once.mapValues { $0.filter { $0.value > 0 } }.filter { !$0.value.isEmpty }
    self.look = look
    self.buy = buy
    self.keep = keep
    self.isFilter = isFilter
    self.experts = experts
    let items = Self.items(self.once, look, buy, experts)
    self.prices = Dictionary(uniqueKeysWithValues: items.map { ($0, (prices[$0] ?? .zero).effective) })
  }

  /// Every item that is paid.
  package var items: Set<PriceItem> { Set(prices.keys) }

  private static func items(
    _ once: [Ledger.Purpose: [PriceItem: Int]], _ look: [PriceItem: Rate], _ buy: [PriceItem: Rate], _ experts: Share?
  ) -> Set<PriceItem> {
    Set(once.values.flatMap(\.keys)).union(look.keys).union(buy.keys).union(experts == nil ? [] : [.labelExpert])
  }

  /// What looking at `candidates` images and buying `purchases` of them takes: a line for each item and purpose, and one for
  /// each step of a price. Nothing at all takes nothing.
  ///
  /// - Parameters:
  ///   - expertLabels: how many candidates experts labelled anew; the whole share unless given.
  ///   - once: other numbers of units that were paid once than ``once``.
  package func entries(
    candidates: Int, purchases: Int, expertLabels: Int? = nil, once given: [Ledger.Purpose: [PriceItem: Int]]? = nil
  ) -> [Ledger.Entry] {
    guard candidates > 0 || purchases > 0 else { return [] }
    let once = given ?? self.once
    let labels = expertLabels ?? experts?.floor(of: candidates) ?? 0
    var used: [PriceItem: Int] = [:]
    return Ledger.Purpose.allCases.flatMap { purpose in
      PriceItem.allCases.flatMap { item -> [Ledger.Entry] in
        let rate = purpose == .selection ? look[item] : buy[item]
        let images = purpose == .selection ? candidates : purchases
        var units = Self.sum(rate?.units(for: images) ?? 0, once[purpose]?[item] ?? 0)
        if purpose == .selection, item == .labelExpert { units = Self.sum(units, labels) }
        guard units > 0 else { return [] }
        let before = used[item] ?? 0
        used[item] = Self.sum(before, units)
        return (prices[item] ?? .zero).parts(of: units, after: before).map {
          Ledger.Entry(purpose: purpose, item: item, quantity: $0.quantity, unitPrice: $0.unitPrice)
        }
      }
    }
  }

  private static func sum(_ first: Int, _ second: Int) -> Int {
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? .max : sum
  }

  /// The sum of ``entries(candidates:purchases:expertLabels:once:)``; it never falls when either number grows.
  package func cost(candidates: Int, purchases: Int) -> Money {
    entries(candidates: candidates, purchases: purchases).reduce(.zero) { $0 + $1.total }
  }

  /// The most images, up to `most`, that `money` buys unseen.
  package func affordable(_ money: Money, atMost most: Int) -> Int {
    CandidatePlan.most(of: most) { cost(candidates: 0, purchases: $0) <= money }
  }

  /// The smallest budget that buys one image of a pool: its price, that of the candidates of which it is the share to keep,
  /// and what is paid once.
  package func leastBudget(poolSize: Int) -> Money {
    cost(candidates: min(keep.whole(for: 1), poolSize), purchases: 1)
  }

  /// How many units at `price` the `amount` buys; no more than can be counted when they are free.
  package static func quotient(_ amount: Money, by price: Money) -> Int {
    price.millionths > 0 ? Int(amount.millionths / price.millionths) : .max
  }
}

extension Offer {
  package var json: JSONValue {
    func rates(_ rates: [PriceItem: Rate]) -> JSONValue {
      .object(Dictionary(uniqueKeysWithValues: rates.map { ($0.key.rawValue, .number($0.value.value)) }))
    }
    var members: [String: JSONValue] = [
      "prices": .object(Dictionary(uniqueKeysWithValues: prices.map { ($0.key.rawValue, $0.value.json) })),
      "look": rates(look), "buy": rates(buy), "keep": .number(keep.value), "isFilter": .bool(isFilter),
    ]
    if !once.isEmpty {
      members["once"] = .object(
        Dictionary(
          uniqueKeysWithValues: once.map { purpose, units in
            (
              purpose.rawValue,
              .object(Dictionary(uniqueKeysWithValues: units.map { ($0.key.rawValue, .integer(Int64($0.value))) }))
            )
          }))
    }
    if let experts { members["experts"] = .number(experts.value) }
    return .object(members)
  }

  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let keep = try object.number("keep", in: 1e-6...1), let isFilter = try object.bool("isFilter") else {
      throw ConfigurationError(place: place, problem: "an offer has prices, look, buy, keep and isFilter")
    }
    var given = try StrictObject(try object.require("prices"), place: object.path("prices"))
    var prices: [PriceItem: Price] = [:]
    for item in PriceItem.allCases { prices[item] = try Price(item, of: &given) }
    try given.finish()
    func rates(_ key: String, _ object: inout StrictObject) throws -> [PriceItem: Rate] {
      var given = try StrictObject(try object.require(key), place: object.path(key))
      var rates: [PriceItem: Rate] = [:]
      for item in PriceItem.allCases { rates[item] = try given.number(item.rawValue, in: 1e-6...1e6).map { Rate($0) } }
      try given.finish()
      return rates
    }
    var once: [Ledger.Purpose: [PriceItem: Int]] = [:]
    if var purposes = try object.object("once") {
      for purpose in Ledger.Purpose.allCases {
        guard var given = try purposes.object(purpose.rawValue) else { continue }
        for item in PriceItem.allCases {
          once[purpose, default: [:]][item] = try given.integer(item.rawValue, in: 1...Int(Int32.max))
        }
        try given.finish()
      }
      try purposes.finish()
    }
    self.init(
      prices: prices, once: once, look: try rates("look", &object), buy: try rates("buy", &object), keep: Share(keep),
      isFilter: isFilter, experts: try object.number("experts", in: 1e-6...1).map { Share($0) })
    try object.finish()
  }
}
