import Statistics
import Testing

@Suite struct NoncentralTTests {
  @Test(arguments: [
    (1.0, 5.0, 0.5, 0.6665357026872718), (2.5, 10, 2, 0.6480249588699087), (-1, 8, 1.5, 0.008179331095979181),
    (2.03, 33, 2.9154759, 0.19100707309668183), (0, 4, 1, 0.15865525393145707), (4, 3, -1, 0.9982750423471844),
    (15, 20, 12, 0.8648969639432377),
  ])
  func agreesWithSciPy(point: Double, degrees: Double, noncentrality: Double, probability: Double) {
    // scipy.stats.nct.cdf, SciPy 1.17.1.
    let found = Distributions.noncentralT(point, degrees: degrees, noncentrality: noncentrality)
    #expect(abs(found - probability) < 1e-10)
  }

  @Test func withoutNoncentralityItIsStudents() {
    for point in [-3.0, -0.2, 0, 1.1, 4] {
      let central = Distributions.studentT(point, degrees: 7)
      #expect(abs(Distributions.noncentralT(point, degrees: 7, noncentrality: 0) - central) < 1e-12)
    }
  }
}

@Suite struct PowerTests {
  @Test(arguments: [(0.2, 199), (0.3, 90), (0.5, 34), (0.8, 15), (1.0, 10), (1.2, 8), (2.0, 5)])
  func pairsForThePairedTTestAreTheTabulatedOnes(effect: Double, pairs: Int) {
    // Two-sided, α = .05, power .8: G*Power's "means: difference between two dependent means" (34 for d = .5, 15 for .8,
    // 199 for .2), and SciPy 1.17.1's nct for the others.
    #expect(Power().pairsNeeded(effect: effect) == pairs)
  }

  @Test func powerAgreesWithSciPy() {
    // 1 − nct.cdf(t, df, d√n) + nct.cdf(−t, df, d√n), t = t.ppf(.975, df), SciPy 1.17.1.
    #expect(abs(Power().power(effect: 0.5, pairs: 34) - 0.8077775012792737) < 1e-9)
    #expect(abs(Power().power(effect: -2, pairs: 5) - 0.9088848681009404) < 1e-9)
  }

  @Test func withoutAnEffectTheTestRejectsAtItsLevel() {
    #expect(abs(Power().power(effect: 0, pairs: 12) - 0.05) < 1e-9)
    #expect(abs(Power(comparisons: 10).power(effect: 0, pairs: 12) - 0.005) < 1e-9)
  }

  @Test func needsGrowWithCorrectionAndShrinkWithTheEffect() throws {
    let one = try #require(Power().pairsNeeded(effect: 0.9))
    let corrected = try #require(Power(comparisons: 9).pairsNeeded(effect: 0.9))
    let larger = try #require(Power().pairsNeeded(effect: 1.8))
    #expect(one < corrected && larger < one)
    #expect(Power().pairsNeeded(effect: 0) == nil)
  }

  @Test func stratumMeansCostDegreesOfFreedom() throws {
    let plain = Power().power(effect: 1, pairs: 12)
    #expect(Power(strata: 6).power(effect: 1, pairs: 12) < plain)
    #expect(Power(strata: 6).power(effect: 1, pairs: 6) == 0)
    let needed = try #require(Power(strata: 6).pairsNeeded(effect: 0.5))
    #expect(needed.isMultiple(of: 6) && needed >= 34)
  }

  @Test func detectableEffectIsWherePowerIsReached() throws {
    let effect = try #require(Power().detectableEffect(pairs: 15))
    #expect(abs(Power().power(effect: effect, pairs: 15) - 0.8) < 1e-3 && effect < 0.8)
    #expect(Power().detectableEffect(pairs: 1) == nil)
  }
}
