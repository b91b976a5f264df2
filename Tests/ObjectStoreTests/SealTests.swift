import Core
import Foundation
import ObjectStore
import Testing

/// The store knows what should be there.
@Suite struct SealTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }
  private var sealFile: URL { URL(fileURLWithPath: path + "/seal") }

  private func fill(_ numbers: Range<Int>) throws {
    let store = try Store.write(path)
    let objects = try store.put([Sample.small(1), Sample.large(2)])
    for number in numbers { _ = try store.commit([Sample.commit(number, objects: objects, attempt: number)]) }
  }

  private func check() throws -> [Problem] { try Store.openForReading(at: path).check().problems }

  /// The only problem, as people read it.
  private func finding() throws -> String {
    let problems = try check()
    #expect(problems.count == 1, "\(problems)")
    return problems.map(\.description).joined(separator: "\n")
  }

  private func expectMended(by report: RepairReport) throws {
    #expect(!report.problems.isEmpty)
    #expect(try check().isEmpty)
    #expect(try Store.repair(at: path, owner: "test").problems.isEmpty)
  }

  @Test func everyKindOfChangeKeepsTheSeal() throws {
    try fill(0..<4)
    let store = try Store.write(path)
    let sweep = try store.saveSweep(name: "one", json: Array("{}".utf8))
    try store.saveSweep(name: "two", json: Array("{}".utf8), trialTable: [1, 2])
    try store.setTrialTable([3], of: sweep)
    try store.closeSweep(sweep)
    let failures = [8, 9].map {
      FailureRecord(task: Sample.task($0), specification: Sample.specification($0), report: Array("a".utf8))
    }
    try store.saveFailures(failures)
    try store.saveFailure(
      FailureRecord(task: Sample.task(8), specification: Sample.specification(8), report: Array("b".utf8)))
    #expect(try store.clearFailures(of: [Sample.task(8)]) == 1)
    _ = try store.commit([Sample.commit(9), Sample.commit(1, variant: 1)])
    try store.addIncidents([Incident(task: Sample.task(1), kind: .different, outcome: [1], attempt: [2])])
    try store.put([Sample.small(77)])
    #expect(try store.prune(graceSeconds: -10, dryRun: false).objects.count == 1)
    #expect(try store.check().problems == [])
    try store.removeSweep(sweep)
    #expect(try store.clearFailures(of: nil) == 0)
    #expect(try store.check().problems == [])
    _ = try Store.merge(from: path, into: scratch.sub("other"), owner: "test")
    #expect(try Store.openForReading(at: scratch.sub("other")).check().problems == [])
  }

  @Test(arguments: [
    ("DELETE FROM outcome WHERE rowid = 2", "1 record that were committed are gone"),
    ("DELETE FROM outcome WHERE rowid < 3", "2 records that were committed are gone"),
    ("DELETE FROM attempt WHERE rowid = 1", "1 attempt that"), ("DELETE FROM sweep", "1 sweep that"),
    ("UPDATE sweep SET state = 0", "other sweeps are there"),
    (
      "DELETE FROM task WHERE rowid = 4; DELETE FROM outcome WHERE rowid = 4; DELETE FROM attempt WHERE rowid = 4",
      "1 specification, 1 record, 1 attempt that"
    ),
    ("DELETE FROM failure", "1 failure that"), ("UPDATE failure SET report = x'00'", "other failures are there"),
    ("UPDATE seal SET content = x'00'", "the seal in winnow.sqlite is damaged"),
    ("DELETE FROM seal", "the seal in winnow.sqlite is damaged"),
  ]) func rowsThatWereChangedBehindItsBackAreMissed(statement: String, finding expected: String) throws {
    try fill(0..<4)
    do {
      let store = try Store.write(path)
      try store.saveSweep(name: "sweep", json: Array("{}".utf8))
      try store.saveFailure(
        FailureRecord(task: Sample.task(8), specification: Sample.specification(8), report: [1]))
    }
    try Scratch.edit(path, statement)
    #expect(try finding().contains(expected))
    try expectMended(by: try Store.repair(at: path, owner: "test"))
  }

  @Test func aLogThatIsLostUnderARunningCoordinatorIsMissedAndItsWorkIsDoneAgain() throws {
    try fill(0..<2)
    let lost = scratch.sub("lost")
    do {
      let store = try Store.write(path)
      _ = try store.commit([Sample.commit(5), Sample.commit(6), Sample.commit(7)])
      // What a reader, or the next coordinator, finds when the log is deleted.
      try Scratch.copy(path, to: lost)
      for suffix in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: lost + "/winnow.sqlite" + suffix) }
      #expect(try store.check().isClean)
    }
    let report = try Store.openForReading(at: lost).check()
    #expect(report.problems.count == 1)
    #expect("\(report.problems)".contains("lost its log") && "\(report.problems)".contains("3 records"))
    do {
      let store = try Store.write(lost)
      #expect(try store.losses().count == 1)
      _ = try store.commit([Sample.commit(5), Sample.commit(6), Sample.commit(7)])
      #expect(try store.check().problems.count == 1, "it is said until somebody has taken note")
    }
    #expect(try Store.repair(at: lost, owner: "test").problems.count == 1)
    #expect(try Store.openForReading(at: lost).check().isClean)
    #expect(try Content(lost).outcomes == Content(path).outcomes)
  }

  @Test func anOlderCopyOfTheDatabaseIsMissed() throws {
    try fill(0..<2)
    let copy = scratch.sub("copy.sqlite")
    try FileManager.default.copyItem(atPath: path + "/winnow.sqlite", toPath: copy)
    try fill(2..<5)
    try FileManager.default.removeItem(atPath: path + "/winnow.sqlite")
    try FileManager.default.copyItem(atPath: copy, toPath: path + "/winnow.sqlite")
    let text = try finding()
    #expect(text.contains("3 commits behind") && text.contains("3 records, 3 attempts that were committed are gone"))
    try expectMended(by: try Store.repair(at: path, owner: "test"))
  }

  @Test func aDatabaseThatIsGoneIsMissed() throws {
    try fill(0..<3)
    try FileManager.default.removeItem(atPath: path + "/winnow.sqlite")
    let report = try Store.repair(at: path, owner: "test")
    #expect("\(report.problems)".contains("3 records"))
    #expect(try check().isEmpty)
  }

  @Test func aFileThatIsBehindIsHealedWithoutAWord() throws {
    try fill(0..<2)
    let old = try Data(contentsOf: sealFile)
    try fill(2..<4)
    try old.write(to: sealFile)
    #expect(try check().isEmpty)
    do { _ = try Store.write(path) }
    #expect(try Data(contentsOf: sealFile) != old)
    #expect(try check().isEmpty)
  }

  @Test(arguments: [0, 10, 4096, 5000]) func aTruncatedFileIsFoundOrMendsItself(size: Int) throws {
    try fill(0..<3)
    try Data(try Data(contentsOf: sealFile).prefix(size)).write(to: sealFile)
    let problems = try check()
    #expect(problems.isEmpty || problems == [.incomplete("the file seal is damaged")])
    #expect(problems.isEmpty == (size >= 4096))
    _ = try Store.repair(at: path, owner: "test")
    #expect(try check().isEmpty)
    try fill(3..<5)
    #expect(try check().isEmpty)
  }

  @Test func aMangledFileIsFoundAndNeverTaken() throws {
    try fill(0..<3)
    let sound = [UInt8](try Data(contentsOf: sealFile))
    for position in 0..<400 {
      var bytes = sound
      bytes[position] ^= 0x40
      bytes[4096 + position] ^= 0x40
      try Data(bytes).write(to: sealFile)
      let problems = try check()
      #expect(problems.isEmpty || problems == [.incomplete("the file seal is damaged")])
    }
    do { _ = try Store.write(path) }
    #expect(try check().isEmpty)
  }

  @Test func aMissingFileIsFound() throws {
    try fill(0..<3)
    try FileManager.default.removeItem(at: sealFile)
    #expect(try finding() == "the file seal is missing")
    try expectMended(by: try Store.repair(at: path, owner: "test"))
  }

  @Test func aStoreWithoutASealIsSealedWhenItIsFirstWrittenTo() throws {
    try fill(0..<3)
    try Scratch.edit(path, "DROP TABLE seal; DROP TABLE loss; DROP TABLE absent; DROP TABLE incident")
    try FileManager.default.removeItem(at: sealFile)
    #expect(try check().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: sealFile.path), "readers do not write")
    do { _ = try Store.write(path) }
    #expect(try check().isEmpty)
    try Scratch.edit(path, "DELETE FROM outcome WHERE rowid = 1")
    #expect(try finding().contains("1 record"))
  }

  @Test func aMissingFileOfASweepIsFoundAndComesBackWithTheSweep() throws {
    let (file, other) = (Sample.large(1), Sample.small(2))
    let json =
      (["sources": ["pool": .string("\(Digest(of: file))"), "test": .string("\(Digest(of: other))")]] as JSONValue)
      .canonical
    do {
      let store = try Store.write(path)
      try store.put([file, other])
      try store.saveSweep(name: "ours", json: json)
    }
    #expect(try check().isEmpty)
    let name = Digest(of: file).description
    try FileManager.default.removeItem(atPath: "\(path)/objects/\(name.prefix(2))/\(name.dropFirst(2))")
    #expect(try finding().contains("pool of sweep ours is missing"))
    try expectMended(by: try Store.repair(at: path, owner: "test"))
    let store = try Store.write(path)
    #expect(try store.sweeps().map(\.state) == [.closed], "nobody can go on with it")
    #expect(try store.check().knownLosses.count == 1)
    try store.put([file])
    try store.saveSweep(name: "ours", json: json)
    #expect(try store.check().knownLosses.isEmpty && store.check().isClean)
  }
}
