import Core
import Statistics
import Testing

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-10) -> Bool { abs(a - b) <= tolerance }

@Suite struct WilcoxonSignedRankTests {
  // Rounded normal numbers of mean .15; many ties and three zeros.
  private let many = [
    0.5, 1.0, 0.5, -1.2, 1.1, 0.6, -0.4, 0.7, 0.5, 0.4, 0.2, 0.7, -0.6, 0.0, -0.3, 0.7, 0.2, -0.1, -0.6, -0.1, 0.2,
    -0.1,
    1.4, 1.2, -2.6, -1.7, 0.0, -0.3, 0.4, 0.4, 2.3, -1.0, -0.2, 2.2, 0.8, 0.8, -0.4, -1.5, 0.3, 0.3, -1.1, -0.5, 0.1,
    -0.8, 0.1, 0.2, 0.2, -0.4, 0.7, 1.0, 0.5, -0.7, 0.9, -0.4, 1.0, -0.9, 1.1, 0.1, -1.1, -0.2, 0.2, 0.4, -0.8, -1.0,
    0.3, -0.3, 0.4, 0.9, -1.5, 0.4, 1.4, -0.1, -0.7, 0.9, 0.4, 1.0, -0.2, -1.3, 0.0, -0.3,
  ]

  @Test func smallSamplesAreExact() {
    // SciPy 1.17.1, method "exact".
    let found = WilcoxonSignedRank(differences: [1.1, -0.4, 2.3, 0.7, -1.9, 3.2, 0.2, -0.3, 0.9, 1.6])
    #expect(found.isExact && found.statistic == 13 && isClose(found.pValue, 0.16015625))
  }

  @Test func tiesAndZerosAreExactToo() {
    // All 2ⁿ sign patterns counted in Python.
    let differences = [1.0, -1, 2, 0, 3, -2, 2, 0, 5, 1, -4, 2]
    let pratt = WilcoxonSignedRank(differences: differences)
    #expect(pratt.statistic == 22.5 && isClose(pratt.pValue, 0.25) && pratt.pairs == 10)
    let dropped = WilcoxonSignedRank(differences: differences, zeros: .dropped)
    #expect(dropped.statistic == 16.5 && isClose(dropped.pValue, 0.28515625))
  }

  @Test func largeSamplesAgreeWithSciPysApproximation() {
    let pratt = WilcoxonSignedRank(differences: many)
    #expect(!pratt.isExact && pratt.statistic == 1393 && isClose(pratt.pValue, 0.2822372173374925))
    let dropped = WilcoxonSignedRank(differences: many, zeros: .dropped)
    #expect(dropped.statistic == 1294 && isClose(dropped.pValue, 0.2916272027016057))
  }

  @Test func pairsOfOneSignGiveTheSmallestP() {
    for count in 1...12 {
      let found = WilcoxonSignedRank(differences: (1...count).map(Double.init))
      #expect(isClose(found.pValue, 2 * PortableMath.pow(2, -Double(count))))
    }
  }

  @Test func signsCanBeExchangedAndNothingIsNotSignificant() {
    let (one, other) = (WilcoxonSignedRank(differences: many), WilcoxonSignedRank(differences: many.map { -$0 }))
    #expect(one.pValue == other.pValue && one.positiveSum == other.negativeSum)
    #expect(WilcoxonSignedRank(differences: [0, 0]).pValue == 1 && WilcoxonSignedRank(differences: []).pValue == 1)
  }
}

@Suite struct HolmTests {
  @Test func adjustmentStepsDown() {
    let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
    for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) { #expect(isClose(found, expected)) }
    #expect(Holm.adjusted([0.9, 0.8]) == [1, 1] && Holm.adjusted([]).isEmpty)
  }
}

@Suite struct FriedmanTestTests {
  private let values = [
    [0.7, 0.8, 0.75, 0.6, 0.9, 0.71], [0.65, 0.8, 0.7, 0.62, 0.85, 0.7], [0.6, 0.7, 0.72, 0.5, 0.8, 0.69],
    [0.7, 0.9, 0.8, 0.64, 0.88, 0.75],
  ]

  @Test func statisticAgreesWithSciPy() {
    let found = FriedmanTest(values: values)
    #expect(isClose(found.statistic, 14.017241379310356, 1e-9) && isClose(found.pValue, 0.002881777992011913))
    for (rank, expected) in zip(found.meanRanks, [2, 35.0 / 12, 23.0 / 6, 1.25]) { #expect(isClose(rank, expected)) }
  }

  @Test func criticalValuesAreThePublishedOnes() {
    // Tables round the range before dividing: for nine subjects they say 3.1016 or 3.102, R and SciPy 3.10173.
    let published = [1.9600, 2.3437, 2.5690, 2.7278, 2.8497, 2.9483, 3.0309, 3.1016, 3.1637]
    for (place, expected) in published.enumerated() {
      #expect(isClose(FriedmanTest.criticalValue(subjects: place + 2), expected, 2e-4))
    }
  }

  @Test func criticalDifferenceShrinksWithUnits() {
    // Demšar (2006), section 3.2.2: four classifiers on fourteen sets, q = 2.569, CD = 1.25.
    let fourteen = values.map { row in (0..<14).map { row[$0 % 6] } }
    #expect(isClose(FriedmanTest(values: fourteen).criticalDifference(), 1.2535, 1e-3))
  }

  @Test func directionTurnsTheRanksAround() {
    let turned = FriedmanTest(values: values.map { $0.map { -$0 } }, isHigherBetter: false)
    #expect(turned == FriedmanTest(values: values))
    #expect(FriedmanTest(values: [[1, 1], [1, 1]]).pValue == 1)
  }
}

@Suite struct PriceSensitivityTests {
  @Test func rankingThatNoPriceCanChangeIsStable() {
    // The same spending: prices cannot matter.
    let found = PriceSensitivity(utilities: [0.9, 0.8], spending: [[10, 40], [10, 40]], seed: 0)
    #expect(found.winner == 0 && found.firstPlace == [1, 0] && found.breakEven == nil)
    #expect(found.concordance.count == 1_000 && found.concordance.allSatisfy { $0 == 1 })
  }

  @Test func breakEvenIsWhereTheLeaderIsOvertaken() throws {
    // .9 / (15 + 40 r) = .8 / (45 + 10 r) on the second price, at r = 28.5/23.
    let spending = [[10.0, 40, 5], [40, 10, 5]]
    let found = PriceSensitivity(utilities: [0.9, 0.8], spending: spending, seed: 0)
    let breakEven = try #require(found.breakEven)
    #expect(breakEven.item == 1 && breakEven.successor == 1 && isClose(breakEven.ratio, 28.5 / 23))
    func winner(_ ratio: Double) -> Int {
      PriceSensitivity(
        utilities: [0.9, 0.8], spending: spending.map { [$0[0], $0[1] * ratio, $0[2]] }, draws: 1, seed: 0
      )
      .winner
    }
    #expect(winner(breakEven.ratio * 0.999) == 0 && winner(breakEven.ratio * 1.001) == 1)
  }

  @Test func equalSubjectsShareTheFirstPlace() {
    let found = PriceSensitivity(utilities: [1, 1], spending: [[25, 25], [50, 0]], draws: 4_000, seed: 3)
    #expect(abs(found.firstPlace[0] - 0.5) < 0.04 && isClose(found.firstPlace.reduce(0, +), 1))
  }

  @Test func unitsOfMoneyDoNotMatter() {
    let spending = [[10.0, 40], [40, 10], [20, 20]]
    let euros = PriceSensitivity(utilities: [0.9, 0.8, 0.7], spending: spending, seed: 5)
    let cents = PriceSensitivity(utilities: [0.9, 0.8, 0.7], spending: spending.map { $0.map { $0 * 128 } }, seed: 5)
    #expect(euros.firstPlace == cents.firstPlace && euros.concordance == cents.concordance)
    #expect(euros.breakEvens == cents.breakEvens)
  }
}
