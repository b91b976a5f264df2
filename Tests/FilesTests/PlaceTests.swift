import Files
import Foundation
import Testing

@Suite struct OpenFileTests {
  @Test func anyPlaceIsReadAndBehindTheEndIsNothing() throws {
    let path = NSTemporaryDirectory() + "winnow-place-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileWriting.write(path, Array(0..<100))
    let file = try OpenFile(path)
    #expect(file.size == 100)
    #expect(try file.bytes(at: 10, count: 3) == [10, 11, 12])
    #expect(try file.bytes(at: 98, count: 50) == [98, 99])
    #expect(try file.bytes(at: 100, count: 1).isEmpty && file.bytes(at: -1, count: 1).isEmpty)
    #expect(try file.bytes(at: 0, count: .max).count == 100)
  }

  @Test func whatHasNoPlacesIsRefused() {
    for path in ["/dev/null", "/nowhere", "/tmp"] { #expect(throws: FileError.self) { try OpenFile(path) } }
  }
}

@Suite struct DirectoryListingTests {
  @Test func namesAreInTheOrderOfTheirBytesAndLinksAreFollowed() throws {
    let root = NSTemporaryDirectory() + "winnow-listing-" + UUID().uuidString
    let manager = FileManager.default
    defer { try? manager.removeItem(atPath: root) }
    try manager.createDirectory(atPath: "\(root)/b", withIntermediateDirectories: true)
    for name in ["B", "a", "ä"] { try FileWriting.write("\(root)/\(name)", []) }
    try manager.createSymbolicLink(atPath: "\(root)/link", withDestinationPath: "\(root)/b")
    try manager.createSymbolicLink(atPath: "\(root)/lost", withDestinationPath: "/nowhere")
    #expect(mkfifo("\(root)/pipe", 0o600) == 0)
    let entries = try DirectoryListing(root).entries
    #expect(entries.map(\.name) == ["B", "a", "b", "link", "lost", "pipe", "ä"])
    #expect(entries[2].kind == entries[3].kind && entries[0].kind == .file)
    #expect(entries[4].kind == .unreadable && entries[5].kind == .special)
    #expect(throws: FileError.self) { try DirectoryListing("\(root)/a") }
  }
}
