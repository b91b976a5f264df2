import Core
import Foundation
import Transport
import Wire

/// An object that arrives at an agent piece by piece.
///
/// What arrived survives the agent's death: the next life goes on where this one stopped.
final class IncomingFile {
  /// How often bytes with a wrong digest are thrown away before the object is given up.
  static let tries = 3

  let object: NamedObject
  private(set) var received = 0
  private let path: String
  private let descriptor: Int32
  private var digest = DigestBuilder()
  private var failures = 0

  init(_ object: NamedObject, path: String) throws {
    self.object = object
    self.path = path
    descriptor = try Self.openLocked(path)
    takeUp()
  }

  /// Two agents of one host may want one object: the second must neither mix its pieces in nor touch the file that
  /// the first has just moved into the cache.
  private static func openLocked(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw TransportError("cannot write \(path): \(String(cString: strerror(errno)))") }
    var opened = stat()
    var named = stat()
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &opened) == 0, stat(path, &named) == 0,
      opened.st_ino == named.st_ino
    else {
      close(descriptor)
      throw IncomingFileBusy()
    }
    return descriptor
  }

  deinit { close(descriptor) }

  /// Adds a piece that starts at ``received``. Throws when the disk does not take it.
  func append(_ piece: [UInt8]) throws {
    precondition(received + piece.count <= object.size, "a piece passes the end of its object")
    var written = 0
    while written < piece.count {
      let count = write(descriptor, written == 0 ? piece : Array(piece[written...]), piece.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw TransportError("cannot write \(path): \(String(cString: strerror(errno)))") }
      written += count
    }
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
  func adopt(into cache: ObjectCache) throws { try cache.adopt(path, as: object.digest, size: object.size) }

  /// Removes what arrived.
  func discard() { unlink(path) }

  /// Goes on behind the pieces that an earlier life wrote.
  private func takeUp() {
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while received < object.size {
      let count = read(descriptor, &piece, min(piece.count, object.size - received))
      guard count > 0 else { break }
      digest.update(Array(piece[..<count]))
      received += count
    }
    // A whole file would ask for nothing more: take the last byte back so that the end is seen to arrive.
    if received == object.size, object.size > 0 { startAgain() }
  }

  private func startAgain() {
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
    digest = DigestBuilder()
    received = 0
  }
}

/// Another agent of this host is receiving the same object.
struct IncomingFileBusy: Error {}
