import Core

/// Sweeps that go on until they are decided, simulated: how often ``SequentialDecision`` is wrong, and what it saves.
package struct SequentialSimulation: Sendable {
  /// Shares of the sweeps, and means over them.
  package struct Rates: Hashable, Sendable {
    /// An option is called the best.
    package fileprivate(set) var decided = 0.0
    /// An option is called the best that is not: it is worse than another, or only as good.
    package fileprivate(set) var wrong = 0.0
    /// Seeds at the end.
    package fileprivate(set) var seeds = 0.0
    /// Trials, as a share of what all options at the last possible look's seeds would take.
    package fileprivate(set) var trials = 0.0
  }

  /// What the options really reach.
  package let truth: [Double]
  package let firstSeeds: Int
  package let noise: InferenceSimulation.Noise
  package let error: Double

  package init(truth: [Double], firstSeeds: Int, noise: InferenceSimulation.Noise, error: Double = Decisions.level) {
    precondition(truth.count > 1 && firstSeeds > 1, "a simulated decision needs options and seeds")
    (self.truth, self.firstSeeds, self.noise, self.error) = (truth, firstSeeds, noise, error)
  }

  /// The seeds of the last possible look.
  package var mostSeeds: Int {
    (1..<SequentialDecision.looks).reduce(firstSeeds) { seeds, _ in SequentialDecision.seeds(after: seeds) }
  }

  package func rates(sweeps: Int, seed: UInt64) -> Rates {
    var generator = SeededGenerator(seed: seed, purpose: "sequential/\(firstSeeds)/\(noise.rawValue)")
    var rates = Rates()
    let share = 1 / Double(sweeps)
    let best = truth.max()!
    let isOneBest = truth.count { $0 == best } == 1
    for _ in 0..<sweeps {
      let ending = run(&generator)
      rates.seeds += share * Double(ending.seeds)
      rates.trials += share * Double(ending.trials) / Double(truth.count * mostSeeds)
      guard let named = ending.named else { continue }
      rates.decided += share
      if !isOneBest || truth[named] != best { rates.wrong += share }
    }
    return rates
  }

  private func run(_ generator: inout SeededGenerator) -> (named: Int?, seeds: Int, trials: Int) {
    let rule = SequentialDecision(error: error, options: truth.count)
    var values = [[Double]](repeating: [], count: truth.count)
    var contenders = Array(truth.indices)
    var (seeds, trials) = (0, 0)
    for look in 0..<SequentialDecision.looks {
      let target = look == 0 ? firstSeeds : SequentialDecision.seeds(after: seeds)
      for _ in seeds..<target {
        for option in contenders { values[option].append(truth[option] + noise.draw(option, 2, &generator)) }
      }
      trials += (target - seeds) * contenders.count
      seeds = target
      let found = rule.look(means: contenders.map { Descriptive.mean(values[$0]) }) { first, second in
        zip(values[contenders[first]], values[contenders[second]]).map { $0 - $1 }
      }
      if found.isDecided { return (contenders[found.leader], seeds, trials) }
      contenders = found.contenders.map { contenders[$0] }
    }
    return (nil, seeds, trials)
  }
}
