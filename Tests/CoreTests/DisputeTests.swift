import Core
import Testing

@Suite struct DisputeTests {
  private let task = TaskID(Digest(of: "task"))
  private let kept = Digest(of: "kept")
  private let other = Digest(of: "other")
  private let third = Digest(of: "third")

  private func claim(_ outcome: Digest, _ key: String) -> Dispute.Claim {
    Dispute.Claim(outcome: outcome, key: key, name: key)
  }

  private func dispute(_ claims: Dispute.Claim...) throws -> Dispute {
    try #require(Dispute(task: task, kept: kept, claims: claims))
  }

  @Test func whatAgreesWithWhatIsKeptIsNoDispute() {
    #expect(Dispute(task: task, kept: kept, claims: [claim(kept, "a"), claim(kept, "b")]) == nil)
    #expect(Dispute(task: task, kept: kept, claims: []) == nil)
  }

  @Test func twoKeysThatDifferSettleNothing() throws {
    let open = try dispute(claim(kept, "a"), claim(other, "b"))
    #expect(open.verdict == .open && open.wrong.isEmpty)
    // Nor does one that says the same again, or ever new things.
    let again = try dispute(
      claim(kept, "a"), claim(kept, "a"), claim(other, "b"), claim(other, "b"), claim(third, "b"))
    #expect(again.verdict == .open && again.claims.count == 3)
  }

  @Test func whoDiffersFromTwoKeysIsWrong() throws {
    let confirmed = try dispute(claim(other, "b"), claim(kept, "a"), claim(kept, "c"))
    #expect(confirmed.verdict == .confirmed && confirmed.wrong == [claim(other, "b")])
    let overturned = try dispute(claim(kept, "a"), claim(other, "b"), claim(other, "c"))
    #expect(overturned.verdict == .overturned(by: other) && overturned.wrong == [claim(kept, "a")])
  }

  @Test func threeOutcomesWaitForAFourthKey() throws {
    let open = try dispute(claim(kept, "a"), claim(other, "b"), claim(third, "c"))
    #expect(open.verdict == .open)
    let settled = try dispute(claim(kept, "a"), claim(other, "b"), claim(third, "c"), claim(third, "d"))
    #expect(settled.verdict == .overturned(by: third))
    #expect(settled.wrong.map(\.key) == ["a", "b"])
  }

  @Test func groupsThatAgreeAmongThemselvesBlameNobody() throws {
    let split = try dispute(claim(kept, "a"), claim(kept, "b"), claim(other, "c"), claim(other, "d"))
    #expect(split.verdict == .split && split.wrong.isEmpty)
  }
}
