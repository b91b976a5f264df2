package import Coordination
package import Core
import Foundation
package import Logging
package import ObjectStore
import Sweeps
package import Wire

/// Answers on the objects port: who lacks what, chunks out of the store, chunks into it. Gives and takes only what the
/// coordinator's machine and a `PutDesk` allow.
package struct ObjectServer {
  /// Objects that may be arriving at the same time; the one that waited longest makes room.
  static let incomingLimit = 1_024
  /// Bytes of chunks that are sent and taken in one turn, so that nobody waits long for the other port.
  static let turnBytes = 16 << 20
  /// Seconds between two looks for what nobody expects any more.
  private static let sweepSeconds = 5.0

  private let store: Store
  private var desk: PutDesk
  private var incoming: [Digest: IncomingObject] = [:]
  private var arrivals: [Digest] = []
  private var warnings: OnceLog
  /// Why what a key announced last may not be put.
  private var objections: [String: String] = [:]
  private var nextSweep = Instant.zero
  /// Objects that somebody asked for and that the store has lost.
  private var lost: [Digest] = []
  /// Bytes that went over the port in this turn.
  private var moved = 0
  /// Why the last object that arrived could not be kept; nil once one could.
  private(set) var storeProblem: String?

  package init(store: Store, quota: PutDesk.Quota = PutDesk.Quota(), log: Logger) {
    self.store = store
    desk = PutDesk(quota: quota, smallSize: Store.largeObjectSize)
    warnings = OnceLog(log)
  }

  /// A turn begins: throws away what nobody expects any more, now and then.
  package mutating func begin(at now: Instant, _ rights: some ObjectRights) {
    moved = 0
    guard now >= nextSweep else { return }
    nextSweep = now.advanced(bySeconds: Self.sweepSeconds)
    let gone = desk.sweep(at: now) { attempt, key in
      rights.mayHandIn(attempt, Principal(key: key, name: "", role: .worker))
    }
    for digest in gone {
      forget(digest)
      do { try store.discard(digest) } catch { warnings.warning("object \(digest.short) cannot be removed: \(error)") }
    }
  }

  /// Whether this turn has room for another message.
  package var hasRoom: Bool { moved < Self.turnBytes }

  /// A sweep that names these objects was submitted with this key.
  package mutating func submitted(_ digests: [Digest], of principal: Principal) {
    desk.submitted(digests, of: principal)
  }

  /// Objects that somebody asked for and that the store has lost, since the last call.
  package mutating func takeLost() -> [Digest] {
    defer { lost = [] }
    return lost
  }

  /// - Parameter reply: sends to the peer that asked; false when its queue is full.
  package mutating func handle(
    _ message: ObjectMessage, from principal: Principal, _ rights: some ObjectRights, at now: Instant,
    reply: (ObjectMessage) -> Bool
  ) {
    switch message {
    case .lack(let question): answer(question, principal, rights, now, reply: reply)
    case .get(let request): serve(request, principal, rights, reply: reply)
    case .chunk(let chunk): _ = reply(.putReply(take(chunk, principal, now)))
    case .lackReply, .putReply, .notFound: warnings.warning("a peer answered on the objects port without being asked")
    }
  }

  /// Of a result that is not wanted, nothing is lacking: the result itself is then judged on the control port.
  private mutating func answer(
    _ question: LackQuestion, _ principal: Principal, _ rights: some ObjectRights, _ now: Instant,
    reply: (ObjectMessage) -> Bool
  ) {
    do {
      let mayPut = question.attempt.map { rights.mayHandIn($0, principal) } ?? principal.role.maySubmit
      let present = try store.contains(question.objects.map(\.digest))
      let lacking = mayPut ? question.objects.filter { !present.contains($0.digest) } : []
      // What is over a quota is refused piece by piece, with the reason.
      let objection = desk.expect(lacking, for: question.attempt, of: principal, at: now)
      objections[principal.key] = objection
      _ = reply(.lackReply(LackReply(request: question.request, lacking: lacking.map(\.digest))))
    } catch {
      // Without an answer the agent asks again.
      warnings.warning("the store cannot say what it holds: \(error)")
    }
  }

  private mutating func serve(
    _ request: GetRequest, _ principal: Principal, _ rights: some ObjectRights, reply: (ObjectMessage) -> Bool
  ) {
    guard rights.mayRead(request.digest, principal) else {
      warnings.warning("\(principal.label) asks for object \(request.digest.short), which no grant of it names")
      // Nobody of this key has said hello since this coordinator started: the one who asks may yet tell what it was granted.
      if rights.knows(principal) { _ = reply(.notFound(ObjectDigest(digest: request.digest))) }
      return
    }
    do {
      guard let size = try store.size(of: request.digest) else { throw StoreError.missingObject(request.digest) }
      var offset = request.offset
      for _ in 0..<min(request.credits, Limits.window) {
        let content = try store.read(request.digest, offset: offset, count: Limits.chunk)
        moved += content.count
        let chunk = Chunk(digest: request.digest, offset: offset, size: size, content: content)
        guard !content.isEmpty || size == 0, reply(.chunk(chunk)) else { return }
        offset += content.count
        guard offset < size, hasRoom else { return }
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

  private mutating func take(_ chunk: Chunk, _ principal: Principal, _ now: Instant) -> PutReply {
    moved += chunk.content.count
    do {
      guard try incoming[chunk.digest] != nil || !store.contains(chunk.digest) else {
        return PutReply(digest: chunk.digest, offset: chunk.size, stored: true)
      }
      if let refusal = desk.take(chunk, of: principal, at: now) {
        let objection = objections[principal.key] ?? refusal
        warnings.warning(objection)
        return PutReply(digest: chunk.digest, offset: 0, stored: false, problem: objection.asSentence)
      }
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
    if arrivals.count > Self.incomingLimit { forget(arrivals[0]) }
    return object
  }

  private mutating func forget(_ digest: Digest) {
    desk.ended(digest)
    guard incoming.removeValue(forKey: digest) != nil else { return }
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
