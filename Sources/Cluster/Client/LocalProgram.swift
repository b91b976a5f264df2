import Files
import Foundation

/// A program that runs as a child of this one, with its output in a log file.
final class LocalProgram {
  let name: String
  private let process: ChildProcess
  private let path: String
  private let arguments: [String]
  private let log: String

  /// Starts the program at `path`. It ends when the thread that called this ends.
  init(_ path: String, _ arguments: [String], log: String) throws {
    name = (path as NSString).lastPathComponent
    self.path = path
    self.arguments = arguments
    self.log = log
    let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw FileError(log, "cannot be written", code: errno) }
    defer { close(output) }
    let environment = ProcessInfo.processInfo.environment.merging(["WINNOW_PARENT": "\(getpid())"]) { _, own in own }
    process = try ChildProcess(path, arguments, environment: environment, descriptors: [1: output, 2: output])
  }

  /// The same program with the same arguments, once this one has ended.
  func startedAgain() throws -> LocalProgram { try LocalProgram(path, arguments, log: log) }

  var isRunning: Bool { process.poll() == nil }
  var processID: Int32 { process.identifier }

  /// The last line of its log, without the program's name: what it said before it ended.
  var lastWords: String {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").last.map(String.init) ?? ""
    return line.hasPrefix("Error: ") ? String(line.dropFirst(7)) : line
  }

  /// Asks it to end.
  func requestStop() { process.signal(SIGTERM) }

  /// Asks it to end, and kills it when it has not after `patienceSeconds`.
  func stop(patienceSeconds: Double) {
    requestStop()
    let deadline = MonotonicClock.now.advanced(bySeconds: patienceSeconds)
    while isRunning, MonotonicClock.now < deadline { Thread.sleep(forTimeInterval: 0.01) }
    process.signal(SIGKILL)
    _ = process.wait()
  }
}
