/// Which of several subjects differ, and which is first: what every star and every word of certainty comes from.
///
/// Two questions are asked of the same paired differences, and of each the answer is wrong in at most `level` of the sweeps:
/// - *Which pairs differ?* Holm's procedure over the t-tests of all pairs (Scandinavian Journal of Statistics 6, 1979). It holds
///   whatever the differences share, asks for no common spread of the subjects as Tukey's and Dunnett's tests do, and draws
///   nothing at random.
/// - *Is the one with the best mean really the best?* It is when each rival differs at `level`, without a correction for their
///   number: of many equal subjects the best is seldom so far ahead of the second, and the worst case is that of two
///   (Gutmann & Maymin, Annals of Statistics 15, 1987; Hung & Fithian, Annals of Statistics 47, 2019).
///
/// A first place that is decided decides its pairs too, so that no two answers contradict each other. How the noise is spread
/// over the strata is taken from all pairs together, because it belongs to the strata; how large it is, from each pair alone.
package struct Decisions: Hashable, Sendable {
  /// The paired differences of two subjects, first minus second, by stratum.
  package struct Differences: Hashable, Sendable {
    /// Strata in which the two have no common unit are empty, so that a stratum has one place in all pairs.
    package let strata: [[Double]]

    package init(strata: [[Double]]) { self.strata = strata }
  }

  package static let level = 0.05

  package let subjects: Int
  /// The subject that is better than every other contender; nil while that is open, and below two contenders.
  package let first: Int?
  /// By pair (lower index first): the mean difference with its p alone, and that after Holm's correction.
  private let pairs: [Pair: Finding]

  private struct Pair: Hashable {
    let low: Int
    let high: Int
  }
  private struct Finding: Hashable {
    let mean: StratifiedMean
    let pValue: Double
    let adjusted: Double
  }

  /// - Parameters:
  ///   - contenders: the subjects that can come first; all when nil.
  ///   - differences: of a pair, larger is better; asked for i < j only. nil, or a stratum of one unit, leaves the pair undecided.
  package init(
    subjects: Int, contenders: [Int]? = nil, level: Double = Decisions.level,
    differences: (Int, Int) -> Differences?
  ) {
    self.subjects = subjects
    var samples: [(pair: Pair, mean: Double, parts: VarianceParts)] = []
    for low in 0..<max(0, subjects) {
      for high in low + 1..<max(low + 1, subjects) {
        guard let found = differences(low, high), let parts = VarianceParts(found.strata) else { continue }
        samples.append((Pair(low: low, high: high), Descriptive.mean(found.strata.flatMap { $0 }), parts))
      }
    }
    let profile = Self.profile(samples.map(\.parts))
    // Of n subjects n − 1 differences tell something of their own.
    let independent = max(1, Set(samples.flatMap { [$0.pair.low, $0.pair.high] }).count - 1)
    let means = samples.map { sample in
      let shared = zip(profile, sample.parts.freedom).map { $1 > 0 ? $0 : 0 }
      return StratifiedMean(
        estimate: sample.mean, parts: sample.parts,
        degrees: VarianceParts.degrees(of: shared, sample.parts.freedom, comparisons: independent))
    }
    let pValues = means.map(\.pValue)
    var pairs: [Pair: Finding] = [:]
    for (index, adjusted) in Holm.adjusted(pValues).enumerated() {
      pairs[samples[index].pair] = Finding(mean: means[index], pValue: pValues[index], adjusted: adjusted)
    }
    self.level = level
    self.pairs = pairs
    let eligible = contenders ?? Array(0..<max(0, subjects))
    first =
      eligible.count < 2
      ? nil
      : eligible.first { own in
        eligible.allSatisfy { other in
          own == other || Self.lead(pairs, own, other).map { $0.lead > 0 && $0.finding.pValue <= level } ?? false
        }
      }
  }

  private let level: Double

  /// The parts of the strata, summed over all pairs.
  private static func profile(_ all: [VarianceParts]) -> [Double] {
    let strata = all.map(\.parts.count).max() ?? 0
    return (0..<strata).map { stratum in
      all.reduce(0) { $0 + (stratum < $1.parts.count ? $1.parts[stratum] : 0) }
    }
  }

  private static func lead(_ pairs: [Pair: Finding], _ a: Int, _ b: Int) -> (lead: Double, finding: Finding)? {
    pairs[Pair(low: min(a, b), high: max(a, b))].map { (a < b ? $0.mean.estimate : -$0.mean.estimate, $0) }
  }

  /// Whether `a` is better than `b` beyond chance.
  package func isAhead(_ a: Int, of b: Int) -> Bool {
    guard let (lead, finding) = Self.lead(pairs, a, b), lead > 0 else { return false }
    return finding.adjusted <= level || first == a
  }

  /// Whether the data tell two subjects apart.
  package func differ(_ a: Int, _ b: Int) -> Bool { isAhead(a, of: b) || isAhead(b, of: a) }

  /// The mean difference of one pair, first minus second, with the error and the degrees of freedom that its p comes from: the only
  /// interval that cannot contradict it. nil when it could not be tested.
  package func mean(_ a: Int, _ b: Int) -> StratifiedMean? {
    Self.lead(pairs, a, b).map { a < b ? $0.finding.mean : $0.finding.mean.reversed }
  }

  /// The p of one pair alone; nil when it could not be tested.
  package func pValue(_ a: Int, _ b: Int) -> Double? { Self.lead(pairs, a, b)?.finding.pValue }

  /// The p of one pair after Holm's correction over all pairs; nil when it could not be tested.
  package func adjusted(_ a: Int, _ b: Int) -> Double? { Self.lead(pairs, a, b)?.finding.adjusted }

  /// Those of `others` that `own` is not better than at ``level``, each alone: what keeps a first place open.
  package func rivals(of own: Int, among others: [Int]) -> [Int] {
    others.filter { other in
      own != other && !(Self.lead(pairs, own, other).map { $0.lead > 0 && $0.finding.pValue <= level } ?? false)
    }
  }
}
