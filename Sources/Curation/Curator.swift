package import Core
package import Datasets
package import Numerics
import Sweeps

/// Chooses subsets of a pool within a budget, and pays for them.
package enum Curator {
  /// Does the work of a score task: scores over the candidates of `pool`.
  ///
  /// - Parameter parameters: what ``ResolvedStrategy/scoreParameters(in:)`` gives.
  /// - Throws: a ``CurationError`` when the budget buys nothing, a ``ConfigurationError`` for parameters that cannot be
  ///   read, `CancellationError` once `shouldContinue` answers false.
  package static func score(
    parameters: JSONValue, pool: Pool, shouldContinue: () -> Bool = { true }
  ) throws -> Scores {
    let task = try ScoreTask(json: parameters, place: "score parameters")
    let plan = task.power.plan(poolSize: Candidates.supply(of: pool))
    guard plan.purchases > 0 else { throw CurationError(task.power.shortage(for: "a strategy with scores", in: pool)) }
    let candidates = Candidates(first: plan.candidates, of: pool, seed: task.seed)
    return try task.scorer.score(candidates, seed: task.seed, shouldContinue: shouldContinue)
  }

  /// Chooses a subset of `pool` and pays for it.
  ///
  /// - Parameters:
  ///   - target: features of the unlabelled target sample; only strategies that need ``Need/target`` read it.
  ///   - scores: what the score task made; nil when ``ResolvedStrategy/scoreParameters(in:)`` was nil.
  /// - Returns: a purchase of at least one image whose ledger does not pass the budget.
  /// - Throws: a ``CurationError`` when nothing can be bought, or when scores or target are missing or of another size;
  ///   `CancellationError` once `shouldContinue` answers false.
  package static func choose(
    _ strategy: ResolvedStrategy, terms: Terms, pool: Pool, target: Matrix?, scores: Scores?,
    shouldContinue: () -> Bool = { true }
  ) throws -> Purchase {
    let power = strategy.purchasingPower(in: terms)
    let plan = power.plan(poolSize: Candidates.supply(of: pool))
    guard plan.purchases > 0 else { throw CurationError(power.shortage(for: strategy.choice.label, in: pool)) }
    let looks = !strategy.strategy.looking.isAtNothing
    let candidates = Candidates(first: looks ? plan.candidates : pool.count, of: pool, seed: terms.seed)
    let truth = strategy.description.needs.contains(.truth) ? candidates.indices.map { pool.trueLabels[$0] } : nil
    let picks = try strategy.strategy.select(
      plan.purchases, from: candidates, evidence: Evidence(target: target, scores: scores, truth: truth),
      shouldContinue: shouldContinue)
    check(picks, plan: plan, candidates: candidates)
    guard !picks.isEmpty else { throw CurationError(nothingAcceptable(strategy, candidates: candidates, pool: pool)) }
    let subset = picks.map { candidates.indices[$0] }
    let tariff = Tariff(for: strategy.strategy.looking, in: terms)
    return Purchase(
      subset: subset, labels: subset.map { pool.observedLabels[$0] },
      ledger: tariff.ledger(
        candidates: looks ? plan.candidates : 0, purchases: picks.count, budget: terms.budget),
      candidates: looks ? plan.candidates : 0,
      remarks: Remarks(strategy: strategy, plan: plan, bought: picks.count, pool: pool).sentences)
  }

  private static func check(_ picks: [Int], plan: CandidatePlan, candidates: Candidates) {
    precondition(picks.count <= plan.purchases, "a strategy chose \(picks.count) of at most \(plan.purchases)")
    precondition(picks.allSatisfy { $0 >= 0 && $0 < candidates.count }, "a strategy chose what is no candidate")
    precondition(Set(picks).count == picks.count, "a strategy chose a candidate twice")
  }

  private static func nothingAcceptable(
    _ strategy: ResolvedStrategy, candidates: Candidates, pool: Pool
  ) -> String {
    "\(strategy.choice.label) found none of \(candidates.count) images of \(pool.shift) acceptable, so there is nothing to buy"
  }
}
