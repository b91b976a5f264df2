import Core
package import Economics
import Sweeps

extension Supply {
  /// Who supplies a shift of `fashion++`. Throws a `ConfigurationError` for a shift that nobody supplies.
  package init(of shift: String) throws {
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
