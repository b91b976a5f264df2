/// A way to choose among candidates. Adding one is one file, and one line in ``StrategyRegistry``.
protocol SelectionStrategy: Sendable {
  static var description: StrategyDescription { get }

  /// Takes options that ``StrategyDescription/options`` allow.
  init(options: StrategyOptions)

  /// What it must know of every candidate before it can choose.
  var looking: Looking { get }

  /// The share of the looked-at candidates that it buys.
  var keep: Share { get }

  /// Whether it discards a share of the candidates that is not known before looking.
  var isFilter: Bool { get }

  /// Chooses up to `count` candidates.
  ///
  /// - Parameter count: from 1 to the number of candidates.
  /// - Returns: distinct positions among the candidates, in order of choice; fewer than `count` only when no other
  ///   candidate is acceptable.
  /// - Throws: a ``CurationError`` when it cannot choose, `CancellationError` when it was asked to stop.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> [Int]
}

extension SelectionStrategy {
  var keep: Share { .all }
  var isFilter: Bool { false }
}

/// Asks `shouldContinue` and throws `CancellationError` when the answer is no.
func checkContinuing(_ shouldContinue: () -> Bool) throws {
  guard shouldContinue() else { throw CancellationError() }
}
