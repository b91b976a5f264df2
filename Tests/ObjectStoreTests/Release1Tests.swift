import Core
import Foundation
import ObjectStore
import Synchronization
import Testing

/// A store that the programs of release 1 wrote: a finished sweep ("tiny"), one whose trial failed ("failing") and one
/// that was interrupted ("left open"). Objects above 7,000 bytes were left out, to keep it small.
@Suite struct Release1Tests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  /// Copies the store, and gives what `winnow results --json` of release 1 said of "tiny".
  private func prepare() throws -> JSONValue {
    let stored = try #require(Bundle.module.resourcePath) + "/Release1"
    try Scratch.copy(stored, to: path)
    let results = path + "/results.json"
    defer { try? FileManager.default.removeItem(atPath: results) }
    return try JSONValue.parse([UInt8](try Data(contentsOf: URL(fileURLWithPath: results))), source: "results")
  }

  private func expectContent(of store: Store, _ row: JSONValue) throws {
    #expect(try store.tasks().count == 8)
    let task = try #require(row["task"]?.text.flatMap { TaskID($0) })
    let outcome = try #require(try store.outcome(of: task))
    #expect(outcome.digest.description == row["outcome"]?.text)
    let values = try JSONValue.parse(outcome.bytes, source: "outcome")["values"]?["metrics"]?.members ?? [:]
    #expect(values.count > 10)
    for (name, value) in values { #expect(row["metrics"]?[name]?.double == value.double, "\(name)") }
    let failure = try #require(try store.failures().first)
    #expect(String(decoding: failure.report, as: UTF8.self).contains("its last words: no luck"))
    #expect(try store.sweeps().map(\.name) == ["tiny", "failing", "left open"])
    #expect(try store.sweeps().map(\.state) == [.closed, .closed, .open])
    for sweep in try store.sweeps() {
      let record = try #require(try store.sweepRecord(sweep.id))
      #expect(record.name == sweep.name && record.state == sweep.state && record.id == Digest(of: record.json))
      #expect(try store.trialTable(of: sweep.id) == nil)
    }
    let problems = try store.check().problems
    #expect(problems.count == 53, "nothing is wrong but that large objects were left out: 44, and 9 files of sweeps")
    #expect(
      problems.allSatisfy {
        switch $0 {
        case .missingObject, .missingSource: true
        default: false
        }
      })
  }

  private var hasOldList: Bool { FileManager.default.fileExists(atPath: path + "/open-sweeps.json") }

  @Test func itIsReadAsItIs() throws {
    let row = try prepare()
    let store = try Store.openForReading(at: path)
    try expectContent(of: store, row)
    #expect(try store.statistics().formatVersion == 1)
    #expect(hasOldList)
  }

  @Test func openingItForWritingBringsItUpToDate() throws {
    let row = try prepare()
    let early = try Store.openForReading(at: path)
    do {
      let store = try Store.write(path)
      try expectContent(of: store, row)
      #expect(try store.statistics().formatVersion == 2)
      #expect(!hasOldList)
      try store.closeSweep(try #require(try store.sweeps().last).id)
      try store.setTrialTable([1, 2, 3], of: try #require(try store.sweeps().first).id)
    }
    #expect(try early.sweeps().map(\.name) == ["tiny", "failing", "left open"], "who read it already goes on reading")
    let store = try Store.write(path)
    #expect(try store.sweeps().allSatisfy { $0.state == .closed })
    #expect(try store.trialTable(of: try #require(try store.sweeps().first).id) == [1, 2, 3])
  }

  @Test func aCrashAtAnyStepOfBringingItUpToDateLosesNothing() throws {
    let row = try prepare()
    let (target, copies) = (path, scratch)
    let steps = Mutex<[DurableStep]>([])
    _ = try Store.write(path) { step in
      try steps.withLock {
        try Scratch.copy(target, to: copies.sub("crash-\($0.count)"))
        $0.append(step)
      }
    }
    let seen = steps.withLock { $0 }
    #expect(seen == [.commit, .committed, .remove(path + "/open-sweeps.json")])
    for (number, step) in seen.enumerated() {
      let crash = scratch.sub("crash-\(number)")
      do { try expectContent(of: try Store.openForReading(at: crash), row) }
      try expectContent(of: try Store.write(crash), row)
      #expect(!FileManager.default.fileExists(atPath: crash + "/open-sweeps.json"), "after a crash at \(step)")
      try expectContent(of: try Store.write(crash), row)
    }
  }

  @Test func aStepThatFailsLeavesTheStoreAsItWas() throws {
    let row = try prepare()
    struct Refused: Error {}
    for number in 0..<3 {
      let count = Mutex(0)
      #expect(throws: (any Error).self) {
        _ = try Store.write(path) { _ in
          let isDue = count.withLock { count in
            count += 1
            return count == number + 1
          }
          if isDue { throw Refused() }
        }
      }
      try expectContent(of: try Store.openForReading(at: path), row)
    }
    try expectContent(of: try Store.write(path), row)
  }

  @Test func itIsMergedIntoANewStoreAndItsOpenSweepsStayItsOwn() throws {
    _ = try prepare()
    try Scratch.edit(path, "DELETE FROM outcome")
    let target = scratch.sub("target")
    let report = try Store.merge(from: path, into: target, owner: "test")
    #expect(report.sweeps == 3 && report.failures == 1)
    #expect(try Store.openForReading(at: target).sweeps().allSatisfy { $0.state == .closed })
    #expect(hasOldList)
  }

  @Test func aListThatAPowerCutToreIsLikeAnEmptyOne() throws {
    _ = try prepare()
    try Data("[{\"id\": \"9b".utf8).write(to: URL(fileURLWithPath: path + "/open-sweeps.json"))
    let store = try Store.write(path)
    #expect(try store.sweeps().allSatisfy { $0.state == .closed })
    #expect(!hasOldList)
  }
}
