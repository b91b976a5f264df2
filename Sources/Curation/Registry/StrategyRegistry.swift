import Core
package import Sweeps

/// All strategies that a sweep can name.
package enum StrategyRegistry {
  static let strategies: [any SelectionStrategy.Type] = [
    RandomStrategy.self,
    ClassBalancedStrategy.self,
    OracleCleanStrategy.self,
    HerdingStrategy.self,
    KCenterStrategy.self,
    MarginStrategy.self,
    EL2NStrategy.self,
    ConfidentFilterStrategy.self,
    TargetNearestStrategy.self,
    TargetHerdingStrategy.self,
    FacilityLocationStrategy.self,
    GraphCutStrategy.self,
    HerdingDeepCoreStrategy.self,
    SSLPrototypesStrategy.self,
    SemDeDupStrategy.self,
    ContextualDiversityStrategy.self,
    CALStrategy.self,
    CALDeepCoreStrategy.self,
    KNNShapleyStrategy.self,
    TargetImportanceStrategy.self,
    LeastConfidenceStrategy.self,
    LeastConfidenceDeepCoreStrategy.self,
    EntropyStrategy.self,
    ForgettingStrategy.self,
    ForgettingZeroStrategy.self,
    GraNdStrategy.self,
    AUMStrategy.self,
    CCSStrategy.self,
    CRAIGStrategy.self,
    GradMatchStrategy.self,
    GLISTERStrategy.self,
    GLISTERDeepCoreStrategy.self,
    RelabelStrategy.self,
    ImportedStrategy.self,
    ExternalStrategy.self,
  ]

  /// Their descriptions, references first, in the order in which documentation lists them.
  package static let all: [StrategyDescription] = strategies.map { $0.description }

  /// All of them and the mixes, which choose between shifts: what can stand in a sweep.
  package static let listed: [StrategyDescription] = all + Mix.descriptions

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
    guard let type = strategies.first(where: { $0.description.name == choice.name }) else {
      throw ConfigurationError(
        place: "strategies", problem: "unknown strategy: " + Suggestion.unknown(choice.name, among: listed.map(\.name)))
    }
    return ResolvedStrategy(choice, type: type, options: try StrategyOptions(choice.options, of: type.description))
  }
}
