import Results
import Statistics
import Sweeps

/// The options of one setting with the weights that apply to them and the scores that follow.
struct VerdictBasis {
  let setting: Setting
  let candidates: VerdictCandidates
  let weights: UtilityWeights
  let scores: VerdictScores
  /// Headline and weighted utilities that some option has.
  let measured: Set<String>
  /// Those that tell no option from another.
  let silent: [SilentUtility]
  private let catalogue: MetricCatalogue

  /// What the report is asked. nil when nothing that is weighted was measured, or no option has all of it in every seed.
  init?(_ grids: Grids, _ setting: Setting) {
    let (input, candidates) = (grids.input, grids.candidates(setting))
    let stated = input.goal.map { [$0.metric: 1] } ?? input.weights
    let names = input.metrics.headline.map(\.name) + (stated ?? [:]).keys
    let metrics = Set(names).compactMap { input.metrics[name: $0] }
      .sorted { input.metrics.place(of: $0.name)! < input.metrics.place(of: $1.name)! }
      .filter { metric in candidates.all.contains { $0.values(metric) != nil } }
    let measured = Set(metrics.map(\.name))
    let silent = metrics.compactMap { SilentUtility(candidates, $0) }
    guard
      let weights = UtilityWeights(.asked(stated), measured: measured, silent: silent, among: input.metrics),
      let scores = Self.scores(candidates, weights)
    else { return nil }
    (self.setting, self.candidates, self.weights, self.scores) = (setting, candidates, weights, scores)
    (self.measured, self.silent, catalogue) = (measured, silent, input.metrics)
  }

  private init(_ other: VerdictBasis, _ weights: UtilityWeights, _ scores: VerdictScores) {
    (setting, candidates, measured) = (other.setting, other.candidates, other.measured)
    (silent, catalogue) = (other.silent, other.catalogue)
    (self.weights, self.scores) = (weights, scores)
  }

  /// The metric called `name`; nil when nothing can measure it.
  func metric(_ name: String) -> Metric? { catalogue[name: name] }

  /// The headline utilities that some option has, in the catalogue's order.
  var headline: [Metric] { catalogue.headline.filter { measured.contains($0.name) } }

  /// The same options asked something else; nil when nothing of it was measured, or no option has all of it.
  func asking(_ question: UtilityWeights.Question) -> VerdictBasis? {
    guard let weights = UtilityWeights(question, measured: measured, silent: silent, among: catalogue),
      let scores = Self.scores(candidates, weights)
    else { return nil }
    return VerdictBasis(self, weights, scores)
  }

  private static func scores(_ candidates: VerdictCandidates, _ weights: UtilityWeights) -> VerdictScores? {
    let scores = VerdictScores(candidates, weights)
    return scores.complete.isEmpty ? nil : scores
  }
}

/// The weighted scores of the options that have every weighted utility.
struct VerdictScores {
  let complete: [VerdictCandidates.Candidate]
  let incomplete: [VerdictCandidates.Candidate]
  /// One row a complete candidate, one score a seed, in points.
  let values: [[Double]]
  /// The mean of each row.
  let means: [Double]
  /// What each weighted utility is multiplied by, weight included.
  private let factors: [(metric: Metric, factor: Double)]

  init(_ candidates: VerdictCandidates, _ weights: UtilityWeights) {
    let factors = weights.entries.compactMap { entry in
      candidates.scale(entry.metric).map { (metric: entry.metric, factor: entry.weight * $0) }
    }
    self.factors = factors
    var (complete, incomplete): ([VerdictCandidates.Candidate], [VerdictCandidates.Candidate]) = ([], [])
    var values: [[Double]] = []
    for candidate in candidates.all {
      guard factors.count == weights.entries.count, let scores = Self.scores(candidate, factors) else {
        incomplete.append(candidate)
        continue
      }
      complete.append(candidate)
      values.append(scores)
    }
    (self.complete, self.incomplete, self.values) = (complete, incomplete, values)
    means = values.map { Descriptive.mean($0) }
  }

  /// The score of each seed of a candidate of another setting, with the scales of this one; nil when it is incomplete.
  func values(_ candidate: VerdictCandidates.Candidate) -> [Double]? { Self.scores(candidate, factors) }

  private static func scores(
    _ candidate: VerdictCandidates.Candidate, _ factors: [(metric: Metric, factor: Double)]
  ) -> [Double]? {
    var scores = [Double](repeating: 0, count: candidate.grid.replicates.count)
    for (metric, factor) in factors {
      guard let values = candidate.values(metric) else { return nil }
      for seed in scores.indices { scores[seed] += factor * values[seed] }
    }
    return scores
  }

  /// Best first; a tie keeps the sweep's order.
  var order: [Int] {
    let merged = Ties.merged(means)
    return means.indices.sorted { (-merged[$0], $0) < (-merged[$1], $1) }
  }

  /// By seed, first minus second; differences that are equal but for rounding are equal.
  func difference(_ first: Int, _ second: Int) -> [Double] {
    Ties.differences(zip(values[first], values[second]).map { (MeasuredValue($0), MeasuredValue($1)) })
  }

  /// What the options are worth once it is remembered that the best was picked; nil with one seed or one option.
  var bestOfMany: BestOfMany? {
    let shifts = complete.map(\.option.shift)
    return BestOfMany(
      values: values, strata: [Int](repeating: 0, count: values.first?.count ?? 0),
      groups: shifts.map { shifts.firstIndex(of: $0)! })
  }

  /// Which options differ, paired by seed.
  var decisions: Decisions {
    Decisions(subjects: values.count) { Decisions.Differences(strata: [difference($0, $1)]) }
  }
}
