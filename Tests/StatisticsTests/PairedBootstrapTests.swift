import Core
import Statistics
import Testing

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance }

@Suite struct PairedBootstrapTests {
  @Test func intervalsOfASkewedSampleAgreeWithSciPy() {
    // scipy.stats.bootstrap, 200,000 resamples (SciPy 1.17.1); the tolerance is the Monte-Carlo error of 20,000.
    let values = [0.1, 0.4, 0.35, 0.8, 0.05, 0.2, 0.9, 0.33, 0.12]
    let bootstrap = PairedBootstrap(strata: values.map { _ in 0 }, replicates: 20_000, seed: 1)
    let interval = bootstrap.interval(of: values)
    #expect(isClose(interval.estimate, 0.3611111, 1e-6) && isClose(interval.standardError, 0.09537, 0.002))
    #expect(
      isClose(interval.percentile.lowerBound, 0.18889, 0.005) && isClose(interval.percentile.upperBound, 0.56111, 0.005)
    )
    #expect(isClose(interval.accelerated.lowerBound, 0.20667, 0.005))
    #expect(isClose(interval.accelerated.upperBound, 0.59111, 0.007))
  }

  @Test func pairingRemovesWhatTheUnitsShare() {
    var generator = SeededGenerator(seed: 4, purpose: "units")
    let shared = (0..<30).map { _ in 10 * generator.normal() }
    let a = shared.map { $0 + 1 + 0.01 * generator.normal() }
    let bootstrap = PairedBootstrap(strata: shared.map { _ in 0 }, replicates: 2_000, seed: 0)
    let difference = bootstrap.interval(of: zip(a, shared).map { $0 - $1 })
    #expect(difference.percentile.contains(1) && difference.standardError < 0.01)
    let (left, right) = (bootstrap.replicates(of: a), bootstrap.replicates(of: shared))
    let differences = bootstrap.replicates(of: zip(a, shared).map { $0 - $1 })
    for (joint, single) in zip(differences, zip(left, right)) { #expect(isClose(joint, single.0 - single.1, 1e-12)) }
  }

  @Test func resamplingStaysWithinStrata() {
    // Between-stratum spread must not show: each stratum is constant.
    let bootstrap = PairedBootstrap(strata: [0, 0, 0, 1, 1, 2], replicates: 500, seed: 9)
    let interval = bootstrap.interval(of: [5, 5, 5, 100, 100, -7])
    #expect(interval.percentile == interval.estimate...interval.estimate && interval.standardError < 1e-12)
    #expect(interval.accelerated == interval.percentile)
  }

  @Test func intervalsCoverTheTruthAboutAsOftenAsTheySay() {
    var generator = SeededGenerator(seed: 11, purpose: "coverage")
    let bootstrap = PairedBootstrap(strata: (0..<40).map { $0 / 20 }, replicates: 400, seed: 3)
    var covered = [0, 0, 0]
    let experiments = 400
    for _ in 0..<experiments {
      let values = (0..<40).map { _ in generator.exponential() }
      let mean = bootstrap.interval(of: values)
      if mean.percentile.contains(1) { covered[0] += 1 }
      if mean.accelerated.contains(1) { covered[1] += 1 }
      if bootstrap.interval(of: values.map { _ in generator.normal() }, statistic: .interquartileMean).accelerated
        .contains(0)
      {
        covered[2] += 1
      }
    }
    for count in covered { #expect((0.88...0.985).contains(Double(count) / Double(experiments)), "\(covered)") }
  }

  @Test func equalSeedsGiveEqualReplicates() {
    let strata = [0, 0, 1, 1]
    let values = [1.0, 2, 4, 8]
    let first = PairedBootstrap(strata: strata, replicates: 50, seed: 5).replicates(of: values)
    #expect(first == PairedBootstrap(strata: strata, replicates: 50, seed: 5).replicates(of: values))
    #expect(first != PairedBootstrap(strata: strata, replicates: 50, seed: 6).replicates(of: values))
  }
}

@Suite struct SampleSizeTests {
  @Test func fivePairsCannotBeSignificant() {
    let limit = SignificanceLimit(pairs: 5)
    #expect(limit.smallestP == 0.0625 && !limit.canBeSignificant && limit.pairsNeeded == 6)
    #expect(
      limit.warning == "With 5 paired trials no difference can be significant at 0.05; 6 or more would be needed.")
    #expect(SignificanceLimit(pairs: 6).warning == nil)
  }

  @Test func correctionNeedsMorePairs() {
    let limit = SignificanceLimit(pairs: 6, comparisons: 9)
    #expect(!limit.canBeSignificant && limit.pairsNeeded == 9)
    #expect(SignificanceLimit(pairs: 9, comparisons: 9).canBeSignificant)
  }

  @Test func detectableDifferenceIsThatOfThePairedTTest() throws {
    // (t.ppf(.975, 7) + t.ppf(.8, 7)) · sd / √8, SciPy 1.17.1.
    let differences = [0.01, 0.03, -0.02, 0.015, 0.04, 0, 0.02, 0.012]
    let single = try #require(
      DetectableDifference.minimum(differences: differences, strata: differences.map { _ in 0 }))
    #expect(isClose(single, 0.02106790409645148, 1e-12))
    #expect(DetectableDifference.minimum(differences: [1, 2], strata: [0, 1]) == nil)
  }

  @Test func differencesBetweenStrataDoNotCountAsNoise() throws {
    let noise = [0.01, -0.01, 0.02, -0.02]
    let strata = [0, 0, 1, 1]
    let level = try #require(DetectableDifference.minimum(differences: noise, strata: strata))
    let shifted = try #require(
      DetectableDifference.minimum(differences: zip(noise, strata).map { $0 + 50 * Double($1) }, strata: strata))
    #expect(isClose(level, shifted, 1e-9))
  }
}

@Suite struct ParetoFrontTests {
  private func objective(_ name: String, higher: Bool, tolerance: Double = 0, _ values: [[Double]]) -> ParetoObjective {
    ParetoObjective(name: name, isHigherBetter: higher, tolerance: tolerance, values: values)
  }

  @Test func clearCasesAreDecided() {
    // Costs 1, 2, 2; utilities .5, .9, .7: the third is dominated by the second.
    let front = ParetoFront(
      objectives: [
        objective("cost", higher: false, [[1, 1, 1], [2, 2, 2], [2, 2, 2]]),
        objective("accuracy", higher: true, [[0.5, 0.51, 0.49], [0.9, 0.91, 0.9], [0.7, 0.7, 0.72]]),
      ], bootstrap: PairedBootstrap(strata: [0, 0, 0], replicates: 300, seed: 0))
    #expect(front.members.map(\.state) == [.onFront, .onFront, .dominated])
    #expect(front.members.map(\.probability) == [1, 1, 0])
  }

  @Test func overlappingSubjectsAreAmbiguous() {
    let front = ParetoFront(
      objectives: [
        objective("cost", higher: false, [[1, 1, 1, 1], [1, 1, 1, 1]]),
        objective("accuracy", higher: true, [[0.5, 0.6, 0.4, 0.55], [0.6, 0.5, 0.5, 0.4]]),
      ], bootstrap: PairedBootstrap(strata: [0, 0, 0, 0], replicates: 1_000, seed: 0))
    #expect(front.members.map(\.state) == [.ambiguous, .ambiguous])
    #expect(front.members.map(\.isOnEstimatedFront) == [true, false])
  }

  @Test func differencesWithinTheToleranceDoNotMakeAPlaceOnTheFront() {
    let utility = objective("accuracy", higher: true, [[0.9, 0.9], [0.5, 0.5]])
    let bootstrap = PairedBootstrap(strata: [0, 0], replicates: 10, seed: 0)
    let cents = [[50.0, 50], [49.99, 49.99]]
    let strict = ParetoFront(objectives: [objective("cost", higher: false, cents), utility], bootstrap: bootstrap)
    #expect(strict.members.map(\.state) == [.onFront, .onFront])
    let tolerant = ParetoFront(
      objectives: [objective("cost", higher: false, tolerance: 0.5, cents), utility], bootstrap: bootstrap)
    #expect(tolerant.members.map(\.state) == [.onFront, .dominated])
  }

  @Test func equalSubjectsDoNotDominateEachOther() {
    let front = ParetoFront(
      objectives: [objective("accuracy", higher: true, [[1], [1]])],
      bootstrap: PairedBootstrap(strata: [0], replicates: 10, seed: 0))
    #expect(front.members.map(\.state) == [.onFront, .onFront])
  }
}
