import Core
import Curation
import Testing

@Suite struct ClassBalanceTests {
  @Test func quotasDifferByAtMostOneUnlessAClassRunsOut() {
    var generator = SeededGenerator(seed: 2, purpose: "quotas")
    for _ in 0..<500 {
      let classCount = 1 + generator.integer(below: 6)
      let labels = (0..<1 + generator.integer(below: 60)).map { _ in
        Int32(min(generator.integer(below: classCount), generator.integer(below: classCount)))
      }
      let count = generator.integer(below: labels.count + 1)
      let quotas = ClassBalance.quotas(count, labels: labels, classCount: classCount)
      let available = (0..<classCount).map { label in labels.count { Int($0) == label } }
      #expect(quotas.reduce(0, +) == count)
      #expect(zip(quotas, available).allSatisfy { $0 <= $1 })
      let open = zip(quotas, available).filter { $0 < $1 }.map { $0.0 }
      #expect((quotas.max() ?? 0) - (open.min() ?? quotas.max() ?? 0) <= 1)
    }
  }

  @Test func aRemainderGoesToTheClassesThatComeFirst() {
    #expect(ClassBalance.quotas(5, labels: [2, 2, 1, 1, 0, 0, 2], classCount: 3) == [1, 2, 2])
    #expect(ClassBalance.quotas(7, labels: [2, 2, 1, 1, 0, 0, 2], classCount: 4) == [2, 2, 3, 0])
  }

  @Test func dealsOutPicksInTurn() {
    let labels: [Int32] = [0, 1, 0, 1, 0, 2]
    let picks = ClassBalance.select(5, labels: labels, classCount: 3) { members, quota in
      Array((0..<members.count).reversed().prefix(quota))
    }
    #expect(picks == [4, 3, 5, 2, 1])
  }
}
