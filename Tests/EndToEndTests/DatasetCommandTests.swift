import Core
import Files
import Formats
import Foundation
import Testing

/// From a folder of pictures to a report, and what happens to samples that have to go.
@Suite("Commands on one's own pictures") struct DatasetCommandTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func write(_ path: String, _ seed: Int, up: Bool) throws {
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "picture")
    let pixels = (0..<16 * 16).flatMap { place -> [UInt8] in
      let isLight = (place / 16 < 8) == up
      return (0..<3).map { _ in UInt8((isLight ? 150 : 20) + generator.integer(below: 80)) }
    }
    let path = scratch.path(path)
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try FileWriting.write(path, PNGWriter.bytes(pixels, height: 16, width: 16, channels: 3))
  }

  /// Two pools and a test set; the first picture of the second pool is in the test set too.
  private func pictures() throws {
    for number in 0..<24 {
      let name = number % 2 == 0 ? "up" : "down"
      try write("ours/\(name)/\(number).png", number, up: number % 2 == 0)
      try write("web/\(name)/\(number).png", number == 0 ? 200 : 100 + number, up: number % 2 == 0)
      try write("test/\(name)/\(number).png", 200 + number, up: number % 2 == 0)
    }
    try FileWriting.write(scratch.path("web/up/broken.png"), [1, 2, 3])
    try FileWriting.write(scratch.path("web/up/notes.txt"), [1])
  }

  private func winnow(_ arguments: [String], status: Int32 = 0) throws -> String {
    let ending = try Programs.run("winnow", arguments, in: URL(fileURLWithPath: scratch.path("")))
    #expect(ending.status == status, "\(arguments): \(ending.errors)")
    return ending.output + ending.errors
  }

  private func json(_ arguments: [String], status: Int32 = 0) throws -> JSONValue {
    let ending = try Programs.run("winnow", arguments, in: URL(fileURLWithPath: scratch.path("")))
    #expect(ending.status == status, "\(arguments): \(ending.errors)")
    return try JSONValue.parse(Array(ending.output.utf8), source: "\(arguments)")
  }

  private func sweep(_ name: String, _ changes: [String: JSONValue] = [:]) throws {
    let plain: [String: JSONValue] = [
      "name": .string(name), "dataset": "mine.json", "strategies": ["random"], "budgets": [0.2], "seeds": 1,
      "training": ["steps": 5], "prices": ["acquire": 0.01],
    ]
    let json = JSONValue.object(plain.merging(changes) { _, own in own })
    try FileWriting.write(scratch.path("\(name).json"), json.canonical)
  }

  private func create() throws {
    try pictures()
    _ = try winnow([
      "dataset", "create", "--pool", "ours=ours/", "--pool", "web=web/", "--test", "test/", "--image-size", "16",
      "--output", "mine.json",
    ])
    var manifest = try JSONValue.parse(
      try FileReading.bytes(of: scratch.path("mine.json"), limit: 1 << 20), source: "mine.json"
    ).members!
    var pools = manifest["pools"]!.elements!.map { $0.members! }
    pools[0]["licence"] = "MIT"
    pools[1]["synthetic"] = "some"
    manifest["pools"] = .array(pools.map { .object($0) })
    manifest["damagedShare"] = 0.1
    manifest["corruptionImages"] = 2
    try FileWriting.write(scratch.path("mine.json"), JSONValue.object(manifest).canonical)
  }

  @Test("what is in the pictures is said before anything is trained") func inspect() throws {
    try create()
    let found = try json(["dataset", "inspect", "mine.json", "--json"])
    let web = try #require(found["sources"]?.elements?.first { $0["name"]?.text == "web" })
    #expect(web["samples"]?.int == 24 && web["damaged"]?.int == 1 && web["leaks"]?["test"]?.int == 1)
    #expect(web["passedOver"]?.members?.values.compactMap(\.int) == [1] && web["nearDuplicates"] != nil)
    // Too few test samples to say where different ones lie: the usual cosine at least.
    #expect((web["nearThreshold"]?.double ?? 0) >= 0.949_999 && web["nearChance"] == .null)
    let quick = try json(["dataset", "inspect", "mine.json", "--json", "--quick"])
    #expect(quick["sources"]?.elements?.allSatisfy { $0["nearDuplicates"] == nil } == true)
    _ = try winnow(["dataset", "check", "mine.json"])
  }

  @Test("a pool whose licence is not allowed is neither planned nor bought") func licences() throws {
    try create()
    try sweep("strict", ["licences": ["MIT"]])
    let plan = try winnow(["plan", "strict.json", "--store", "none"])
    #expect(plan.contains("Left out: the pool web (licence not stated)") && plan.contains("Memory: about"))
    try sweep("wrong", ["licences": ["MIT"], "shifts": ["web"]])
    #expect(try winnow(["plan", "wrong.json"], status: 1).contains("web does not state its licence"))
  }

  @Test("samples that are taken down are named wherever they were used, and are gone afterwards") func takedown() throws
  {
    try create()
    try sweep("first")
    _ = try winnow(["run", "first.json", "--store", "st", "--workers", "1"])
    let report = try String(contentsOfFile: scratch.path("st/report.html"), encoding: .utf8)
    #expect(report.contains("Where the bought samples are from") && report.contains("every choice from"))
    let all = try winnow(["subset", "export", "--store", "st", "--shift", "ours", "--output", "ours.csv"])
    let table = try String(contentsOfFile: scratch.path("ours.csv"), encoding: .utf8)
    let uid = try #require(table.split(separator: "\n").dropFirst().first?.split(separator: ",").first, "\(all)")
    try FileWriting.write(scratch.path("ids.txt"), Array("\(uid)\nweb:up/2.png\nnobody\n".utf8))
    let dry = try json(
      ["dataset", "takedown", "mine.json", "ids.txt", "--store", "st", "--json", "--dry-run"], status: 2)
    #expect(dry["missing"] == ["nobody"] && dry["removed"]?["web"] == ["up/2.png"])
    let trials = dry["sweeps"]?.elements?.first?["trials"]?.elements ?? []
    #expect(trials.contains { $0["label"]?.text?.contains("ours") == true && $0["model"]?.text != nil })
    let before = try FileReading.bytes(of: scratch.path("mine.json"), limit: 1 << 20)
    #expect(!String(decoding: before, as: UTF8.self).contains("takedown"))
    let said = try winnow(["dataset", "takedown", "mine.json", "ids.txt", "--store", "st"], status: 2)
    #expect(said.contains("trained on 1 of them") && said.contains("Not found in any source: nobody"))
    let after = try json(["dataset", "inspect", "mine.json", "--json", "--quick"])
    let counts = after["sources"]?.elements?.prefix(2).map { $0["takenDown"]?.int }
    #expect(counts == [1, 1])
  }

  @Test("single samples under other licences are neither bought nor exported, and what was bought is counted")
  func sampleLicences() throws {
    try pictures()
    let rows = (0..<24).map { number in
      let name = number % 2 == 0 ? "up" : "down"
      return "\(name)/\(number).png,\(name),\(number < 8 ? "CC-BY-NC-4.0" : "MIT"),\(number % 3 == 0)"
    }
    try FileWriting.write(
      scratch.path("web/metadata.csv"),
      Array((["file_name,label,licence,generated"] + rows).joined(separator: "\n").utf8))
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": ["image": ["size": 16]], "test": "test/", "corruptionImages": 2,
      "damagedShare": 0.2,
      "pools": [
        ["name": "ours", "source": "ours/", "licence": "MIT"],
        ["name": "web", "source": "web/", "licence": ["field": "licence"], "synthetic": ["field": "generated"]],
      ],
    ]
    try FileWriting.write(scratch.path("mine.json"), manifest.canonical)
    let found = try json(["dataset", "inspect", "mine.json", "--json", "--quick"])
    let web = try #require(found["sources"]?.elements?.first { $0["name"]?.text == "web" })
    #expect(web["licences"] == ["CC-BY-NC-4.0": 8, "MIT": 16] && web["syntheticCounts"] == ["true": 8, "false": 16])
    #expect(try winnow(["dataset", "inspect", "mine.json"]).contains("licence: 66.7 % MIT, 33.3 % CC-BY-NC-4.0"))
    try sweep("strict", ["licences": ["MIT"], "budgets": [0.5]])
    #expect(try winnow(["plan", "strict.json", "--store", "none"]).contains("Of the pool web only samples are used"))
    _ = try winnow(["run", "strict.json", "--store", "st", "--workers", "1"])
    let report = try String(contentsOfFile: scratch.path("st/report.html"), encoding: .utf8)
    #expect(report.contains("8 samples were left out because the sweep does not allow their licences"))
    #expect(report.contains("of its 16 images are synthetic") && report.contains("MIT (16)"))
    _ = try winnow([
      "subset", "export", "--store", "st", "--shift", "web", "--format", "croissant", "--output", "cr",
    ])
    let table = try String(contentsOfFile: scratch.path("cr/samples.csv"), encoding: .utf8)
    let lines = table.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.count == 16 && lines.allSatisfy { $0[6] == "MIT" })
    #expect(Set(lines.map { $0.last ?? "" }) == ["true", "false"])
  }

  @Test("a subset goes to other tools with its samples and its origin") func export() throws {
    try create()
    try sweep("first")
    _ = try winnow(["run", "first.json", "--store", "st", "--workers", "1"])
    _ = try winnow([
      "subset", "export", "--store", "st", "--shift", "web", "--format", "croissant", "--output", "cr",
    ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("cr")).sorted().count == 3)
    _ = try winnow(["dataset", "convert", "cr/croissant.json", "--output", "shards"])
    let worst = try winnow(["classes", "--store", "st"])
    #expect(worst.contains("up") && worst.contains("down"))
    #expect(try winnow(["classes", "--store", "st", "--csv"]).hasPrefix("class,name,accuracy"))
    #expect(try winnow(["classes", "--store", "st", "--search", "zebra"], status: 1).contains("no class has"))
  }
}
