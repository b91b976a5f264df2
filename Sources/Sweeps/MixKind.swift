import Core

/// The strategies that choose between shifts instead of within one. A sweep expands each of them once for all shifts, so that
/// the request knows which they are; what they do is said by their rows.
package enum MixKind: String, CaseIterable, Sendable {
  case stated = "mix"
  case searched = "mix-search"

  /// The option that states how much of the money each shift gets.
  package static let proportions = "proportions"
  /// The option that names the strategy that spends each part.
  package static let spender = "with"
}

extension StrategyChoice {
  /// Which mix it is; nil for a strategy that chooses within one shift.
  package var mix: MixKind? { MixKind(rawValue: name) }

  /// Whether it chooses between shifts instead of within one: then it is expanded once for all shifts.
  package var isMix: Bool { mix != nil }

  /// The strategy that spends each part of a mix; nil when the choice leaves that open.
  package var spender: StrategyChoice? {
    options[MixKind.spender].flatMap { try? StrategyChoice(json: $0, place: MixKind.spender) }
  }

  /// A mix that gives each of `shifts` the same.
  package static func evenMix(of shifts: [String]) -> StrategyChoice {
    let share = JSONValue.number(1 / Double(max(1, shifts.count)))
    return StrategyChoice(
      name: MixKind.stated.rawValue,
      options: [MixKind.proportions: .object(Dictionary(shifts.map { ($0, share) }) { first, _ in first })])
  }
}
