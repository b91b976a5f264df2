package import Core

/// Where a pool's images and labels come from, as far as it costs money.
package struct Supply: Hashable, Sendable {
  /// What getting one image takes, one unit each.
  package let obtain: [PriceItem]
  /// What labelling one image takes; nil when labels come with the images for nothing.
  package let label: PriceItem?
  /// How many pictures of the reference pool stand behind one image, for a pool that is found or made by them.
  package let reference: Rate?

  package init(obtain: [PriceItem], label: PriceItem?, reference: Rate? = nil) {
    self.obtain = obtain
    self.label = label
    self.reference = reference
  }

  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "obtain": .array(obtain.map { .string($0.rawValue) }), "label": label.map { .string($0.rawValue) } ?? .null,
    ]
    if let reference { members["reference"] = .number(reference.value) }
    return .object(members)
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    label = try object.choice("label", PriceItem.self)
    obtain = try (try object.array("obtain") ?? []).map {
      guard let item = $0.text.flatMap(PriceItem.init(rawValue:)) else {
        throw object.error("obtain", "\($0.canonicalText.prefix(40)) is no price item")
      }
      return item
    }
    reference = try object.number("reference", in: 1e-6...1e3).map { Rate($0) }
    try object.finish()
  }

  /// What must be paid before an image can be judged: whatever brings it, and a look where it is for sale.
  package var seeing: [PriceItem: Rate] {
    let brought = obtain.filter(\.comesBeforeLooking)
    var rates = Dictionary((brought + (obtain.contains(.acquire) ? [.look] : [])).map { ($0, Rate.one) }) { one, _ in
      one
    }
    rates[.reference] = reference
    return rates
  }

  /// What is paid for an image that was looked at and is bought.
  package var keeping: [PriceItem: Rate] {
    Dictionary(obtain.filter { !$0.comesBeforeLooking }.map { ($0, Rate.one) }) { one, _ in one }
  }

  /// What is paid for an image that is bought unseen.
  package var obtaining: [PriceItem: Rate] {
    var rates = Dictionary(obtain.map { ($0, Rate.one) }) { one, _ in one }
    rates[.reference] = reference
    return rates
  }

  /// Every item whose price can matter.
  package var items: [PriceItem] {
    Set(seeing.keys).union(obtain).union(label.map { [$0] } ?? []).union([.score, .train, .store, .setup])
      .sorted { $0.rawValue < $1.rawValue }
  }
}
