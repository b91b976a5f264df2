import Core
import Foundation
import ObjectStore
import Testing

/// A small store with every page of every file destroyed in turn.
@Suite struct EveryPageTests {
  let scratch = Scratch()
  private static let count = 24

  /// The work whose results the store holds; doing it again must always be possible.
  private func work(_ store: Store) throws {
    for number in 0..<Self.count {
      let objects = try store.put([Sample.small(number), Sample.large(number % 3)])
      _ = try store.commit([Sample.commit(number, objects: objects, attempt: number)])
    }
    try store.saveSweep(name: "sweep", json: Array("{\"a\":1}".utf8), trialTable: Sample.bytes(9000, 5))
    try store.saveFailure(
      FailureRecord(task: Sample.task(900), specification: Sample.specification(900), report: [1, 2]))
    try store.addIncidents([Incident(task: Sample.task(1), kind: .different, outcome: [7], attempt: [])])
  }

  /// Whatever a reader may ask; each answer may be an error, none a trap.
  private func readEverything(_ path: String) {
    guard let store = try? Store.openForReading(at: path) else { return }
    _ = try? store.check()
    _ = try? Content(store)
    _ = try? store.statistics()
    _ = try? store.incidents()
    _ = try? store.sweeps().map { (try? store.sweepRecord($0.id), try? store.trialTable(of: $0.id)) }
  }

  private func writeSomething(_ path: String) {
    guard let store = try? Store.write(path) else { return }
    try? work(store)
    _ = try? store.prune(dryRun: false)
    _ = try? store.revoke(key: "nobody", dryRun: false)
  }

  /// Every file below `root` that holds something, with its size.
  private func files(_ root: String) throws -> [(name: String, size: Int)] {
    try FileManager.default.subpathsOfDirectory(atPath: root).sorted().compactMap { name in
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(root)/\(name)")
      guard attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int else {
        return nil
      }
      return (name, size)
    }
  }

  private func destroy(_ file: String, _ range: Range<Int>, noise: Bool) throws {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    bytes.replaceSubrange(
      range, with: noise ? Sample.bytes(range.count, range.lowerBound) : [UInt8](repeating: 0, count: range.count))
    try FileManager.default.removeItem(atPath: file)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  /// Repair ends in a store that opens, verifies, holds nothing wrong, and takes the same work again.
  private func expectMended(_ path: String, to whole: Content, after what: String) throws {
    let report = try Store.repair(at: path, owner: "test")
    let problems = try Store.openForReading(at: path).check().problems
    #expect(problems.isEmpty, "\(what): \(problems)")
    let left = try Content(path)
    #expect(left.outcomes.allSatisfy { whole.outcomes[$0.key] == $0.value }, "\(what)")
    if left != whole { #expect(!report.problems.isEmpty, "\(what): what is lost is said") }
    do { try work(try Store.write(path)) }
    #expect(try Content(path) == whole, "\(what)")
    #expect(try Store.openForReading(at: path).check().isClean, "\(what)")
  }

  private func tryEveryPage(of sound: String, noise: Bool, to whole: Content) throws -> Int {
    var tried = 0
    for (name, size) in try files(sound) where !name.hasSuffix("-shm") {
      for start in stride(from: 0, to: size, by: 4096) {
        let copy = scratch.sub("copy")
        let range = start..<min(start + 4096, size)
        for use in [readEverything, writeSomething] {
          try? FileManager.default.removeItem(atPath: copy)
          try Scratch.copy(sound, to: copy)
          try destroy("\(copy)/\(name)", range, noise: noise)
          use(copy)
        }
        try? FileManager.default.removeItem(atPath: copy)
        try Scratch.copy(sound, to: copy)
        try destroy("\(copy)/\(name)", range, noise: noise)
        try expectMended(copy, to: whole, after: "page \(start / 4096) of \(name)")
        tried += 1
      }
    }
    return tried
  }

  @Test(arguments: [false, true]) func anyPageOfAClosedStoreIsMended(noise: Bool) throws {
    let sound = scratch.sub("sound")
    do { try work(try Store.write(sound)) }
    #expect(try tryEveryPage(of: sound, noise: noise, to: try Content(sound)) > 40)
  }

  @Test func anyPageOfAStoreWithALogIsMended() throws {
    let (running, sound) = (scratch.sub("running"), scratch.sub("sound"))
    let store = try Store.write(running)
    try work(store)
    try Scratch.copy(running, to: sound)
    #expect(try tryEveryPage(of: sound, noise: false, to: try Content(store)) > 40)
  }

  @Test func anyMissingFileIsMended() throws {
    let sound = scratch.sub("sound")
    do { try work(try Store.write(sound)) }
    let whole = try Content(sound)
    for (name, _) in try files(sound) {
      let copy = scratch.sub("copy")
      try? FileManager.default.removeItem(atPath: copy)
      try Scratch.copy(sound, to: copy)
      try FileManager.default.removeItem(atPath: "\(copy)/\(name)")
      readEverything(copy)
      try expectMended(copy, to: whole, after: "without \(name)")
    }
  }

  @Test func aDatabaseWithoutItsFirstPageKeepsItsRows() throws {
    let path = scratch.sub("store")
    do { try work(try Store.write(path)) }
    let before = try Content(path)
    try destroy(path + "/winnow.sqlite", 0..<4096, noise: false)
    _ = try Store.repair(at: path, owner: "test")
    #expect(try Content(path).outcomes == before.outcomes)
  }
}
