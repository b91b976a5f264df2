import Core
import Statistics
import Testing

@Suite struct DecisionsTests {
  private func decisions(_ values: [[[Double]]], contenders: [Int]? = nil) -> Decisions {
    Decisions(subjects: values.count, contenders: contenders) { first, second in
      Decisions.Differences(
        strata: zip(values[first], values[second]).map { zip($0, $1).map { $0 - $1 } })
    }
  }

  @Test func pairsAreHeldToHolmOverAllPairs() throws {
    // One stratum: the p of each pair is Student's, and three pairs are corrected together.
    let values = [[[0.012, 0.004, 0.009, -0.002, 0.011]], [[0.0, 0, 0, 0, 0]], [[-0.5, -0.51, -0.49, -0.5, -0.5]]]
    let found = decisions(values)
    let single = try #require(found.pValue(0, 1))
    #expect(abs(single - 0.05884491343635725) < 1e-9)
    #expect(found.adjusted(0, 1) == single)
    #expect(!found.isAhead(0, of: 1) && found.isAhead(0, of: 2) && found.isAhead(1, of: 2) && found.differ(2, 0))
    #expect(found.first == nil && found.rivals(of: 0, among: [0, 1, 2]) == [1])
  }

  @Test func aFirstPlaceIsHeldToEachRivalAloneAndDecidesItsPairs() throws {
    // Leads whose p are about .03 each: too much for Holm over six pairs, enough for a first place.
    let lead = [0.010, 0.002, 0.006, 0.001, 0.009]
    let values = [[lead], [[0.0, 0, 0, 0, 0]], [[0.0001, -0.0001, 0, 0.0001, -0.0001]], [[0.0, 0, 0, 0, 0.0001]]]
    let found = decisions(values)
    let single = try #require(found.pValue(0, 1))
    let adjusted = try #require(found.adjusted(0, 1))
    #expect(single < 0.05 && adjusted > 0.05)
    #expect(found.first == 0 && found.isAhead(0, of: 1) && !found.isAhead(1, of: 0))
    #expect(decisions(values, contenders: [1, 2, 3]).first == nil)
  }

  @Test func equalSubjectsAreNeverToldApart() {
    let found = decisions([[[0.5, 0.6, 0.7]], [[0.5, 0.6, 0.7]]])
    #expect(!found.differ(0, 1) && found.first == nil && found.pValue(0, 1) == 1)
  }

  @Test func pairsWithoutEnoughUnitsStayOpen() {
    let found = Decisions(subjects: 2) { _, _ in Decisions.Differences(strata: [[1, 1.1], [2]]) }
    #expect(found.pValue(0, 1) == nil && !found.differ(0, 1) && found.first == nil)
    #expect(Decisions(subjects: 0) { _, _ in nil }.first == nil)
    #expect(Decisions(subjects: 1) { _, _ in nil }.first == nil)
  }

  @Test func directionAndOrderOfSubjectsDoNotMatter() {
    var generator = SeededGenerator(seed: 3, purpose: "subjects")
    let values = (0..<5).map { subject in
      (0..<3).map { _ in (0..<4).map { _ in 0.6 * Double(subject) + generator.normal() } }
    }
    let (found, turned) = (decisions(values), decisions(values.reversed()))
    for a in 0..<5 {
      for b in 0..<5 where a != b { #expect(found.isAhead(a, of: b) == turned.isAhead(4 - a, of: 4 - b)) }
    }
    #expect(found.first.map { 4 - $0 } == turned.first)
  }
}

@Suite struct BestOfManyTests {
  private let values = [[0.80, 0.82, 0.81, 0.83], [0.79, 0.83, 0.80, 0.82], [0.77, 0.80, 0.80, 0.80]]

  @Test func agreesWithSciPysQuadratureAndFourMillionDraws() throws {
    // Tests/KnownValues/inference.py; 12 scales stand for the χ² distribution of the variance.
    let found = try #require(BestOfMany(values: values, strata: [0, 0, 0, 0]))
    #expect(abs(found.shrinkage - 0.20828768244123588) < 1e-6)
    for (shrunk, known) in zip(found.shrunk, [0.8130907, 0.80913213, 0.79527717]) {
      #expect(abs(shrunk - known) < 1e-7)
    }
    for (chance, known) in zip(found.chanceBest, [0.7679, 0.2289, 0.0032]) { #expect(abs(chance - known) < 0.006) }
    for (regret, known) in zip(found.expectedRegret, [0.000905, 0.004864, 0.018719]) {
      #expect(abs(regret - known) < 0.0001)
    }
  }

  @Test func equalSubjectsShareTheFirstPlace() throws {
    let found = try #require(BestOfMany(values: [[1, 2, 3], [1, 2, 3]], strata: [0, 0, 0]))
    #expect(found.chanceBest == [0.5, 0.5] && found.expectedRegret == [0, 0] && found.shrunk == [2, 2])
  }

  @Test func groupsAreDrawnToTheirOwnMean() throws {
    var generator = SeededGenerator(seed: 8, purpose: "groups")
    let pools = [0.9, 0.5].flatMap { mean in (0..<4).map { _ in (0..<4).map { _ in mean + 0.01 * generator.normal() } }
    }
    let found = try #require(
      BestOfMany(values: pools, strata: [0, 0, 0, 0], groups: [0, 0, 0, 0, 1, 1, 1, 1]))
    #expect(found.shrunk.prefix(4).allSatisfy { abs($0 - 0.9) < 0.02 })
    #expect(found.shrinkage > 0.3 && abs(found.chanceBest.reduce(0, +) - 1) < 1e-9)
    #expect(found.chanceBest.suffix(4).allSatisfy { $0 < 1e-6 })
  }

  @Test func theLeadOfTheBestOfEqualsIsMostlyTakenBack() throws {
    var generator = SeededGenerator(seed: 12, purpose: "winner's curse")
    var (raw, shrunk) = (0.0, 0.0)
    for _ in 0..<200 {
      let values = (0..<9).map { _ in (0..<6).map { _ in generator.normal() } }
      let found = try #require(BestOfMany(values: values, strata: [0, 0, 0, 1, 1, 1]))
      raw += found.means.max()!
      shrunk += found.shrunk.max()!
    }
    #expect(raw / 200 > 0.5 && shrunk < 0.5 * raw)
  }

  @Test func oneUnitOrOneSubjectGivesNothing() {
    #expect(
      BestOfMany(values: [[1], [2]], strata: [0]) == nil && BestOfMany(values: [[1, 2]], strata: [0, 0]) == nil)
  }
}

@Suite("The interval beside a mark") struct DecisionIntervalTests {
  /// Strata of very different spread: there a pair's own degrees of freedom and those of all pairs lie farthest apart.
  @Test("holds 0 exactly where the pair's p is above 5 %", arguments: UInt64(0)..<40) func interval(seed: UInt64) throws
  {
    var generator = SeededGenerator(seed: seed, purpose: "intervals beside marks")
    let values = (0..<5).map { subject in
      (0..<4).map { stratum in
        (0..<3).map { _ in 0.4 * Double(subject) + [4, 2, 1, 0.5][stratum] * generator.normal() }
      }
    }
    let decisions = Decisions(subjects: 5) { first, second in
      Decisions.Differences(strata: zip(values[first], values[second]).map { zip($0, $1).map(-) })
    }
    for first in 0..<5 {
      for second in 0..<5 where second != first {
        let mean = try #require(decisions.mean(first, second))
        #expect(mean.interval().contains(0) == (mean.pValue > Decisions.level))
        #expect(mean.pValue == decisions.pValue(first, second))
        #expect(mean.estimate == -(try #require(decisions.mean(second, first)).estimate))
      }
    }
  }

  @Test("a pair alone has Welch's degrees of freedom, one of many nearly Satterthwaite's of the shared spread")
  func degrees() throws {
    let quiet = [[0.1, -0.1, 0.3], [4, -3, 2.5]]
    let alone = Decisions(subjects: 2) { _, _ in Decisions.Differences(strata: quiet) }
    #expect(alone.mean(0, 1) == StratifiedMean(quiet))
    let many = Decisions(subjects: 400) { first, second in
      first == 0 ? Decisions.Differences(strata: quiet) : nil
    }
    // Parts v of .04 · 3/36 and 13.583 · 3/36, both with 2 degrees of freedom: (Σv)²/(Σv²/2) is 2.012.
    #expect(abs(try #require(many.mean(0, 1)).degrees - 2.012) < 0.01)
  }
}
