import Core
import ObjectStore
import Testing

@Suite struct StoredDisputeTests {
  private let scratch = Scratch()
  private var path: String { scratch.sub("store") }
  private let task = Sample.task(1)

  private func attempt(_ name: String) -> [UInt8] {
    (["by": ["name": .string(name), "key": .string("KEY OF \(name)")]] as JSONValue).canonical
  }

  /// The outcome that is kept, handed in by the key `name`.
  private func commit(_ name: String) -> Commit {
    let commit = Sample.commit(1)
    return Commit(
      task: commit.task, specification: commit.specification, outcome: commit.outcome, objects: commit.objects,
      attempt: attempt(name))
  }

  private func incident(_ variant: Int, _ name: String) -> Incident {
    Incident(
      task: task, kind: .different, outcome: Sample.outcome(1, variant: variant), attempt: attempt(name), time: 0)
  }

  private func disputed() throws -> Store {
    let store = try Store.write(path)
    _ = try store.commit([commit("first")])
    #expect(try store.disputes().isEmpty)
    _ = try store.commit([], incidents: [incident(1, "second")])
    #expect(try store.dispute(about: task)?.verdict == .open)
    return store
  }

  @Test func aThirdKeyThatFindsWhatIsKeptNamesTheSecond() throws {
    let store = try disputed()
    #expect(try store.commit([commit("third")]) == [.alreadyKnown])
    let dispute = try #require(try store.disputes().first)
    #expect(dispute.verdict == .confirmed)
    #expect(dispute.wrong.map(\.name) == ["second"] && dispute.wrong.map(\.key) == ["KEY OF second"])
  }

  @Test func aThirdKeyThatFindsTheOtherOneNamesTheFirstWhichIsThenTakenBack() throws {
    let store = try disputed()
    // Said twice by the same key, it is no second voice.
    try store.addIncidents([incident(1, "second")])
    #expect(try store.disputes().map(\.verdict) == [.open])
    try store.addIncidents([incident(1, "third"), incident(1, "third")])
    #expect(try store.incidents().map(\.kind) == [.different, .agreeing])
    let dispute = try #require(try store.disputes().first)
    #expect(dispute.verdict == .overturned(by: Digest(of: Sample.outcome(1, variant: 1))))
    #expect(dispute.wrong.map(\.name) == ["first"])
    #expect(try store.check().problems == [])
    // Finality: what is kept stays until people take it back.
    #expect(try store.outcome(of: task)?.bytes == Sample.outcome(1))
    #expect(try store.revoke(key: "first", dryRun: false).own == [task])
    #expect(try store.disputes().isEmpty)
    let right = Commit(
      task: task, specification: commit("second").specification, outcome: Sample.outcome(1, variant: 1), objects: [],
      attempt: attempt("second"))
    _ = try store.commit([right])
    #expect(try store.disputes().isEmpty, "what was different is now what is kept")
  }

  @Test func whoSaysManyThingsLeavesRoomForOthers() throws {
    let store = try disputed()
    try store.addIncidents((1..<100).map { incident($0, "second") })
    try store.addIncidents([incident(200, "third"), incident(200, "fourth")])
    let dispute = try #require(try store.disputes().first)
    #expect(dispute.verdict == .overturned(by: Digest(of: Sample.outcome(1, variant: 200))))
    #expect(Set(dispute.wrong.map(\.name)) == ["first", "second"])
  }

  @Test func disputesAreReadAgainByTheNextProcess() throws {
    do { _ = try disputed() }
    let disputes = try Store.openForReading(at: path).disputes()
    #expect(disputes.map(\.task) == [task] && disputes.map(\.verdict) == [.open])
    #expect(disputes[0].claims.map(\.name) == ["first", "second"])
  }
}
