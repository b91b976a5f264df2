import Core
import Foundation
import Testing

/// The commands that need no sweep.
@Suite("Commands on anybody's files") struct ArrayCommandTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// A NumPy file, as another program would write it.
  private func array(_ name: String, type: String, shape: String, _ bytes: [UInt8]) throws -> String {
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let start: [UInt8] =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    let path = scratch.path(name)
    try Data(start + Array(header.utf8) + bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Points on a line, as 64-bit floats.
  private func line(_ name: String, _ values: [Double]) throws -> String {
    let bytes = values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
    return try array(name, type: "<f8", shape: "(\(values.count), 1)", bytes)
  }

  private func select(_ arguments: [String]) throws -> JSONValue {
    let ending = try Programs.run("winnow", ["select", "--json"] + arguments)
    #expect(ending.status == 0, "\(ending.errors)")
    return try JSONValue.parse(Array(ending.output.utf8), source: "select")
  }

  @Test func kCenterGoesToTheFarthestPointOfALine() throws {
    let features = try line("line.npy", [0, 1, 2, 3, 10])
    let picks = try select(["--features", features, "--strategy", "k-center", "--count", "3", "--option", "first=0"])
    #expect(picks["indices"]?.elements?.compactMap(\.int) == [0, 4, 3])
  }

  @Test func facilityLocationTellsItsGains() throws {
    let features = try line("line.npy", [0, 1, 2, 3, 10])
    let picks = try select([
      "--features", features, "--strategy", "facility-location", "--count", "2", "--option",
      "similarity=max-squared-euclidean",
    ])
    // Similarities are 100 − d²: row 3 has 91 + 96 + 99 + 100 + 51, then row 4 adds 100 − 51.
    #expect(picks["indices"]?.elements?.compactMap(\.int) == [3, 4])
    #expect(picks["gains"]?.elements?.compactMap(\.double) == [437, 49])
  }

  @Test(arguments: [
    (["--strategy", "herdin", "--count", "1"], "did you mean \"herding\"?"),
    (["--strategy", "k-center", "--count", "9"], "a count from 1 to 5"),
    (["--strategy", "k-center", "--count", "1", "--option", "fist=1"], "did you mean \"first\"?"),
    (["--strategy", "class-balanced", "--count", "1"], "needs labels, and none were given"),
    (["--strategy", "target-nearest", "--count", "1"], "target"),
  ]) func aMistakeIsOneSentence(arguments: [String], sentence: String) throws {
    let features = try line("line.npy", [0, 1, 2, 3, 10])
    let ending = try Programs.run("winnow", ["select", "--features", features] + arguments)
    #expect(ending.status == 1 && ending.errors.contains(sentence), "said: \(ending.errors)")
    #expect(ending.errors.split(separator: "\n").count == 1, "said: \(ending.errors)")
  }

  @Test func filesThatAreNoArraysAreNamed() throws {
    let text = try scratch.write("1,2\n", to: "table.csv")
    let cube = try array("labels.npy", type: "<i8", shape: "(1,)", [UInt8](repeating: 0, count: 8))
    for (path, sentence) in [
      (text, "this is not a NumPy array"), (cube, "two or more dimensions"), (scratch.path("gone.npy"), "no such file"),
    ] {
      let ending = try Programs.run("winnow", ["select", "--features", path, "--strategy", "random", "--count", "1"])
      #expect(ending.status == 1 && ending.errors.contains(sentence), "said: \(ending.errors)")
    }
  }

  @Test func analyzeCountsTheClassesOfAManifest() throws {
    let rows = (0..<10).map { "s\($0),\($0 < 8 ? "cat" : "dog")" }
    let file = try scratch.write((["sample,label"] + rows).joined(separator: "\n") + "\n", to: "manifest.csv")
    let ending = try Programs.run("winnow", ["analyze", file, "--json"])
    let values = try JSONValue.parse(Array(ending.output.utf8), source: "analyze")
    #expect(values["classes"]?.int == 2 && values["samples"]?.int == 10 && values["lt500"]?.int == 2)
    #expect(values["gini"]?.double.map { abs($0 - 0.3) < 1e-12 } == true)
    for key in ["rows", "coverage", "ls5pct", "top1", "expEntropy", "rPCC", "rACS", "rINAA", "rPR", "rINAVAV"] {
      #expect(values[key] != nil, "\(key) is missing")
    }
    let people = try Programs.run("winnow", ["analyze", file])
    #expect(people.output.contains("Gini coefficient of the counts") && people.status == 0)
  }

  @Test func imagesAndTextsAreScoredByTheirCosine() throws {
    let ones = try line("images.npy", [1, 2])
    let texts = try line("texts.npy", [3, -1])
    let ending = try Programs.run("winnow", ["analyze", "--images", ones, "--texts", texts, "--json"])
    // Cosines are 1 and −1, of which the second counts 0.
    #expect(try JSONValue.parse(Array(ending.output.utf8), source: "analyze")["imageText"]?.double == 50)
    let one = try Programs.run("winnow", ["analyze", "--images", ones])
    #expect(one.status == 64)
  }

  @Test func everyStrategyIsListedWithWhatItPays() throws {
    let ending = try Programs.run("winnow", ["strategies", "--json"])
    let listed = try JSONValue.parse(Array(ending.output.utf8), source: "strategies").elements ?? []
    let names = Set(listed.compactMap { $0["name"]?.text })
    #expect(
      names.isSuperset(of: ["random", "mix", "mix-search", "external", "imported", "facility-location", "herding"]))
    let herding = listed.first { $0["name"]?.text == "herding" }
    #expect(herding?["costs"]?["looking"]?.elements?.isEmpty == false)
    #expect(listed.allSatisfy { $0["summary"]?.text?.isEmpty == false && $0["source"] != nil })
  }

  /// Runs a line of shell in which `$W` is the program.
  private func shell(_ line: String) throws -> Programs.Ending {
    let winnow = Programs.directory.appendingPathComponent("winnow").path
    return try Programs.run("/bin/bash", ["-c", "W='\(winnow)'; \(line)"], in: scratch.url)
  }

  @Test(arguments: ["strategies", "strategies --json", "plan --json", "analyze t.csv", "--help", "select --help"])
  func resultsThatCannotBeWrittenAreAFailure(command: String) throws {
    _ = try scratch.write("label\nx\n", to: "t.csv")
    for output in ["> /dev/full", ">&-"] {
      let ending = try shell("$W \(command) \(output)")
      #expect(ending.status == 1, "\(command) \(output)")
      #expect(ending.errors.contains("standard output: it cannot be written"), "said: \(ending.errors)")
    }
  }

  @Test(arguments: ["ulimit -n 12; $W results", "ulimit -n 40; $W run --workers 4"])
  func tooFewOpenFilesAreASentence(line: String) throws {
    let ending = try shell(line)
    #expect(ending.status == 1 && ending.errors.contains("raise the limit with `ulimit -n"), "said: \(ending.errors)")
  }

  @Test func aReaderThatGoesAwayIsNoFailure() throws {
    let ending = try shell("$W strategies | head -1; echo ${PIPESTATUS[1]}")
    #expect(ending.errors.isEmpty && ending.output.hasSuffix("0\n"), "said: \(ending.errors)")
  }

  @Test func inputComesFromPipesToo() throws {
    _ = try scratch.write("label\nx\ny\nx\n", to: "t.csv")
    _ = try scratch.write(#"{"strategies": ["random"], "seeds": 1}"#, to: "s.json")
    _ = try line("line.npy", [0, 1, 2, 3, 10])
    let commands = [
      "analyze t.csv --json", "plan s.json",
      "select --features line.npy --strategy k-center --count 3 --option first=0",
    ]
    for command in commands {
      let file = try #require(command.split(separator: " ").first { $0.contains(".") })
      let plain = try shell("$W \(command)")
      #expect(plain.status == 0, "\(plain.errors)")
      for other in ["/dev/stdin", "-", "<(cat \(file))"] {
        let piped = try shell("cat \(file) | $W \(command.replacing(file, with: other))")
        #expect(piped.output == plain.output && piped.status == 0, "\(other): \(piped.errors)")
      }
    }
  }

  @Test func namesLabelRowsAsNumbersDo() throws {
    let features = try line("line.npy", [0, 1, 2, 3, 10, 11])
    let names = try scratch.write("b\nb\nb\na\na\na\n", to: "names.txt")
    let numbers = try scratch.write("1.0\n1.0\n1.0\n0.0\n0.0\n0.0\n", to: "numbers.txt")
    let arguments = ["--features", features, "--strategy", "herding", "--count", "4"]
    #expect(try select(arguments + ["--labels", names]) == select(arguments + ["--labels", numbers]))
  }

  @Test func embeddingsWithoutNumbersAreNamedByRowAndScaleDoesNotMatter() throws {
    let texts = try line("texts.npy", [3, -1])
    for scale in [0x1p-80, 1, 0x1p70] {
      let images = try line("images.npy", [1 * scale, 2 * scale])
      let ending = try Programs.run("winnow", ["analyze", "--images", images, "--texts", texts, "--json"])
      #expect(try JSONValue.parse(Array(ending.output.utf8), source: "analyze")["imageText"]?.double == 50)
    }
    let damaged = try line("images.npy", [1, .nan])
    let ending = try Programs.run("winnow", ["analyze", "--images", damaged, "--texts", texts])
    #expect(ending.status == 1 && ending.errors.contains("nan in row 1, column 0"), "said: \(ending.errors)")
  }
}
