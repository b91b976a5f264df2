import Core
import ObjectStore
import Testing

@Suite struct IncidentTests {
  private let scratch = Scratch()
  private var path: String { scratch.sub("store") }

  /// A task that reads others, handed in by the key `name`.
  private func commit(_ number: Int, reading inputs: [TaskID] = [], by name: String?) -> Commit {
    let specification =
      (["number": .integer(Int64(number)), "inputs": .array(inputs.map { .string("\($0)") })] as JSONValue)
    let by: JSONValue = name.map { ["by": ["name": .string($0), "key": .string("KEY OF \($0)")]] } ?? [:]
    return Commit(
      task: TaskID(Digest(of: specification.canonical)), specification: specification.canonical,
      outcome: Sample.outcome(number), objects: [], attempt: by.canonical)
  }

  @Test func incidentsAreKeptInOrderAndOfEachTaskAFew() throws {
    let store = try Store.write(path)
    _ = try store.commit([Sample.commit(1)])
    let different = (0..<20).map {
      Incident(
        task: Sample.task(1), kind: .different, outcome: Sample.outcome(1, variant: $0 + 1), attempt: [], time: $0)
    }
    _ = try store.commit([], incidents: different)
    try store.addIncidents(different)
    let kept = try Store.openForReading(at: path).incidents()
    #expect(kept == Array(different.prefix(8)))
    #expect(try store.incidentCount() == 8)
    #expect(try store.outcome(of: Sample.task(1))?.bytes == Sample.outcome(1))
    #expect(try store.check().problems == [])
  }

  @Test func aDamagedIncidentIsFoundAndTakenOut() throws {
    do {
      let store = try Store.write(path)
      try store.addIncidents([Incident(task: Sample.task(1), kind: .different, outcome: [1], attempt: [], time: 0)])
    }
    try Scratch.edit(path, "UPDATE incident SET bytes = x'02'")
    #expect(try Store.openForReading(at: path).check().problems.count == 1)
    _ = try Store.repair(at: path, owner: "test")
    #expect(try Store.openForReading(at: path).incidents().isEmpty)
  }

  @Test func whatOneKeyHandedInIsTakenBackWithWhatWasComputedFromIt() throws {
    let part = commit(1, by: "liar")
    let score = commit(2, reading: [part.task], by: "honest")
    let trial = commit(3, reading: [score.task], by: "honest")
    let confirmed = commit(4, by: "liar")
    let other = commit(5, by: "honest")
    let old = commit(6, by: nil)
    let store = try Store.write(path)
    _ = try store.commit([part, score, trial, confirmed, other, old])
    // Somebody else has computed the same.
    _ = try store.commit([
      Commit(
        task: confirmed.task, specification: confirmed.specification, outcome: confirmed.outcome, objects: [],
        attempt: other.attempt)
    ])
    let dry = try store.revoke(key: "liar", dryRun: true)
    #expect(dry.own == [part.task] && dry.dependent == [score.task, trial.task].sorted())
    #expect(try store.tasks().count == 6)
    #expect(try store.revoke(key: "KEY OF liar", dryRun: false) == dry)
    #expect(try store.tasks() == [confirmed.task, other.task, old.task].sorted())
    #expect(Set(try store.incidents().map(\.task)) == [part.task, score.task, trial.task])
    #expect(try store.incidents().allSatisfy { $0.kind == .revoked })
    #expect(try store.check().problems == [])
    #expect(try store.revoke(key: "nobody", dryRun: false) == RevokeReport())
    // Computed again, it is there again.
    #expect(try store.commit([part]) == [.stored])
  }

  @Test func whatIsStagedCanBeThrownAwayAndWhatIsDurableStays() throws {
    let store = try Store.write(path)
    for bytes in [Sample.small(1), Sample.large(1)] {
      let digest = try store.stage(bytes)
      try store.discard(digest)
      #expect(try !store.contains(digest))
      let piecemeal = try #require(try store.receive(digest, size: bytes.count))
      try piecemeal.append(bytes, at: 0)
      try piecemeal.finish()
      try store.discard(digest)
      #expect(try !store.contains(digest))
      _ = try store.put([bytes])
      try store.discard(digest)
      #expect(try store.read(digest) == bytes)
    }
  }
}
