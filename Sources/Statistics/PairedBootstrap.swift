import Core

/// A statistic with its bootstrap intervals.
package struct BootstrapInterval: Hashable, Sendable {
  /// The statistic of the data themselves.
  package let estimate: Double
  /// The standard deviation of the replicates.
  package let standardError: Double
  /// Percentile interval.
  package let percentile: ClosedRange<Double>
  /// Bias-corrected and accelerated interval (Efron 1987).
  package let accelerated: ClosedRange<Double>
}

/// A fixed set of resamples of the pairing units, drawn within each stratum: one index vector per replicate for everything
/// that is compared, so that differences between strategies keep their pairing.
package struct PairedBootstrap: Sendable {
  /// What is computed on each resample.
  package enum Statistic: Sendable {
    case mean
    case interquartileMean

    func callAsFunction(_ values: [Double]) -> Double {
      switch self {
      case .mean: Descriptive.mean(values)
      case .interquartileMean: Descriptive.interquartileMean(values)
      }
    }
  }

  package let replicates: Int
  /// The number of pairing units.
  package var units: Int { strata.count }
  private let strata: [Int]
  /// `replicates × units` unit numbers, replicate after replicate.
  private let draws: [Int32]

  /// Draws the resamples. `strata` names the stratum of each unit (seeds are resampled within their shift, for example); a
  /// stratum of one unit adds no spread, so two seeds per shift are the least that says anything.
  package init(strata: [Int], replicates: Int = 10_000, seed: UInt64) {
    precondition(!strata.isEmpty && replicates > 0, "a bootstrap needs units and replicates")
    self.strata = strata
    self.replicates = replicates
    var generator = SeededGenerator(seed: seed, purpose: "paired bootstrap")
    let members = Dictionary(grouping: strata.indices, by: { strata[$0] })
    let choices = strata.map { members[$0]! }
    var draws: [Int32] = []
    draws.reserveCapacity(replicates * strata.count)
    for _ in 0..<replicates {
      for choice in choices { draws.append(Int32(choice[generator.integer(below: choice.count)])) }
    }
    self.draws = draws
  }

  /// `statistic` of each resample of `values` (one value a unit), in the order of the replicates.
  package func replicates(of values: [Double], statistic: Statistic = .mean) -> [Double] {
    precondition(values.count == units, "\(values.count) values for \(units) units")
    let count = units
    return (0..<replicates).map { replicate in
      let places = replicate * count..<(replicate + 1) * count
      switch statistic {
      case .mean:
        var sum = 0.0
        for place in places { sum += values[Int(draws[place])] }
        return sum / Double(count)
      case .interquartileMean: return statistic(draws[places].map { values[Int($0)] })
      }
    }
  }

  /// Intervals for `statistic` of `values`. For two strategies pass the differences of their values, unit by unit.
  package func interval(of values: [Double], statistic: Statistic = .mean, level: Double = 0.95) -> BootstrapInterval {
    Self.interval(
      estimate: statistic(values), replicates: replicates(of: values, statistic: statistic),
      acceleration: acceleration(of: values, statistic: statistic), level: level)
  }

  /// Intervals from replicates that are already there.
  static func interval(
    estimate: Double, replicates: [Double], acceleration: Double, level: Double
  ) -> BootstrapInterval {
    let sorted = replicates.sorted()
    let tail = (1 - level) / 2
    let below = sorted.reduce(0) { $0 + ($1 < estimate ? 1 : ($1 == estimate ? 0.5 : 0)) } / Double(sorted.count)
    func bounds(_ low: Double, _ high: Double) -> ClosedRange<Double> {
      let first = Descriptive.quantile(low, ofSorted: sorted)
      return first...max(first, Descriptive.quantile(high, ofSorted: sorted))
    }
    let percentile = bounds(tail, 1 - tail)
    guard below > 0, below < 1 else {
      // The replicates all lie on one side: there is no finite bias correction.
      return BootstrapInterval(
        estimate: estimate, standardError: Descriptive.standardDeviation(sorted) ?? 0, percentile: percentile,
        accelerated: percentile)
    }
    let bias = Distributions.normalQuantile(below)
    func adjusted(_ probability: Double) -> Double {
      let shifted = bias + Distributions.normalQuantile(probability)
      return Distributions.normal(bias + shifted / (1 - acceleration * shifted))
    }
    return BootstrapInterval(
      estimate: estimate, standardError: Descriptive.standardDeviation(sorted) ?? 0, percentile: percentile,
      accelerated: bounds(adjusted(tail), adjusted(1 - tail)))
  }

  /// The jackknife estimate of the acceleration, centred within strata (for one stratum it is Efron's).
  private func acceleration(of values: [Double], statistic: Statistic) -> Double {
    guard units > 1 else { return 0 }
    let leftOut = values.indices.map { unit in
      var rest = values
      rest.remove(at: unit)
      return statistic(rest)
    }
    let groups = Dictionary(grouping: values.indices, by: { strata[$0] })
    let centers = groups.mapValues { members in Descriptive.mean(members.map { leftOut[$0] }) }
    var (squares, cubes) = (0.0, 0.0)
    for unit in values.indices {
      let influence = centers[strata[unit]]! - leftOut[unit]
      squares += influence * influence
      cubes += influence * influence * influence
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}
