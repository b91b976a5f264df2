import Core
import Foundation
import Transport

/// A directory that one agent on this host owns while it lives: its name, its spool. The next agent that starts takes
/// over what the last one left.
final class AgentHome {
  let directory: String
  /// The same for every life of this home, so that the coordinator knows the agent again.
  let id: WorkerID
  /// Grows with every life.
  let incarnation: UInt64
  private let lock: Int32

  /// Takes the first home under `cache` that no living agent of this host has.
  init(under cache: String, host: String) throws {
    for number in 0..<4096 {
      let directory = "\(cache)/agents/\(host)-\(number)"
      try KeyFile.makeDirectory(directory)
      guard let lock = try Self.tryLock("\(directory)/lock") else { continue }
      let (id, incarnation) = Self.lastIdentity(in: directory) ?? (.random(), 0)
      let text = "\(id) \(incarnation + 1)\n"
      try ObjectCache.write(Array(text.utf8), to: "\(directory)/identity.new")
      guard rename("\(directory)/identity.new", "\(directory)/identity") == 0 else {
        throw TransportError("cannot write \(directory)/identity: \(String(cString: strerror(errno)))")
      }
      (self.directory, self.lock, self.id, self.incarnation) = (directory, lock, id, incarnation + 1)
      return
    }
    throw TransportError("4096 agents use the cache \(cache) already: choose another with --cache DIR")
  }

  deinit { close(lock) }

  private static func tryLock(_ path: String) throws -> Int32? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw TransportError("cannot write \(path): \(String(cString: strerror(errno)))") }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  private static func lastIdentity(in directory: String) -> (WorkerID, UInt64)? {
    let text = (try? String(contentsOfFile: "\(directory)/identity", encoding: .utf8)) ?? ""
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let bytes = Hexadecimal.decode(String(words[0])), let id = WorkerID(bytes: bytes),
      let incarnation = UInt64(words[1])
    else { return nil }
    return (id, incarnation)
  }
}
