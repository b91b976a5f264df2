import Core

/// Sweeps of strategies that are all equal, simulated, to see how often what is said of them is true.
package struct InferenceSimulation: Sendable {
  package enum Noise: String, CaseIterable, Sendable {
    case normal
    /// Student's t with three degrees of freedom.
    case heavyTailed = "heavy-tailed"
    /// Standard deviations 4, 2, 1, 1, … in the shifts, and every other strategy twice as noisy.
    case unequal = "unequal variances"
  }

  /// Shares of the sweeps.
  package struct Rates: Hashable, Sendable {
    /// 95 % intervals of a paired difference that hold the true one, 0: of a pair alone, and as one of all pairs of the sweep, as
    /// tables show it.
    package fileprivate(set) var coverage = 0.0
    package fileprivate(set) var coverageAmongAll = 0.0
    /// Sweeps with a first place that is called decided, though all are equal.
    package fileprivate(set) var falseFirst = 0.0
    /// Sweeps in which anything is called different: a first place or a pair.
    package fileprivate(set) var falseAny = 0.0
    /// The same sweeps with two equal strategies far ahead of the others: a first place between the two called decided. The worst
    /// that can happen to a first place.
    package fileprivate(set) var falseFirstOfTwo = 0.0
  }

  package let shifts: Int
  package let seeds: Int
  package let noise: Noise
  package let strategies: Int

  package init(shifts: Int, seeds: Int, noise: Noise, strategies: Int = 9) {
    precondition(shifts > 0 && seeds > 1 && strategies > 2, "a simulated sweep needs shifts, seeds and strategies")
    (self.shifts, self.seeds, self.noise, self.strategies) = (shifts, seeds, noise, strategies)
  }

  package func rates(sweeps: Int, seed: UInt64) -> Rates {
    var generator = SeededGenerator(seed: seed, purpose: "inference/\(shifts)/\(seeds)/\(noise.rawValue)")
    var rates = Rates()
    let share = 1 / Double(sweeps)
    for _ in 0..<sweeps {
      let sweep = (0..<strategies).map { strategy in
        (0..<shifts).map { shift in (0..<seeds).map { _ in noise.draw(strategy, shift, &generator) } }
      }
      let decisions = decisions(sweep, ahead: 0)
      if decisions.first != nil { rates.falseFirst += share }
      let pairs = (0..<strategies).flatMap { a in (0..<a).map { (a, $0) } }
      if decisions.first != nil || pairs.contains(where: { decisions.differ($0, $1) }) { rates.falseAny += share }
      if self.decisions(sweep, ahead: 1e6).first != nil { rates.falseFirstOfTwo += share }
      if let mean = StratifiedMean(differences(sweep, 0, 1)), mean.interval().contains(0) { rates.coverage += share }
      if let mean = decisions.mean(0, 1), mean.interval().contains(0) { rates.coverageAmongAll += share }
    }
    return rates
  }

  /// How often the 95 % interval of a mean difference of 0 holds it where the data set was drawn several times: the interval over the
  /// draws (``DrawMeans``), and that which takes every trial for independent.
  ///
  /// - Parameters:
  ///   - draws: how many; at least 2, each with ``seeds`` in every one of ``shifts``.
  ///   - share: the share of a difference's variance that the draw has in common over its shifts and seeds, from 0 to 1.
  package func coverage(draws: Int, share: Double, sweeps: Int, seed: UInt64) -> (draws: Double, trials: Double) {
    var generator = SeededGenerator(
      seed: seed, purpose: "inference/draws/\(draws)/\(shifts)/\(seeds)/\(noise.rawValue)/\(share)")
    let (common, own) = (share.squareRoot(), (1 - share).squareRoot())
    var held = (draws: 0, trials: 0)
    for _ in 0..<sweeps {
      let shared = (0..<draws).map { _ in noise.draw(0, shifts, &generator) }
      let trials = (0..<shifts).map { shift in
        shared.map { shared in (0..<seeds).map { _ in common * shared + own * noise.draw(0, shift, &generator) } }
      }
      let units = DrawMeans.units(trials.map { $0.map { Descriptive.mean($0) } })
      if let mean = StratifiedMean([units]), mean.interval().contains(0) { held.draws += 1 }
      if let mean = StratifiedMean(trials.map { $0.flatMap { $0 } }), mean.interval().contains(0) { held.trials += 1 }
    }
    return (Double(held.draws) / Double(sweeps), Double(held.trials) / Double(sweeps))
  }

  private func differences(_ sweep: [[[Double]]], _ first: Int, _ second: Int) -> [[Double]] {
    zip(sweep[first], sweep[second]).map { zip($0, $1).map { $0 - $1 } }
  }

  /// - Parameter ahead: how far the first two strategies are ahead of the others.
  private func decisions(_ sweep: [[[Double]]], ahead: Double) -> Decisions {
    Decisions(subjects: strategies) { first, second in
      let lead = (first < 2 ? ahead : 0) - (second < 2 ? ahead : 0)
      return Decisions.Differences(strata: differences(sweep, first, second).map { $0.map { $0 + lead } })
    }
  }
}

extension InferenceSimulation.Noise {
  /// One score of a strategy in a shift.
  func draw(_ strategy: Int, _ shift: Int, _ generator: inout SeededGenerator) -> Double {
    let normal = generator.normal()
    switch self {
    case .normal: return normal
    case .heavyTailed:
      var squares = 0.0
      for _ in 0..<3 {
        let other = generator.normal()
        squares += other * other
      }
      return normal / (squares / 3).squareRoot()
    case .unequal:
      let scale = shift == 0 ? 4.0 : (shift == 1 ? 2 : 1)
      return normal * scale * (strategy.isMultiple(of: 2) ? 1 : 2)
    }
  }
}
