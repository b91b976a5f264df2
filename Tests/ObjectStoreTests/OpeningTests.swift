import Core
import Foundation
import ObjectStore
import Testing

@Suite struct OpeningTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  private func shell(_ command: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing was thrown"
    } catch {
      return "\(error)"
    }
  }

  @Test func theEpochGrowsWithEachWriterAndNeverComesBack() throws {
    var last = Epoch(0)
    for _ in 0..<3 {
      let epoch = try Store.write(path).epoch
      #expect(epoch > last)
      last = epoch
      #expect(try Store.openForReading(at: path).epoch == epoch)
    }
    let backup = scratch.sub("backup")
    try Scratch.copy(path + "/winnow.sqlite", to: backup)
    let next = try Store.write(path).epoch
    try FileManager.default.removeItem(atPath: path + "/winnow.sqlite")
    try Scratch.copy(backup, to: path + "/winnow.sqlite")
    #expect(try Store.write(path).epoch > next)
  }

  @Test func aSecondWriterIsRefusedAndToldWhoTheFirstIs() throws {
    let first = try Store.openForWriting(at: path, owner: "winnow-coordinator")
    let text = message { _ = try Store.write(path) }
    #expect(
      text.contains("winnow-coordinator") && text.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
    #expect(text.contains("epoch \(first.epoch)"))
    withExtendedLifetime(first) {}
  }

  @Test func theLockEndsWithItsHolder() throws {
    do { _ = try Store.write(path) }
    _ = try Store.write(path)
  }

  @Test func readersWorkBesideAWriterAndSeeWhatIsCommitted() throws {
    let writer = try Store.write(path)
    let reader = try Store.openForReading(at: path)
    for number in 1...5 {
      let object = try writer.stage(Sample.large(number))
      _ = try writer.commit([Sample.commit(number, objects: [object])])
      #expect(try reader.tasks().count == number)
      #expect(try reader.read(object) == Sample.large(number))
      #expect(try Store.openForReading(at: path).check().isClean)
    }
    #expect(throws: StoreError.self) { try reader.put([[1]]) }
    #expect(throws: StoreError.self) { try reader.commit([Sample.commit(9)]) }
    #expect(throws: StoreError.self) { try reader.saveSweep(name: "x", json: []) }
    #expect(throws: StoreError.self) { try reader.prune() }
    #expect(throws: StoreError.self) { try reader.receive(Digest(of: "x"), size: 1) }
  }

  @Test func parentsAreCreatedAndAnInterruptedCreationIsFinished() throws {
    let deep = scratch.sub("a/b/c")
    _ = try Store.write(deep).put([Sample.small(1)])
    #expect(try Store.openForReading(at: deep).objects().count == 1)
    try FileManager.default.createDirectory(atPath: path + "/objects", withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: path + "/winnow.sqlite"))
    #expect(try Store.write(path).put([Sample.small(1)]).count == 1)
  }

  @Test(arguments: ["/proc/winnow/store", "/dev/null/store", ""]) func aPlaceWhereNothingCanBeCreatedIsSaidSo(
    path: String
  ) {
    #expect(throws: StoreError.self) { try Store.write(path) }
    #expect(throws: StoreError.self) { try Store.openForReading(at: path) }
  }

  @Test func aDirectoryWithOtherThingsIsNotTouched() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/thesis.tex"))
    #expect(message { _ = try Store.write(path) }.contains("thesis.tex"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["thesis.tex"])
    #expect(throws: StoreError.self) { try Store.openForReading(at: path) }
    #expect(throws: StoreError.self) { try Store.openForReading(at: scratch.sub("absent")) }
    #expect(throws: StoreError.self) { try Store.write(path + "/thesis.tex") }
    #expect(!FileManager.default.fileExists(atPath: scratch.sub("absent")))
  }

  @Test func aForeignFormatIsRefusedByReadersWritersRepairAndMerge() throws {
    do { _ = try Store.write(path).put([Sample.small(1)]) }
    try Scratch.edit(path, "UPDATE format SET version = 99")
    let expected = StoreError.foreignFormat(path: path, found: 99, known: Store.formatVersion)
    #expect(throws: expected) { try Store.openForReading(at: path) }
    #expect(throws: expected) { try Store.write(path) }
    #expect(throws: expected) { try Store.repair(at: path, owner: "test") }
    #expect(throws: expected) { try Store.merge(from: path, into: scratch.sub("target"), owner: "test") }
    #expect(!FileManager.default.fileExists(atPath: scratch.sub("target")))
  }

  @Test func aDatabaseOfAnotherProgramIsNotTouched() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Scratch.edit(path, "CREATE TABLE mail (id INTEGER)")
    #expect(message { _ = try Store.write(path) }.contains("another program"))
    #expect(message { _ = try Store.openForReading(at: path) }.contains("another program"))
  }

  @Test func aFileThatIsNoDatabaseIsNamed() throws {
    do { _ = try Store.write(path) }
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + "/winnow.sqlite" + suffix) }
    try Data(Sample.bytes(8192, 1)).write(to: URL(fileURLWithPath: path + "/winnow.sqlite"))
    #expect(message { _ = try Store.write(path) }.contains("winnow.sqlite"))
    #expect(message { _ = try Store.openForReading(at: path) }.contains("repair"))
  }

  /// Root writes through permissions, so a mount is needed; without the right to mount there is nothing to see here.
  private func withDisk(_ options: String, _ body: (String) throws -> Void) throws {
    let mount = scratch.sub("mount")
    try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
    guard getuid() == 0, shell("mount -t tmpfs -o \(options) tmpfs '\(mount)'") else { return }
    defer { _ = shell("umount -l '\(mount)'") }
    try body(mount)
  }

  @Test func aReadOnlyDiskIsSaidSoByWritersAndReadByReaders() throws {
    try withDisk("size=8m") { mount in
      let path = mount + "/store"
      let digests = [Sample.small(1), Sample.large(2)].map { Digest(of: $0) }
      do {
        let store = try Store.write(path)
        _ = try store.put([Sample.small(1), Sample.large(2)])
        _ = try store.commit([Sample.commit(1, objects: digests)])
      }
      try #require(shell("mount -o remount,ro '\(mount)'"))
      #expect(message { _ = try Store.write(path) }.contains("read-only"))
      #expect(message { _ = try Store.write(mount + "/new") }.contains("read-only"))
      let reader = try Store.openForReading(at: path)
      #expect(try reader.tasks() == [Sample.task(1)])
      #expect(try digests.map { try reader.read($0) } == [Sample.small(1), Sample.large(2)])
      #expect(try reader.check().isClean)
    }
  }

  @Test func aFullDiskIsSaidSoAndDamagesNothing() throws {
    try withDisk("size=3m") { mount in
      let path = mount + "/store"
      var stored: [Int] = []
      do {
        let store = try Store.write(path)
        let text = message {
          for number in 0..<1000 {
            let objects = [
              try store.stage(Sample.bytes(40_000, number)), try store.stage(Sample.bytes(8000, -number + 5000)),
            ]
            _ = try store.commit([Sample.commit(number, objects: objects)])
            stored.append(number)
          }
        }
        #expect(text.contains("full"), "\(text)")
        #expect(!stored.isEmpty)
        #expect(try store.check().isClean)
      }
      try #require(shell("mount -o remount,size=32m '\(mount)'"))
      let store = try Store.write(path)
      #expect(Set(try store.tasks()) == Set(stored.map(Sample.task)))
      let objects = try store.put([Sample.bytes(40_000, 7777)])
      #expect(try store.commit([Sample.commit(stored.count, objects: objects)]) == [.stored])
      #expect(try store.check().isClean)
    }
  }
}
