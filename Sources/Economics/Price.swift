package import Core

/// What a unit of an item costs: the same however many are bought, or another price from some number on.
package struct Price: Hashable, Sendable {
  /// The price of each unit beyond the first `after` of one order.
  package struct Step: Hashable, Sendable {
    package let after: Int
    package let price: Money

    package init(after: Int, price: Money) {
      self.after = after
      self.price = price
    }
  }

  /// As it was stated.
  package let amount: Money
  /// How many data sets share the amount; 1 for all items but ``PriceItem/setup``.
  package let sharedBy: Int
  /// Discounts for volume, by ascending numbers.
  package let steps: [Step]

  package init(_ amount: Money, sharedBy: Int = 1, steps: [Step] = []) {
    precondition(sharedBy > 0, "an amount is shared by at least one")
    self.amount = amount
    self.sharedBy = sharedBy
    self.steps = steps
  }

  package init(_ amount: Double) { self.init(Money(amount)) }

  package static let zero = Price(Money.zero)

  /// Of the first unit: a share of a millionth is a millionth.
  package var unit: Money {
    Money(millionths: amount.millionths / Int64(sharedBy) + (amount.millionths % Int64(sharedBy) > 0 ? 1 : 0))
  }

  /// The price as a trial pays it, whoever shares it.
  package var effective: Price { Price(unit, steps: steps) }

  /// The units from the one after `before` on, `count` of them, by their unit prices.
  package func parts(of count: Int, after before: Int = 0) -> [(quantity: Int, unitPrice: Money)] {
    var parts: [(quantity: Int, unitPrice: Money)] = []
    var (position, left) = (before, count)
    for index in 0...steps.count where left > 0 {
      let end = index < steps.count ? steps[index].after : .max
      let taken = min(left, max(0, end - position))
      if taken > 0 { parts.append((taken, index == 0 ? unit : steps[index - 1].price)) }
      position += taken
      left -= taken
    }
    return parts
  }

  /// What `count` units of one order cost.
  package func total(of count: Int) -> Money {
    parts(of: count).reduce(.zero) { $0 + $1.unitPrice * $1.quantity }
  }
}

extension Price {
  /// A number; an object where there is more to say.
  package var json: JSONValue {
    guard sharedBy > 1 || !steps.isEmpty else { return amount.json }
    var members: [String: JSONValue] = ["price": amount.json]
    if sharedBy > 1 { members["sharedBy"] = .integer(Int64(sharedBy)) }
    if !steps.isEmpty {
      members["steps"] = .array(steps.map { ["after": .integer(Int64($0.after)), "price": $0.price.json] })
    }
    return .object(members)
  }

  /// Takes the price of `item` out of `object`; nil when the object does not say it.
  ///
  /// Reads `0.01`, `{"price": 0.01, "steps": [{"after": 1000, "price": 0.008}]}`, and for `setup`
  /// `{"price": 300, "sharedBy": 10}`. Throws a ``ConfigurationError`` for prices below 0 or above a million.
  package init?(_ item: PriceItem, of object: inout StrictObject) throws {
    guard let value = object.value(item.rawValue) else { return nil }
    guard value.members != nil else {
      guard let amount = try object.number(item.rawValue, in: Self.range) else { return nil }
      self.init(Money(amount))
      return
    }
    var nested = try StrictObject(value, place: object.path(item.rawValue))
    guard let amount = try nested.number("price", in: Self.range) else {
      throw nested.error("price", "the price of a unit is missing")
    }
    let sharedBy = try nested.integer("sharedBy", in: 1...1_000_000) ?? 1
    let place = nested.path("steps")
    let steps = try (nested.array("steps") ?? []).enumerated().map { try Self.step($1, place: "\(place)[\($0)]") }
    guard sharedBy == 1 || item == .setup else {
      throw nested.error("sharedBy", "only \(PriceItem.setup.rawValue) is shared by several data sets")
    }
    guard steps.isEmpty || item != .setup else {
      throw nested.error("steps", "\(PriceItem.setup.rawValue) is paid once, so that it has no steps")
    }
    guard zip(steps, steps.dropFirst()).allSatisfy({ $0.after < $1.after }) else {
      throw nested.error("steps", "each step begins after more units than the one before it")
    }
    try nested.finish()
    self.init(Money(amount), sharedBy: sharedBy, steps: steps)
  }

  private static let range = 0...1e6

  private static func step(_ json: JSONValue, place: String) throws -> Step {
    var object = try StrictObject(json, place: place)
    guard let after = try object.integer("after", in: 1...Int(Int32.max)),
      let price = try object.number("price", in: range)
    else {
      throw ConfigurationError(place: place, problem: "a step has \"after\", a number of units, and \"price\"")
    }
    try object.finish()
    return Step(after: after, price: Money(price))
  }
}

/// So many units of an item for each image, in whole millionths.
package struct Rate: Hashable, Sendable {
  package let millionths: Int

  /// The nearest millionth of `value`, at least one.
  package init(_ value: Double) { millionths = max(Int((min(value, 1e6) * 1e6).rounded()), 1) }

  package static let one = Rate(1)

  package var value: Double { Double(millionths) / 1e6 }

  /// The units for `images` images: a part of a unit is a whole one.
  package func units(for images: Int) -> Int {
    let (product, overflow) = images.multipliedReportingOverflow(by: millionths)
    guard !overflow else { return .max }
    return product / 1_000_000 + (product % 1_000_000 > 0 ? 1 : 0)
  }
}
