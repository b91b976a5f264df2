import Core
import Economics
import Sweeps

extension Supply {
  /// Throws a ``ConfigurationError`` for a shift that nobody supplies.
  init(of shift: String) throws {
    switch shift {
    case "expert": self.init(obtain: [.acquire], label: .labelExpert)
    case "crowdsourced": self.init(obtain: [.acquire], label: .labelCrowd)
    case "retrieval-image", "retrieval-text": self.init(obtain: [.acquire, .retrieve], label: nil)
    case "synthetic-image", "synthetic-text": self.init(obtain: [.generate], label: nil)
    default:
      throw ConfigurationError(place: "shift", problem: Suggestion.unknown(shift, among: FashionPlusPlus.shifts))
    }
  }
}

enum FashionPlusPlus {
  static let shifts = [
    "expert", "crowdsourced", "retrieval-image", "retrieval-text", "synthetic-image", "synthetic-text",
  ]
}
