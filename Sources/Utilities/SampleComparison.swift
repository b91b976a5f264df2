import Core
import Economics
package import Numerics

/// How two samples of equal size lie to each other in a representation: the real one that is compared with, and the
/// candidate that is judged. All rows have unit length.
package struct SampleComparison: Hashable, Sendable {
  /// Cosines: real × real, candidate × candidate, real × candidate.
  private let real: Matrix
  private let candidate: Matrix
  private let cross: Matrix

  /// Takes two samples with rows of unit length.
  package init(real: Matrix, candidate: Matrix) {
    self.real = real.multiplied(by: real, transposedOther: true)
    self.candidate = candidate.multiplied(by: candidate, transposedOther: true)
    cross = real.multiplied(by: candidate, transposedOther: true)
  }

  /// CMMD = 1000 · MMD² with the RBF kernel exp(−‖x − y‖² / 2σ²), σ = 10 (Jayasumana et al. 2024): the unbiased estimate
  /// of the paper's equation, which may be slightly negative. nil below two rows on either side.
  package var cmmd: Double? {
    guard real.rows > 1, candidate.rows > 1 else { return nil }
    return 1_000 * (Self.meanOffDiagonal(real) + Self.meanOffDiagonal(candidate) - 2 * Self.mean(cross))
  }

  /// Precision and recall (Kynkäänniemi et al. 2019), density and coverage (Naeem et al. 2020).
  package struct Manifold: Hashable, Sendable {
    /// Share of candidates inside the neighbourhood of some real row.
    package let precision: Double
    /// Share of real rows inside the neighbourhood of some candidate.
    package let recall: Double
    /// Real neighbourhoods that hold a candidate, mean over the candidates, over k.
    package let density: Double
    /// Share of real rows with a candidate in their neighbourhood.
    package let coverage: Double
  }

  /// The manifold measures with neighbourhoods that reach to the `k`-th nearest other row of the same sample; nil when a
  /// sample has no k other rows. A row on the border is outside, as in the reference program.
  package func manifold(k: Int) -> Manifold? {
    guard real.rows > k, candidate.rows > k else { return nil }
    let (realReach, candidateReach) = (Self.reach(real, k: k), Self.reach(candidate, k: k))
    var covered = [Bool](repeating: false, count: real.rows)
    var recalled = covered
    var holders = [Int](repeating: 0, count: candidate.rows)
    for row in 0..<real.rows {
      for column in 0..<candidate.rows {
        let cosine = cross[row, column]
        if cosine > realReach[row] {
          covered[row] = true
          holders[column] += 1
        }
        if cosine > candidateReach[column] { recalled[row] = true }
      }
    }
    func share(_ flags: [Bool]) -> Double { Double(flags.count { $0 }) / Double(flags.count) }
    return Manifold(
      precision: share(holders.map { $0 > 0 }), recall: share(recalled),
      density: Double(holders.reduce(0, +)) / Double(k * holders.count), coverage: share(covered))
  }

  /// The cosine of each row with its k-th nearest other row.
  private static func reach(_ cosines: Matrix, k: Int) -> [Float] {
    (0..<cosines.rows).map { row in
      var nearest = [Float](repeating: -.infinity, count: k)
      for column in 0..<cosines.columns where column != row {
        let cosine = cosines[row, column]
        guard cosine > nearest[k - 1] else { continue }
        var place = k - 1
        while place > 0, nearest[place - 1] < cosine {
          nearest[place] = nearest[place - 1]
          place -= 1
        }
        nearest[place] = cosine
      }
      return nearest[k - 1]
    }
  }

  private static func meanOffDiagonal(_ cosines: Matrix) -> Double {
    let count = Double(cosines.rows)
    let diagonal = (0..<cosines.rows).reduce(0.0) { $0 + kernel(cosines[$1, $1]) }
    return (mean(cosines) * count * count - diagonal) / (count * count - count)
  }

  private static func mean(_ cosines: Matrix) -> Double {
    cosines.values.reduce(0.0) { $0 + kernel($1) } / Double(cosines.values.count)
  }

  /// exp(−(2 − 2 cos) / 2σ²) for σ = 10. The exponent lies in −0.02…0, where six terms reach the last bit.
  private static func kernel(_ cosine: Float) -> Double {
    let x = (Double(cosine) - 1) / 100
    return 1 + x * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720))))))
  }
}

/// How sure and how varied a classifier is about a sample (Salimans et al. 2016).
package enum InceptionStyleScore {
  /// What part of its certainty a classifier gives to one class.
  package struct Share: Hashable, Sendable {
    package let label: Int
    /// Above 0.
    package let share: Double

    package init(label: Int, share: Double) {
      self.label = label
      self.share = share
    }
  }

  /// exp of the mean Kullback–Leibler divergence from the mean distribution: 1 (says nothing) to the number of classes.
  ///
  /// - Parameters:
  ///   - shares: one row an image, at least one: the classes that have a share of it, each once and in order; together 1.
  ///   - classes: labels are 0..<classes.
  package static func value(_ shares: [[Share]], classes: Int) -> Double {
    precondition(!shares.isEmpty, "a score needs a sample")
    let count = Double(shares.count)
    var sums = [Double](repeating: 0, count: classes)
    for row in shares { for entry in row { sums[entry.label] += entry.share } }
    let logs = sums.map { PortableMath.log($0 / count) }
    var divergence = 0.0
    for row in shares {
      for entry in row { divergence += entry.share * (PortableMath.log(entry.share) - logs[entry.label]) }
    }
    return PortableMath.exp(divergence / count)
  }
}
