import Core
import Statistics
import Testing

// Reference values: SciPy 1.17.1 and NumPy.
private let x = [2.5, -1.0, 3.0, 7.25, 0.5, 0.5, 4.0, 9.0]
private let y = [1.0, 0.0, 2.5, 8.0, -1.0, 0.5, 0.5, 3.0]

private func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-13) -> Bool {
  a.map { abs($0 - b) <= tolerance * max(1, abs(b)) } ?? false
}

@Suite struct DescriptiveTests {
  @Test func momentsAgreeWithSciPy() {
    #expect(isClose(Descriptive.skewness(x), 0.5328265756126644))
    #expect(isClose(Descriptive.interquartileMean(x), 2.5))
    #expect(isClose(Descriptive.standardDeviation(x), 3.452321941203382))
    #expect(isClose(Descriptive.quantile(0.1, ofSorted: x.sorted()), 0.05))
    #expect(isClose(Descriptive.quantile(0.975, ofSorted: x.sorted()), 8.69375))
    #expect(isClose(Descriptive.gini([3, 0, 5, 5, 20, 1]), 0.5588235294117647))
    #expect(isClose(Descriptive.exponentialEntropy([3, 0, 5, 5, 20, 1]), 3.299809037190872))
  }

  @Test func whatIsNotDefinedIsNil() {
    #expect(Descriptive.standardDeviation([4]) == nil)
    #expect(Descriptive.gini([0, 0]) == nil && Descriptive.exponentialEntropy([]) == nil)
    #expect(Descriptive.skewness([]) == 0 && Descriptive.skewness([2, 2, 2]) == 0)
    #expect(Correlation.pearson([1, 1, 1], [1, 2, 3]) == nil && Correlation.pearson([1], [2]) == nil)
    #expect(Correlation.kendall([1, 2], [5, 5]) == nil && Correlation.concordance(judges: []) == nil)
  }

  @Test func equalSharesHaveNoInequality() {
    #expect(Descriptive.gini([7, 7, 7, 7]) == 0)
    #expect(isClose(Descriptive.exponentialEntropy([7, 7, 7, 7]), 4))
  }

  @Test func interquartileMeanIgnoresOutliers() {
    #expect(Descriptive.interquartileMean([1, 2, 3, 4]) == Descriptive.interquartileMean([-1e9, 2, 3, 1e9]))
  }
}

@Suite struct CorrelationTests {
  @Test func associationsAgreeWithSciPy() {
    #expect(isClose(Correlation.pearson(x, y), 0.7361453309723593))
    #expect(isClose(Correlation.spearman(x, y), 0.825301204819277))
    #expect(isClose(Correlation.kendall(x, y), 0.6666666666666666))
  }

  @Test func ranksAreInvariantUnderMonotoneChange() {
    let stretched = x.map { $0 * $0 * $0 + 5 }
    #expect(Correlation.spearman(stretched, y) == Correlation.spearman(x, y))
    #expect(Correlation.kendall(stretched, y) == Correlation.kendall(x, y))
    #expect(isClose(Correlation.pearson(x.map { 3 - 2 * $0 }, y), -0.7361453309723593))
  }

  @Test func midranksShareThePlacesOfTies() {
    #expect(Ranks.midranks([3, 1, 3, 2, 3]) == [4, 1, 4, 2, 4])
    #expect(Ranks.midranks([]) == [])
  }

  @Test func concordanceIsOneForEqualJudgesAndCorrectsForTies() {
    #expect(isClose(Correlation.concordance(judges: [x, x.map { $0 * 2 }, x]), 1))
    // Kendall & Gibbons' definition by hand: three judges, mean ranks far apart.
    #expect(isClose(Correlation.concordance(judges: [[1, 2, 3], [1, 3, 2], [3, 2, 1]]), 1.0 / 9))
  }
}

@Suite struct DistributionTests {
  @Test(arguments: [
    (-8.0, 6.22096057427174e-16), (-3.2, 0.0006871379379158471), (-0.1, 0.460172162722971), (0, 0.5),
    (0.5, 0.6914624612740131), (1.96, 0.9750021048517795), (6, 0.9999999990134123),
  ])
  func normalAgreesWithSciPy(point: Double, probability: Double) {
    #expect(abs(Distributions.normal(point) / probability - 1) < 1e-12)
  }

  @Test(arguments: [
    (1e-10, -6.361340902404056), (0.001, -3.090232306167813), (0.3, -0.5244005127080409), (0.999, 3.090232306167813),
  ])
  func normalQuantileAgreesWithSciPy(probability: Double, point: Double) {
    #expect(isClose(Distributions.normalQuantile(probability), point, 1e-11))
  }

  @Test func studentTAgreesWithSciPy() {
    #expect(isClose(Distributions.studentT(1, degrees: 1), 0.75))
    #expect(isClose(Distributions.studentT(-3, degrees: 2), 0.04773298313335456))
    #expect(isClose(Distributions.studentT(0.3, degrees: 12), 0.6153447629558739))
    #expect(isClose(Distributions.studentT(1.99, degrees: 100), 0.9753394653614235))
    #expect(isClose(Distributions.studentTQuantile(0.975, degrees: 2), 4.302652729749462, 1e-10))
    #expect(isClose(Distributions.studentTQuantile(0.05, degrees: 40), -1.6838510133356523, 1e-10))
  }

  @Test func chiSquaredAgreesWithSciPy() {
    #expect(isClose(Distributions.chiSquaredTail(3.84, degrees: 1), 0.05004352124870519, 1e-12))
    #expect(isClose(Distributions.chiSquaredTail(2, degrees: 9), 0.9914676066288135, 1e-12))
    #expect(abs(Distributions.chiSquaredTail(60, degrees: 3) / 5.878230727906921e-13 - 1) < 1e-10)
  }

  @Test func rangeAgreesWithSciPy() {
    #expect(isClose(Distributions.normalRange(3.5, count: 10), 0.7179835617108637, 1e-9))
    #expect(isClose(Distributions.normalRangeQuantile(0.95, count: 25) / 2.0.squareRoot(), 3.6578606730719927, 1e-7))
  }
}
