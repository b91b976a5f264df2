import Foundation
import Testing

@Suite("Mistakes at the command line") struct MistakeTests {
  @Test(
    "a mistake in a sweep file is one sentence and a status other than 0",
    arguments: [
      (#"{"stratgies": ["random"]}"#, "did you mean \"strategies\"?"),
      (#"{"strategies": ["radnom"]}"#, "did you mean \"random\"?"),
      (#"{"strategies": [{"name": "herding", "keeep": 1}]}"#, "did you mean \"keep\"?"),
      (#"{"budgets": [-5]}"#, "a budget is an amount above 0"),
      (#"{"dataset": {"directory": "/nonexistent/data"}}"#, "there is no directory /nonexistent/data"),
      (#"{"numerics": {"core": "Hasswell"}}"#, "did you mean \"Haswell\"?"),
      (#"{"#, "not valid JSON"),
      (#"{"seeds": 1, "strategies": ["random"], "seeds": 9}"#, "the key \"seeds\" is given twice"),
    ]) func sweepFile(text: String, sentence: String) throws
  {
    let scratch = try ScratchDirectory()
    let sweep = try scratch.write(text, to: "sweep.json")
    for command in [["run", sweep, "--store", scratch.path("store")], ["plan", sweep]] {
      let ending = try Programs.run("winnow", command)
      #expect(ending.status != 0)
      #expect(ending.errors.contains(sentence), "said: \(ending.errors)")
      #expect(ending.errors.split(separator: "\n").count == 1, "said: \(ending.errors)")
      #expect(!FileManager.default.fileExists(atPath: scratch.path("store")), "the store was touched")
    }
  }

  @Test("a store that is none is named, and nothing is made of it") func foreignStore() throws {
    let scratch = try ScratchDirectory()
    _ = try scratch.write("mine", to: "precious.txt")
    for command in [["results"], ["report"], ["store", "check"], ["store", "ls"]] {
      let ending = try Programs.run("winnow", command + ["--store", scratch.url.path])
      #expect(ending.status == 1)
      #expect(ending.errors.contains("is not a Winnow store"), "said: \(ending.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["precious.txt"])
  }

  @Test("a sweep file that is not there is named") func missingFile() throws {
    let ending = try Programs.run("winnow", ["run", "/nonexistent/sweep.json"])
    #expect(ending.status == 1)
    #expect(ending.errors.contains("/nonexistent/sweep.json: there is no such file"))
  }

  @Test("an unknown command or option is a usage error with status 64") func usage() throws {
    #expect(try Programs.run("winnow", ["rnu"]).status == 64)
    #expect(try Programs.run("winnow", ["run", "--wrokers", "2"]).status == 64)
    #expect(try Programs.run("winnow", ["run", "--workers", "0"]).status == 64)
  }
}

@Suite("A full disk", .enabled(if: SmallSweep.isPossible && geteuid() == 0)) struct FullDiskTests {
  @Test("ends the run with one sentence, damages nothing, and the run goes on when there is space") func fullDisk()
    throws
  {
    let scratch = try ScratchDirectory()
    let disk = scratch.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    // Not every container may mount; without a small disk there is nothing to test.
    guard try Programs.run("/bin/mount", ["-t", "tmpfs", "-o", "size=60m", "tmpfs", disk]).status == 0 else { return }
    defer { _ = try? Programs.run("/bin/umount", ["-l", disk]) }
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    let store = "\(disk)/store"
    let ending = try Programs.run("winnow", ["run", sweep, "--store", store])
    #expect(ending.status == 1)
    #expect(ending.errors.contains("is full; free some space"), "said: \(ending.errors)")
    #expect(try Programs.run("winnow", ["store", "check", "--store", store]).status == 0)
    #expect(try Programs.run("/bin/mount", ["-o", "remount,size=900m", disk]).status == 0)
    let again = try Programs.run("winnow", ["run", sweep, "--store", store])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try SmallSweep.outcomes(of: store).count == SmallSweep.trials)
  }
}
