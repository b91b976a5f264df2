import Files
package import Foundation
package import Testing

/// One of our executables, running.
package final class RunningProgram {
  package let log: String
  private let process = Process()

  /// - Parameter prefix: a command that runs the program somewhere else.
  package init(_ name: String, _ arguments: [String], log: String, prefix: [String] = []) throws {
    self.log = log
    if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(fileURLWithPath: log)) }
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    try output.seekToEnd()
    let command = prefix + [Self.products.appendingPathComponent(name).path] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  /// Where the executables of this build are: beside the tests.
  package static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// Runs it to its end.
  package static func run(_ name: String, _ arguments: [String], in directory: String) throws -> (
    status: Int32, output: String
  ) {
    let log = "\(directory)/\(UUID().uuidString).log"
    let program = try RunningProgram(name, arguments, log: log)
    try waitUntil("\(name) ends") { !program.isRunning }
    return (program.process.terminationStatus, text(log))
  }

  package var isRunning: Bool { process.isRunning }
  package var processID: Int32 { process.processIdentifier }
  package var status: Int32 { process.terminationStatus }

  package func signal(_ number: Int32) { Foundation.kill(process.processIdentifier, number) }

  /// SIGKILL, and waits for the end.
  package func kill() {
    guard process.isRunning else { return }
    signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Its living children, the slot processes of a worker.
  package var children: [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
    return all.filter { ProcessState($0)?.parent == processID && ProcessState($0)?.isAlive == true }
  }
}

/// What the kernel says about a process.
package struct ProcessState {
  package let parent: Int32
  /// Not a zombie.
  package let isAlive: Bool

  package init?(_ process: Int32) {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let words = text[text.index(after: end)...].split(separator: " ")
    guard words.count > 2, let parent = Int32(words[1]) else { return nil }
    self.parent = parent
    isAlive = words[0] != "Z" && words[0] != "X"
  }
}

/// Waits for a condition, not for a time. Records an issue and throws when it does not come to hold.
package func waitUntil(
  _ what: String, seconds: Double = 30, location: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) throws {
  let end = MonotonicClock.now.advanced(bySeconds: seconds)
  while !(try condition()) {
    guard MonotonicClock.now < end else {
      Issue.record("within \(seconds) s it did not come about that \(what)", sourceLocation: location)
      throw WaitedInVain()
    }
    usleep(5_000)
  }
}

package struct WaitedInVain: Error {}

/// The content of a file, empty when there is none.
package func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
