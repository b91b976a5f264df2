import Core
import Statistics
import Testing

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool { abs(a - b) <= tolerance }

// Known values: Tests/KnownValues/inference.py.
@Suite struct StratifiedMeanTests {
  @Test func oneStratumIsStudentsPairedTest() throws {
    let found = try #require(StratifiedMean([[0.012, 0.004, 0.009, -0.002, 0.011]]))
    #expect(isClose(found.pValue, 0.05884491343635725) && found.degrees == 4 && found.units == 5)
    let interval = found.interval()
    #expect(isClose(interval.lowerBound, -0.00040807072838991605) && isClose(interval.upperBound, 0.014008070728389917))
  }

  @Test func strataKeepTheirOwnSpread() throws {
    let found = try #require(
      StratifiedMean([[0.012, 0.004, 0.009], [], [0.02, -0.01, 0.03], [0.001, 0.002, 0.004, 0.003]]))
    #expect(isClose(found.estimate, 0.0075) && isClose(found.standardError, 0.003681937895547217))
    #expect(isClose(found.degrees, 2.3436360555514675) && isClose(found.pValue, 0.15954548698968682))
    let interval = found.interval()
    #expect(isClose(interval.lowerBound, -0.006311691240023584) && isClose(interval.upperBound, 0.021311691240023585))
  }

  @Test func differencesBetweenStrataAreNoNoise() throws {
    let noise = [[0.01, -0.01], [0.02, -0.02]]
    let level = try #require(StratifiedMean(noise))
    let apart = try #require(StratifiedMean([noise[0], noise[1].map { $0 + 50 }]))
    #expect(isClose(level.standardError, apart.standardError))
  }

  @Test func aStratumOfOneUnitGivesNothing() {
    #expect(StratifiedMean([[1, 2], [3]]) == nil && StratifiedMean([]) == nil && StratifiedMean([[]]) == nil)
  }

  @Test func whatNeverVariesIsTestedBySigns() throws {
    let equal = try #require(StratifiedMean([[0, 0, 0]]))
    #expect(equal.pValue == 1 && equal.interval() == 0...0)
    let ahead = try #require(StratifiedMean([[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]]))
    #expect(ahead.pValue == 2.0 / 64)
  }

  @Test func tailsStayAccurate() {
    #expect(abs(Distributions.studentTTwoSided(40, degrees: 9) / 1.8982998449339822e-11 - 1) < 1e-9)
    #expect(isClose(Distributions.chiSquaredQuantile(0.3, degrees: 7), 4.671330448981073))
  }
}

@Suite struct PairedResamplesTests {
  @Test func percentilesAreThoseOfStudentsInterval() throws {
    // The Monte-Carlo error of the 2.5 % point of t with 4 degrees of freedom, 40,000 replicates, is about 1 %.
    let values = [0.012, 0.004, 0.009, -0.002, 0.011]
    let sorted = PairedResamples(strata: values.map { _ in 0 }, replicates: 40_000, seed: 1).replicates(of: values)
      .sorted()
    #expect(abs(Descriptive.quantile(0.025, ofSorted: sorted) + 0.00040807072838991605) < 0.0003)
    #expect(abs(Descriptive.quantile(0.975, ofSorted: sorted) - 0.014008070728389917) < 0.0003)
  }

  @Test func pairingRemovesWhatTheUnitsShare() {
    var generator = SeededGenerator(seed: 4, purpose: "units")
    let shared = (0..<30).map { _ in 10 * generator.normal() }
    let a = shared.map { $0 + 1 + 0.01 * generator.normal() }
    let resamples = PairedResamples(strata: shared.map { _ in 0 }, replicates: 500, seed: 0)
    let (left, right) = (resamples.replicates(of: a), resamples.replicates(of: shared))
    let differences = resamples.replicates(of: zip(a, shared).map { $0 - $1 })
    for (joint, single) in zip(differences, zip(left, right)) { #expect(isClose(joint, single.0 - single.1)) }
  }

  @Test func strataThatDoNotVaryStay() {
    let resamples = PairedResamples(strata: [0, 0, 0, 1, 1, 2], replicates: 50, seed: 9)
    let found = resamples.replicates(of: [5, 5, 5, 100, 100, -7])
    #expect(found.allSatisfy { isClose($0, 208.0 / 6) })
  }

  @Test func equalSeedsGiveEqualReplicates() {
    let values = [1.0, 2, 4, 8]
    func replicates(_ seed: UInt64) -> [Double] {
      PairedResamples(strata: [0, 0, 1, 1], replicates: 50, seed: seed).replicates(of: values)
    }
    #expect(replicates(5) == replicates(5) && replicates(5) != replicates(6))
  }
}
