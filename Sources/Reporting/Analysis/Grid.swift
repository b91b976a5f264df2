import Core
import Economics
import Results
import Statistics
import Sweeps

/// The results of one setting, by strategy, shift, draw of the data set and seed. Strategies and shifts are in the sweep's order, but the
/// reference is always the first strategy when it is there.
struct Grid: Sendable {
  let setting: Setting
  let strategies: [StrategyChoice]
  let shifts: [String]
  /// What intervals and tests take as independent, by its number: a seed, or a draw where the data set was drawn several times
  /// (``DrawMeans``). The value of a draw is the mean over its seeds.
  let replicates: [Int]
  /// Whether ``replicates`` are draws.
  let hasDraws: Bool
  /// The trials of a strategy in a shift, replicate after replicate.
  let trials: [Trial]
  /// Points with more than one outcome; the smallest digest is the one that counts.
  let variants: Int
  /// By strategy, then shift, then trial.
  private let results: [TrialResult?]
  /// Shifts whose labels nobody has checked.
  private let uncheckedShifts: Set<String>
  private let referencePool: String?
  /// What trials can be measured by.
  let metrics: MetricCatalogue
  /// Of those that have one, by name.
  private let roles: [String: Metric.Role]
  /// What its strategies are.
  let strategyTable: StrategyCatalogue
  /// Which downstream tasks count, by all trials of the sweep.
  let transfer: TransferSummary

  /// The trials that buy from one pool, or with `mixes` those that split their budget between pools: one row a mix, and
  /// ``TrialPoint/mixedShift`` as the only shift.
  ///
  /// - Parameters:
  ///   - here: those trials, sorted.
  ///   - transfer: the downstream tasks that count.
  init(_ input: ReportInput, setting: Setting, mixes: Bool, results here: [TrialResult], transfer: TransferSummary) {
    self.setting = setting
    metrics = input.metrics
    roles = Dictionary(
      input.metrics.metrics.compactMap { metric in metric.role.map { (metric.name, $0) } }
    ) { first, _ in first }
    strategyTable = input.strategies
    let named = (input.sweep.strategies.filter { $0.isMix == mixes } + here.map(\.point.strategy)).distinct
    let reference = input.strategies.reference
    strategies = named.filter { $0 == reference } + named.filter { $0 != reference }
    self.reference = strategies.first == reference && reference != nil ? 0 : nil
    shifts = mixes ? [Self.mix] : (input.sweep.shifts + here.map(\.point.shift)).distinct
    let seeds = Set(input.sweep.seeds + here.map(\.point.seed)).sorted()
    let asked = input.sweep.datasets.compactMap(\.variant).filter { $0.world == setting.world }
    let found = Set(asked + here.compactMap(\.point.variant))
    let draws = Set(found.compactMap(\.draw)).sorted()
    hasDraws = draws.count > 1
    replicates = hasDraws ? draws : seeds
    let drawn: [DatasetVariant?] =
      found.isEmpty ? [nil] : found.sorted { ($0.draw ?? 0) < ($1.draw ?? 0) }
    trials = drawn.flatMap { variant in seeds.map { Trial(variant: variant, seed: $0) } }
    let byPoint = Dictionary(here.map { ($0.point, $0) }) { first, _ in first }
    finished = byPoint.count
    variants = here.count - byPoint.count
    // Tables ask for the same trials again and again: a place in a list is found faster than a point.
    results = Self.placed(byPoint, setting, strategies, shifts, trials)
    uncheckedShifts = input.uncheckedShifts
    referencePool = input.reference
    self.transfer = transfer
  }

  /// What stands for the shift in trials that buy from several pools.
  static let mix = TrialPoint.mixedShift

  /// What tells apart the trials of a strategy in a shift.
  struct Trial: Hashable {
    let variant: DatasetVariant?
    let seed: Int
  }

  let finished: Int
  var expected: Int { strategies.count * shifts.count * trials.count }

  /// The row of what everything is compared with; nil when the sweep has no such strategy.
  let reference: Int?

  /// Whether somebody can do what this row does; what nobody can must never be ranked or recommended.
  func isAchievable(_ strategy: Int) -> Bool { !strategyTable.has(.unachievable, strategies[strategy]) }

  private func result(_ strategy: Int, _ shift: Int, trial: Int) -> TrialResult? {
    results[(strategy * shifts.count + shift) * trials.count + trial]
  }

  /// The place of a trial of this grid among ``trials``.
  func place(of point: TrialPoint) -> Int {
    trials.firstIndex(of: Trial(variant: point.variant, seed: point.seed))!
  }

  /// The trials of a replicate: one, or of a draw one a seed.
  private func trials(of replicate: Int) -> Range<Int> {
    let count = hasDraws ? trials.count / replicates.count : 1
    return replicate * count..<(replicate + 1) * count
  }

  private static func placed(
    _ results: [TrialPoint: TrialResult], _ setting: Setting, _ strategies: [StrategyChoice], _ shifts: [String],
    _ trials: [Trial]
  ) -> [TrialResult?] {
    strategies.flatMap { strategy in
      shifts.flatMap { shift in
        trials.map { trial in
          results[
            TrialPoint(
              strategy: strategy, shift: shift, budget: setting.budget, seed: trial.seed, sizing: setting.sizing,
              trainingLength: setting.trainingLength, model: setting.model, variant: trial.variant)]
        }
      }
    }
  }

  /// The finished trials of a strategy, in one shift or in all, replicate after replicate.
  func results(_ strategy: Int, shift: Int? = nil) -> [TrialResult] {
    (shift.map { [$0] } ?? Array(shifts.indices)).flatMap { shift in
      trials.indices.compactMap { result(strategy, shift, trial: $0) }
    }
  }

  /// The value of `metric` of one replicate: a trial's, or the mean over the seeds of a draw. nil when a trial is missing or lacks
  /// it.
  func value(_ metric: String, _ strategy: Int, _ shift: Int, replicate: Int) -> Double? {
    guard hasDraws else { return value(metric, strategy, shift, trial: replicate) }
    let range = trials(of: replicate)
    let values = range.compactMap { value(metric, strategy, shift, trial: $0) }
    return values.count == range.count ? Self.mean(values) : nil
  }

  /// What every replicate spent; nil when a trial is missing.
  func spending(_ strategy: Int, _ shift: Int) -> [Double]? {
    let costs = replicates.indices.compactMap { replicate -> Double? in
      let found = trials(of: replicate).compactMap { result(strategy, shift, trial: $0) }
      return found.count == trials(of: replicate).count ? Self.mean(found.map { $0.values.ledger.total.amount }) : nil
    }
    return costs.count == replicates.count ? costs : nil
  }

  /// The units that are compared over all shifts, of values by shift, then replicate: all of them, or one a draw, which the
  /// shifts have in common. nil unless every value is there.
  func units(_ values: [[Double?]]) -> [Double]? {
    let complete = values.allSatisfy { !$0.contains(nil) }
    guard complete else { return nil }
    return hasDraws ? DrawMeans.units(values) : values.flatMap { $0.compactMap { $0 } }
  }

  /// The stratum of each of ``units(_:)`` over so many shifts, and replicates of each: all of the grid unless given.
  func strata(shifts: Int, replicates: Int? = nil) -> [Int] {
    let count = replicates ?? self.replicates.count
    return (0..<(hasDraws ? 1 : shifts)).flatMap { [Int](repeating: $0, count: count) }
  }

  /// The value of `metric` in one trial; nil when the trial is missing or lacks the metric, and for the label noise of
  /// labels that nobody has checked.
  func value(_ metric: String, _ strategy: Int, _ shift: Int, trial: Int) -> Double? {
    guard let result = result(strategy, shift, trial: trial) else { return nil }
    let role = roles[metric]
    if role == .labelNoise, uncheckedShifts.contains(shifts[shift]) { return nil }
    if role == .transferMean, transfer.hasTasks { return transfer.mean(of: result.values.metrics) }
    if let value = result.values.metrics[metric] { return value.isFinite ? value : nil }
    switch role {
    case .baselineCorrelation(let series, let isOfRanks):
      return baseline(trial: trial).flatMap {
        BaselineCorrelation.value(series, isOfRanks: isOfRanks, of: result.values, baseline: $0.values)
      }
    case .relativeCorruptionError:
      guard let reference else { return nil }
      return self.result(reference, shift, trial: trial).flatMap { relativeError(result, to: $0) }
    default: return nil
    }
  }

  /// The value of the metric that has that role, likewise.
  func mean(_ role: Metric.Role, _ strategy: Int, shift: Int? = nil) -> Double? {
    metrics.metric(for: role).flatMap { mean($0.name, strategy, shift: shift) }
  }

  /// The value of a replicate with what it is a share of: of a draw, of the things of all its trials together.
  func measured(_ metric: String, _ strategy: Int, _ shift: Int, replicate: Int) -> MeasuredValue? {
    value(metric, strategy, shift, replicate: replicate).map { mean in
      let range = trials(of: replicate)
      let counts = range.map { trial -> Int? in
        // The mean over downstream tasks is worked out here.
        let values = result(strategy, shift, trial: trial)?.values
        return values?.metrics[metric] == value(metric, strategy, shift, trial: trial) ? values?.counts[metric] : nil
      }
      let isShared = counts.allSatisfy { $0 == counts[0] }
      return MeasuredValue(mean, of: isShared ? counts[0].map { $0 * range.count } : nil)
    }
  }

  /// What correlations with the baseline refer to: the reference in the reference pool.
  private func baseline(trial: Int) -> TrialResult? {
    guard let reference, let shift = referencePool.flatMap({ shifts.firstIndex(of: $0) }) else { return nil }
    return result(reference, shift, trial: trial)
  }

  /// The mean of `metric` over the replicates of one shift, or the mean of the shifts' means, so that a missing trial shifts
  /// no weight between shifts; nil without any value.
  func mean(_ metric: String, _ strategy: Int, shift: Int? = nil) -> Double? {
    guard let shift else { return Self.mean(shifts.indices.compactMap { mean(metric, strategy, shift: $0) }) }
    return Self.mean(replicates.indices.compactMap { value(metric, strategy, shift, replicate: $0) })
  }

  /// The mean amount that a trial of a strategy spent on each item of the price list, in one shift or in all.
  func meanSpending(_ strategy: Int, shift: Int? = nil) -> [Double] {
    let results = results(strategy, shift: shift)
    return PriceItem.allCases.map { item in
      Self.mean(
        results.map { result in
          result.values.ledger.entries.filter { $0.item == item }.reduce(Money.zero) { $0 + $1.total }.amount
        }) ?? 0
    }
  }

  /// Mean corruption error relative to the reference (Hendrycks & Dietterich 2019): the mean over the corruptions of
  /// the error divided by the reference's; 1 is as robust as the reference, lower is better.
  private func relativeError(_ result: TrialResult, to reference: TrialResult) -> Double? {
    let kinds = corruptions(of: result)
    let ratios = kinds.compactMap { kind -> Double? in
      guard let own = result.values.metrics[kind], let other = reference.values.metrics[kind], other < 1 else {
        return nil
      }
      return (1 - own) / (1 - other)
    }
    return ratios.count == kinds.count ? Self.mean(ratios) : nil
  }

  /// The names of the metrics of whole corruptions that a result has, sorted.
  func corruptions(of result: TrialResult) -> [String] {
    metrics.metrics.filter { $0.role == .corruption && result.values.metrics[$0.name] != nil }.map(\.name).sorted()
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
