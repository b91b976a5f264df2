import Testing

@Suite("Help on a terminal of 80 columns")
struct HelpTests {
  private static let columns = 80

  /// Every command of `winnow`, as its own help lists them, and the two other programs.
  private static let commands: [[String]] = {
    func all(_ command: [String]) -> [[String]] {
      let help = (try? Programs.run("winnow", command + ["--help"]).output) ?? ""
      let list = help.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      // Continuations of what a command does stand further to the right.
      let names = list.prefix { !$0.isEmpty }.filter { $0.prefix { $0 == " " }.count == 2 }.map {
        String($0.split(separator: " ")[0])
      }
      return [command] + names.flatMap { all(command + [$0]) }
    }
    return all([]).map { ["winnow"] + $0 } + [["winnow-worker"], ["winnow-coordinator"]]
  }()

  private func lines(_ command: [String]) throws -> [Substring] {
    let found = try Programs.run(command[0], Array(command.dropFirst()) + ["--help"])
    #expect(found.status == 0 && found.errors.isEmpty)
    return found.output.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("there is help for every command, and no line of it is too long")
  func width() throws {
    #expect(Self.commands.count > 25)
    for command in Self.commands {
      for line in try lines(command) { #expect(line.count <= Self.columns, "\(command): “\(line)”") }
    }
  }

  @Test("examples and lists of exit statuses stay on their lines")
  func examples() throws {
    var blocks = 0
    for command in Self.commands {
      let lines = try lines(command)
      for heading in lines.indices where ["EXAMPLES", "EXIT STATUS"].contains(lines[heading]) {
        blocks += 1
        let block = lines[(heading + 1)...].prefix { !$0.isEmpty }
        #expect(!block.isEmpty)
        for line in block { #expect(line.hasPrefix("  "), "\(command): “\(line)”") }
      }
    }
    #expect(blocks > 15)
  }

  @Test("paragraphs are wrapped once: no line ends where the next word had room")
  func paragraphs() throws {
    for command in Self.commands {
      let lines = try lines(command)
      for (line, next) in zip(lines, lines.dropFirst()) {
        guard let word = next.split(separator: " ").first, !line.isEmpty, !next.hasPrefix(" "), !line.hasPrefix(" ")
        else { continue }
        #expect(line.count + 1 + word.count >= Self.columns, "\(command): “\(line)”, then “\(word)”")
      }
    }
  }

  @Test("the worker's help shows the options that people use, and none of its inner commands")
  func worker() throws {
    let help = try lines(["winnow-worker"]).joined(separator: "\n")
    for option in ["--connect <tcp://host:port>", "--key <file>", "--server-key <key>", "--slots", "--allow-programs"] {
      #expect(help.contains("\n  \(option)"))
    }
    #expect(!help.contains("SUBCOMMANDS"))
    #expect(
      try Programs.run("winnow-worker", ["--slots", "0", "--connect", "tcp://h:1"]).errors.contains("--slots is from"))
  }
}
