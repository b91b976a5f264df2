package import Core
import Files
import Foundation
import Glibc
import Planning

/// Runs a program that a sweep brought along, in a directory of its own that is removed afterwards.
package struct ExternalProgram {
  private let directory: String

  /// Runs `run` and reads its answer.
  ///
  /// Throws a ``TaskFailure`` with the program's last words when it fails, takes too long or answers too much, and
  /// `CancellationError` once the result is no longer wanted; the program is ended then.
  package static func run(_ run: ProgramRun, context: TaskContext) throws -> [String: [UInt8]] {
    let program = try ExternalProgram(run)
    defer { try? FileManager.default.removeItem(atPath: program.directory) }
    try program.execute(run, context)
    return try program.answer(run)
  }

  /// Runs programs, where sweeps may bring some; nil where they may not.
  static func runner(isAllowed: Bool) -> ProgramRun.Runner? {
    guard isAllowed else { return nil }
    return { asked, context in try run(asked, context: context) }
  }

  private init(_ run: ProgramRun) throws {
    directory = NSTemporaryDirectory() + "winnow-external-" + UUID().uuidString
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: directory + "/work", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for (name, bytes) in run.files { try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/work/\(name)")) }
    try Data(run.program).write(to: URL(fileURLWithPath: directory + "/program"))
    try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory + "/program")
  }

  private func execute(_ run: ProgramRun, _ context: TaskContext) throws {
    let child = try start()
    // Whatever it started and left behind goes with it.
    defer { child.endGroup() }
    let deadline = MonotonicClock.now.advanced(bySeconds: Double(run.seconds))
    while child.poll() == nil {
      try context.proceed(0)
      guard MonotonicClock.now < deadline else {
        throw TaskFailure("the program took longer than \(run.seconds) seconds; the option \"seconds\" allows more")
      }
      Thread.sleep(forTimeInterval: 0.005)
    }
    let ending = child.wait()
    guard ending != .exited(0) else { return }
    let words = lastWords
    throw TaskFailure("the program \(ending)" + (words.isEmpty ? "" : "; its last words: \(words)"))
  }

  private func start() throws -> ChildProcess {
    let log = open(directory + "/log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard log >= 0 else {
      throw TaskFailure("the program's log cannot be written: \(String(cString: strerror(errno)))")
    }
    defer { close(log) }
    do {
      return try ChildProcess(
        directory + "/program", [directory + "/work"], environment: ProcessInfo.processInfo.environment,
        descriptors: [1: log, 2: log])
    } catch {
      throw TaskFailure(
        "the program cannot be started; it must be an executable of this machine, or a script whose first line names its "
          + "interpreter, such as #!/usr/bin/env python3")
    }
  }

  /// The last line that it wrote, as far as that is text.
  private var lastWords: String {
    guard let file = FileHandle(forReadingAtPath: directory + "/log") else { return "" }
    let end = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: end > 2_000 ? end - 2_000 : 0)
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    return String((text.split(separator: "\n").last ?? "").prefix(500))
  }

  private func answer(_ run: ProgramRun) throws -> [String: [UInt8]] {
    var answer: [String: [UInt8]] = [:]
    for name in run.answers {
      let path = "\(directory)/work/\(name)"
      guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int else { continue }
      guard size <= Self.answerLimit else {
        throw TaskFailure("the program wrote \(size) bytes into \(name); at most \(Self.answerLimit) are read")
      }
      answer[name] = FileManager.default.contents(atPath: path).map { Array($0) }
    }
    return answer
  }

  private static let answerLimit = 256 << 20
}
