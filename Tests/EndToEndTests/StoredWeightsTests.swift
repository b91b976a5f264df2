import Core
import Files
import Formats
import Foundation
import Testing

/// Which trained networks a store keeps, and that nothing else depends on it.
@Suite("storeWeights") struct StoredWeightsTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    for (name, count) in [("pool", 60), ("test", 20), ("far", 12), ("further", 16)] {
      var generator = SeededGenerator(seed: 1, purpose: name)
      let labels = (0..<count).map { Int32($0 % 2) }
      let values = labels.flatMap { label -> [Float] in
        (0..<4).map { Float($0 / 2 == label ? 1 : 0) + Float(generator.integer(below: 1000)) / 1000 }
      }
      try FileWriting.write(
        scratch.path("\(name).npy"), NumPyArray(shape: [count, 4], values: .float32(values)).bytes)
      try FileWriting.write(
        scratch.path("\(name)-labels.npy"), NumPyArray(shape: [count], values: .int32(labels)).bytes)
    }
    func source(_ name: String) -> JSONValue {
      ["path": .string("\(name).npy"), "format": "array", "labels": .string("\(name)-labels.npy")]
    }
    var manifest: [String: JSONValue] = [
      "classes": ["up", "down"], "samples": ["vector": ["width": 4]],
      "pools": [["name": "ours", "source": source("pool"), "licence": "CC0-1.0", "labels": "expert"]],
      "test": source("test"), "deployment": source("far"),
    ]
    try FileWriting.write(scratch.path("mine.json"), JSONValue.object(manifest).canonical)
    manifest["sets"] = ["further": source("further")]
    try FileWriting.write(scratch.path("more.json"), JSONValue.object(manifest).canonical)
  }

  /// Runs a sweep of two strategies and three seeds, and says what each of its trials has come to.
  private func run(
    _ changes: [String: JSONValue] = [:], dataset: String = "mine.json"
  ) throws -> (said: String, outcomes: [String: String]) {
    let sweep: [String: JSONValue] = [
      "name": "weights", "dataset": .string(dataset), "strategies": ["random", "class-balanced"], "budgets": [2],
      "seeds": 3, "training": ["steps": 20],
    ]
    try FileWriting.write(
      scratch.path("sweep.json"), JSONValue.object(sweep.merging(changes) { _, own in own }).canonical)
    let said = try winnow(["run", "sweep.json"])
    let lines = try Programs.run(
      "winnow", ["results", "--json", "--sweep", "weights", "--store", "store"], in: scratch.url
    ).lines
    return (
      said, Dictionary(uniqueKeysWithValues: lines.map { ($0["task"]?.text ?? "?", $0["outcome"]?.text ?? "?") })
    )
  }

  private func winnow(_ arguments: [String]) throws -> String {
    let ending = try Programs.run("winnow", arguments + ["--store", "store"], in: scratch.url)
    #expect(ending.status == 0, "\(arguments): \(ending.output)\(ending.errors)")
    // Sentences may be broken into lines.
    return (ending.output + ending.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func released() throws -> Int? {
    try JSONValue.parse(Array(try winnow(["store", "check", "--json"]).utf8), source: "check")["released"]?.int
  }

  @Test func thoseOfOneSeedStayAndResultsComeOutAgainAllTheSame() throws {
    let first = try run()
    #expect(first.outcomes.count == 6)
    #expect(first.said.contains("Of 4 trained networks") && first.said.contains("those of one seed stay"))
    #expect(try released() == 4)
    #expect(try winnow(["verify", "--sample", "200"]).contains(" 0 did not, 0 could not be compared here"))
    #expect(try winnow(["store", "check"]).contains("4 objects were not kept"))

    let all = try run(["storeWeights": "all"])
    #expect(all.outcomes == first.outcomes, "what is kept changes no result")
    #expect(try released() == 0)
    // As long as a sweep of the store asks for all, they stay.
    #expect(try !run().said.contains("trained networks"))
    #expect(try released() == 0)
  }

  @Test func aFurtherSetIsMeasuredOnNetworksThatWereNotKept() throws {
    let first = try run(["storeWeights": "none"])
    #expect(try released() == 6)
    let more = try run(["storeWeights": "none"], dataset: "more.json")
    #expect(more.outcomes == first.outcomes)
    let lines = try Programs.run(
      "winnow", ["results", "--json", "--sweep", "weights", "--store", "store"], in: scratch.url
    ).lines
    #expect(lines.count == 6 && lines.allSatisfy { ($0["metrics"]?["set.further"]?.double ?? 0) > 0.5 })
    #expect(try released() == 6)
  }

  @Test func pruneSaysWhatWouldGo() throws {
    _ = try run(["storeWeights": "all"])
    let kept = try winnow(["store", "prune", "--weights"])
    #expect(kept.contains("0 trained networks") && kept.contains("would be deleted"))
    let wrong = try Programs.run("winnow", ["plan", "wrong.json"], in: scratch.url)
    #expect(wrong.status != 0)
    try FileWriting.write(scratch.path("wrong.json"), Array(#"{"storeWeights": "some"}"#.utf8))
    let ending = try Programs.run("winnow", ["plan", "wrong.json"], in: scratch.url)
    #expect(ending.status == 1 && ending.errors.contains("storeWeights"))
  }
}
