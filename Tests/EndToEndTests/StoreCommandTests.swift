import Core
import Foundation
import Testing

/// What one does with a store after a sweep: report, export, compare, plan, go on with something of one's own.
@Suite("Commands after a sweep", .enabled(if: SmallSweep.isPossible), .serialized) struct StoreCommandTests {
  @Test("a sweep is weighed, exported, compared, and followed by a subset and a program of one's own")
  func afterASweep() throws {
    let scratch = try ScratchDirectory()
    let store = scratch.path("store")
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    func winnow(_ arguments: [String], _ status: Int32 = 0) throws -> Programs.Ending {
      let ending = try Programs.run("winnow", arguments + ["--store", store])
      #expect(ending.status == status, "\(arguments): \(ending.errors)")
      return ending
    }
    _ = try winnow(["run", sweep, "--workers", "2"])

    let page = scratch.path("ja.html")
    let report = try winnow(["report", "--weights", "accuracy=1", "--lang", "ja", "--json", "--output", page])
    let verdict = try JSONValue.parse(Array(report.output.utf8), source: "report").elements?.first
    #expect(verdict?["weights"]?["accuracy"]?.double == 1 && verdict?["recommended"] != nil)
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("<html lang=\"ja\""))
    #expect(try winnow(["report", "--weights", "acuracy=1"], 1).errors.contains("did you mean \"accuracy\"?"))

    let subset = scratch.path("random.csv")
    _ = try winnow(["subset", "export", "--strategy", "random", "--seed", "0", "--output", subset])
    let program = try scratch.write(
      "#!/bin/sh\nprintf '{\"indices\": [3, 1, 2]}' > \"$1/subset.json\"\n", to: "pick.sh")
    let own = try scratch.write(
      SmallSweep.text.replacingOccurrences(of: "\"small\"", with: "\"own\"").replacingOccurrences(
        of: "\"herding\", \"el2n\"",
        with: #"{"name": "imported", "file": "\#(subset)"}, {"name": "external", "program": "\#(program)"}"#
      )
      .replacingOccurrences(of: "\"seeds\": 2", with: "\"seeds\": [0]"), to: "own.json")
    _ = try winnow(["run", own])
    let results = try winnow(["results", "--sweep", "own", "--json"]).lines
    func metrics(_ name: String) -> JSONValue? {
      results.first { $0["strategy"]?.text?.hasPrefix(name) == true }?["metrics"]
    }
    // The same images in the same order make the same model, whoever chose them.
    #expect(metrics("imported")?["accuracy"] == metrics("random")?["accuracy"])
    #expect(metrics("external")?["cost.items"]?.double == 3)
    let overlap = try winnow(["subset", "overlap", "--sweep", "own", "--json"])
    let pairs = try JSONValue.parse(Array(overlap.output.utf8), source: "overlap").elements ?? []
    #expect(pairs.contains { $0["left"]?.text == "random" && $0["jaccard"]?.double == 1 })

    #expect(
      try winnow(["verify", "--sample", "6", "--key", "worker", "--allow-programs"]).output.contains(
        "6 of 6 results came out again"))
    #expect(try winnow(["incidents"]).output.contains("No result contradicts"))

    let comparison = try winnow(["compare", "small", "own", "--json"])
    let changes = try JSONValue.parse(Array(comparison.output.utf8), source: "compare")
    #expect(changes["before"] != nil || changes.members?.isEmpty == false)
    let plan = try winnow(["plan", sweep, "--power", "--json"])
    #expect(try JSONValue.parse(Array(plan.output.utf8), source: "plan")["needs"]?.elements?.isEmpty == false)
    #expect(try winnow(["plan", sweep, "--power", "--utility", "acuracy"], 1).errors.contains("did you mean"))

    // What a key handed in is taken back, and computed again to the same bytes.
    let before = try SmallSweep.outcomes(of: store)
    #expect(try winnow(["store", "revoke", "--key", "worker"]).output.contains("would be taken back"))
    #expect(try SmallSweep.outcomes(of: store) == before)
    _ = try winnow(["store", "revoke", "--key", "worker", "--delete"])
    #expect(try SmallSweep.outcomes(of: store).isEmpty)
    #expect(try winnow(["incidents"]).output.contains("was taken back"))
    _ = try winnow(["run", sweep])
    _ = try winnow(["run", own])
    #expect(try SmallSweep.outcomes(of: store) == before)
  }

  @Test(
    "a database without its first page and an object that is gone are damage: said, mended, computed again to the same bytes"
  )
  func storeLoss() throws {
    let scratch = try ScratchDirectory()
    let store = scratch.path("store")
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    func winnow(_ arguments: String..., status: Int32 = 0) throws -> String {
      let ending = try Programs.run("winnow", arguments + ["--store", store])
      #expect(ending.status == status, "\(arguments): \(ending.output) \(ending.errors)")
      return ending.output
    }
    _ = try winnow("run", sweep)
    let before = try SmallSweep.outcomes(of: store)
    #expect(before.count == SmallSweep.trials)

    let database = "\(store)/winnow.sqlite"
    for name in [database + "-wal", database + "-shm"] { try? FileManager.default.removeItem(atPath: name) }
    let file = try #require(FileHandle(forUpdatingAtPath: database))
    try file.write(contentsOf: Data(count: 4_096))
    try file.close()
    #expect(try winnow("store", "check", status: 3).contains("cannot be read"))
    #expect(try winnow("store", "check", "--json", status: 3).contains(#""clean""#))
    _ = try winnow("store", "repair")
    _ = try winnow("store", "check")
    _ = try winnow("run", sweep)
    #expect(try SmallSweep.outcomes(of: store) == before)

    // The largest object is a trained network or a pool: something needs it.
    let objects = try #require(FileManager.default.enumerator(atPath: "\(store)/objects")).compactMap { $0 as? String }
    let sizes = objects.map { path -> (path: String, size: Int) in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(store)/objects/\(path)")
      return (path, attributes?[.type] as? FileAttributeType == .typeRegular ? attributes?[.size] as? Int ?? 0 : 0)
    }
    let largest = try #require(sizes.max { ($0.size, $1.path) < ($1.size, $0.path) })
    try FileManager.default.removeItem(atPath: "\(store)/objects/\(largest.path)")
    #expect(try winnow("store", "check", status: 3).contains("problems"))
    _ = try winnow("store", "repair")
    _ = try winnow("run", sweep)
    _ = try winnow("store", "check")
    #expect(try SmallSweep.outcomes(of: store) == before)
  }
}
