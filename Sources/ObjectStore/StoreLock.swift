import Core
import Foundation

/// The right to write to a store: an exclusive lock that the kernel releases when the process ends, however it ends.
final class StoreLock: Sendable {
  private let file: OpenFile

  /// Throws `locked` with the holder's name when another process, or this one, has the lock.
  init(_ layout: Layout) throws {
    file = try OpenFile(layout.lock, flags: O_RDWR | O_CREAT)
    guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw FileSystem.writeError("lock", layout.lock) }
      throw StoreError.locked(path: layout.root, holder: Self.holder(try file.read(count: 4096, at: 0)))
    }
  }

  /// The epoch that the last holder wrote down; 0 when there was none.
  func lastEpoch() throws -> Epoch {
    let json = try? JSONValue.parse(file.read(count: 4096, at: 0), source: file.path)
    return Epoch(UInt64(min(max(0, json?["epoch"]?.int ?? 0), Int.max / 2)))
  }

  /// Tells others who holds the lock.
  func announce(owner: String, epoch: Epoch) throws {
    let json: JSONValue = [
      "owner": .string(owner), "pid": .integer(Int64(getpid())),
      "host": .string(ProcessInfo.processInfo.hostName), "epoch": .integer(Int64(epoch.value)),
    ]
    try file.truncate(to: 0)
    try file.write(json.canonical, at: 0)
  }

  private static func holder(_ bytes: [UInt8]) -> String {
    guard let json = try? JSONValue.parse(bytes, source: "lock"), let owner = json["owner"]?.text,
      let process = json["pid"]?.int, let host = json["host"]?.text, let epoch = json["epoch"]?.int
    else { return "another process" }
    return "\(owner) (process \(process) on \(host), epoch \(epoch))"
  }
}
