import Core
import Wire

/// An object that arrives at an agent piece by piece.
///
/// What arrived survives the agent's death: the next life goes on where this one stopped.
final class IncomingFile<Disk: AgentDisk> {
  let object: NamedObject
  private(set) var received = 0
  private let disk: Disk
  private let path: String
  private let file: Disk.File
  private var digest = DigestBuilder()
  private var failures = 0

  /// How often bytes with a wrong digest are thrown away before the object is given up.
  private static var tries: Int { 3 }

  /// - Throws: ``IncomingFileBusy`` when another agent of this host is receiving it; a ``DiskError``.
  init(_ object: NamedObject, path: String, on disk: Disk) throws {
    guard let file = try disk.open(path) else { throw IncomingFileBusy() }
    (self.object, self.path, self.disk, self.file) = (object, path, disk, file)
    takeUp()
  }

  /// Adds a piece that starts at ``received``. Throws when the disk does not take it.
  func append(_ piece: [UInt8]) throws {
    precondition(received + piece.count <= object.size, "a piece passes the end of its object")
    try file.append(piece)
    digest.update(piece)
    received += piece.count
  }

  enum Verdict { case whole, again, hopeless }

  /// To be asked when ``received`` reaches the size. After `again` the object starts from 0.
  func verify() -> Verdict {
    if digest.finalize() == object.digest { return .whole }
    failures += 1
    startAgain()
    return failures < Self.tries ? .again : .hopeless
  }

  /// Moves the verified file into the cache.
  func adopt(into cache: ObjectCache<Disk>) throws { try cache.adopt(path, as: object.digest, size: object.size) }

  /// Removes what arrived.
  func discard() { disk.remove(path) }

  /// Goes on behind the pieces that an earlier life wrote.
  private func takeUp() {
    while received < object.size {
      let piece = file.next(atMost: min(1 << 20, object.size - received))
      guard !piece.isEmpty else { break }
      digest.update(piece)
      received += piece.count
    }
    // A whole file would ask for nothing more: take the last byte back so that the end is seen to arrive.
    if received == object.size, object.size > 0 { startAgain() }
  }

  private func startAgain() {
    file.clear()
    digest = DigestBuilder()
    received = 0
  }
}

/// Another agent of this host is receiving the same object.
struct IncomingFileBusy: Error {}
