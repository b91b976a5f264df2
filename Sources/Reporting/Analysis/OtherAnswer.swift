import Statistics
import Sweeps

/// What another question than the report's would answer: one utility alone, or the mean of all.
struct OtherAnswer {
  let weights: UtilityWeights
  /// What that question puts first.
  let choice: VerdictOption
  /// Its score by that question, in points, and the score of what is recommended; nil where that lacks a value.
  let score: Double
  let ownScore: Double?
  /// What ``choice`` is compared with: what is recommended, or, where both are the same, what comes next by that question; nil
  /// where what is recommended lacks a value, or nothing else has one.
  let rival: VerdictOption?
  /// How far ahead of that ``choice`` is, in points, with the 95 % interval (paired t over the seeds; nil with one seed).
  let lead: Double?
  let interval: ClosedRange<Double>?
  /// Whether ``choice`` is ahead of ``rival`` by the procedure that decides every pair, or, where both questions answer the same,
  /// whether its first place is decided (``Decisions``).
  let isDecided: Bool

  /// Whether both questions answer the same.
  let isSame: Bool

  init(_ basis: VerdictBasis, beside recommended: VerdictOption) {
    let scores = basis.scores
    let first = scores.order[0]
    let own = scores.complete.firstIndex { $0.option == recommended }
    weights = basis.weights
    choice = scores.complete[first].option
    score = scores.means[first]
    ownScore = own.map { scores.means[$0] }
    isSame = own == first
    let rival = isSame ? scores.order.dropFirst().first : own
    self.rival = rival.map { scores.complete[$0].option }
    let differences = rival.map { scores.difference(first, $0) }
    lead = differences.map { Descriptive.mean($0) }
    interval = differences.flatMap { StratifiedMean([$0])?.interval() }
    let decisions = scores.decisions
    isDecided = isSame ? decisions.first == first : rival.map { decisions.isAhead(first, of: $0) } ?? false
  }

  /// Every headline utility alone, then the mean of those that tell options apart; without what `basis` asks itself.
  static func all(_ basis: VerdictBasis, beside recommended: VerdictOption) -> [OtherAnswer] {
    let metrics = basis.headline.filter { metric in
      basis.weights.single != metric && !basis.silent.contains { $0.metric == metric }
    }
    let alone = metrics.compactMap { basis.asking(.alone($0.name)) }
    let average = basis.asking(.average).flatMap { found in
      found.weights.entries.count > 1 && found.weights.entries != basis.weights.entries ? found : nil
    }
    return (alone + (average.map { [$0] } ?? [])).map { OtherAnswer($0, beside: recommended) }
  }
}
