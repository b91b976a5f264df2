import Core
import Statistics
import Testing

private func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}

@Suite struct CriticalDifferenceTests {
  @Test func largeTablesAgreeWithSciPy() {
    // studentized_range.ppf(.95, k, inf) / √2, SciPy 1.17.1.
    let expected = [
      12: 3.268003924466142, 15: 3.391230283765257, 20: 3.5437991315177815, 25: 3.6578606730719927,
      30: 3.748577806830984,
    ]
    for (subjects, value) in expected {
      #expect(isClose(FriedmanTest.criticalValue(subjects: subjects), value, 1e-7))
    }
    #expect(isClose(FriedmanTest.criticalValue(subjects: 30, level: 0.1), 3.533492393480018, 1e-7))
  }

  @Test func cliquesAreTheLargestGroupsThatStayTogether() {
    let found = CriticalDifference(meanRanks: [3.1, 1.0, 2.0, 5.0], difference: 1.25)
    #expect(found.order == [1, 2, 0, 3])
    #expect(found.cliques == [[1, 2], [2, 0]])
    #expect(found.separates(1, 0) && !found.separates(2, 0))
    #expect(CriticalDifference(meanRanks: [1, 2, 3], difference: 5).cliques == [[0, 1, 2]])
    #expect(CriticalDifference(meanRanks: [1, 2, 3], difference: 1).cliques.isEmpty)
  }

  @Test func cliquesAgreeWithBruteForce() {
    var generator = SeededGenerator(seed: 8, purpose: "ranks")
    for _ in 0..<200 {
      let ranks = (0..<7).map { _ in 1 + 6 * generator.uniform() }
      let found = CriticalDifference(meanRanks: ranks, difference: 1.7)
      var groups: [Set<Int>] = []
      for mask in 1..<128 {
        let members = Set((0..<7).filter { mask & (1 << $0) != 0 })
        let together = members.allSatisfy { a in members.allSatisfy { abs(ranks[a] - ranks[$0]) < 1.7 } }
        if members.count > 1, together { groups.append(members) }
      }
      let largest = Set(groups.filter { group in !groups.contains { $0.isStrictSuperset(of: group) } })
      #expect(Set(found.cliques.map { Set($0) }) == largest)
    }
  }
}

@Suite struct RankStabilityTests {
  @Test func agreementOfJudgesIsThatOfATextbookExample() {
    // Siegel & Castellan (1988), three interviewers and six applicants: rank sums 8 14 11 11 11 8, W = .16.
    let judges: [[Double]] = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]].map { $0.map { -$0 } }
    let found = RankStability(judges: judges)
    #expect(isClose(found.concordance, 25.5 * 12 / (9 * 210), 1e-12))
    let (sums, firsts): ([Double], [Double]) = ([8, 14, 11, 11, 11, 8], [2, 0, 0, 0, 0, 1])
    for (rank, sum) in zip(found.meanRanks, sums) { #expect(isClose(rank, sum / 3)) }
    for (share, first) in zip(found.firstPlace, firsts) { #expect(isClose(share, first / 3)) }
    // χ² = 3 · 5 · W; chi2.sf(2.428571, 5), SciPy 1.17.1.
    #expect(isClose(found.pValue, 0.7872118138839402))
  }

  @Test func equalJudgesAgreeAndMonotoneChangesDoNotMatter() {
    let scores = [0.3, 0.9, 0.5, 0.1]
    let found = RankStability(judges: [scores, scores.map { $0 * $0 }, scores.map { 7 + 3 * $0 }])
    #expect(isClose(found.concordance, 1) && found.firstPlace[1] == 1 && found.meanRanks == [3, 1, 2, 4])
    #expect(found.agreement == [1, 1, 1])
    let tied = RankStability(judges: [[1, 1], [2, 2]])
    #expect(tied.concordance == nil && tied.firstPlace == [0.5, 0.5] && tied.agreement == [nil, nil])
  }

  @Test func permutingSubjectsPermutesTheResult() {
    let judges = [[0.3, 0.9, 0.5], [0.4, 0.7, 0.8], [0.1, 0.2, 0.15]]
    let (found, turned) = (RankStability(judges: judges), RankStability(judges: judges.map { $0.reversed() }))
    #expect(turned.meanRanks == found.meanRanks.reversed() && turned.concordance == found.concordance)
  }
}
