import Core
package import Sweeps

/// All strategies that a sweep can name.
package enum StrategyRegistry {
  static let rows: [StrategyRow] = [
    .random, .classBalanced, .oracleClean, .herding, .kCenter, .margin, .el2n, .confidentFilter, .targetNearest,
    .targetHerding, .facilityLocation, .graphCut, .herdingDeepCore, .sslPrototypes, .semDeDup, .contextualDiversity,
    .cal,
    .calDeepCore, .knnShapley, .targetImportance, .leastConfidence, .leastConfidenceDeepCore, .entropy, .forgetting,
    .forgettingZero, .graNd, .aum, .ccs, .craig, .gradMatch, .glister, .glisterDeepCore, .relabel, .imported, .external,
  ]

  /// Their descriptions, references first, in the order in which documentation lists them.
  package static let all: [StrategyDescription] = rows.map(\.description)

  /// All of them and the mixes, which choose between shifts: what can stand in a sweep.
  package static let listed: [StrategyDescription] = all + Mix.descriptions

  /// What reports know of them.
  package static let catalogue = StrategyCatalogue(listed.map(\.catalogued))

  /// Finds the strategy that `choice` names and checks its options.
  ///
  /// - Throws: a ``ConfigurationError`` for an unknown name, an unknown option or a value out of range; the text
  ///   suggests what was meant.
  package static func resolve(_ choice: StrategyChoice) throws -> ResolvedStrategy {
    guard !choice.isMix else {
      throw ConfigurationError(
        place: "strategies",
        problem: "\(choice.name) splits money between shifts; it stands in the strategies of a sweep")
    }
    guard let row = rows.first(where: { $0.description.name == choice.name }) else {
      throw ConfigurationError(
        place: "strategies", problem: "unknown strategy: " + Suggestion.unknown(choice.name, among: listed.map(\.name)))
    }
    return ResolvedStrategy(choice, row: row, options: try StrategyOptions(choice.options, of: row.description))
  }
}
