/// Whether the best of several options is decided, asked again and again while seeds are added.
///
/// A group-sequential rule: there are at most ``looks`` looks, and each may spend the same share α = error / looks of the error, so
/// that all of them together are wrong in at most `error` of the sweeps, however much the looks share (the union bound over
/// looks; Pocock, Biometrika 64, 1977, spends evenly; Lan & DeMets, Biometrika 70, 1983, let it be spent as it is looked). When a
/// look is taken may depend on what was seen only through the rule itself.
///
/// At a look the option with the best mean is compared with each other one by a t-test paired over seeds:
/// - It is *decided* when each test is below α / 2, without a correction for their number: see ``Decisions``.
/// - An option is *out*, and gets no further seeds, when its own test is below α / 2 divided by the number of comparisons of the first
///   look (Bonferroni), because every other option may happen to lead.
/// - The others are *contenders*.
///
/// `Benchmarks inference` shows how often it is wrong.
package struct SequentialDecision: Hashable, Sendable {
  /// The most looks.
  package static let looks = 8

  /// What is known after a look. Options are numbered as they were given.
  package struct Look: Hashable, Sendable {
    /// The best mean; the first of several that are equal.
    package let leader: Int
    package let isDecided: Bool
    /// The leader and those that are not out, in the order given.
    package let contenders: [Int]
    /// What keeps the decision open: not beaten by the leader, closest first. Empty when decided.
    package let rivals: [Rival]
  }

  package struct Rival: Hashable, Sendable {
    package let option: Int
    /// How far it is behind the leader.
    package let behind: Double
    /// The standard deviation of the paired differences; nil with one seed.
    fileprivate let spread: Double?
    fileprivate let seeds: Int
    fileprivate let level: Double

    /// About how many more seeds show a difference of this size four times out of five at this rule's level; nil when there is no
    /// difference, nothing tells its spread, or beyond ``Power/mostPairs``.
    package var furtherSeeds: Int? {
      guard behind > 0, let spread else { return nil }
      guard spread == 0 else {
        return Power(level: level).pairsNeeded(effect: behind / spread).map { max(1, $0 - seeds) }
      }
      // Where nothing varies signs decide: 2/2ⁿ.
      var (units, pValue) = (1, 1.0)
      while pValue > level { (units, pValue) = (units + 1, pValue / 2) }
      return max(1, units - seeds)
    }
  }

  package let error: Double
  private let comparisons: Int

  /// - Parameter options: how many options the first look compares.
  package init(error: Double, options: Int) {
    precondition(error > 0 && error < 1, "no error of \(error) can be promised")
    self.error = error
    comparisons = max(1, options - 1)
  }

  /// What each test of a first place is held to, two-sided.
  package var level: Double { error / Double(2 * Self.looks) }
  /// What each test that puts an option out is held to, two-sided.
  package var outLevel: Double { level / Double(comparisons) }

  /// How many seeds the look after one with `seeds` has: half as many again, at least two more.
  package static func seeds(after seeds: Int) -> Int { seeds + max(2, (seeds + 1) / 2) }

  /// - Parameters:
  ///   - means: of each option, larger is better; at least one.
  ///   - differences: of two options by seed, first minus second.
  package func look(means: [Double], differences: (Int, Int) -> [Double]) -> Look {
    precondition(!means.isEmpty, "nothing to decide")
    let merged = Ties.merged(means)
    let leader = means.indices.min { (-merged[$0], $0) < (-merged[$1], $1) }!
    var contenders: [Int] = []
    var rivals: [Rival] = []
    for option in means.indices {
      guard option != leader else {
        contenders.append(option)
        continue
      }
      let found = differences(leader, option)
      let mean = StratifiedMean([found])
      let pValue = mean.map { $0.estimate > 0 ? $0.pValue : 1 } ?? 1
      if pValue > outLevel { contenders.append(option) }
      guard pValue > level else { continue }
      rivals.append(
        Rival(
          option: option, behind: Descriptive.mean(found),
          spread: mean.map { $0.standardError * Double(found.count).squareRoot() }, seeds: found.count, level: level))
    }
    return Look(
      leader: leader, isDecided: rivals.isEmpty, contenders: contenders,
      rivals: rivals.sorted { ($0.behind, $0.option) < ($1.behind, $1.option) })
  }
}
