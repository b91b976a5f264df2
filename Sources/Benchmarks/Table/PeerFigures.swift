import Foundation

/// What libraries in Python make of a line: `Peers/table.py` does the same work and prints figures of the same form.
enum PeerFigures {
  case figures([BenchmarkFigure])
  /// Nobody could be asked, and why.
  case none(String)

  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Peers/table.py").standardizedFileURL.path

  static func measure(_ line: String, quick: Bool) -> PeerFigures {
    guard FileManager.default.fileExists(atPath: script) else { return .none("\(script) is not there") }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let python = ProcessInfo.processInfo.environment["WINNOW_TEST_PYTHON"] ?? "python3"
    process.arguments = [python, script, line] + (quick ? ["--quick"] : [])
    // A kernel that was pinned for us is not to slow down others.
    var environment = ProcessInfo.processInfo.environment
    for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"] { environment[name] = nil }
    process.environment = environment
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return .none("there is no Python") }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    let figures = lines.compactMap { try? JSONDecoder().decode(BenchmarkFigure.self, from: Data($0.utf8)) }
    guard !figures.isEmpty else { return .none(lines.last ?? "its script ended with \(process.terminationStatus)") }
    return .figures(figures)
  }
}
