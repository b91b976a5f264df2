import Core
import Files
import Planning
import Sweeps
import Transport
import Wire

/// Puts objects into a coordinator's store as a command line does: one at a time, and only what is lacking. Used by one
/// thread.
final class ObjectUpload {
  /// Chunks that may be on their way.
  private static let window = 8
  /// Seconds without an answer after which the question or the chunks are repeated.
  private static let patience = 5.0
  /// Seconds without any answer after which it gives up.
  private static let lastPatience = 60.0

  private let socket: Socket
  private let monitor: SocketMonitor
  private let endpoint: Endpoint
  private var lastRequest: UInt64 = 0

  init(_ address: CoordinatorAddress) throws {
    endpoint = try address.ports[0].objects
    try endpoint.requireConnectable()
    let context = Context()
    var options = SocketOptions.objects
    if let keys = address.keys, let server = address.serverKey {
      options.security = .client(keys: keys, server: server)
    }
    socket = try Socket(context, .dealer, options)
    monitor = try SocketMonitor(context, watching: socket, peer: "the coordinator's objects port at \(endpoint)")
    try socket.connect(endpoint.description)
  }

  /// The object of this content is whole in the store on return. Throws a ``ClusterRefusal``, and a `FileError` when a file
  /// can no longer be read.
  func put(_ content: SourceContent) throws -> ObjectReference {
    let object = ObjectReference(digest: content.digest, size: content.size)
    if try isLacking(object) { try send(content) }
    return object
  }

  private func isLacking(_ object: ObjectReference) throws -> Bool {
    lastRequest += 1
    let request = lastRequest
    let question = ObjectMessage.lack(LackQuestion(request: request, attempt: nil, objects: [object]))
    var reply: LackReply?
    try exchange(
      repeating: { _ = self.say(question) },
      until: {
        if case .lackReply(let said) = $0, said.request == request { reply = said }
        return reply == nil ? .nothing : .finished
      })
    return reply?.lacking.contains(object.digest) ?? false
  }

  private func send(_ whole: SourceContent) throws {
    let (digest, size) = (whole.digest, whole.size)
    var sent = 0
    var taken = 0
    func push() throws {
      repeat {
        let content = try whole.bytes(sent..<min(size, sent + Limits.chunk))
        guard say(.chunk(Chunk(digest: digest, offset: sent, size: size, content: content))) else { return }
        sent += content.count
      } while sent < size && sent - taken < Self.window * Limits.chunk
    }
    func hear(_ message: ObjectMessage) throws -> Heard {
      guard case .putReply(let reply) = message, reply.digest == digest else { return .nothing }
      if let problem = reply.problem { throw ClusterRefusal(problem) }
      if reply.stored { return .finished }
      guard reply.offset > taken else { return .nothing }
      taken = min(reply.offset, size)
      sent = max(sent, taken)
      if sent < size { try push() }
      return .progress
    }
    try exchange(
      repeating: {
        sent = taken
        try push()
      }, until: hear)
  }

  private enum Heard { case nothing, progress, finished }

  /// Says something, again when no answer comes, until what is heard finishes it.
  private func exchange(repeating say: () throws -> Void, until hear: (ObjectMessage) throws -> Heard) throws {
    var lastProgress = MonotonicClock.now
    var lastSaid = lastProgress
    try say()
    while MonotonicClock.now.seconds(since: lastProgress) < Self.lastPatience {
      _ = Poller.wait(for: [.socket(socket), .socket(monitor.socket)], milliseconds: 250)
      while let message = socket.receive() {
        guard case .objects(let said) = try? Frame.decode(message.frames.last ?? []) else { continue }
        switch try hear(said) {
        case .nothing: break
        case .progress: (lastProgress, lastSaid) = (MonotonicClock.now, MonotonicClock.now)
        case .finished: return
        }
      }
      while let event = monitor.next() { if case .refused(let reason) = event { throw ClusterRefusal(reason) } }
      if MonotonicClock.now.seconds(since: lastSaid) > Self.patience {
        lastSaid = MonotonicClock.now
        try say()
      }
    }
    throw ClusterRefusal(
      "the coordinator's objects port at \(endpoint) did not answer for \(Int(Self.lastPatience)) seconds")
  }

  private func say(_ message: ObjectMessage) -> Bool { socket.send([Frame.encode(.objects(message))]) == .sent }
}
