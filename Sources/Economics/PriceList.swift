package import Core

/// What can be bought, each with its own unit.
package enum PriceItem: String, CaseIterable, Sendable, Hashable {
  /// Per image looked at or bought.
  case acquire
  /// Per image labelled by an expert.
  case labelExpert = "label.expert"
  /// Per vote of one crowd annotator on one image.
  case labelCrowd = "label.crowd"
  /// Per image returned by a retrieval query.
  case retrieve
  /// Per generated image.
  case generate
  /// Per image per forward pass of any model used in order to select.
  case score
  /// Per image per epoch of any model trained in order to select.
  case train
  /// Per image kept.
  case store

  /// What one unit is, for tables.
  package var unit: String {
    switch self {
    case .acquire, .labelExpert, .generate, .store: "image"
    case .labelCrowd: "vote"
    case .retrieve: "query result"
    case .score: "image and pass"
    case .train: "image and epoch"
    }
  }
}

/// Prices per unit in one currency, with exceptions per shift.
package struct PriceList: Hashable, Sendable {
  package var currency: String
  /// Whether these are Winnow's illustrative defaults rather than an organisation's own; every report says which.
  package var isIllustrative: Bool
  package var prices: [PriceItem: Money]
  /// Prices that differ in one shift.
  package var exceptions: [String: [PriceItem: Money]]

  /// The price of one unit of `item` in `shift`.
  package func price(_ item: PriceItem, in shift: String) -> Money {
    exceptions[shift]?[item] ?? prices[item] ?? .zero
  }

  /// Illustrative prices: they have the proportions of public labelling and generation services, not their offers.
  package static let illustrative = PriceList(
    currency: "USD", isIllustrative: true,
    prices: [
      .acquire: Money(0.004), .labelExpert: Money(0.036), .labelCrowd: Money(0.012), .retrieve: Money(0.003),
      .generate: Money(0.010), .score: Money(0.0002), .train: Money(0.0001), .store: Money(0.0001),
    ],
    exceptions: [:])

  /// The list with the illustrative exceptions of a data set's pools, by pool; what the list says itself stays.
  package func adding(_ own: [String: [PriceItem: Money]]) -> PriceList {
    var list = self
    for (pool, prices) in own where !prices.isEmpty {
      list.exceptions[pool, default: [:]].merge(prices) { stated, _ in stated }
    }
    return list
  }

  /// Reads `{"currency": "EUR", "acquire": 0.01, "label.expert": …, "shifts": {"expert": {"acquire": 0.02}}}`.
  /// Prices that are not given keep their illustrative value; prices below 0 or above a million are refused.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    self = .illustrative
    if let currency = try object.string("currency") { self.currency = currency }
    let own = try Self.items(&object)
    prices.merge(own) { _, new in new }
    isIllustrative = own.isEmpty
    if var shifts = try object.object("shifts") {
      for shift in shifts.keys {
        var entry = try StrictObject(try shifts.require(shift), place: shifts.path(shift))
        exceptions[shift, default: [:]].merge(try Self.items(&entry)) { _, new in new }
        try entry.finish()
        isIllustrative = false
      }
    }
    isIllustrative = try object.bool("illustrative") ?? isIllustrative
    try object.finish()
  }

  package init(
    currency: String, isIllustrative: Bool, prices: [PriceItem: Money], exceptions: [String: [PriceItem: Money]]
  ) {
    self.currency = currency
    self.isIllustrative = isIllustrative
    self.prices = prices
    self.exceptions = exceptions
  }

  /// The form that ``init(json:place:)`` reads.
  package var json: JSONValue {
    let isDefault = isIllustrative && prices == Self.illustrative.prices
    var members = isDefault ? [:] : Self.json(prices)
    members["currency"] = .string(currency)
    if !isIllustrative || !exceptions.isEmpty {
      members["shifts"] = .object(exceptions.mapValues { .object(Self.json($0)) })
    }
    // Whoever calls own prices illustrative is believed, and the exceptions that a data set adds are illustrative too.
    if isIllustrative, !isDefault || !exceptions.isEmpty { members["illustrative"] = true }
    return .object(members)
  }

  private static func items(_ object: inout StrictObject) throws -> [PriceItem: Money] {
    var items: [PriceItem: Money] = [:]
    for item in PriceItem.allCases {
      if let price = try object.number(item.rawValue, in: 0...1e6) { items[item] = Money(price) }
    }
    return items
  }

  private static func json(_ prices: [PriceItem: Money]) -> [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: prices.map { ($0.key.rawValue, $0.value.json) })
  }
}
