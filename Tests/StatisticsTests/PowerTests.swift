import Core
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
    #expect(Power(test: .t).pairsNeeded(effect: effect) == pairs)
  }

  @Test func powerAgreesWithSciPy() {
    // 1 − nct.cdf(t, df, d√n) + nct.cdf(−t, df, d√n), t = t.ppf(.975, df), SciPy 1.17.1.
    #expect(abs(Power(test: .t).power(effect: 0.5, pairs: 34) - 0.8077775012792737) < 1e-9)
    #expect(abs(Power(test: .t).power(effect: -2, pairs: 5) - 0.9088848681009404) < 1e-9)
  }

  @Test func withoutAnEffectTheTestRejectsAtItsLevel() {
    #expect(abs(Power(test: .t).power(effect: 0, pairs: 12) - 0.05) < 1e-9)
    #expect(abs(Power(test: .t, comparisons: 10).power(effect: 0, pairs: 12) - 0.005) < 1e-9)
    // The exact test is conservative: its level at ten pairs is .0488.
    let exact = Power(test: .wilcoxon).power(effect: 0, pairs: 10)
    #expect((0.035...0.062).contains(exact))
  }

  @Test func signedRankTestNeedsItsLeastNumberOfPairs() {
    for pairs in 0...5 { #expect(Power(test: .wilcoxon).power(effect: 50, pairs: pairs) == 0) }
    #expect(Power(test: .wilcoxon).pairsNeeded(effect: 50) == 6)
    #expect(Power(test: .wilcoxon, comparisons: 9).pairsNeeded(effect: 50) == 9)
  }

  @Test func simulationMeetsTheEfficiencyOfTheSignedRankTest() throws {
    // G*Power 3.1 (Wilcoxon signed-rank test, matched pairs, normal parent, A.R.E. method): 35 or 36 pairs for d = .5.
    let simulated = try #require(Power(test: .wilcoxon).pairsNeeded(effect: 0.5))
    #expect((34...38).contains(simulated))
    let power = Power(test: .wilcoxon)
    let (below, above) = (power.power(effect: 0.5, pairs: 30), power.power(effect: 0.5, pairs: 31))
    #expect(abs(below - above) < 0.03)
  }

  @Test func simulatedPowerIsTheShareOfSignificantSamples() {
    var generator = SeededGenerator(seed: 77, purpose: "samples")
    var significant = 0
    for _ in 0..<2_000 {
      let sample = (0..<9).map { _ in 1 + generator.normal() }
      if WilcoxonSignedRank(differences: sample).pValue <= 0.05 { significant += 1 }
    }
    #expect(abs(Power(test: .wilcoxon).power(effect: 1, pairs: 9) - Double(significant) / 2_000) < 0.035)
  }

  @Test func criticalSumsAreTheTabulatedOnes() {
    // Wilcoxon's table, two-sided .05: n = 6…12.
    #expect((5...12).map { WilcoxonSignedRank.criticalSum(pairs: $0) } == [nil, 0, 2, 3, 5, 8, 10, 13])
  }

  @Test func needsGrowWithCorrectionAndShrinkWithTheEffect() throws {
    for test in Power.Test.allCases {
      let one = try #require(Power(test: test).pairsNeeded(effect: 0.9))
      let corrected = try #require(Power(test: test, comparisons: 9).pairsNeeded(effect: 0.9))
      let larger = try #require(Power(test: test).pairsNeeded(effect: 1.8))
      #expect(one < corrected && larger < one)
      #expect(Power(test: test).pairsNeeded(effect: 0) == nil)
    }
  }

  @Test func stratumMeansCostDegreesOfFreedom() throws {
    let plain = Power(test: .t).power(effect: 1, pairs: 12)
    #expect(Power(test: .t, strata: 6).power(effect: 1, pairs: 12) < plain)
    #expect(Power(test: .t, strata: 6).power(effect: 1, pairs: 6) == 0)
    let needed = try #require(Power(test: .t, strata: 6).pairsNeeded(effect: 0.5))
    #expect(needed.isMultiple(of: 6) && needed >= 34)
  }

  @Test func detectableEffectIsWherePowerIsReached() throws {
    let effect = try #require(Power(test: .t).detectableEffect(pairs: 15))
    #expect(abs(Power(test: .t).power(effect: effect, pairs: 15) - 0.8) < 1e-3 && effect < 0.8)
    #expect(Power(test: .wilcoxon).detectableEffect(pairs: 5) == nil)
    let ranked = Power(test: .wilcoxon)
    for pairs in [6, 12, 25] {
      let found = try #require(ranked.detectableEffect(pairs: pairs))
      #expect(abs(ranked.power(effect: found + 1e-9, pairs: pairs) - 0.8) < 2e-3)
    }
  }
}
