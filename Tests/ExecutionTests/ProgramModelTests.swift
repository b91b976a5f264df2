import Core
import Economics
import Execution
import Formats
import Foundation
import Planning
import Sweeps
import Testing

/// The worked examples of the documents, from a sweep to what was measured.
@Suite struct ProgramModelTests {
  private static let resources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/winnow/Winnow.docc/Resources").standardizedFileURL.path

  /// A Python with PyTorch: that of the path, or the one that the variable names.
  static let torch: String? = {
    let named = ProcessInfo.processInfo.environment["WINNOW_TEST_PYTHON"]
    return ([named].compactMap(\.self) + ["python3"]).first { runs($0, "import torch, numpy") }
  }()

  static func runs(_ python: String, _ script: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", script]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Files of small pictures: light above or light below, with noise.
  private static let directory = Result { () throws -> String in
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for (name, count) in [("pool", 60), ("test", 20), ("far", 12), ("aim", 10), ("further", 8)] {
      var generator = SeededGenerator(seed: 1, purpose: name)
      let labels = (0..<count).map { Int32($0 % 2) }
      let pixels = labels.flatMap { label -> [UInt8] in
        (0..<64).map { UInt8((($0 < 32) == (label == 0) ? 150 : 60) + generator.integer(below: 60)) }
      }
      let path = directory.appendingPathComponent(name).path
      try Data(NumPyArray(shape: [count, 8, 8], values: .uint8(pixels)).bytes)
        .write(to: URL(fileURLWithPath: path + ".npy"))
      try Data(NumPyArray(shape: [count], values: .int32(labels)).bytes)
        .write(to: URL(fileURLWithPath: path + "-labels.npy"))
    }
    return directory.path
  }

  private func sweep(_ model: ModelChoice) throws -> Sweep {
    let directory = try Self.directory.get()
    func source(_ name: String) -> JSONValue {
      ["path": .string("\(name).npy"), "format": "array", "labels": .string("\(name)-labels.npy")]
    }
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": ["image": ["size": 8, "channels": 1]],
      "pools": [["name": "ours", "source": source("pool"), "licence": "CC0-1.0", "labels": "expert"]],
      "test": source("test"), "deployment": source("far"), "target": source("aim"),
      "sets": ["further": source("further")], "corruptionImages": 4,
    ]
    var sweep = Sweep(strategies: [StrategyChoice(name: "random")], shifts: [], budgets: [Money(2)], seeds: [0, 1])
    sweep.dataset = DatasetChoice(
      kind: "files", options: ["manifest": manifest, "directory": .string(directory)])
    sweep.models = [model]
    sweep.training.steps = 60
    return sweep
  }

  private func trials(_ model: ModelChoice) throws -> [TrialValues] {
    let serial = try SerialSweep(try sweep(model))
    try serial.run()
    return try serial.trials().map(\.values)
  }

  private func check(_ trials: [TrialValues]) {
    #expect(trials.count == 2)
    for values in trials {
      #expect((values.metrics["accuracy"] ?? 0) > 0.9 && (values.metrics["deployment"] ?? 0) > 0.9)
      #expect((values.metrics["set.further"] ?? 0) > 0.9 && (values.metrics["robustness"] ?? 0) > 0.5)
      #expect(values.items > 0 && values.ledger.total > .zero)
    }
  }

  @Test(.enabled(if: runs("python3", ""))) func aProgramInPlainPythonTrains() throws {
    let model = ModelChoice(name: "program", options: ["program": .string(Self.resources + "/train_means.py")])
    let found = try trials(model)
    check(found)
    #expect(found.allSatisfy { $0.remarks.contains(Remark(.withoutEmbeddings)) })
    #expect(found.allSatisfy { !$0.remarks.contains(Remark(.withoutProbabilities)) })
    // The same program gives the same bytes.
    #expect(try trials(model).map(\.metrics) == found.map(\.metrics))
  }

  @Test(.enabled(if: torch != nil)) func aProgramWithPyTorchTrains() throws {
    var script = try String(contentsOfFile: Self.resources + "/train_torch.py", encoding: .utf8)
    script.replace("#!/usr/bin/env python3\n", with: "#!/usr/bin/env \(Self.torch ?? "")\n")
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-torch-\(UUID().uuidString).py")
      .path
    try script.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let found = try trials(
      ModelChoice(name: "program", options: ["program": .string(path), "options": ["width": 8]]))
    check(found)
    #expect(found.allSatisfy { !$0.remarks.contains(Remark(.withoutEmbeddings)) })
  }

  @Test func theProgramIsPartOfTheTaskAndItsPathIsNot() throws {
    func trial(_ name: String, _ text: String) throws -> TaskID {
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-\(UUID().uuidString)-\(name)")
        .path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(atPath: path) }
      let serial = try SerialSweep(try sweep(ModelChoice(name: "program", options: ["program": .string(path)])))
      return try #require(serial.plan.table?.rows.first?.task)
    }
    let first = try trial("a", "#!/bin/sh\nexit 1\n")
    #expect(try trial("b", "#!/bin/sh\nexit 1\n") == first)
    #expect(try trial("a", "#!/bin/sh\nexit 2\n") != first)
  }

  @Test func trialsAskForWorkersThatRunProgramsAndHaveWhatTheModelNeeds() throws {
    let program = Self.resources + "/train_means.py"
    func labels(_ model: ModelChoice) throws -> [[String]] {
      let plan = try SerialSweep(try sweep(model)).plan
      return plan.tasks.filter { $0.specification.kind == .trial }.map(\.labels)
    }
    let plain = ModelChoice(name: "program", options: ["program": .string(program)])
    let demanding = ModelChoice(name: "program", options: ["program": .string(program), "labels": ["gpu"]])
    #expect(try labels(plain) == [["programs"], ["programs"]])
    #expect(try labels(demanding) == [["gpu", "programs"], ["gpu", "programs"]])
    #expect(try labels(ModelChoice(name: "mlp")) == [[], []])
  }

  @Test func whatCannotWorkIsRefusedBeforeAnythingRuns() throws {
    var missing = try sweep(ModelChoice(name: "program", options: ["program": "/nonexistent/train"]))
    let error = #expect(throws: ConfigurationError.self) { try SerialSweep(missing) }
    #expect(error?.description == "models.program.program: the file /nonexistent/train is missing")
    missing.evaluation.transfer = .fineTune
    let further = #expect(throws: ConfigurationError.self) { try SerialSweep(missing) }
    #expect(further?.place == "evaluation.transfer")
  }

  @Test func whatTheProgramSaysWhenItFailsIsPassedOn() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-\(UUID().uuidString).sh").path
    try "#!/bin/sh\necho CUDA out of memory\nexit 1\n".write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let serial = try SerialSweep(try sweep(ModelChoice(name: "program", options: ["program": .string(path)])))
    let error = #expect(throws: TaskFailure.self) { try serial.run() }
    #expect(error?.description == "the program ended with status 1; its last words: CUDA out of memory")
  }
}
