package import Core
import Foundation
package import Logging
package import ObjectStore
package import Wire

/// Answers on the objects port: who lacks what, chunks out of the store, chunks into it.
package struct ObjectServer {
  /// Objects that may be arriving at the same time; the one that waited longest makes room.
  static let incomingLimit = 1_024

  private let store: Store
  private var incoming: [Digest: IncomingObject] = [:]
  private var arrivals: [Digest] = []
  private var warnings: OnceLog
  /// Objects that somebody asked for and that the store has lost.
  private var lost: [Digest] = []
  /// Why the last object that arrived could not be kept; nil once one could.
  private(set) var storeProblem: String?

  package init(store: Store, log: Logger) {
    self.store = store
    warnings = OnceLog(log)
  }

  /// Objects that somebody asked for and that the store has lost, since the last call.
  package mutating func takeLost() -> [Digest] {
    defer { lost = [] }
    return lost
  }

  /// - Parameter reply: sends to the peer that asked; false when its queue is full.
  package mutating func handle(_ message: ObjectMessage, reply: (ObjectMessage) -> Bool) {
    switch message {
    case .lack(let question): answer(question, reply: reply)
    case .get(let request): serve(request, reply: reply)
    case .chunk(let chunk): _ = reply(.putReply(take(chunk)))
    case .lackReply, .putReply, .notFound: warnings.warning("a peer answered on the objects port without being asked")
    }
  }

  private mutating func answer(_ question: LackQuestion, reply: (ObjectMessage) -> Bool) {
    do {
      let present = try store.contains(question.digests)
      let lacking = question.digests.filter { !present.contains($0) }
      _ = reply(.lackReply(LackReply(request: question.request, lacking: lacking)))
    } catch {
      // Without an answer the agent asks again.
      warnings.warning("the store cannot say what it holds: \(error)")
    }
  }

  private mutating func serve(_ request: GetRequest, reply: (ObjectMessage) -> Bool) {
    do {
      guard let size = try store.size(of: request.digest) else { throw StoreError.missingObject(request.digest) }
      var offset = request.offset
      for _ in 0..<min(request.credits, Limits.window) {
        let content = try store.read(request.digest, offset: offset, count: Limits.chunk)
        let chunk = Chunk(digest: request.digest, offset: offset, size: size, content: content)
        guard !content.isEmpty || size == 0, reply(.chunk(chunk)) else { return }
        offset += content.count
        guard offset < size else { return }
      }
    } catch {
      warnings.warning("object \(request.digest.short) cannot be served: \(error)")
      guard error.meansLoss else { return }
      // A damaged file would count as present when the task that runs again offers the same object.
      if case StoreError.damagedObject = error { try? store.quarantine(request.digest) }
      _ = reply(.notFound(ObjectDigest(digest: request.digest)))
      lost.append(request.digest)
    }
  }

  private mutating func take(_ chunk: Chunk) -> PutReply {
    do {
      guard let object = try arriving(chunk) else {
        return PutReply(digest: chunk.digest, offset: chunk.size, stored: true)
      }
      if chunk.offset == object.received { try object.append(chunk.content, at: chunk.offset) }
      guard object.received == chunk.size else {
        return PutReply(digest: chunk.digest, offset: object.received, stored: false)
      }
      forget(chunk.digest)
      try object.finish()
      storeProblem = nil
      return PutReply(digest: chunk.digest, offset: chunk.size, stored: true)
    } catch {
      forget(chunk.digest)
      warnings.warning("object \(chunk.digest.short) cannot be taken in: \(error)")
      if !error.isAboutContent { storeProblem = "\(error)" }
      return PutReply(
        digest: chunk.digest, offset: 0, stored: false, problem: "\(error)".asSentence)
    }
  }

  /// The object that `chunk` belongs to; nil when the store has it already.
  private mutating func arriving(_ chunk: Chunk) throws -> IncomingObject? {
    if let known = incoming[chunk.digest], known.size == chunk.size { return known }
    guard let object = try store.receive(chunk.digest, size: chunk.size) else { return nil }
    incoming[chunk.digest] = object
    arrivals.append(chunk.digest)
    if arrivals.count > Self.incomingLimit { incoming[arrivals.removeFirst()] = nil }
    return object
  }

  private mutating func forget(_ digest: Digest) {
    incoming[digest] = nil
    arrivals.removeAll { $0 == digest }
  }
}

extension Error {
  /// Whether it is about the bytes that arrived, rather than about the disk.
  fileprivate var isAboutContent: Bool {
    if case .wrongContent = self as? StoreError { return true }
    return false
  }

  /// Whether it says that an object is gone or damaged, rather than that the disk is in trouble.
  fileprivate var meansLoss: Bool {
    switch self as? StoreError {
    case .missingObject, .damagedObject: true
    default: false
    }
  }
}
