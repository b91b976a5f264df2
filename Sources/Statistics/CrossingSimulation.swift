import Core

/// Sweeps in which another option is better at small budgets, simulated: how often ``BudgetCrossings`` is wrong about where the
/// best one takes over, and what its rounds tell.
package struct CrossingSimulation: Sendable {
  /// Shares of the sweeps, and means over them.
  package struct Rates: Hashable, Sendable {
    /// Some look says that an option is better where it is not.
    package fileprivate(set) var wrong = 0.0
    /// Both ends are known at the stated budgets and seeds; after the last round.
    package fileprivate(set) var bothFirst = 0.0
    package fileprivate(set) var bothLast = 0.0
    /// How many times the ends are apart, where both are known.
    package fileprivate(set) var apartFirst = 0.0
    package fileprivate(set) var apartLast = 0.0
    /// Budgets that were added, and seeds at the end.
    package fileprivate(set) var added = 0.0
    package fileprivate(set) var seeds = 0.0
  }

  /// The standard deviation of one trial.
  package let spread: Double
  package let firstSeeds: Int
  package let noise: InferenceSimulation.Noise
  package let error: Double

  package init(
    spread: Double, firstSeeds: Int, noise: InferenceSimulation.Noise, error: Double = Decisions.level
  ) {
    precondition(spread >= 0 && firstSeeds > 1, "a simulated crossing needs a spread and seeds")
    (self.spread, self.firstSeeds, self.noise, self.error) = (spread, firstSeeds, noise, error)
  }

  /// The stated budgets, and where the truth crosses: not in the middle of any two.
  package static let budgets = [10.0, 25, 50]
  package static let truth = 20.0
  private static let options = 4

  /// The best one at 50, another that is better below ``truth``, and two that never lead but may by chance. Points of accuracy as
  /// in sweeps of the built-in data: a power law that flattens.
  private static func utility(_ option: Int, _ budget: Double) -> Double {
    func law(_ scale: Double) -> Double { -scale * PortableMath.exp(-0.7 * PortableMath.log(budget / truth)) }
    switch option {
    case 0: return law(6)
    case 1: return law(3) + 3 - 6
    case 2: return law(3) + 3 - 6.5
    default: return law(6) - 2
    }
  }

  package func rates(sweeps: Int, seed: UInt64) -> Rates {
    var generator = SeededGenerator(seed: seed, purpose: "crossing/\(firstSeeds)/\(noise.rawValue)")
    var rates = Rates()
    let share = 1 / Double(sweeps)
    for _ in 0..<sweeps {
      let looks = run(&generator)
      if looks.contains(where: \.isWrong) { rates.wrong += share }
      if let apart = looks[0].apart {
        rates.bothFirst += share
        rates.apartFirst += apart * share
      }
      if let apart = looks[looks.count - 1].apart {
        rates.bothLast += share
        rates.apartLast += apart * share
      }
      rates.added += share * Double(looks[looks.count - 1].budgets - Self.budgets.count)
      rates.seeds += share * Double(looks[looks.count - 1].seeds)
    }
    rates.apartFirst /= max(rates.bothFirst, share)
    rates.apartLast /= max(rates.bothLast, share)
    return rates
  }

  /// What one look says.
  private struct Look {
    let isWrong: Bool
    /// Of option 1, which really leads below.
    let apart: Double?
    let budgets: Int
    let seeds: Int

    init(_ crossings: BudgetCrossings, budgets: Int, seeds: Int) {
      isWrong = crossings.found.contains { found in
        found.low.map { !(CrossingSimulation.lead(found.option, $0) < 0) } == true
          || found.high.map { !(CrossingSimulation.lead(found.option, $0) > 0) } == true
      }
      apart = crossings.found.first { $0.option == 1 }.flatMap { found in
        found.low.flatMap { low in found.high.map { $0 / low } }
      }
      (self.budgets, self.seeds) = (budgets, seeds)
    }
  }

  /// How far the best option really is ahead.
  private static func lead(_ option: Int, _ budget: Double) -> Double { utility(0, budget) - utility(option, budget) }

  private func run(_ generator: inout SeededGenerator) -> [Look] {
    var (budgets, values) = (Self.budgets, [[[Double]]](repeating: [], count: Self.options))
    let level = BudgetCrossings.level(error: error, options: Self.options)
    // What all trials of an option and seed share.
    var common = [[Double]](repeating: [], count: Self.options)
    func draw(_ option: Int, _ budget: Double, _ range: Range<Int>) -> [Double] {
      range.map { seed -> Double in
        let own = noise.draw(option, 2, &generator)
        return Self.utility(option, budget) + spread * (common[option][seed] + own) * 0.5.squareRoot()
      }
    }
    var seeds = 0
    var looks: [Look] = []
    var last: BudgetCrossings?
    while looks.count < BudgetCrossings.looks, last?.isTold != true {
      let target = seeds == 0 ? firstSeeds : SequentialDecision.seeds(after: seeds)
      for option in values.indices {
        for _ in seeds..<target { common[option].append(noise.draw(option, 2, &generator)) }
        if values[option].isEmpty { values[option] = [[Double]](repeating: [], count: budgets.count) }
        for (place, budget) in budgets.enumerated() { values[option][place] += draw(option, budget, seeds..<target) }
      }
      seeds = target
      if let budget = last?.furtherBudget {
        let place = budgets.firstIndex { $0 > budget } ?? budgets.count
        budgets.insert(budget, at: place)
        for option in values.indices { values[option].insert(draw(option, budget, 0..<seeds), at: place) }
      }
      let look = BudgetCrossings(best: 0, budgets: budgets, values: values, level: level)
      looks.append(Look(look, budgets: budgets.count, seeds: seeds))
      last = look
    }
    return looks
  }
}
