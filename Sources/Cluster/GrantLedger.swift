package import Coordination
import Core
import Files
import Foundation
package import ObjectStore
import Transport
package import Wire

/// To whom tasks were granted, in a file of the store, so that the next life of a coordinator knows whose word to take.
///
/// Entries of 72 bytes: the epoch (8 bytes, high byte first), the task, the public key (32 bytes each; zeros without
/// encryption). Written before a grant is sent and never synchronised: what a power cut takes costs a computation.
package final class GrantLedger {
  package static let fileName = "grants"
  private static let entrySize = 72
  /// Entries that are taken over from earlier lives, the last ones.
  private static let entriesKept = 262_144

  /// What earlier lives have written, in order; the torn end of a file is left out.
  package let earlier: [EarlierGrant]
  private let file: FileHandle
  private let path: String

  /// Opens the ledger of `store`, and drops the entries of tasks that have a record there.
  package init(_ store: Store) throws {
    path = "\(store.path)/\(Self.fileName)"
    let bytes = FileReading.exists(path) ? try FileReading.bytes(of: path, limit: 1 << 32) : []
    let all = stride(from: 0, to: bytes.count - Self.entrySize + 1, by: Self.entrySize).compactMap {
      Self.read(bytes[$0..<$0 + Self.entrySize])
    }.suffix(Self.entriesKept)
    let finished = try store.finished(among: Set(all.map(\.attempt.task)).sorted())
    earlier = all.filter { !finished.contains($0.attempt.task) }
    try FileWriting.replace(path, earlier.flatMap { Self.bytes(of: $0.attempt, key: $0.key) }, mode: 0o600)
    guard let file = FileHandle(forWritingAtPath: path) else { throw FileError(path, "cannot be written", code: errno) }
    self.file = file
    try file.seekToEnd()
  }

  /// Throws when the disk does not take it; the grants are then worth nothing after a restart.
  package func add(_ attempts: [AttemptName], key: String) throws {
    try file.write(contentsOf: Data(attempts.flatMap { Self.bytes(of: $0, key: key) }))
  }

  private static func bytes(of attempt: AttemptName, key: String) -> [UInt8] {
    let epoch = (0..<8).map { UInt8(truncatingIfNeeded: attempt.epoch.value >> (56 - 8 * UInt64($0))) }
    return epoch + attempt.task.digest.bytes + (PublicKey(key)?.bytes ?? [UInt8](repeating: 0, count: 32))
  }

  private static func read(_ entry: ArraySlice<UInt8>) -> EarlierGrant? {
    let bytes = Array(entry)
    let epoch = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let task = Digest(bytes: Array(bytes[8..<40])) else { return nil }
    let key = Array(bytes[40...])
    let text = key.allSatisfy { $0 == 0 } ? "" : PublicKey(bytes: key)?.description ?? ""
    return EarlierGrant(attempt: AttemptName(task: TaskID(task), epoch: Epoch(epoch)), key: text)
  }
}
