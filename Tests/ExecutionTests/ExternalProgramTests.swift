import Core
import Curation
import Economics
import Execution
import Foundation
import Planning
import Sweeps
import Testing

@Suite struct ExternalProgramTests {
  private func run(
    _ script: String, files: [String: [UInt8]] = [:], seconds: Int = 60, context: TaskContext = .unobserved
  ) throws -> [String: [UInt8]] {
    try ExternalProgram.run(
      ProgramRun(program: Array(script.utf8), files: files, answers: ["subset.json"], seconds: seconds),
      context: context)
  }

  @Test func aScriptReadsItsDirectoryAndAnswersAndNothingIsLeft() throws {
    let answer = try run(
      "#!/bin/sh\ncat \"$1/request.json\" > \"$1/subset.json\"\npwd > /dev/null\necho \"$1\" >> \"$1/subset.json\"\n",
      files: ["request.json": Array("hello\n".utf8)])
    let lines = String(decoding: answer["subset.json"] ?? [], as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "hello")
    #expect(!FileManager.default.fileExists(atPath: String(try #require(lines.last))))
  }

  @Test func aFailureIsToldWithItsLastWords() {
    let error = #expect(throws: TaskFailure.self) { try run("#!/bin/sh\necho no luck >&2\nexit 3\n") }
    #expect(error?.description == "the program ended with status 3; its last words: no luck")
    #expect(throws: (any Error).self) { try run("this is no program") }
  }

  @Test func whatAProgramLeavesBehindNeitherWaitsNorStays() throws {
    let answer = try run("#!/bin/sh\nsleep 600 &\necho $! > \"$1/subset.json\"\n", seconds: 60)
    let text = String(decoding: answer["subset.json"] ?? [], as: UTF8.self)
    let left = try #require(Int32(text.split(separator: "\n").first ?? ""))
    let deadline = ContinuousClock.now + .seconds(10)
    func isGone() -> Bool {
      // A zombie that nobody has collected yet is as good as gone.
      guard let state = try? String(contentsOfFile: "/proc/\(left)/stat", encoding: .utf8) else { return true }
      return state.contains(") Z ")
    }
    while !isGone(), ContinuousClock.now < deadline { sched_yield() }
    #expect(isGone())
  }

  @Test func aProgramThatNeverEndsIsEnded() {
    let error = #expect(throws: TaskFailure.self) { try run("#!/bin/sh\nexec sleep 600\n", seconds: 0) }
    #expect(error?.description.contains("took longer than 0 seconds") == true)
    #expect(throws: CancellationError.self) {
      try run("#!/bin/sh\nexec sleep 600\n", context: TaskContext(report: { _ in }, isWanted: { false }))
    }
  }

  @Test func theContentOfAFileMakesTheTaskAndItsPathDoesNot() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    func trial(_ name: String, _ text: String) throws -> TaskID {
      let path = directory.appendingPathComponent(name).path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let choice = StrategyChoice(name: "imported", options: ["file": .string(path)])
      let sweep = Sweep(strategies: [choice], shifts: ["expert"], budgets: [Money(20)], seeds: [0])
      let resolved = try ResolvedSweep(sweep, catalogue: .standard())
      let files = resolved.files.map { ($0.name, Digest(of: $0.name)) }
      let sources = try SourceFiles.strategies(of: sweep).mapValues { Digest(of: $0) }
      return try #require(
        try PlannedSweep(resolved, sources: sources.merging(files) { $1 }).table?.rows.first?.task)
    }
    let first = try trial("a.csv", "index\n1\n")
    #expect(try trial("b.csv", "index\n1\n") == first)
    #expect(try trial("a.csv", "index\n2\n") != first)
  }

  @Test func aMissingFileIsNamedWithItsOption() {
    let choice = StrategyChoice(name: "imported", options: ["file": "/nonexistent/subset.csv"])
    let sweep = Sweep(strategies: [choice], shifts: ["expert"], budgets: [Money(20)], seeds: [0])
    let error = #expect(throws: ConfigurationError.self) { try SourceFiles.strategies(of: sweep) }
    #expect(error?.description == "strategies.imported.file: the file /nonexistent/subset.csv is missing")
  }
}
