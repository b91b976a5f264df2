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
