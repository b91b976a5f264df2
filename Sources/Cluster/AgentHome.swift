package import Core
import Files
import Foundation
import Transport

/// A directory that one agent on this host owns while it lives: its name, its spool. The next agent that starts takes
/// over what the last one left.
package final class AgentHome {
  package let directory: String
  /// The same for every life of this home, so that the coordinator knows the agent again.
  package let id: WorkerID
  /// Grows with every life.
  package let incarnation: UInt64
  private let lock: FileLock

  /// Takes the first home under `cache` that no living agent of this host has.
  package init(under cache: String, host: String) throws {
    for number in 0..<4096 {
      let directory = "\(cache)/agents/\(host)-\(number)"
      try KeyFile.makeDirectory(directory)
      guard let lock = try FileLock("\(directory)/lock") else { continue }
      let (id, incarnation) = Self.lastIdentity(in: directory) ?? (.random(), 0)
      let text = "\(id) \(incarnation + 1)\n"
      try FileWriting.replace("\(directory)/identity", Array(text.utf8), mode: 0o600)
      (self.directory, self.lock, self.id, self.incarnation) = (directory, lock, id, incarnation + 1)
      return
    }
    throw TransportError("4096 agents use the cache \(cache) already: choose another with --cache DIR")
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
