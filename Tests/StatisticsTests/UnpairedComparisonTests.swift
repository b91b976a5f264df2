import Statistics
import Testing

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-10) -> Bool { abs(a - b) <= tolerance }

@Suite struct UnpairedComparisonTests {
  private let a = [20.4, 24.2, 15.4, 21.4, 20.2, 18.5, 21.5]
  private let b = [20.2, 16.9, 18.5, 17.3, 20.5]

  @Test func oneStratumIsWelchsTest() throws {
    // scipy.stats.ttest_ind(b, a, equal_var=False) and its confidence_interval(), SciPy 1.17.1.
    let found = try #require(UnpairedComparison(strata: [(a, b)]))
    #expect(isClose(found.difference, -1.548571428571428) && isClose(found.pValue, 0.2508100698322372, 1e-9))
    #expect(
      isClose(found.interval.lowerBound, -4.3829788746350395, 1e-8)
        && isClose(found.interval.upperBound, 1.285836017492183, 1e-8))
  }

  @Test func equalStrataHalveTheVariance() throws {
    let (one, two) = (
      try #require(UnpairedComparison(strata: [(a, b)])), try #require(UnpairedComparison(strata: [(a, b), (a, b)]))
    )
    #expect(isClose(one.difference, two.difference) && two.pValue < one.pValue)
  }

  @Test func constantsBetweenStrataDoNotMatter() throws {
    let shifted = UnpairedComparison(strata: [(a, b), (a.map { $0 + 100 }, b.map { $0 + 100 })])
    let found = try #require(UnpairedComparison(strata: [(a, b), (a, b)]))
    #expect(isClose(try #require(shifted).pValue, found.pValue, 1e-6))
  }

  @Test func singleValuesSayNothing() {
    #expect(UnpairedComparison(strata: []) == nil && UnpairedComparison(strata: [([1], [1, 2])]) == nil)
  }
}
