import Files
import Foundation
import Testing

@Suite struct FileReadingTests {
  @Test func aFileIsReadWhole() throws {
    let scratch = try Scratch()
    for size in [0, 1, 4_095, 4_096, 3 << 20] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try FileWriting.replace(scratch.path("f"), bytes, mode: 0o600)
      #expect(try FileReading.bytes(of: scratch.path("f"), limit: size) == bytes)
    }
  }

  @Test func aFileSaysItsSizeAndAMissingOneNothing() throws {
    let scratch = try Scratch()
    try FileWriting.replace(scratch.path("f"), [1, 2, 3], mode: 0o600)
    #expect(FileReading.size(of: scratch.path("f")) == 3)
    #expect(FileReading.size(of: scratch.path("none")) == nil)
  }

  @Test func filesThatSayNothingOfTheirSizeAreRead() throws {
    #expect(try !FileReading.bytes(of: "/proc/self/status", limit: 1 << 20).isEmpty)
    #expect(try FileReading.bytes(of: "/dev/null", limit: 0).isEmpty)
  }

  @Test func aNamedPipeIsReadToItsEnd() throws {
    let scratch = try Scratch()
    let path = scratch.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    let writer = Thread { try? FileWriting.write(path, bytes) }
    writer.start()
    #expect(try FileReading.bytes(of: path, limit: 1 << 20) == bytes)
  }

  @Test func whatIsTooLargeIsRefusedWithoutBeingKept() throws {
    let scratch = try Scratch()
    try FileWriting.replace(scratch.path("f"), [1, 2, 3], mode: 0o600)
    let error = #expect(throws: FileError.self) { try FileReading.bytes(of: scratch.path("f"), limit: 2) }
    #expect(error?.description == "\(scratch.path("f")): the file has 3 bytes; at most 2 are read")
    #expect(throws: FileError.self) { try FileReading.bytes(of: "/dev/zero", limit: 1 << 20) }
  }

  @Test func theErrorSaysWhatIsThere() throws {
    let scratch = try Scratch()
    func problem(_ path: String) -> String? {
      #expect(throws: FileError.self) { try FileReading.bytes(of: path, limit: 1) }?.problem
    }
    #expect(problem(scratch.path("gone")) == "there is no such file or directory")
    #expect(problem(scratch.path("")) == "this is a directory")
  }
}

@Suite struct FileWritingTests {
  @Test func aReplacedFileKeepsItsModeAndLeavesNothingBehind() throws {
    let scratch = try Scratch()
    try FileWriting.replace(scratch.path("f"), [1], mode: 0o600)
    try FileWriting.replace(scratch.path("f"), [2, 3], mode: 0o644)
    #expect(try FileReading.bytes(of: scratch.path("f"), limit: 9) == [2, 3])
    let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path("f"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("")) == ["f"])
  }

  @Test func aLinkIsFollowed() throws {
    let scratch = try Scratch()
    try FileWriting.replace(scratch.path("f"), [1], mode: 0o600)
    try FileManager.default.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: "f")
    try FileWriting.write(scratch.path("link"), [7])
    #expect(try FileReading.bytes(of: scratch.path("f"), limit: 9) == [7])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link")) == "f")
  }

  @Test func whatExistsIsNotCreatedAgain() throws {
    let scratch = try Scratch()
    try FileWriting.create(scratch.path("f"), [1], mode: 0o600)
    let error = #expect(throws: FileError.self) { try FileWriting.create(scratch.path("f"), [2], mode: 0o600) }
    #expect(error?.code == EEXIST)
    #expect(try FileReading.bytes(of: scratch.path("f"), limit: 9) == [1])
  }

  @Test func aFullDeviceIsAnErrorAndIsNeverReplaced() {
    let error = #expect(throws: FileError.self) { try FileWriting.write("/dev/full", [1]) }
    #expect(error?.code == ENOSPC)
    #expect(throws: FileError.self) { try FileWriting.write("/tmp", [1]) }
  }
}

@Suite struct FileLockTests {
  @Test func oneHolderAtATime() throws {
    let scratch = try Scratch()
    var first = try FileLock(scratch.path("lock"))
    #expect(first != nil)
    #expect(try FileLock(scratch.path("lock")) == nil)
    first = nil
    #expect(try FileLock(scratch.path("lock")) != nil)
  }
}

@Suite struct ChildProcessTests {
  @Test func aProgramThatIsStillOpenForWritingIsTriedAgainAndThenRefused() throws {
    let scratch = try Scratch()
    let path = scratch.path("program")
    try FileWriting.create(path, Array("#!/bin/sh\nexit 7\n".utf8), mode: 0o700)
    let held = open(path, O_WRONLY | O_CLOEXEC)
    let error = #expect(throws: FileError.self) { try ChildProcess(path, [], environment: [:]) }
    #expect(error?.code == ETXTBSY)
    // Whoever holds it lets go while it is tried.
    Thread { close(held) }.start()
    #expect(try ChildProcess(path, [], environment: [:]).wait() == .exited(7))
  }
}

@Suite struct DescriptorLimitTests {
  @Test func tooFewAreNamedWithTheCure() {
    #expect(throws: Never.self) { try DescriptorLimit.require(DescriptorLimit.current, for: "winnow run") }
    let error = #expect(throws: FileError.self) { try DescriptorLimit.require(.max, for: "winnow run") }
    #expect(error?.description.contains("ulimit -n") == true)
  }
}

/// A directory that goes away with the test.
private final class Scratch {
  private let directory = NSTemporaryDirectory() + "winnow-files-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: directory) }

  func path(_ name: String) -> String { name.isEmpty ? directory : "\(directory)/\(name)" }
}
