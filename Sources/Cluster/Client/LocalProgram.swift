import Files
import Foundation

/// A program that runs as a child of this one, with its output in a log file.
final class LocalProgram {
  let name: String
  private let process = Process()
  private let path: String
  private let arguments: [String]
  private let log: String

  /// Starts the program at `path`. It ends when the thread that called this ends.
  init(_ path: String, _ arguments: [String], log: String) throws {
    name = (path as NSString).lastPathComponent
    self.path = path
    self.arguments = arguments
    self.log = log
    if !FileManager.default.fileExists(atPath: log) {
      guard FileManager.default.createFile(atPath: log, contents: nil, attributes: [.posixPermissions: 0o600]) else {
        throw ClusterRefusal("the log \(log) cannot be written: \(String(cString: strerror(errno)))")
      }
    }
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    try output.seekToEnd()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["WINNOW_PARENT": "\(getpid())"]) { _, own in own
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw ClusterRefusal("\(path) cannot be started: \(error.localizedDescription)")
    }
  }

  /// The same program with the same arguments, once this one has ended.
  func startedAgain() throws -> LocalProgram { try LocalProgram(path, arguments, log: log) }

  var isRunning: Bool { process.isRunning }
  var processID: Int32 { process.processIdentifier }

  /// The last line of its log, without the program's name: what it said before it ended.
  var lastWords: String {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").last.map(String.init) ?? ""
    return line.hasPrefix("Error: ") ? String(line.dropFirst(7)) : line
  }

  /// Asks it to end.
  func requestStop() { if process.isRunning { process.terminate() } }

  /// Asks it to end, and kills it when it has not after `patienceSeconds`.
  func stop(patienceSeconds: Double) {
    requestStop()
    let deadline = MonotonicClock.now.advanced(bySeconds: patienceSeconds)
    while process.isRunning, MonotonicClock.now < deadline { Thread.sleep(forTimeInterval: 0.01) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
