import Core
import Economics
import Results
import Statistics
import Sweeps

/// The results of one setting, by strategy, shift and seed. Strategies and shifts are in the sweep's order, but the
/// reference is always the first strategy when it is there.
struct Grid: Sendable {
  let setting: Setting
  let strategies: [StrategyChoice]
  let shifts: [String]
  let seeds: [Int]
  /// Points with more than one outcome; the smallest digest is the one that counts.
  let variants: Int
  /// By strategy, then shift, then seed.
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
    seeds = Set(input.sweep.seeds + here.map(\.point.seed)).sorted()
    let byPoint = Dictionary(here.map { ($0.point, $0) }) { first, _ in first }
    finished = byPoint.count
    variants = here.count - byPoint.count
    // Tables ask for the same trials again and again: a place in a list is found faster than a point.
    results = Self.placed(byPoint, setting, strategies, shifts, seeds)
    uncheckedShifts = input.uncheckedShifts
    referencePool = input.reference
    self.transfer = transfer
  }

  /// What stands for the shift in trials that buy from several pools.
  static let mix = TrialPoint.mixedShift

  let finished: Int
  var expected: Int { strategies.count * shifts.count * seeds.count }

  /// The row of what everything is compared with; nil when the sweep has no such strategy.
  let reference: Int?

  /// Whether somebody can do what this row does; what nobody can must never be ranked or recommended.
  func isAchievable(_ strategy: Int) -> Bool { !strategyTable.has(.unachievable, strategies[strategy]) }

  func result(_ strategy: Int, _ shift: Int, seed: Int) -> TrialResult? {
    results[(strategy * shifts.count + shift) * seeds.count + seed]
  }

  private static func placed(
    _ results: [TrialPoint: TrialResult], _ setting: Setting, _ strategies: [StrategyChoice], _ shifts: [String],
    _ seeds: [Int]
  ) -> [TrialResult?] {
    strategies.flatMap { strategy in
      shifts.flatMap { shift in
        seeds.map { seed in
          results[
            TrialPoint(
              strategy: strategy, shift: shift, budget: setting.budget, seed: seed, sizing: setting.sizing,
              trainingLength: setting.trainingLength, model: setting.model)]
        }
      }
    }
  }

  /// The finished trials of a strategy, in one shift or in all, seed after seed.
  func results(_ strategy: Int, shift: Int? = nil) -> [TrialResult] {
    (shift.map { [$0] } ?? Array(shifts.indices)).flatMap { shift in
      seeds.indices.compactMap { result(strategy, shift, seed: $0) }
    }
  }

  /// The value of `metric` in one trial; nil when the trial is missing or lacks the metric, and for the label noise of
  /// labels that nobody has checked.
  func value(_ metric: String, _ strategy: Int, _ shift: Int, seed: Int) -> Double? {
    guard let result = result(strategy, shift, seed: seed) else { return nil }
    let role = roles[metric]
    if role == .labelNoise, uncheckedShifts.contains(shifts[shift]) { return nil }
    if role == .transferMean, transfer.hasTasks { return transfer.mean(of: result.values.metrics) }
    if let value = result.values.metrics[metric] { return value.isFinite ? value : nil }
    switch role {
    case .baselineCorrelation(let series, let isOfRanks):
      return baseline(seed: seed).flatMap {
        BaselineCorrelation.value(series, isOfRanks: isOfRanks, of: result.values, baseline: $0.values)
      }
    case .relativeCorruptionError:
      guard let reference else { return nil }
      return self.result(reference, shift, seed: seed).flatMap { relativeError(result, to: $0) }
    default: return nil
    }
  }

  /// The value of the metric that has that role, likewise.
  func mean(_ role: Metric.Role, _ strategy: Int, shift: Int? = nil) -> Double? {
    metrics.metric(for: role).flatMap { mean($0.name, strategy, shift: shift) }
  }

  /// The same value with what it is a share of.
  func measured(_ metric: String, _ strategy: Int, _ shift: Int, seed: Int) -> MeasuredValue? {
    value(metric, strategy, shift, seed: seed).map { value in
      // The mean over downstream tasks is worked out here.
      let values = result(strategy, shift, seed: seed)?.values
      return MeasuredValue(value, of: values?.metrics[metric] == value ? values?.counts[metric] : nil)
    }
  }

  /// What correlations with the baseline refer to: the reference in the reference pool.
  private func baseline(seed: Int) -> TrialResult? {
    guard let reference, let shift = referencePool.flatMap({ shifts.firstIndex(of: $0) }) else { return nil }
    return result(reference, shift, seed: seed)
  }

  /// The mean of `metric` over the seeds of one shift, or the mean of the shifts' means, so that a missing trial shifts
  /// no weight between shifts; nil without any value.
  func mean(_ metric: String, _ strategy: Int, shift: Int? = nil) -> Double? {
    guard let shift else { return Self.mean(shifts.indices.compactMap { mean(metric, strategy, shift: $0) }) }
    return Self.mean(seeds.indices.compactMap { value(metric, strategy, shift, seed: $0) })
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
