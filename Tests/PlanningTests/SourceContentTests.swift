import Core
import Files
import Formats
import Foundation
import Planning
import TestSupport
import Testing

@Suite("Raw files that are handed in where they lie") struct SourceContentTests {
  @Test("a file's size, digest and bytes are those of its content, at every place") func file() throws {
    let directory = try Directory()
    let path = directory.path + "/pool.tar"
    var generator = SeededGenerator(seed: 5, purpose: "source content")
    let bytes = (0..<(2 << 20) + 77).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    try Data(bytes).write(to: URL(filePath: path))
    let (lying, held) = (try SourceContent.file(path, limit: 4 << 20), SourceContent(bytes))
    #expect(lying.size == bytes.count && held.size == bytes.count)
    #expect(lying.digest == Digest(of: bytes) && held.digest == lying.digest)
    for range in [0..<0, 0..<1, 1_000_000..<1_100_000, bytes.count - 3..<bytes.count, 0..<bytes.count] {
      #expect(try lying.bytes(range) == Array(bytes[range]) && held.bytes(range) == Array(bytes[range]))
    }
    #expect(throws: FileError.self) { try SourceContent.file(path, limit: 2 << 20) }
    #expect(throws: FileError.self) { try SourceContent.file(directory.path + "/other.tar", limit: 9) }
    #expect(throws: FileError.self) { try SourceContent.file(directory.path, limit: 9) }
  }

  @Test("a file that became shorter is an error, not other bytes") func shorter() throws {
    let directory = try Directory()
    let path = directory.path + "/pool.tar"
    try Data(repeating: 7, count: 5_000).write(to: URL(filePath: path))
    let content = try SourceContent.file(path, limit: 1 << 20)
    #expect(truncate(path, 1_000) == 0)
    #expect(try content.bytes(0..<1_000).count == 1_000)
    #expect(throws: FileError.self) { try content.bytes(900..<1_100) }
  }

  @Test("a folder is handed in as the archive that other readers make of it, and leaves nothing behind") func folder()
    throws
  {
    let directory = try Directory()
    for (index, name) in ["a", "b"].enumerated() {
      try FileManager.default.createDirectory(
        atPath: "\(directory.path)/pool/\(name)", withIntermediateDirectories: true)
      for picture in 0..<3 {
        try Data(repeating: UInt8(picture), count: 900 * (index + 1)).write(
          to: URL(filePath: "\(directory.path)/pool/\(name)/\(picture).png"))
      }
    }
    let expected = try FolderArchive.bytes(of: directory.path + "/pool/", limit: 1 << 20)
    let content = try SourceContent.archive(ofDirectory: directory.path + "/pool/", limit: 1 << 20)
    #expect(content.digest == Digest(of: expected))
    #expect(try content.bytes(0..<content.size) == expected)
    #expect(throws: FileError.self) { try SourceContent.archive(ofDirectory: directory.path + "/pool", limit: 2_000) }
  }
}

/// A directory that is gone with the test.
private final class Directory {
  let path = NSTemporaryDirectory() + "winnow-source-\(UUID())"

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
