import Core
import Foundation

/// A task that computes nothing, or misbehaves on request.
struct NothingTask {
  let parameters: JSONValue

  func run(shouldContinue: () -> Bool) throws -> TaskProduct {
    if let reason = parameters["fail"]?.text { throw TaskFailure(reason) }
    if parameters["die"] == .bool(true), !survivedBefore() { kill(getpid(), SIGKILL) }
    try wait(seconds: parameters["wait"]?.double ?? 0, shouldContinue: shouldContinue)
    guard let size = parameters["bytes"]?.int, size >= 0 else { return TaskProduct() }
    return TaskProduct(objects: ["bytes": (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }])
  }

  /// Whether the file that `onceAs` names exists; makes it otherwise, so that only the first attempt dies.
  private func survivedBefore() -> Bool {
    guard let path = parameters["onceAs"]?.text else { return false }
    if FileManager.default.fileExists(atPath: path) { return true }
    return !FileManager.default.createFile(atPath: path, contents: nil)
  }

  private func wait(seconds: Double, shouldContinue: () -> Bool) throws {
    let end = MonotonicClock.now.advanced(bySeconds: seconds)
    while MonotonicClock.now < end {
      guard shouldContinue() else { throw TaskStopped() }
      Thread.sleep(forTimeInterval: min(0.01, end.seconds(since: MonotonicClock.now).magnitude))
    }
  }
}
