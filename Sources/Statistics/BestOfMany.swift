import Core

/// What the best of many is worth once it is remembered that it was picked because it came out best.
///
/// Subjects measured on the same units are taken as θᵢ + noise, the noise of a mean being alike for all (what a unit does to all of
/// them alike drops out), and the θᵢ of a group as spread normally around the group's mean. With v the variance of a mean and τ² that
/// of the θᵢ, a mean moves to its group's by the share B = v/(v + τ²). B has a uniform prior on 0…1 (Strawderman 1971, Christiansen &
/// Morris 1997): given the sum of squares S of the means around their k − G group means its density is in proportion to
/// B^((k−G)/2) · exp(−B S / 2v), whose mean and variance are used (Morris, JASA 78, 1983). Probabilities and regret come from
/// quadrature over the θᵢ, and over v with its χ² distribution, so that few units give thick tails.
package struct BestOfMany: Hashable, Sendable {
  /// The mean of each subject, larger is better.
  package let means: [Double]
  /// The means, drawn towards those of their group.
  package let shrunk: [Double]
  /// The share of the way that a mean moves to its group's.
  package let shrinkage: Double
  /// The probability that each subject is the best; sums to 1.
  package let chanceBest: [Double]
  /// What is lost on average by taking each subject instead of the one that is really best; at least 0.
  package let expectedRegret: [Double]

  /// - Parameters:
  ///   - values: one row a subject, one value a unit, larger is better.
  ///   - strata: the stratum of each unit.
  ///   - groups: the group of each subject (a pool, for example); one for all when nil.
  /// - Returns: nil below two subjects, or when some stratum has fewer than two units.
  package init?(values: [[Double]], strata: [Int], groups: [Int]? = nil) {
    guard values.count > 1, !strata.isEmpty, values.allSatisfy({ $0.count == strata.count }) else { return nil }
    guard let noise = SharedNoise(values, strata) else { return nil }
    let means = values.map { Descriptive.mean($0) }
    self.means = means
    let groups = groups ?? means.map { _ in 0 }
    let centers = Self.centers(means, groups)
    let count = Set(groups).count
    let squares = zip(means, centers).reduce(0) { $0 + ($1.0 - $1.1.mean) * ($1.0 - $1.1.mean) }
    guard noise.variance > Ties.tolerance(of: means) * Ties.tolerance(of: means) else {
      (shrunk, shrinkage) = (means, 0)
      let merged = Ties.merged(means)
      let best = merged.max()!
      let leaders = Double(merged.count { $0 == best })
      chanceBest = merged.map { $0 == best ? 1 / leaders : 0 }
      expectedRegret = merged.map { best - $0 }
      return
    }
    let share = Shrinkage(degrees: means.count - count, squares: squares, variance: noise.variance)
    shrinkage = share.mean
    let shrunk = zip(means, centers).map { $0 + share.mean * ($1.mean - $0) }
    self.shrunk = shrunk
    // A group's mean is uncertain too; where there is one group that moves all subjects alike.
    let variances = zip(means, centers).map { mean, center in
      noise.variance * (1 - share.mean + (count > 1 ? share.mean / center.size : 0))
        + share.variance * (mean - center.mean) * (mean - center.mean)
    }
    let race = Race(means: shrunk, variances: variances, degrees: noise.degrees)
    chanceBest = race.chances
    expectedRegret = shrunk.map { max(0, race.best - $0) }
  }

  private static func centers(_ means: [Double], _ groups: [Int]) -> [(mean: Double, size: Double)] {
    groups.map { group in
      let members = zip(means, groups).filter { $0.1 == group }.map(\.0)
      return (Descriptive.mean(members), Double(members.count))
    }
  }
}

/// The variance of a subject's mean without what all subjects share, from the residuals of subject × unit within each stratum.
private struct SharedNoise {
  let variance: Double
  let degrees: Double

  init?(_ values: [[Double]], _ strata: [Int]) {
    let subjects = Double(values.count)
    let all = Double(strata.count)
    var (parts, freedom): ([Double], [Double]) = ([], [])
    for stratum in Set(strata).sorted() {
      let units = strata.indices.filter { strata[$0] == stratum }
      guard units.count > 1 else { return nil }
      let rows = values.map { row in units.map { row[$0] } }
      let size = Double(units.count)
      let unitMeans = units.indices.map { unit in Descriptive.mean(rows.map { $0[unit] }) }
      let center = Descriptive.mean(unitMeans)
      var squares = 0.0
      for row in rows {
        let own = Descriptive.mean(row)
        for unit in units.indices {
          let residual = row[unit] - own - unitMeans[unit] + center
          squares += residual * residual
        }
      }
      freedom.append((subjects - 1) * (size - 1))
      parts.append(size * squares / ((subjects - 1) * (size - 1)) / (all * all))
    }
    variance = parts.reduce(0, +)
    degrees = VarianceParts.degrees(of: parts, freedom, comparisons: 1)
  }
}

/// Mean and variance of the share B under its posterior density, by Simpson's rule.
private struct Shrinkage {
  let mean: Double
  let variance: Double

  init(degrees: Int, squares: Double, variance noise: Double) {
    guard degrees > 0 else {
      (mean, variance) = (0, 0)
      return
    }
    let (power, rate) = (Double(degrees) / 2, squares / (2 * noise))
    // The density has its peak at power/rate and is taken relative to it; beyond 60/rate there is nothing.
    let end = min(1, (power + 12 * (power + 4).squareRoot() + 40) / max(rate, 1e-300))
    let peak = min(end, power / max(rate, 1e-300))
    let steps = 400
    var moments = (0.0, 0.0, 0.0)
    for step in 1...steps {
      let share = end * Double(step) / Double(steps)
      let weight = step == steps ? 1.0 : (step.isMultiple(of: 2) ? 2 : 4)
      let density =
        weight * PortableMath.exp(power * PortableMath.log(share / peak) - rate * (share - peak))
      moments.0 += density
      moments.1 += density * share
      moments.2 += density * share * share
    }
    mean = moments.1 / moments.0
    variance = max(0, moments.2 / moments.0 - mean * mean)
  }
}

/// Who has the largest θ when each is normal around its mean with a common uncertain scale.
private struct Race {
  let chances: [Double]
  /// The mean of the largest θ.
  let best: Double

  private static let scales = 12
  private static let fewestSteps = 160.0
  private static let mostSteps = 2_000.0

  init(means: [Double], variances: [Double], degrees: Double) {
    var chances = [Double](repeating: 0, count: means.count)
    var best = 0.0
    for scale in 0..<Self.scales {
      let tail = (Double(scale) + 0.5) / Double(Self.scales)
      let factor = Distributions.chiSquaredQuantile(1 - tail, degrees: degrees) / degrees
      let deviations = variances.map { ($0 / factor).squareRoot() }
      let found = Self.normal(means, deviations)
      for index in chances.indices { chances[index] += found.chances[index] / Double(Self.scales) }
      best += found.best / Double(Self.scales)
    }
    self.chances = chances
    self.best = best
  }

  private static func normal(_ means: [Double], _ deviations: [Double]) -> (chances: [Double], best: Double) {
    let top = means.max()!
    // Who is eight deviations behind the leader has no chance worth the arithmetic.
    let near = means.indices.filter { means[$0] + 8 * deviations[$0] >= top - 8 * deviations.min()! }
    let spread = near.map { deviations[$0] }.max()!
    let narrowest = near.map { deviations[$0] }.min()!
    let (low, high) = (top - 8 * spread, top + 8 * spread)
    let steps = max(fewestSteps, min(mostSteps, (40 * spread / narrowest).rounded(.up)))
    let width = (high - low) / steps
    var chances = [Double](repeating: 0, count: means.count)
    var best = 0.0
    for step in 0...Int(steps) {
      let x = low + Double(step) * width
      let places = near.map { (x - means[$0]) / deviations[$0] }
      let below = places.map(NormalTable.probability)
      var after = [Double](repeating: 1, count: near.count + 1)
      for index in near.indices.reversed() { after[index] = after[index + 1] * below[index] }
      var before = 1.0
      for index in near.indices {
        let z = places[index]
        let density = abs(z) > 9 ? 0 : PortableMath.exp(-z * z / 2) * 0.3989422804014327 / deviations[near[index]]
        let mass = density * before * after[index + 1] * width
        chances[near[index]] += mass
        best += mass * x
        before *= below[index]
      }
    }
    let total = chances.reduce(0, +)
    return (chances.map { $0 / total }, best / total)
  }
}

/// The normal distribution function by interpolation, right to 1e-6: quadrature asks for it very often.
private enum NormalTable {
  private static let perUnit = 256.0
  private static let edge = 8.0
  private static let table: [Double] = (0...Int(2 * edge * perUnit)).map {
    Distributions.normal(Double($0) / perUnit - edge)
  }

  static func probability(_ z: Double) -> Double {
    guard z > -edge else { return 0 }
    guard z < edge else { return 1 }
    let position = (z + edge) * perUnit
    // Just below the edge the sum may round up to it.
    let place = min(Int(position), table.count - 2)
    return table[place] + (position - Double(place)) * (table[place + 1] - table[place])
  }
}

extension Distributions {
  /// The x at which P(X ≤ x) is `probability` for a χ² variable, for 0 < probability < 1.
  package static func chiSquaredQuantile(_ probability: Double, degrees: Double) -> Double {
    precondition(probability > 0 && probability < 1, "the χ² quantile of \(probability) is not finite")
    var (low, high) = (0.0, degrees + 10 * (2 * degrees).squareRoot() + 40)
    while high - low > 1e-12 * high {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if 1 - chiSquaredTail(middle, degrees: degrees) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
