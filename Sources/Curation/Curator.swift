package import Core
package import Datasets
import Economics
package import Numerics

/// Chooses subsets of a pool within a budget, and pays for them.
package enum Curator {
  /// Does the work of a score task: scores over the candidates of `pool`.
  ///
  /// - Parameter parameters: what ``ResolvedStrategy/scoreParameters(in:)`` gives.
  /// - Throws: a ``CurationError`` when the budget buys nothing, a ``ConfigurationError`` for parameters that cannot be
  ///   read, `CancellationError` once nobody wants the result.
  package static func score(
    parameters: JSONValue, pool: Pool, context: TaskContext = .unobserved
  ) throws -> Scores {
    let task = try ScoreTask(json: parameters, place: "score parameters")
    let plan = try plan(task.power, shift: task.shift, pool: pool, buyer: "whoever reads these scores")
    let candidates = Candidates(first: plan.candidates, of: pool, seed: task.seed)
    return try task.scorer.score(candidates, seed: task.seed, context: context)
  }

  /// Chooses a subset of `pool` and pays for it.
  ///
  /// - Parameters:
  ///   - target: features of the unlabelled target sample; only strategies that need ``Need/target`` read it, as many of its
  ///     pictures as they pay for.
  ///   - scores: what the score task made; nil when ``ResolvedStrategy/scoreParameters(in:)`` was nil.
  ///   - outside: the contents of ``ResolvedStrategy/files``, and who runs programs.
  /// - Returns: a purchase of at least one image whose ledger does not pass the budget.
  /// - Throws: a ``CurationError`` when nothing can be bought, or when scores or target are missing or of another size;
  ///   `CancellationError` once nobody wants the result.
  package static func choose(
    _ strategy: ResolvedStrategy, terms: Terms, pool: Pool, target: Matrix?, scores: Scores?,
    outside: Outside = Outside(), context: TaskContext = .unobserved
  ) throws -> Purchase {
    let plan = try plan(
      strategy.purchasingPower(in: terms), shift: terms.shift, pool: pool, buyer: strategy.choice.label)
    let looking = strategy.looking
    let looked = looking.isAtNothing ? 0 : plan.candidates
    // Who buys unseen takes what comes, from the whole pool.
    let candidates = Candidates(
      first: looked > 0 ? looked : pool.count, of: pool, seed: terms.seed, isBalanced: strategy.isBalanced)
    var evidence = evidence(for: strategy, candidates: candidates, pool: pool, target: target, scores: scores)
    evidence.outside = outside
    let targetPictures = evidence.target?.rows ?? 0
    let selection = try strategy.choose(plan.purchases, from: candidates, evidence: evidence, context: context)
    try check(selection, of: strategy, plan: plan, candidates: candidates)
    let subset = selection.positions.map { candidates.indices[$0] }
    let labels = selection.positions.map {
      selection.correctedLabels[$0] ?? pool.observedLabels[candidates.indices[$0]]
    }
    let ledger = strategy.ledger(
      in: terms, candidates: looked, expertLabels: evidence.experts?.askedCount ?? 0, targetPictures: targetPictures,
      purchases: subset.count)
    return Purchase(
      subset: subset, labels: labels, ledger: ledger, candidates: looked,
      remarks: Remarks(strategy: strategy, plan: plan, bought: subset.count, pool: pool).all)
  }

  /// What the strategy is told beyond the candidates: the truth only to the oracle, and to experts that are paid.
  private static func evidence(
    for strategy: ResolvedStrategy, candidates: Candidates, pool: Pool, target: Matrix?, scores: Scores?
  ) -> Evidence {
    var evidence = Evidence(scores: scores)
    if let wanted = strategy.looking.targetPictures {
      evidence.target = target.map { TargetSample.pictures(wanted, of: $0, seed: candidates.seed) }
    }
    let truth = candidates.indices.map { pool.trueLabels[$0] }
    if strategy.needs.contains(.truth) { evidence.truth = truth }
    evidence.experts = strategy.looking.expertShare.map {
      ExpertPanel(capacity: $0.floor(of: candidates.count), truth: truth)
    }
    return evidence
  }

  /// What the money is good for in `pool`; throws a ``CurationError`` when that is nothing.
  private static func plan(
    _ power: PurchasingPower, shift: String, pool: Pool, buyer: String
  ) throws -> CandidatePlan {
    guard pool.shift == shift else {
      throw CurationError("the terms are those of the shift \(shift), but the pool is that of \(pool.shift)")
    }
    let supply = Candidates.supply(of: pool)
    let plan = power.plan(poolSize: supply)
    guard plan.purchases > 0 else {
      throw CurationError(power.shortage(for: buyer, in: shift, poolSize: supply))
    }
    return plan
  }

  /// Throws a ``CurationError`` when nothing was chosen; traps when a strategy broke its contract.
  private static func check(
    _ selection: Selection, of strategy: ResolvedStrategy, plan: CandidatePlan, candidates: Candidates
  ) throws {
    selection.checkContract(of: strategy, count: plan.purchases, candidates: candidates)
    guard !selection.positions.isEmpty else {
      let name = strategy.choice.label
      throw CurationError("\(name) found none of \(candidates.count) images acceptable, so there is nothing to buy")
    }
  }
}
