import Core
import Files
import Formats
import Foundation
import Testing

/// Predictions made elsewhere, from what is handed out to what a report says.
@Suite("winnow import-outcomes") struct ImportTests {
  private let scratch: ScratchDirectory

  /// Files of small pictures: light above or light below, with noise.
  init() throws {
    scratch = try ScratchDirectory()
    for (name, count) in [("pool", 60), ("test", 20), ("far", 12)] {
      var generator = SeededGenerator(seed: 1, purpose: name)
      let labels = (0..<count).map { Int32($0 % 2) }
      let pixels = labels.flatMap { label -> [UInt8] in
        (0..<64).map { UInt8((($0 < 32) == (label == 0) ? 150 : 60) + generator.integer(below: 60)) }
      }
      try FileWriting.write(
        scratch.path("\(name).npy"), NumPyArray(shape: [count, 8, 8], values: .uint8(pixels)).bytes)
      try FileWriting.write(
        scratch.path("\(name)-labels.npy"), NumPyArray(shape: [count], values: .int32(labels)).bytes)
    }
    func source(_ name: String) -> JSONValue {
      ["path": .string("\(name).npy"), "format": "array", "labels": .string("\(name)-labels.npy")]
    }
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": ["image": ["size": 8, "channels": 1]],
      "pools": [["name": "ours", "source": source("pool"), "licence": "CC0-1.0", "labels": "expert"]],
      "test": source("test"), "deployment": source("far"), "corruptionImages": 4,
    ]
    try FileWriting.write(scratch.path("mine.json"), manifest.canonical)
    try write("sweep.json", models: ["mlp", ["name": "imported", "answers": "gpu"]])
  }

  private func write(_ name: String, models: JSONValue) throws {
    let sweep: JSONValue = [
      "name": "imports", "dataset": "mine.json", "strategies": ["random"], "budgets": [2], "seeds": 2,
      "training": ["steps": 20], "models": models,
    ]
    try FileWriting.write(scratch.path(name), sweep.canonical)
  }

  private func winnow(_ arguments: [String], status: Int32 = 0) throws -> String {
    let ending = try Programs.run("winnow", arguments + ["--store", "store"], in: scratch.url)
    #expect(ending.status == status, "\(arguments): \(ending.output)\(ending.errors)")
    // Sentences may be broken into lines.
    return (ending.output + ending.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func results() throws -> [JSONValue] {
    try Programs.run("winnow", ["results", "--json", "--sweep", "imports", "--store", "store"], in: scratch.url).lines
  }

  private func isImported(_ line: JSONValue) -> Bool {
    line["remarks"]?.elements?.contains { $0["code"] == "imported" } == true
  }

  private func directory(_ seed: Int) -> String { "gpu/random-ours-2.00-seed-\(seed)" }

  /// Looks where the light is in each picture of each set.
  ///
  /// - Parameter write: takes the number of a set, the right classes, and where answers belong.
  private func answer(_ seed: Int, _ write: (Int, [Int], String) throws -> Void) throws {
    let path = scratch.path(directory(seed))
    let request = try JSONValue.parse(
      try FileReading.bytes(of: "\(path)/request.json", limit: 1 << 20), source: "request")
    let sets = try #require(request["sets"]?.elements)
    #expect(sets[0]["name"] == "test" && sets[1]["name"]?.text?.hasPrefix("corruption ") == true)
    for (index, set) in sets.enumerated() {
      let bytes = try FileReading.bytes(of: "\(path)/\(set["samples"]?.text ?? "")", limit: 1 << 20)
      let array = try NumPyArray(reading: bytes, name: "set")
      guard case .uint8(let pixels) = array.values else { throw DatasetError("set", "no pixels") }
      let classes = stride(from: 0, to: pixels.count, by: 64).map { start -> Int in
        let above = pixels[start..<start + 32].reduce(0) { $0 + Int($1) }
        return above > pixels[start + 32..<start + 64].reduce(0) { $0 + Int($1) } ? 0 : 1
      }
      try write(index, classes, path)
    }
  }

  @Test func predictionsStandBesideTrainedModels() throws {
    #expect(
      try winnow(["run", "sweep.json"], status: 2).contains(
        "2 of 2 imported trials wait for predictions made elsewhere"))
    #expect(try results().count == 2)
    #expect(try winnow(["import-outcomes", "sweep.json"], status: 1).contains("there are no predictions yet"))
    #expect(try winnow(["import-outcomes", "sweep.json", "--requests"]).contains("2 trials wait"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("gpu")).count == 3)

    // Links from elsewhere neither hand over files of this host nor have them written over.
    let (link, precious) = (scratch.path("\(directory(0))/predictions-0.npy"), scratch.path("precious"))
    try FileWriting.write(precious, Array("mine".utf8))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: precious)
    #expect(try winnow(["import-outcomes", "sweep.json", "--check"], status: 1).contains("is no regular file"))
    try FileManager.default.removeItem(atPath: link)
    let request = scratch.path("\(directory(0))/request.json")
    try FileManager.default.removeItem(atPath: request)
    try FileManager.default.createSymbolicLink(atPath: request, withDestinationPath: precious)
    _ = try winnow(["import-outcomes", "sweep.json", "--requests"])
    #expect(try FileReading.bytes(of: precious, limit: 10) == Array("mine".utf8))

    try answer(0) { index, classes, path in
      try FileWriting.write(
        "\(path)/predictions-\(index).csv", Array(classes.map(String.init).joined(separator: "\n").utf8))
    }
    let check = try winnow(["import-outcomes", "sweep.json", "--check"], status: 2)
    #expect(check.contains("1 of 2 trials have predictions") && check.contains("waits: \(directory(1))"))
    _ = try winnow(["import-outcomes", "sweep.json"], status: 2)
    #expect(try results().map(isImported).filter(\.self).count == 1)
    let first = try #require(try results().first(where: isImported))

    try answer(1) { index, classes, path in
      let logits = classes.flatMap { $0 == 0 ? [2, -2] : [-2, 2] as [Float] }
      try FileWriting.write(
        "\(path)/logits-\(index).npy", NumPyArray(shape: [classes.count, 2], values: .float32(logits)).bytes)
    }
    _ = try winnow(["import-outcomes", "sweep.json"])
    let lines = try results()
    #expect(lines.count == 4)
    for line in lines where isImported(line) {
      #expect(line["metrics"]?["accuracy"]?.double == 1 && line["metrics"]?["deployment"]?.double == 1)
      #expect((line["ledger"]?["total"]?.double ?? 0) > 0)
    }
    #expect(lines.contains { $0["outcome"] == first["outcome"] }, "what was imported first stays as it is")
    let page = try String(contentsOfFile: scratch.path("store/report.html"), encoding: .utf8)
    #expect(page.contains("Imported: the predictions were made elsewhere"))
    #expect(try winnow(["verify", "--sample", "200"]).contains(" 0 did not, 0 could not be compared here"))
    _ = try winnow(["store", "check"])

    // Other answers are another task: what is recorded stays.
    try FileWriting.write(scratch.path("\(directory(0))/predictions-0.csv"), Array("0\n".utf8) + Array("1\n".utf8))
    let refused = try winnow(["import-outcomes", "sweep.json"], status: 1)
    #expect(refused.contains("a list of 20 whole numbers is needed") && refused.contains("nothing was imported"))
    try FileWriting.write(
      scratch.path("\(directory(0))/predictions-0.csv"), [UInt8](repeating: 0x30, count: 20).flatMap { [$0, 0x0A] })
    _ = try winnow(["import-outcomes", "sweep.json"])
    #expect(try results().first { isImported($0) && $0["seed"] == 0 }?["metrics"]?["accuracy"]?.double == 0.5)
    _ = try winnow(["store", "check"])
    #expect(
      try Programs.run("winnow", ["results", "--json", "--store", "store"], in: scratch.url).lines.contains {
        $0["outcome"] == first["outcome"]
      })
  }

  @Test func answersToAnotherRequestAreAFailureThatSaysSo() throws {
    _ = try winnow(["run", "sweep.json"], status: 2)
    _ = try winnow(["import-outcomes", "sweep.json", "--requests"])
    let path = scratch.path("\(directory(0))/request.json")
    let request = try String(contentsOfFile: path, encoding: .utf8)
    for seed in 0..<2 {
      try answer(seed) { index, classes, path in
        try FileWriting.write(
          "\(path)/predictions-\(index).npy",
          NumPyArray(shape: [classes.count], values: .int32(classes.map { Int32($0) })).bytes)
      }
    }
    try request.replacing("\"steps\": 20", with: "\"steps\": 21").write(toFile: path, atomically: true, encoding: .utf8)
    let said = try winnow(["import-outcomes", "sweep.json"], status: 2)
    #expect(said.contains("they answer another request than this trial's: its recipe differs"))
    #expect(try results().filter(isImported).count == 1)
  }

  @Test func mistakesAreSaidBeforeAnythingRuns() throws {
    try write("plain.json", models: ["mlp"])
    #expect(
      try winnow(["import-outcomes", "plain.json"], status: 1).contains("no model of plain.json is trained elsewhere"))
    #expect(
      try winnow(["import-outcomes", "sweep.json", "--requests"], status: 1).contains("no store")
        || FileManager.default.fileExists(atPath: scratch.path("store")) == false)
    _ = try winnow(["import-outcomes", "sweep.json", "--requests", "--check"], status: 64)
    try write(
      "twice.json", models: [["name": "imported", "answers": "gpu"], ["name": "imported", "answers": "other"]])
    #expect(try winnow(["import-outcomes", "twice.json"], status: 1).contains("there are no predictions yet"))
  }
}
