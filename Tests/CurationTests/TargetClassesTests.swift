import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct TargetClassesTests {
  /// Points of three classes on three axes, a little apart.
  private static func points(_ labels: [Int32], seed: UInt64) -> Matrix {
    var points = SyntheticPools.points(labels.count, 3, seed: seed)
    for row in labels.indices {
      for column in 0..<3 { points[row, column] = points[row, column] * 0.2 + (column == Int(labels[row]) ? 2 : 0) }
    }
    return points
  }

  @Test func findsTheMixOfTheTargetHoweverUnlikeThePointsAre() {
    let labels = (0..<300).map { Int32($0 < 240 ? 0 : $0 < 280 ? 1 : 2) }
    let wanted = (0..<200).map { Int32($0 < 20 ? 0 : $0 < 80 ? 1 : 2) }
    let shares = TargetClasses.shares(
      points: Self.points(labels, seed: 1), labels: labels, classCount: 4, target: Self.points(wanted, seed: 2),
      neighbours: 10)
    for (share, expected) in zip(shares, [0.1, 0.3, 0.6, 0]) { #expect(abs(share - expected) < 0.02) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
  }

  @Test func everyBeginningOfTheChoiceHasTheWantedMix() {
    let labels = (0..<90).map { Int32($0 % 3) }
    let order = Array((0..<90).reversed())
    let picks = TargetClasses.select(40, order: order, labels: labels, shares: [0.5, 0.3, 0.2])
    #expect(Set(picks).count == 40)
    for length in 1...40 {
      for (label, share) in [0.5, 0.3, 0.2].enumerated() {
        let count = picks.prefix(length).count { Int(labels[$0]) == label }
        #expect(abs(Double(count) - share * Double(length)) < 1.5)
      }
    }
    for label in 0..<3 {
      let own = picks.filter { Int(labels[$0]) == label }
      #expect(own == own.sorted(by: >))
    }
  }

  @Test func whatAClassLacksTheOthersGive() {
    let picks = TargetClasses.select(5, order: [0, 1, 2, 3, 4], labels: [0, 1, 1, 1, 2], shares: [0.9, 0.1, 0])
    #expect(picks == [0, 1, 2, 3, 4])
  }

  @Test func inASweepItBuysTheTargetsMix() throws {
    let pool = SyntheticPools.make(count: 400)
    let wanted = pool.features.selecting(rows: (0..<400).filter { pool.trueLabels[$0] == 2 || $0 < 40 })
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: "target-classes", options: ["keep": 0.3]))
    let purchase = try Curator.choose(
      strategy, terms: SyntheticPools.terms(budget: 1), pool: pool, target: wanted, scores: nil)
    #expect(purchase.labels.count { $0 == 2 } * 10 > purchase.labels.count * 6)
  }
}
