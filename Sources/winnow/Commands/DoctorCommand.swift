import ArgumentParser
import Core
import Reporting

/// `winnow doctor`: what this machine has.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what this machine has, and what Winnow can use of it.",
    discussion: """
      One line a fact: processor, libraries, memory, disks, and what some sweeps need. Where something is missing, the line below says what that means and what to do.

      EXAMPLES
        winnow doctor
        winnow doctor --store /data/store    the disk of that store
        winnow doctor --json                 for a script

      EXIT STATUS
        0    sweeps can run here
        1    they cannot; the lines with ✗ say why
      """)

  @OptionGroup var store: StoreOption
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let findings = HostExamination(store: store.store).findings
    let problems = findings.filter { $0.state == .problem }
    if json {
      try Terminal.print(
        json: [
          "canRun": .bool(problems.isEmpty), "version": .string(Version.current),
          "findings": .array(findings.map(\.json)),
        ])
    } else {
      try Terminal.print(Self.lines(findings).joined(separator: "\n"))
    }
    guard problems.isEmpty else {
      throw CommandError(
        "sweeps cannot run here: \(problems.map(\.name).joined(separator: ", ")); the lines above say what to do")
    }
  }

  private static func lines(_ findings: [Finding]) -> [String] {
    let width = findings.map(\.name.count).max() ?? 0
    let margin = String(repeating: " ", count: width + 4)
    return findings.flatMap { finding in
      let name = finding.name + String(repeating: " ", count: width - finding.name.count)
      return fitted(finding.fact, after: "\(sign(finding.state)) \(name)  ", margin)
        + (finding.advice.map { fitted($0, after: margin, margin) } ?? [])
    }
  }

  private static func sign(_ state: Finding.State) -> String {
    switch state {
    case .ok: "✓"
    case .note: "–"
    case .problem: "✗"
    }
  }

  /// `text` behind `first`, broken into lines that fit the terminal.
  private static func fitted(_ text: String, after first: String, _ margin: String) -> [String] {
    let room = max(20, Terminal.tableWidth - margin.count)
    return TextLines.wrapped(text, width: room).split(separator: "\n").enumerated().map {
      ($0.offset == 0 ? first : margin) + $0.element
    }
  }
}
