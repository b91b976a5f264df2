import Core

/// A fixed set of redraws of the means of pairing units: one vector of weights a replicate for everything that is compared, so
/// that differences between strategies keep their pairing.
///
/// A replicate moves each mean by Σᵤ wᵤ eᵤ / N · √(f/χ²_f), where eᵤ is the unit's deviation from the mean of its stratum, made as
/// large as a unit's noise by √(nₛ/(nₛ − 1)), the wᵤ are independent normals and f = N − (number of strata). Given the data a mean's
/// replicates are then exactly those of Student's t around it, and their percentiles its t interval, where those of a
/// bootstrap that draws units again are too narrow by √((n − 1)/n) and have no thick tails. What is worked out from several
/// means (a front, a crossing, the cost of a target) gets its spread from the same replicates. (A multiplier bootstrap, Wu, Annals
/// of Statistics 14, 1986, with the scale of a t posterior.)
package struct PairedResamples: Sendable {
  package let replicates: Int
  /// The number of pairing units.
  package var units: Int { strata.count }
  private let strata: [Int]
  /// `replicates × units`, replicate after replicate; scaled so that they multiply deviations from the stratum's mean.
  private let weights: [Double]

  /// `strata` names the stratum of each unit (its shift, for example); a stratum of one unit adds no spread, so two seeds per
  /// shift are the least that says anything.
  package init(strata: [Int], replicates: Int = 10_000, seed: UInt64) {
    precondition(!strata.isEmpty && replicates > 0, "redraws need units and replicates")
    self.strata = strata
    self.replicates = replicates
    var sizes: [Int: Int] = [:]
    for stratum in strata { sizes[stratum, default: 0] += 1 }
    let scales = strata.map { stratum -> Double in
      let size = Double(sizes[stratum]!)
      return size > 1 ? (size / (size - 1)).squareRoot() / Double(strata.count) : 0
    }
    let degrees = strata.count - sizes.count
    var generator = SeededGenerator(seed: seed, purpose: "paired resamples")
    var weights: [Double] = []
    weights.reserveCapacity(replicates * strata.count)
    for _ in 0..<replicates {
      var squares = 0.0
      for _ in 0..<degrees {
        let normal = generator.normal()
        squares += normal * normal
      }
      let common = degrees > 0 ? (Double(degrees) / max(squares, 1e-12)).squareRoot() : 0
      for scale in scales { weights.append(scale > 0 ? generator.normal() * scale * common : 0) }
    }
    self.weights = weights
  }

  /// The ends of the 95 % interval of what was worked out from every replicate: the nearest replicates, not a mean of two, because
  /// one of them may be infinite.
  package static func ends(of replicates: [Double]) -> (low: Double, high: Double) {
    let sorted = replicates.sorted()
    let tail = Int(0.025 * Double(sorted.count))
    return (sorted[tail], sorted[sorted.count - 1 - tail])
  }

  /// The replicates of the mean of `values` (one value a unit), in their order.
  package func replicates(of values: [Double]) -> [Double] {
    precondition(values.count == units, "\(values.count) values for \(units) units")
    var sums: [Int: (sum: Double, count: Double)] = [:]
    for (value, stratum) in zip(values, strata) {
      let known = sums[stratum] ?? (0, 0)
      sums[stratum] = (known.sum + value, known.count + 1)
    }
    let mean = Descriptive.mean(values)
    let deviations = zip(values, strata).map { value, stratum in
      let (sum, count) = sums[stratum]!
      return value - sum / count
    }
    let count = units
    return (0..<replicates).map { replicate in
      var moved = mean
      for unit in 0..<count { moved += weights[replicate * count + unit] * deviations[unit] }
      return moved
    }
  }
}
