package import Curation
import Foundation
import Glibc

/// Runs a program that a sweep brought along, in a directory of its own that is removed afterwards.
package struct ExternalProgram {
  private let directory: String

  /// Runs `run` and reads its answer.
  ///
  /// Throws a ``TaskFailure`` with the program's last words when it fails, takes too long or answers too much, and
  /// ``TaskStopped`` once `shouldContinue` answers false; the program is ended then.
  package static func run(_ run: ProgramRun, shouldContinue: () -> Bool) throws -> [String: [UInt8]] {
    let program = try ExternalProgram(run)
    defer { try? FileManager.default.removeItem(atPath: program.directory) }
    try program.execute(run, shouldContinue: shouldContinue)
    return try program.answer(run)
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

  private func execute(_ run: ProgramRun, shouldContinue: () -> Bool) throws {
    let child = try LocalProgram(directory + "/program", [directory + "/work"], log: directory + "/log")
    let deadline = MonotonicClock.now.advanced(bySeconds: Double(run.seconds))
    while child.isRunning {
      guard shouldContinue() else {
        child.stop(patienceSeconds: 1)
        throw TaskStopped()
      }
      guard MonotonicClock.now < deadline else {
        child.stop(patienceSeconds: 1)
        throw TaskFailure("the program took longer than \(run.seconds) seconds; the option \"seconds\" allows more")
      }
      Thread.sleep(forTimeInterval: 0.005)
    }
    guard let problem = child.problem else { return }
    let words = child.lastWords
    throw TaskFailure("the program \(problem)" + (words.isEmpty ? "" : "; its last words: \(words.prefix(500))"))
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
