/// A way to choose among candidates. Adding one is one file, and one line in ``StrategyRegistry``.
///
/// What it pays for looking, how large a share it keeps and whether it chooses within classes follow from its
/// ``StrategyDescription``: see ``ResolvedStrategy/looking``.
protocol SelectionStrategy: Sendable {
  static var description: StrategyDescription { get }

  /// Takes options that ``StrategyDescription/options`` allow.
  init(options: StrategyOptions)

  /// The proxy models to train and ask; needed exactly by those that ``Need/scores``.
  var scorer: Scorer? { get }

  /// What it must be given; more than its description says only where an option decides.
  var needs: Set<Need> { get }

  /// What it pays for models of its own, per candidate.
  var ownModels: Looking.OwnModels { get }

  /// Chooses up to `count` candidates.
  ///
  /// - Parameter count: from 1 to the number of candidates.
  /// - Returns: distinct positions among the candidates, in order of choice; fewer than `count` only when no other
  ///   candidate is acceptable.
  /// - Throws: a ``CurationError`` when it cannot choose, `CancellationError` when it was asked to stop.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection
}

extension SelectionStrategy {
  var scorer: Scorer? { nil }
  var needs: Set<Need> { Self.description.needs }
  var ownModels: Looking.OwnModels { Looking.OwnModels() }
}

/// Asks `shouldContinue` and throws `CancellationError` when the answer is no.
func checkContinuing(_ shouldContinue: () -> Bool) throws {
  guard shouldContinue() else { throw CancellationError() }
}
