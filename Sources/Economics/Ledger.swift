package import Core

/// What one trial spent, item by item.
package struct Ledger: Hashable, Sendable {
  /// Why money was spent: to find out what to buy, or to buy it.
  package enum Purpose: String, CaseIterable, Sendable, Hashable {
    case selection
    case purchase
  }

  /// One line: so many units of an item at a price.
  package struct Entry: Hashable, Sendable {
    package let purpose: Purpose
    package let item: PriceItem
    package let quantity: Int
    package let unitPrice: Money
    package var total: Money { unitPrice * quantity }

    package init(purpose: Purpose, item: PriceItem, quantity: Int, unitPrice: Money) {
      self.purpose = purpose
      self.item = item
      self.quantity = quantity
      self.unitPrice = unitPrice
    }

    /// The same for another purpose.
    package func `for`(_ purpose: Purpose) -> Entry {
      Entry(purpose: purpose, item: item, quantity: quantity, unitPrice: unitPrice)
    }
  }

  package let budget: Money
  package private(set) var entries: [Entry] = []

  package init(budget: Money) { self.budget = budget }

  package var total: Money { entries.reduce(.zero) { $0 + $1.total } }
  package var remaining: Money { budget - total }

  /// What was spent for `purpose`.
  package func total(for purpose: Purpose) -> Money {
    entries.filter { $0.purpose == purpose }.reduce(.zero) { $0 + $1.total }
  }

  /// Adds a line. A line that would pass the budget is a mistake of ours, not of the user: it traps.
  package mutating func charge(_ purpose: Purpose, _ item: PriceItem, quantity: Int, at unitPrice: Money) {
    guard quantity > 0 else { return }
    let entry = Entry(purpose: purpose, item: item, quantity: quantity, unitPrice: unitPrice)
    precondition(
      entry.total <= remaining,
      "\(quantity) × \(item.rawValue) at \(unitPrice) passes what remains of the budget, \(remaining) of \(budget)")
    entries.append(entry)
  }

  package var json: JSONValue {
    [
      "budget": budget.json, "total": total.json,
      "entries": .array(
        entries.map {
          [
            "purpose": .string($0.purpose.rawValue), "item": .string($0.item.rawValue),
            "quantity": .integer(Int64($0.quantity)), "unitPrice": $0.unitPrice.json, "total": $0.total.json,
          ]
        }),
    ]
  }

  /// Reads what ``json`` writes.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    budget = Money(try object.number("budget", in: 0...1e12) ?? 0)
    _ = object.value("total")
    for (index, element) in (try object.array("entries") ?? []).enumerated() {
      var entry = try StrictObject(element, place: "\(object.path("entries"))[\(index)]")
      guard let purpose = try entry.choice("purpose", Purpose.self),
        let item = try entry.choice("item", PriceItem.self),
        let quantity = try entry.integer("quantity", in: 0...Int(Int32.max)),
        let unitPrice = try entry.number("unitPrice", in: 0...1e6)
      else {
        throw ConfigurationError(
          place: entry.place, problem: "a ledger entry has purpose, item, quantity and unitPrice")
      }
      entries.append(Entry(purpose: purpose, item: item, quantity: quantity, unitPrice: Money(unitPrice)))
    }
    try object.finish()
  }
}
