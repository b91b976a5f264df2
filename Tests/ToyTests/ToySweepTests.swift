import Cluster
import Core
import Economics
import Foundation
import ObjectStore
import Planning
import Reporting
import Results
import Sweeps
import TestSupport
import Testing
import ToyTables
import Transport

/// A data set, a model family, a utility and a kind of task that Winnow knows nothing of, each in one file, through a real
/// coordinator and two real workers to a report: what the four tables are for.
@Suite("A toy row in every table") final class ToySweepTests {
  private let directory = NSTemporaryDirectory() + "winnow-toy-\(UUID().uuidString)"
  private var programs: [RunningProgram] = []

  deinit {
    for program in programs { program.kill() }
    try? FileManager.default.removeItem(atPath: directory)
  }

  @Test(arguments: ["images", "vectors"]) func aSweepOfToysReachesItsReport(samples: String) throws {
    let sweep = try Sweep(
      json: [
        "name": "toys", "dataset": ["kind": "toy", "vectors": .bool(samples == "vectors")],
        "strategies": ["random", ["name": "herding", "balanced": false], "margin"],
        "models": ["nearest-mean", ["name": "mlp", "hidden": []]], "budgets": [40], "seeds": 2,
        "training": ["steps": 30],
      ], place: "toy sweep")
    let note = try startCluster()
    let client = try ClusterClient(
      CoordinatorAddress(ofStore: "\(directory)/store", keyFile: "\(directory)/keys/client.key"))
    _ = try client.submit(try ResolvedSweep(sweep, catalogue: .toy))
    let guide = ResultsGuide(tables: { try Catalogue.toy.tables.wording(of: $0) }, firstRelease: { _, _ in nil })
    let expected = 2 * 3 * 2 * 2
    try waitUntil("every trial of \(note) is finished", seconds: 120) {
      let store = try Store.openForReading(at: "\(directory)/store")
      #expect(try store.failures().map { String(decoding: $0.report, as: UTF8.self) } == [])
      return try store.failures().isEmpty
        ? StoredSweeps(store, guide: guide).results(sweep: "toys", unreadable: { throw $0.reason }).count == expected
        : true
    }
    let store = try Store.openForReading(at: "\(directory)/store")
    let input = try StoredSweeps(store, guide: guide).reportInput(sweep: nil, withPictures: true)
    try check(input, images: samples == "images")
    #expect(try store.check().problems == [])
  }

  private func check(_ input: ReportInput, images: Bool) throws {
    #expect(input.sweep.shifts == ["clean", "careless"])
    for result in input.results {
      let metrics = result.values.metrics
      let labels = try #require(metrics["census.labels"])
      #expect(labels > 100 && Int(labels) <= result.values.items)
      #expect((0...1).contains(metrics["toy.even"] ?? -1))
      #expect(metrics["accuracy.top5"] != nil && metrics["robustness"] == nil && metrics["deployment"] == nil)
      #expect(result.values.perClass["accuracy"]?.count == 1_200)
      #expect(metrics.keys.allSatisfy { input.metrics[name: $0] != nil })
    }
    // The nearest mean of clean labels tells most of the colours apart whose class was bought.
    let clean = input.results.filter { $0.point.model.name == "nearest-mean" && $0.point.shift == "clean" }
    #expect(clean.allSatisfy { ($0.values.metrics["accuracy"] ?? 0) > 0.2 })
    for language in Language.allCases {
      let page = HTMLReport.render(input, language: language)
      #expect(page.contains(language == .english ? "Labels bought" : "購入したラベル数"))
      let pools = input.pools.values.map { language == .english ? "take \($0.english)" : "\($0.japanese)を使い" }
      #expect(pools.count == 2 && pools.contains { page.contains($0) })
    }
  }

  private func startCluster() throws -> CoordinatorNote {
    for name in ["coordinator", "worker", "client"] { try KeyFile.create(name: name, in: directory + "/keys") }
    for name in ["worker", "client"] {
      try AuthorizedKeys.append(
        try KeyFile.readPublic("\(directory)/keys/\(name).pub"), name: name, to: directory + "/keys/authorized_keys")
    }
    let cluster: JSONValue = [
      "cluster": [
        "store": .string(directory + "/store"), "control": "tcp://127.0.0.1:*", "objects": "tcp://127.0.0.1:*",
        "keys": .string(directory + "/keys"), "heartbeatSeconds": 0.2,
      ]
    ]
    try Data(cluster.canonical).write(to: URL(fileURLWithPath: directory + "/cluster.json"))
    let coordinator = try start(["coordinator", directory + "/cluster.json"], "coordinator")
    var note: CoordinatorNote?
    let path = "\(directory)/store/\(CoordinatorNote.fileName)"
    try waitUntil("the coordinator listens") {
      try #require(coordinator.isRunning, "the coordinator ended: \(text(coordinator.log))")
      guard let data = FileManager.default.contents(atPath: path) else { return false }
      note = try CoordinatorNote(json: try JSONValue.parse([UInt8](data), source: path), place: path)
      return note?.processID == Int(coordinator.processID)
    }
    for number in 1...2 {
      let keys = directory + "/keys"
      try start(
        ["worker", note!.control, "\(keys)/worker.key", "\(keys)/coordinator.pub", "\(directory)/cache-\(number)"],
        "worker-\(number)")
    }
    return note!
  }

  @discardableResult private func start(_ arguments: [String], _ name: String) throws -> RunningProgram {
    let program = try RunningProgram("toy-program", arguments, log: "\(directory)/\(name).log")
    programs.append(program)
    return program
  }
}
