import Core
import Formats
import Foundation
import Planning
import Sweeps
import Testing

@Suite("What a sweep needs of a host") struct SweepFootprintTests {
  private static func footprint(_ changes: [String: JSONValue] = [:]) throws -> SweepFootprint? {
    let directory = NSTemporaryDirectory() + "winnow-footprint-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    // Records of CIFAR's binary form: their number is told by the file's size.
    for (name, count) in [("a.bin", 1_000), ("b.bin", 300), ("t.bin", 50)] {
      try Data(count: count * 3_073).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
    }
    func source(_ path: String) -> JSONValue { ["path": .string(path), "format": "cifar10"] }
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": ["image": ["size": 32]], "test": source("t.bin"), "corruptionImages": 0,
      "pools": [["name": "a", "source": source("a.bin")], ["name": "b", "source": source("b.bin")]],
    ]
    let members: [String: JSONValue] = [
      "dataset": ["kind": "files", "manifest": manifest, "directory": .string(directory)], "strategies": ["random"],
    ]
    let sweep = try Sweep(json: .object(members.merging(changes) { _, own in own }), place: "sweep")
    return try SweepFootprint(try PlanningFixture.resolve(sweep))
  }

  @Test("samples are counted without being decoded") func counts() throws {
    let footprint = try #require(try Self.footprint())
    #expect(footprint.sources.map(\.name) == ["a", "b", "evaluation"] && footprint.samples == 1_350)
    #expect(footprint.fileBytes == 1_350 * 3_073)
    // 32 × 32 × 3 pixels, and 256 features of four bytes.
    #expect(footprint.sources[0].bytes == 1_000 * (3_072 + 1_024))
    #expect(footprint.building == (150 << 20) + 4 * 1_000 * 4_096)
  }

  /// The same for 200,000 vectors of 4 numbers of half precision in `.npy` files.
  private static func vectors(strategies: JSONValue) throws -> SweepFootprint {
    let directory = NSTemporaryDirectory() + "winnow-footprint-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    for (name, count) in [("a", 200_000), ("t", 50)] {
      let rows = NumPyArray(shape: [count, 4], values: .float16([Float16](repeating: 1, count: 4 * count)))
      try Data(rows.bytes).write(to: URL(fileURLWithPath: "\(directory)/\(name).npy"))
      let labels = NumPyArray(shape: [count], values: .int32((0..<Int32(count)).map { $0 % 2 }))
      try Data(labels.bytes).write(to: URL(fileURLWithPath: "\(directory)/\(name)-labels.npy"))
    }
    func source(_ name: String) -> JSONValue {
      ["path": .string("\(name).npy"), "labels": .string("\(name)-labels.npy"), "format": "array"]
    }
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": ["vector": ["width": 4]], "test": source("t"),
      "pools": [["name": "a", "source": source("a")]],
    ]
    let sweep = try Sweep(
      json: [
        "dataset": ["kind": "files", "manifest": manifest, "directory": .string(directory)], "strategies": strategies,
        "models": ["probe"],
      ], place: "sweep")
    return try #require(try SweepFootprint(try PlanningFixture.resolve(sweep)))
  }

  @Test("rows of vectors stay in their files") func vectors() throws {
    let footprint = try Self.vectors(strategies: ["random", "k-center"])
    // Vectors and their features, in single precision.
    #expect(footprint.mapped == 200_000 * 32 && footprint.fileBytes == 200_050 * 8 + 2 * 128)
    let own = (150 << 20) + 160 * 200_000
    #expect(footprint.building == own && footprint.trial == own + 200_000 * 16 + 2 * 50 * 32)
  }

  @Test("strategies that compare all with all hold features, and proxies their answers") func strategies() throws {
    let blockwise = try Self.vectors(strategies: ["herding"]).trial
    #expect(try Self.vectors(strategies: ["graph-cut"]).trial == blockwise + 200_000 * 16)
    let scores = 3 * 200_000 * 4 * 2
    #expect(try Self.vectors(strategies: ["herding", "confident-filter"]).trial == blockwise + scores - 200_000 * 16)
  }

  @Test("pools that a sweep does not use need nothing") func unused() throws {
    let footprint = try #require(try Self.footprint(["shifts": ["a"]]))
    #expect(footprint.sources.map(\.name) == ["a", "evaluation"])
  }

  @Test("the built-in data set does not tell") func builtIn() throws {
    let footprint = try SweepFootprint(try PlanningFixture.resolve(.builtIn))
    #expect(footprint == nil)
  }
}
