import Coordination
import Core
import Wire

/// The coordinator's side of the objects port, modelled: who may have what, who lacks what, chunks out of the store, chunks into it.
struct ModelObjectServer: Sendable {
  /// Bytes of an object sent at once: small, so that small objects have many.
  static let chunk = 4096

  /// What has arrived of objects that are not whole. Lost with the process.
  private var incoming: [Digest: [UInt8]] = [:]

  mutating func restart() { incoming = [:] }

  /// What the server says; what comes whole is staged in `store`. Throws when bytes pass for what they are not.
  mutating func answer(
    _ request: ObjectRequest, _ rights: some ObjectRights, _ store: inout ModelStore, isFull: Bool
  ) -> (replies: [ObjectMessage], lost: Digest?, staged: [UInt8]?) {
    let principal = request.principal
    switch request.message {
    case .lack(let question):
      // Of a result that is not wanted nothing is lacking.
      let mayPut = question.attempt.map { rights.mayHandIn($0, principal) } ?? principal.role.maySubmit
      let lacking = mayPut ? question.objects.map(\.digest).filter { !store.has($0) } : []
      return ([.lackReply(LackReply(request: question.request, lacking: lacking))], nil, nil)
    case .get(let request):
      guard rights.mayRead(request.digest, principal) else {
        // Nobody answers a key that has not said hello to this coordinator yet.
        return (rights.knows(principal) ? [.notFound(ObjectDigest(digest: request.digest))] : [], nil, nil)
      }
      guard store.objects.contains(request.digest), let content = store.contents[request.digest] else {
        return ([.notFound(ObjectDigest(digest: request.digest))], request.digest, nil)
      }
      return (chunks(of: content, request), nil, nil)
    case .chunk(let chunk):
      let (reply, staged) = take(chunk, &store, isFull: isFull)
      return ([.putReply(reply)], nil, staged)
    case .lackReply, .putReply, .notFound: return ([], nil, nil)
    }
  }

  private func chunks(of content: [UInt8], _ request: GetRequest) -> [ObjectMessage] {
    (0..<min(request.credits, Limits.window)).compactMap { number in
      let offset = request.offset + number * Self.chunk
      guard offset < content.count || content.isEmpty && number == 0 else { return nil }
      return .chunk(
        Chunk(
          digest: request.digest, offset: offset, size: content.count,
          content: Array(content[offset..<min(offset + Self.chunk, content.count)])))
    }
  }

  private mutating func take(
    _ chunk: Chunk, _ store: inout ModelStore, isFull: Bool
  ) -> (PutReply, staged: [UInt8]?) {
    guard !store.has(chunk.digest) else {
      return (PutReply(digest: chunk.digest, offset: chunk.size, stored: true), nil)
    }
    guard !isFull else { return (refusal(of: chunk, "the disk is full"), nil) }
    var bytes = incoming[chunk.digest, default: []]
    if chunk.offset == bytes.count { bytes += chunk.content }
    incoming[chunk.digest] = bytes
    guard bytes.count >= chunk.size else {
      return (PutReply(digest: chunk.digest, offset: bytes.count, stored: false), nil)
    }
    incoming[chunk.digest] = nil
    guard Digest(of: bytes) == chunk.digest else { return (refusal(of: chunk, "these are other bytes"), nil) }
    store.stage(chunk.digest, bytes)
    return (PutReply(digest: chunk.digest, offset: chunk.size, stored: true), bytes)
  }

  private func refusal(of chunk: Chunk, _ problem: String) -> PutReply {
    PutReply(digest: chunk.digest, offset: 0, stored: false, problem: problem)
  }
}
