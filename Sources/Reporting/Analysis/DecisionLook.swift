package import Results
package import Statistics
package import Sweeps

/// What one look at a sweep's results says of the question on the page's first screen: which option is the best at the largest
/// budget, by ``SequentialDecision``.
package struct DecisionLook: Hashable, Sendable {
  package let rule: SequentialDecision
  /// What takes part, in the order of the sweep.
  package let options: [VerdictOption]
  package let seeds: Int
  private let look: SequentialDecision.Look
  /// What everything is compared with: it stays in every look.
  private let reference: StrategyChoice?

  /// nil when nothing was measured that the question asks for, or no option has it in every seed.
  ///
  /// - Parameters:
  ///   - rule: that of the first look; nil when this is the first.
  package init?(_ input: ReportInput, error: Double, rule: SequentialDecision? = nil) {
    let grids = Grids(input)
    let answerable = grids.settings.compactMap { VerdictBasis(grids, $0) }
    guard let basis = answerable.last(where: { $0.setting.kind == answerable[0].setting.kind }) else { return nil }
    let scores = basis.scores
    let rule = rule ?? SequentialDecision(error: error, options: scores.complete.count)
    self.rule = rule
    options = scores.complete.map(\.option)
    seeds = scores.values[0].count
    reference = input.strategies.reference
    look = rule.look(means: scores.means, differences: scores.difference)
  }

  package var isDecided: Bool { look.isDecided }
  package var leader: VerdictOption { options[look.leader] }
  /// What keeps it open, closest first, with how many points it is behind and about how many more seeds would tell.
  package var rivals: [(option: VerdictOption, behind: Double, furtherSeeds: Int?)] {
    look.rivals.map { (options[$0.option], $0.behind, $0.furtherSeeds) }
  }
  /// What is not out yet.
  package var contenders: [VerdictOption] { look.contenders.map { options[$0] } }

  /// About how many more seeds would decide all of it; nil when that cannot be told of some rival.
  package var furtherSeeds: Int? {
    let needed = look.rivals.compactMap(\.furtherSeeds)
    return needed.count == look.rivals.count ? needed.max() ?? 0 : nil
  }

  /// The sweep of the next look: more seeds for the strategies and the pools of the contenders, at all its budgets. A function of
  /// the results alone.
  package func next(of sweep: Sweep) -> Sweep {
    let contenders = contenders
    return sweep.restricted(
      strategies: Set(contenders.map(\.strategy) + [reference].compactMap { $0 }), shifts: Set(contenders.map(\.shift))
    ).withSeeds(SequentialDecision.seeds(after: sweep.seeds.count))
  }
}
