import Foundation
import Testing

/// What people see on narrow terminals; `script` of Debian's bsdutils, which every system has, is the terminal.
@Suite("On a terminal", .enabled(if: SmallSweep.isPossible), .serialized) struct TerminalTests {
  private struct Shown {
    let status: Int32
    /// What was drawn, line by line, without colours.
    let lines: [String]
  }

  private func show(_ arguments: [String], columns: Int) throws -> Shown {
    let quoted = (["\(Programs.directory.path)/winnow"] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let found = try Programs.run("/usr/bin/script", ["-eqc", "stty cols \(columns); exec \(quoted)", "/dev/null"])
    let text = found.output.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "")
    return Shown(status: found.status, lines: text.split { $0.isNewline || $0 == "\r" }.map(String.init))
  }

  @Test("no line of results, run, plan or compare is longer than the terminal, and none asks for more")
  func widths() throws {
    let scratch = try ScratchDirectory()
    let store = scratch.path("store")
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    #expect(try Programs.run("winnow", ["run", sweep, "--store", store, "--workers", "2"]).status == 0)
    let commands: [(arguments: [String], widths: [Int], says: String)] = [
      (["results"], [20, 39, 60, 80], "herding"), (["run", sweep, "--workers", "1"], [20], "Done in"),
      (["compare", "small", "small"], [20, 60], "Both ask for the"), (["plan", sweep], [20, 39], "Money: at most"),
      (["plan", sweep, "--power"], [39], "To find a"),
    ]
    for command in commands {
      for columns in command.widths {
        let shown = try show(command.arguments + ["--store", store], columns: columns)
        #expect(shown.status == 0, "\(shown.lines)")
        #expect(shown.lines.contains { $0.contains(command.says) }, "\(command.arguments): \(shown.lines)")
        for line in shown.lines { #expect(line.count <= columns, "\(command.arguments), \(columns): “\(line)”") }
      }
    }
    // A pipe is no terminal: there a sentence is a line.
    let piped = try Programs.run("winnow", ["compare", "small", "small", "--store", store])
    #expect(piped.output.split(separator: "\n").contains { $0.count > 80 })
  }
}
