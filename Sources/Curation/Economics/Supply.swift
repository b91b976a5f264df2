import Core
import Sweeps

/// Where a shift's images and labels come from, as far as it costs money.
struct Supply: Hashable, Sendable {
  /// What getting one image takes, one unit each.
  let obtain: [PriceItem]
  /// What labelling one image takes; nil when labels come with the images for nothing.
  let label: PriceItem?

  /// Throws a ``ConfigurationError`` for a shift that nobody supplies.
  init(of shift: String) throws {
    switch shift {
    case "expert": (obtain, label) = ([.acquire], .labelExpert)
    case "crowdsourced": (obtain, label) = ([.acquire], .labelCrowd)
    case "retrieval-image", "retrieval-text": (obtain, label) = ([.acquire, .retrieve], nil)
    case "synthetic-image", "synthetic-text": (obtain, label) = ([.generate], nil)
    default:
      throw ConfigurationError(place: "shift", problem: Suggestion.unknown(shift, among: FashionPlusPlus.shifts))
    }
  }

  /// Every item whose price can matter.
  var items: [PriceItem] { obtain + (label.map { [$0] } ?? []) + [.score, .train, .store] }
}
