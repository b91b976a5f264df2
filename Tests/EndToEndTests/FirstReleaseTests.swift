import Core
import Foundation
import Testing

/// A store that the programs of release 1 wrote, read by the commands of today.
@Suite("A store of release 1, on the command line") struct FirstReleaseTests {
  /// A copy of the stored one: a finished sweep ("tiny"), one whose trial failed ("failing") and one that was interrupted
  /// ("left open").
  private func copy(_ scratch: ScratchDirectory) throws -> String {
    let stored = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("ObjectStoreTests/Release1")
    try FileManager.default.copyItem(atPath: stored.path, toPath: scratch.path("store"))
    return scratch.path("store")
  }

  @Test("its results are those that release 1 printed, and what has none is named and hides nothing")
  func results() throws {
    let scratch = try ScratchDirectory()
    let store = try copy(scratch)
    let before = try JSONValue.parse(
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: store + "/results.json"))), source: "results.json")
    for arguments in [["--sweep", "tiny"], []] {
      let ending = try Programs.run("winnow", ["results", "--json", "--store", store] + arguments)
      #expect(ending.status == 0, "\(ending.errors)")
      let row = try #require(ending.lines.first)
      #expect(ending.lines.count == 1)
      for (key, value) in try #require(before.members) where key != "metrics" {
        #expect(row[key] == value, "\(key)")
      }
      for (name, value) in try #require(before["metrics"]?.members) {
        #expect(row["metrics"]?[name] == value, "\(name)")
      }
      #expect(
        ending.errors.contains("(left open) is left out: the store does not say which tasks belong to it")
          == arguments.isEmpty)
    }
    let list = try Programs.run("winnow", ["store", "ls", "--store", store])
    #expect(list.status == 0 && list.output.contains("1/1 trials  tiny"))
    #expect(list.output.contains("cannot be read  left open"))
    let table = try Programs.run("winnow", ["results", "--sweep", "tiny", "--store", store])
    #expect(table.status == 0 && table.output.contains("67.3"), "\(table.errors)")
  }
}
