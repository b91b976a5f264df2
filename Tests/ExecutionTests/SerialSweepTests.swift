import Core
import Economics
import Execution
import Foundation
import Planning
import Sweeps
import Testing

@Suite(
  "A sweep on one thread",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist")))
struct SerialSweepTests {
  private var small: Sweep {
    var sweep = Sweep(
      strategies: Sweep.builtIn.strategies, shifts: ["crowdsourced"], budgets: [Money(6)], seeds: [1])
    sweep.models = [ModelChoice(name: "mlp", options: ["hidden": [16]])]
    sweep.training.steps = 40
    sweep.dataset.options = ["corruptionImages": 20]
    return sweep
  }

  @Test("every built-in strategy spends at most its budget and learns something; twice gives the same bytes")
  func everyStrategy() throws {
    let first = try SerialSweep(small)
    try first.run()
    for (point, values) in try first.trials() {
      #expect(values.ledger.total <= point.budget, "\(point.label)")
      #expect(values.items > 0 && values.items <= values.poolSize, "\(point.label)")
      #expect((values.metrics["accuracy"] ?? 0) > 0.2, "\(point.label)")
      #expect(values.perClass["accuracy"]?.count == 10)
    }
    let second = try SerialSweep(small)
    try second.run()
    #expect(first.outcomes.mapValues(\.canonical) == second.outcomes.mapValues(\.canonical))
  }

  @Test("mixes run; one source alone is that source's own trial; an own set is measured") func mixes() throws {
    var sweep = small
    sweep.strategies = try [
      "random", ["name": "mix", "proportions": ["crowdsourced": 1]],
      ["name": "mix", "proportions": ["crowdsourced": 1, "expert": 2]],
      ["name": "mix-search", "sources": ["crowdsourced", "expert"], "with": "herding"],
    ].map { try StrategyChoice(json: $0, place: "strategy") }
    let files = try OwnFiles(images: 60)
    sweep.dataset.options = [
      "corruptionImages": 20,
      "evaluationSets": [try files.set(#", "map": {"Sandal": 0, "Sneaker": 0, "Ankle boot": 0, "Bag": 1}"#)],
    ]
    let serial = try SerialSweep(sweep)
    try serial.run()
    let trials = try serial.trials()
    #expect(trials.count == 4)
    for (point, values) in trials {
      #expect(values.ledger.total <= point.budget && (values.metrics["accuracy"] ?? 0) > 0.2, "\(point.label)")
      #expect((0...1).contains(values.metrics["set.own"] ?? -1) && values.metrics["deployment.cmmd"] != nil)
    }
    #expect(trials[1].values.metrics == trials[0].values.metrics && trials[1].values.ledger == trials[0].values.ledger)
    #expect(trials[2].values.split["expert"].map { abs($0 - 2.0 / 3) < 1e-5 } == true)
    #expect(trials[3].values.split.values.reduce(0, +) == 1)
  }

  @Test("at the same price field pictures win in the deployment and lose in general; each trial pays their setup")
  func field() throws {
    var sweep = small
    sweep.strategies = [StrategyChoice(name: "random")]
    (sweep.shifts, sweep.budgets) = (["expert", "field"], [Money(30)])
    sweep.models = [ModelChoice(name: "mlp", options: ["hidden": [64]])]
    sweep.training.steps = 150
    sweep.prices.state(.photograph, Price(0.004))
    let serial = try SerialSweep(sweep)
    try serial.run()
    let trials = try serial.trials()
    let (expert, field) = (try #require(trials.first).values, try #require(trials.last).values)
    // 0.0401 each; the way to the field costs 1.
    #expect(expert.items == 748 && field.items == 723)
    #expect(field.ledger.entries.filter { $0.item == .setup }.map(\.total) == [Money(1)])
    func metric(_ values: TrialValues, _ name: String) -> Double { values.metrics[name] ?? -1 }
    let found = [expert, field].map { "\(metric($0, "accuracy")), in the deployment \(metric($0, "deployment"))" }
    #expect(metric(field, "deployment") > metric(expert, "deployment") + 0.04, "\(found)")
    #expect(metric(field, "accuracy") < metric(expert, "accuracy") - 0.02, "\(found)")
    print("expert and field, accuracy:", found)
  }

  @Test("files that do not fit are named before anything runs") func ownFiles() throws {
    func problem(_ files: OwnFiles, _ more: String = "") throws -> String {
      var sweep = Sweep.builtIn
      sweep.dataset.options = ["evaluationSets": [try files.set(more)]]
      do {
        try SourceFiles.check(try ResolvedSweep(sweep, catalogue: .standard()))
        return "nothing"
      } catch { return "\(error)" }
    }
    #expect(try problem(try OwnFiles(images: 5), #", "map": {"Bag": 0, "Shirt": 1}"#) == "nothing")
    #expect(try problem(try OwnFiles(images: 5, labels: 4)).contains("4 labels for 5 images"))
    #expect(try problem(try OwnFiles(images: 5, side: 32)).contains("images of 28×28 pixels are needed"))
    #expect(try problem(try OwnFiles(images: 5), #", "transfer": true"#) == "nothing")
    #expect(try problem(try OwnFiles(images: 1), #", "transfer": true"#).contains("two different labels"))
    #expect(try problem(try OwnFiles(images: 5), #", "mask": ["Bag"]"#).contains("which the mask leaves out"))
    #expect(try problem(try OwnFiles(images: 5), #", "map": {"Bag": 0}"#).contains("labels are 0 to 0"))
    #expect(try problem(try OwnFiles(images: 0)).contains("it holds no images"))
    var sweep = Sweep.builtIn
    sweep.dataset.options = [
      "deployment": ["images": "/nonexistent/i", "labels": "/nonexistent/l", "target": "/nonexistent/t"]
    ]
    #expect(throws: ConfigurationError.self) { try SourceFiles.check(try ResolvedSweep(sweep, catalogue: .standard())) }
  }

  @Test(
    "the built-in sweep, with its CPU seconds by phase",
    .enabled(if: ProcessInfo.processInfo.environment["WINNOW_LONG_TESTS"] != nil))
  func builtIn() throws {
    let sweep = try SerialSweep(.builtIn)
    try sweep.run()
    for (phase, seconds) in sweep.phaseSeconds.sorted(by: { $0.value > $1.value }) { print(phase, seconds) }
    for (point, values) in try sweep.trials() where point.seed == 0 {
      let metrics = ["accuracy", "robustness", "deployment", "representation.knn20", "data.label-noise"]
      print(point.label, values.items, metrics.map { String(format: "%.3f", values.metrics[$0] ?? .nan) })
    }
  }
}

/// Files of an organisation: grey images and alternating labels 0 and 1, in IDX.
private struct OwnFiles {
  let images: String
  let labels: String

  init(images count: Int, labels: Int? = nil, side: UInt8 = 28) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-own-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    images = directory.appendingPathComponent("images").path
    self.labels = directory.appendingPathComponent("labels").path
    let pixels = (0..<count * Int(side) * Int(side)).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, side, 0, 0, 0, side]
    try Data(header + pixels).write(to: URL(fileURLWithPath: images))
    let number = labels ?? count
    let values = (0..<number).map { UInt8($0 % 2) }
    try Data([0, 0, 8, 1, 0, 0, 0, UInt8(number)] + values).write(to: URL(fileURLWithPath: self.labels))
  }

  func set(_ more: String) throws -> JSONValue {
    let text = #"{"name": "own", "images": "\#(images)", "labels": "\#(labels)"\#(more)}"#
    return try JSONValue.parse(Array(text.utf8), source: "set")
  }
}
