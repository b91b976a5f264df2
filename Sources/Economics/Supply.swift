package import Core

/// Where a pool's images and labels come from, as far as it costs money.
package struct Supply: Hashable, Sendable {
  /// What getting one image takes, one unit each.
  package let obtain: [PriceItem]
  /// What labelling one image takes; nil when labels come with the images for nothing.
  package let label: PriceItem?

  package init(obtain: [PriceItem], label: PriceItem?) {
    self.obtain = obtain
    self.label = label
  }

  package var json: JSONValue {
    ["obtain": .array(obtain.map { .string($0.rawValue) }), "label": label.map { .string($0.rawValue) } ?? .null]
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
    try object.finish()
  }

  /// Every item whose price can matter.
  package var items: [PriceItem] { obtain + (label.map { [$0] } ?? []) + [.score, .train, .store] }
}
