package import Core
import Foundation
import Synchronization

/// An object that arrives piece by piece, in order. What arrived of a large one survives a restart.
package final class IncomingObject: Sendable {
  package let digest: Digest
  /// Bytes in all.
  package let size: Int
  private let store: Store
  private let state: Mutex<State>

  private struct State {
    /// Nil for a small object, which is kept in memory.
    var file: OpenFile?
    var bytes: [UInt8] = []
    var received = 0
    var builder = DigestBuilder()
  }

  init(digest: Digest, size: Int, store: Store) throws {
    self.digest = digest
    self.size = size
    self.store = store
    var file: OpenFile?
    var received = 0
    let builder = DigestBuilder()
    if size >= Store.largeObjectSize {
      let path = store.layout.incoming(digest)
      let opened = try OpenFile(path, flags: O_RDWR | O_CREAT)
      if (FileSystem.status(path)?.size ?? 0) > size { try opened.truncate(to: 0) }
      try opened.forEachPiece {
        builder.update($0)
        received += $0.count
      }
      file = opened
    }
    state = Mutex(State(file: file, received: received, builder: builder))
  }

  /// Bytes that are here: the offset of the next piece.
  package var received: Int { state.withLock { $0.received } }

  /// Adds the piece that starts at ``received``. Throws `wrongContent` for another offset or when it passes ``size``.
  package func append(_ piece: [UInt8], at offset: Int) throws {
    try state.withLock { state in
      guard offset == state.received, piece.count <= size - offset else {
        throw StoreError.wrongContent(
          "object \(digest): a piece of \(piece.count) bytes at \(offset) does not continue the \(state.received) of \(size) bytes here"
        )
      }
      if let file = state.file {
        try store.observer(.write(file.path))
        try file.write(piece, at: offset)
      } else {
        state.bytes += piece
      }
      state.builder.update(piece)
      state.received += piece.count
    }
  }

  /// Verifies the digest and stages the object. Throws `wrongContent`, and starts again from 0, when it does not fit.
  package func finish() throws {
    try state.withLock { state in
      guard state.received == size else {
        throw StoreError.wrongContent("object \(digest): \(state.received) of \(size) bytes arrived")
      }
      let found = state.builder.finalize()
      state.builder = DigestBuilder()
      guard found == digest else {
        state.received = 0
        state.bytes = []
        try state.file?.truncate(to: 0)
        throw StoreError.wrongContent("object \(digest): the bytes that arrived have the digest \(found)")
      }
      let content = state.file.map { Staging.Content.large(path: $0.path, size: size) } ?? .small(state.bytes)
      store.staging.withLock {
        $0.objects[digest] = content
        $0.incoming[digest] = nil
      }
      state.file = nil
    }
  }
}
