import Core
import ObjectStore
import Testing

@Suite struct SweepTableTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }
  let one = Array("{\"a\":1}".utf8)
  let two = Array("{\"a\":2}".utf8)

  private func states(_ store: Store) throws -> [SweepState] { try store.sweeps().map(\.state) }

  @Test func aSweepIsOpenFromItsSubmissionToItsEnd() throws {
    do {
      let store = try Store.write(path)
      let id = try store.saveSweep(name: "one", json: one)
      try store.saveSweep(name: "two", json: two)
      try store.closeSweep(id)
      #expect(try states(store) == [.closed, .open])
      #expect(try store.sweepRecord(id) == SweepRecord(id: id, name: "one", state: .closed, json: one))
    }
    let store = try Store.write(path)
    #expect(try states(store) == [.closed, .open], "a restart finds what was open")
    try store.saveSweep(name: "one", json: one)
    #expect(try store.sweeps().map(\.name) == ["two", "one"])
    #expect(try states(store) == [.open, .open])
    try store.closeSweeps()
    #expect(try states(store) == [.closed, .closed])
    try store.removeSweep(Digest(of: two))
    #expect(try store.sweeps().map(\.name) == ["one"])
    #expect(try store.sweepRecord(Digest(of: two)) == nil)
  }

  @Test func aSweepIsNamedByItsRequest() throws {
    let store = try Store.write(path)
    #expect(throws: StoreError.self) { try store.addSweep(id: Digest(of: "other"), name: "x", json: one) }
    #expect(try store.sweeps().isEmpty)
  }

  @Test func aSweepIsFoundByNameAndByTheStartOfItsID() throws {
    let store = try Store.write(path)
    let first = try store.saveSweep(name: "same", json: one)
    let second = try store.saveSweep(name: "same", json: two)
    #expect(try store.sweeps(called: "same").map(\.id) == [second], "the newest of a name")
    #expect(try store.sweeps(called: first.short).map(\.id) == [first])
    #expect(try store.sweeps(called: "absent").isEmpty)
    #expect(try store.sweeps(called: "").isEmpty)
    try store.saveSweep(name: first.short, json: Array("{\"a\":3}".utf8))
    #expect(try store.sweeps(called: first.short).map(\.name) == [first.short], "a name comes before an id")
  }

  @Test func aTrialTableIsKeptVerifiedAndMerged() throws {
    let other = scratch.sub("other")
    let table = Sample.bytes(100_000, 1)
    let id: Digest
    do {
      let store = try Store.write(path)
      id = try store.saveSweep(name: "one", json: one, trialTable: table)
      #expect(try store.trialTable(of: id) == table)
      try store.saveSweep(name: "one again", json: one)
      #expect(try store.trialTable(of: id) == table, "submitted again without one, it keeps its own")
      try store.setTrialTable(Array(table.reversed()), of: id)
      #expect(try store.trialTable(of: id) == table.reversed())
    }
    _ = try Store.merge(from: path, into: other, owner: "test")
    #expect(try Store.openForReading(at: other).trialTable(of: id) == table.reversed())
  }

  @Test(arguments: [
    "UPDATE sweep SET trialTable = x'00'", "UPDATE sweep SET seal = x'00'", "UPDATE sweep SET seal = NULL",
  ])
  func aDamagedTrialTableIsFoundAndItsSweepStays(statement: String) throws {
    let id: Digest
    do { id = try Store.write(path).saveSweep(name: "one", json: one, trialTable: [1, 2, 3]) }
    try Scratch.edit(path, statement)
    do {
      let store = try Store.openForReading(at: path)
      #expect(throws: StoreError.self) { try store.trialTable(of: id) }
      #expect(try store.check().problems.contains { if case .damagedEntry = $0 { true } else { false } })
    }
    #expect(try Store.repair(at: path, owner: "test").quarantined.count == 1)
    let store = try Store.openForReading(at: path)
    #expect(try store.check().isClean)
    #expect(try store.trialTable(of: id) == nil)
    #expect(try store.sweepRecord(id)?.json == one)
  }
}
