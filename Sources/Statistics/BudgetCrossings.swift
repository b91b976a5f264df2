/// Between which budgets the best option takes over from another one that leads below, and which further budget would tell that
/// most exactly.
///
/// Asked when the best option at the largest budget is decided, at most ``looks`` times, while budgets and seeds are added. The
/// claims are that an option is better than the best one up to a budget (``Found/low``), and that the best one is better from a
/// budget on (``Found/high``). Each end comes from t-tests paired over seeds, from the outermost budget inwards, and goes on only
/// while each is below ``level``: where two options change places once, only the first test on the wrong side of that place can
/// be wrong, so that budgets need no correction (a fixed sequence; Marcus, Peritz & Gabriel, Biometrika 63, 1976). Looks, options and the two
/// ends share the error (Bonferroni), because the option was picked as the leader of many. `Benchmarks inference` shows how often
/// it is wrong.
package struct BudgetCrossings: Hashable, Sendable {
  /// The most rounds, and so the most budgets that are added.
  package static let rounds = 3
  /// One before the rounds, and one after each.
  package static let looks = rounds + 1
  /// A place is told when both ends are known and at most so many times apart.
  package static let narrow = 1.5
  /// An option is worth asking for when it is better than the best one at a smaller budget by a test at this level, two-sided.
  package static let likely = 0.2
  /// A further budget is at least so many times away from every other.
  package static let apart = 1.1

  package struct Found: Hashable, Sendable {
    /// The option that leads below.
    package let option: Int
    /// About where the means cross, on straight lines over the logarithm of the budget.
    package let budget: Double
    /// The largest budget up to which it is better; nil when that is not known of any.
    package let low: Double?
    /// The smallest budget from which on the best option is better; nil when that is not known of any.
    package let high: Double?

    package var isTold: Bool {
      guard let low, let high else { return false }
      return high <= low * BudgetCrossings.narrow
    }
  }

  /// One for each option that leads at a smaller budget and is worth asking for, by ``Found/budget``.
  package let found: [Found]
  /// In two digits about where an option that is not told crosses; nil when all are told, or a budget is there already.
  package let furtherBudget: Double?

  package var isTold: Bool { found.allSatisfy(\.isTold) }

  /// What each test is held to, two-sided.
  ///
  /// - Parameters:
  ///   - error: how often anything that all looks say may be wrong.
  ///   - options: how many options there were to lead below.
  package static func level(error: Double, options: Int) -> Double {
    // There are two ends, and a two-sided test names the wrong side half as often.
    error / Double(looks * max(1, options - 1))
  }

  /// - Parameters:
  ///   - best: the option that is the best one at the largest budget.
  ///   - budgets: positive, each once, smallest first.
  ///   - values: of each option by budget and seed, larger is better; as many seeds everywhere.
  ///   - level: of the first look, see ``level(error:options:)``.
  package init(best: Int, budgets: [Double], values: [[[Double]]], level: Double) {
    guard budgets.count > 1, (values.first?.first?.count ?? 0) > 1 else {
      (found, furtherBudget) = ([], nil)
      return
    }
    var leaders: [Int] = []
    for place in budgets.indices.dropLast() {
      let means = Ties.merged(values.map { Descriptive.mean($0[place]) })
      let leader = means.indices.max { (means[$0], -$0) < (means[$1], -$1) }!
      if means[leader] > means[best], !leaders.contains(leader) { leaders.append(leader) }
    }
    let found = leaders.compactMap { Self.found($0, best, budgets, values, level: level) }
      .sorted { ($0.budget, $0.option) < ($1.budget, $1.option) }
    self.found = found
    furtherBudget = found.filter { !$0.isTold }.map { Self.twoDigits($0.budget) }
      .first { budget in budgets.allSatisfy { max($0, budget) >= min($0, budget) * Self.apart } }
  }

  private static func found(
    _ option: Int, _ best: Int, _ budgets: [Double], _ values: [[[Double]]], level: Double
  ) -> Found? {
    let leads = budgets.indices.map { place -> (mean: Double, pValue: Double) in
      let differences = zip(values[best][place], values[option][place]).map { $0 - $1 }
      return (Descriptive.mean(differences), StratifiedMean([differences])?.pValue ?? 1)
    }
    guard leads.contains(where: { $0.mean < 0 && $0.pValue <= likely }) else { return nil }
    let curve = CostCurve(zip(budgets, leads).map { CostCurve.Point(cost: $0, utility: $1.mean) })
    let equal = CostCurve([budgets[0], budgets[budgets.count - 1]].map { CostCurve.Point(cost: $0, utility: 0) })
    guard let crossing = curve.crossings(with: equal).last(where: \.isRising) else { return nil }
    let below = budgets.indices.prefix { leads[$0].mean < 0 && leads[$0].pValue <= level }
    let above = budgets.indices.reversed().prefix { leads[$0].mean > 0 && leads[$0].pValue <= level }
    return Found(
      option: option, budget: crossing.cost, low: below.last.map { budgets[$0] }, high: above.last.map { budgets[$0] })
  }

  /// The nearest number with two digits.
  static func twoDigits(_ value: Double) -> Double {
    // Powers of ten up to 10²² are exact, and a quotient is rounded once.
    var (scaled, power, isLarge) = (value, 1.0, false)
    while scaled >= 100 {
      (power, isLarge) = (power * 10, true)
      scaled = value / power
    }
    while scaled < 10 {
      power *= 10
      scaled = value * power
    }
    return isLarge ? scaled.rounded() * power : scaled.rounded() / power
  }
}
