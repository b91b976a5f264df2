import Statistics
import Testing

@Suite struct SequentialDecisionTests {
  private func look(_ rule: SequentialDecision, _ values: [[Double]]) -> SequentialDecision.Look {
    rule.look(means: values.map { $0.reduce(0, +) / Double($0.count) }) { zip(values[$0], values[$1]).map { $0 - $1 } }
  }

  @Test func errorOfAllLooksTogetherIsWhatWasAskedFor() {
    let rule = SequentialDecision(error: 0.05, options: 9)
    #expect(abs(rule.level * 2 * Double(SequentialDecision.looks) - 0.05) < 1e-15)
    #expect(abs(rule.outLevel * 8 - rule.level) < 1e-15)
  }

  @Test func eachLookHasHalfAsManySeedsAgain() {
    var seeds = 5
    var all = [seeds]
    for _ in 1..<SequentialDecision.looks {
      seeds = SequentialDecision.seeds(after: seeds)
      all.append(seeds)
    }
    #expect(all == [5, 8, 12, 18, 27, 41, 62, 93])
    #expect(SequentialDecision.seeds(after: 1) == 3)
  }

  @Test func largeDifferenceDecidesAndSmallOneStaysOpen() {
    let rule = SequentialDecision(error: 0.05, options: 3)
    let best = [90.0, 91, 90, 92, 91]
    // Ahead of one by 20 ± 1 and of the other by 0.2 ± 1.6 points.
    let far = [70.0, 72, 69, 71, 72]
    let near = [91.0, 89, 91, 90, 92]
    #expect(look(rule, [far, best]).isDecided)
    let open = look(rule, [far, best, near])
    #expect(!open.isDecided && open.leader == 1)
    #expect(open.contenders == [1, 2])
    #expect(open.rivals.map(\.option) == [2])
    #expect((open.rivals[0].furtherSeeds ?? 0) > 50)
  }

  @Test func decidedLookIsAtLeastAsStrictAsThePage() {
    // 4 ± 2.55 over five seeds: t = 3.51, p = .025: clear on a page that is looked at once, open for a rule that looks eight times.
    let values = [[7.0, 2, 1, 4, 6], [0, 0, 0, 0, 0]]
    let once = Decisions(subjects: 2) { Decisions.Differences(strata: [zip(values[$0], values[$1]).map { $0 - $1 }]) }
    #expect(once.first == 0)
    #expect(!look(SequentialDecision(error: 0.05, options: 2), values).isDecided)
  }

  @Test func equalDifferencesNeedSignsAndOneSeedDecidesNothing() {
    let rule = SequentialDecision(error: 0.05, options: 2)
    // 2/2ⁿ ≤ .003125 from ten seeds on.
    let nine = look(rule, [[Double](repeating: 2, count: 9), [Double](repeating: 1, count: 9)])
    #expect(!nine.isDecided && nine.rivals.map(\.furtherSeeds) == [1])
    #expect(look(rule, [[Double](repeating: 2, count: 10), [Double](repeating: 1, count: 10)]).isDecided)
    #expect(!look(rule, [[2], [1]]).isDecided)
    #expect(look(rule, [[1, 2], [1, 2]]).rivals.map(\.furtherSeeds) == [nil])
  }

  /// A small version of `Benchmarks inference`: four standard errors of 200 sweeps are added to the error.
  @Test(arguments: InferenceSimulation.Noise.allCases)
  func lookingAgainAndAgainIsWrongAtMostAsOftenAsTheErrorSays(noise: InferenceSimulation.Noise) {
    let bound = 0.05 + 4 * (0.05 * 0.95 / 200.0).squareRoot()
    let pair = SequentialSimulation(truth: [9, 9, 0, 0], firstSeeds: 3, noise: noise).rates(sweeps: 200, seed: 5)
    #expect(pair.wrong <= bound, "\(pair)")
    let equal = SequentialSimulation(truth: [0, 0, 0, 0], firstSeeds: 3, noise: noise).rates(sweeps: 200, seed: 5)
    #expect(equal.wrong <= bound, "\(equal)")
  }

  @Test func looksHeldToTheWholeErrorEachWouldBeWrongMoreOften() {
    // The same simulation with eight times the error a look: what the rule protects from.
    let careless = SequentialSimulation(truth: [0, 0], firstSeeds: 3, noise: .normal, error: 0.8)
      .rates(sweeps: 400, seed: 5)
    #expect(careless.wrong > 0.12, "\(careless)")
  }

  @Test func realDifferenceIsFoundWithFarFewerTrialsThanTheMost() {
    let simulation = SequentialSimulation(
      truth: [1.5, 0, 0, 0, -1, -1, -2, -2], firstSeeds: 5, noise: .normal)
    let rates = simulation.rates(sweeps: 100, seed: 6)
    #expect(rates.decided > 0.98 && rates.wrong < 0.02, "\(rates)")
    #expect(rates.seeds < Double(simulation.mostSeeds) / 2, "\(rates)")
    #expect(rates.trials < 0.3, "\(rates)")
  }
}
