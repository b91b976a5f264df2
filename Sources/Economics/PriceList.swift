package import Core

/// Prices per unit in one currency, with exceptions per shift. Each knows whether it is Winnow's illustration or the user's
/// own.
package struct PriceList: Hashable, Sendable {
  package var currency: String
  package private(set) var prices: [PriceItem: Price]
  /// Prices that differ in one shift.
  package private(set) var exceptions: [String: [PriceItem: Price]]
  /// The general prices that are illustrative.
  private var illustrativeItems: Set<PriceItem>
  /// The exceptions that are illustrative, by shift.
  private var illustrativeExceptions: [String: Set<PriceItem>]

  package init(
    currency: String, isIllustrative: Bool, prices: [PriceItem: Price], exceptions: [String: [PriceItem: Price]]
  ) {
    self.currency = currency
    self.prices = prices
    self.exceptions = exceptions
    illustrativeItems = isIllustrative ? Set(prices.keys) : []
    illustrativeExceptions = isIllustrative ? exceptions.mapValues { Set($0.keys) } : [:]
  }

  /// The price of the first unit of `item` in `shift`.
  package func price(_ item: PriceItem, in shift: String) -> Money { schedule(item, in: shift).unit }

  /// The price of `item` in `shift`, with its steps; what has no price is free.
  package func schedule(_ item: PriceItem, in shift: String) -> Price {
    exceptions[shift]?[item] ?? prices[item] ?? .zero
  }

  /// Whether the price of `item` in `shift` is an illustration.
  package func isIllustrative(_ item: PriceItem, in shift: String) -> Bool {
    exceptions[shift]?[item] == nil
      ? illustrativeItems.contains(item) : illustrativeExceptions[shift]?.contains(item) ?? false
  }

  /// Whether the general price of `item` is an illustration.
  package func isIllustrative(_ item: PriceItem) -> Bool { illustrativeItems.contains(item) }

  /// Whether every price is an illustration.
  package var isIllustrative: Bool {
    illustrativeItems.count == prices.count
      && exceptions.allSatisfy { (illustrativeExceptions[$0.key]?.count ?? 0) == $0.value.count }
  }

  /// Whether the list says what `item` costs in `shift`.
  package func states(_ item: PriceItem, in shift: String) -> Bool {
    exceptions[shift]?[item] != nil || prices[item] != nil
  }

  /// Illustrative prices: they have the proportions of public labelling and generation services, not their offers.
  package static let illustrative = PriceList(
    currency: "USD", isIllustrative: true,
    prices: [
      .look: 0.0004, .acquire: 0.004, .photograph: 0.5, .labelExpert: 0.036, .labelCrowd: 0.012, .retrieve: 0.003,
      .generate: 0.010, .score: 0.0002, .train: 0.0001, .store: 0.0001, .setup: 0,
    ].mapValues { Price($0) },
    exceptions: [:])

  /// States a price of the user's own, in one shift or everywhere.
  package mutating func state(_ item: PriceItem, _ price: Price, in shift: String? = nil) {
    set(item, price, in: shift, isIllustrative: false)
  }

  /// Makes every price the user's own.
  package mutating func claim() { (illustrativeItems, illustrativeExceptions) = ([], [:]) }

  private mutating func set(_ item: PriceItem, _ price: Price, in shift: String?, isIllustrative: Bool) {
    if let shift {
      exceptions[shift, default: [:]][item] = price
      if isIllustrative {
        illustrativeExceptions[shift, default: []].insert(item)
      } else {
        illustrativeExceptions[shift]?.remove(item)
      }
    } else {
      prices[item] = price
      if isIllustrative { illustrativeItems.insert(item) } else { illustrativeItems.remove(item) }
    }
    illustrativeExceptions = illustrativeExceptions.filter { !$0.value.isEmpty }
  }

  /// The list with the illustrative exceptions of a data set's pools, by pool. What the user says stays: an exception, and a
  /// general price of the user's own.
  package func adding(_ own: [String: [PriceItem: Price]]) -> PriceList {
    var list = self
    for (pool, prices) in own {
      for (item, price) in prices where exceptions[pool]?[item] == nil {
        guard illustrativeItems.contains(item) || self.prices[item] == nil else { continue }
        list.set(item, price, in: pool, isIllustrative: true)
      }
    }
    return list
  }

  /// The list with what a picture of the reference pool costs those pools that are made from it, where nobody says it.
  ///
  /// - Parameters:
  ///   - pools: those made from reference pictures.
  ///   - items: what a labelled picture of the reference pool takes, and how many units of each.
  package func pricingReferences(of pools: [String], _ items: [(item: PriceItem, units: Int)], in reference: String)
    -> PriceList
  {
    var list = self
    let price = items.reduce(Money.zero) { $0 + self.price($1.item, in: reference) * $1.units }
    let isIllustrative = items.contains { self.isIllustrative($0.item, in: reference) }
    for pool in pools where !states(.reference, in: pool) {
      list.set(.reference, Price(price), in: pool, isIllustrative: isIllustrative)
    }
    return list
  }
}

extension PriceList {
  private static let illustrativeKey = "illustrative"

  /// Reads `{"currency": "EUR", "acquire": 0.01, "label.expert": …, "shifts": {"expert": {"acquire": 0.02}}}`; a price is
  /// what ``Price`` reads.
  ///
  /// Prices that are not given keep their illustrative value, those that are given are the user's own. `illustrative` says
  /// otherwise, in the list or in a shift of it: `true`, `false`, or the names of the prices that are illustrative.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    self = .illustrative
    if let currency = try object.string("currency") { self.currency = currency }
    let own = try Self.items(&object)
    let claim = try Self.claim(&object)
    for (item, price) in own { set(item, price, in: nil, isIllustrative: claim.covers(item) ?? false) }
    if case .all(false) = claim { illustrativeItems = [] }
    if var shifts = try object.object("shifts") {
      for shift in shifts.keys {
        var entry = try StrictObject(try shifts.require(shift), place: shifts.path(shift))
        let items = try Self.items(&entry)
        let narrower = try Self.claim(&entry)
        for (item, price) in items {
          set(item, price, in: shift, isIllustrative: narrower.covers(item) ?? claim.coversShifts)
        }
        if items.isEmpty { exceptions[shift, default: [:]] = [:] }
        try entry.finish()
      }
    }
    try object.finish()
  }

  /// What a list says of its own prices.
  private enum Claim {
    case nothing
    case all(Bool)
    case some(Set<PriceItem>)

    func covers(_ item: PriceItem) -> Bool? {
      switch self {
      case .nothing: nil
      case .all(let flag): flag
      case .some(let items): items.contains(item)
      }
    }

    var coversShifts: Bool { if case .all(true) = self { true } else { false } }
  }

  private static func claim(_ object: inout StrictObject) throws -> Claim {
    guard let value = object.value(illustrativeKey) else { return .nothing }
    if case .bool(let flag) = value { return .all(flag) }
    guard let names = value.elements else {
      throw object.error(illustrativeKey, "true, false or a list of price items is needed")
    }
    return .some(
      Set(
        try names.map {
          guard let item = $0.text.flatMap(PriceItem.init(rawValue:)) else {
            throw object.error(
              illustrativeKey,
              Suggestion.unknown($0.text ?? $0.canonicalText, among: PriceItem.allCases.map(\.rawValue)))
          }
          return item
        }))
  }

  private static func items(_ object: inout StrictObject) throws -> [PriceItem: Price] {
    var items: [PriceItem: Price] = [:]
    for item in PriceItem.allCases { items[item] = try Price(item, of: &object) }
    return items
  }

  /// The form that ``init(json:place:)`` reads.
  package var json: JSONValue {
    let isWhole = isIllustrative
    let isDefault = isWhole && prices == Self.illustrative.prices
    var members = isDefault ? [:] : Self.json(prices)
    members["currency"] = .string(currency)
    if isWhole {
      if !exceptions.isEmpty { members["shifts"] = .object(exceptions.mapValues { .object(Self.json($0)) }) }
      // Whoever calls own prices illustrative is believed, and the exceptions that a data set adds are illustrative too.
      if !isDefault || !exceptions.isEmpty { members[Self.illustrativeKey] = true }
      return .object(members)
    }
    members["shifts"] = .object(
      Dictionary(
        uniqueKeysWithValues: exceptions.map { shift, prices in
          (shift, .object(Self.json(prices).merging(Self.claim(illustrativeExceptions[shift] ?? [])) { own, _ in own }))
        }))
    return .object(members.merging(Self.claim(illustrativeItems)) { own, _ in own })
  }

  private static func claim(_ items: Set<PriceItem>) -> [String: JSONValue] {
    items.isEmpty ? [:] : [illustrativeKey: .array(items.map(\.rawValue).sorted().map { .string($0) })]
  }

  private static func json(_ prices: [PriceItem: Price]) -> [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: prices.map { ($0.key.rawValue, $0.value.json) })
  }
}
