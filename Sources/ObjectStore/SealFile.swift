import Core
import Foundation
import Synchronization

/// The file `seal`: the latest seals, outside the database, so that it knows when the database lost commits.
///
/// Two places, 4,096 bytes apart, are written in turn, each after its commit and without waiting for the disk. So a crash leaves
/// the file at most behind the database; a file that is ahead means that commits are gone.
final class SealFile: Sendable {
  /// What the file says.
  enum Content: Hashable, Sendable {
    case absent
    /// Neither place holds a seal.
    case damaged
    case seal(Seal)

    var seal: Seal? { if case .seal(let seal) = self { seal } else { nil } }
  }

  private static let stride = 4096
  private let file: OpenFile
  private let last: Mutex<UInt64>

  static func read(_ layout: Layout) -> Content {
    guard FileSystem.exists(layout.seal) else { return .absent }
    guard let file = try? OpenFile.reading(layout.seal) else { return .damaged }
    let seals = [0, stride].compactMap { offset in
      (try? file.read(count: Seal.size, at: offset)).flatMap { Seal(bytes: $0) }
    }
    return seals.max { $0.number < $1.number }.map { .seal($0) } ?? .damaged
  }

  /// Opens the file to be written to. One that holds no seal begins anew, durably, so that there is one before a database says
  /// that it is sealed.
  init(_ layout: Layout) throws {
    let content = Self.read(layout)
    file = try OpenFile(layout.seal, flags: O_RDWR | O_CREAT)
    last = Mutex(0)
    guard content.seal == nil else { return }
    try file.truncate(to: 0)
    try file.write(Seal().bytes, at: 0)
    try file.truncate(to: 2 * Self.stride)
    try file.synchronize()
    try FileSystem.synchronizeDirectory(layout.root)
  }

  /// Called after the commit of `seal`. A refusal leaves the file behind the database, which the next seal mends.
  func write(_ seal: Seal) {
    last.withLock { last in
      guard seal.number > last else { return }
      last = seal.number
      try? file.write(seal.bytes, at: Int(seal.number % 2) * Self.stride)
    }
  }
}
