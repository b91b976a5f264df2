package import Core
import Files
package import Planning
import Sweeps
import Transport
package import Wire

/// Talks to a coordinator as a command line does: one request, one reply. Used by one thread.
package final class ClusterClient {
  private let context = Context()
  private var socket: Socket
  private var monitor: SocketMonitor
  /// The handshake succeeded, and the connection was not lost since.
  private var isConnected = false
  private let patienceSeconds: Double
  /// Where the coordinator is looked for: first where it was found last.
  package private(set) var address: CoordinatorAddress
  private let whenSilent: () -> Void
  /// After how long without an answer a person should know.
  private static let silenceSeconds = 2.5
  /// Where the coordinator may be in several places: how long one that cannot be reached is tried before the next.
  private static let placeSeconds = 1.0

  /// Prepares a connection; it is made with the first request.
  ///
  /// - Parameters:
  ///   - patienceSeconds: how long a request waits for its reply.
  ///   - whenSilent: called once a request, when it has waited for some seconds.
  package init(
    _ address: CoordinatorAddress, patienceSeconds: Double = 15, whenSilent: @escaping () -> Void = {}
  ) throws {
    self.whenSilent = whenSilent
    for place in address.ports { try place.control.requireConnectable() }
    self.patienceSeconds = patienceSeconds
    self.address = address
    (socket, monitor) = try Self.connect(context, address)
  }

  private static func connect(_ context: Context, _ address: CoordinatorAddress) throws -> (Socket, SocketMonitor) {
    var options = SocketOptions.control
    if let keys = address.keys, let server = address.serverKey {
      options.security = .client(keys: keys, server: server)
    }
    let socket = try Socket(context, .dealer, options)
    let monitor = try SocketMonitor(context, watching: socket, peer: "the coordinator at \(address.endpoint)")
    try socket.connect(address.endpoint.description)
    return (socket, monitor)
  }

  /// Looks for the coordinator in the next place. What the last one has not read is forgotten.
  private func turn() throws {
    address = address.turned
    isConnected = false
    (socket, monitor) = try Self.connect(context, address)
  }

  /// Hands in a sweep with its raw files, which are read here, and here only: what the coordinator's store lacks of them is
  /// put there first.
  ///
  /// Throws ``ClusterRefusal`` with the coordinator's sentence when something is not taken, and what is wrong with a file.
  package func submit(_ sweep: ResolvedSweep) throws -> Submitted {
    // Objects are put where somebody answers.
    if address.ports.count > 1 { _ = try status(workers: false) }
    let upload = try ObjectUpload(address)
    let files = try SourceFiles.read(for: sweep) { try upload.put($0) }
    return try submit(
      sweep.sweep.json.canonical,
      sources: files.sorted { $0.key < $1.key }.map {
        NamedObject(name: $0.key, digest: $0.value.digest, size: $0.value.size)
      }, memory: try memory(of: sweep))
  }

  /// What the sizes of its data say of its tasks.
  private func memory(of sweep: ResolvedSweep) throws -> TaskMemory {
    let footprint = try SweepFootprint.ifKnown(of: sweep)
    return TaskMemory(part: footprint?.building, other: footprint?.trial)
  }

  /// Hands in a sweep, as JSON text, whose raw files are in the coordinator's store. Throws ``ClusterRefusal`` with the
  /// coordinator's sentence when it is not taken.
  package func submit(
    _ sweep: [UInt8], sources: [NamedObject] = [], memory: TaskMemory = TaskMemory()
  ) throws -> Submitted {
    guard sweep.count <= Limits.sweep, sources.count <= Limits.sources,
      Frame.fits(.client(.submit(sweep, sources: sources, memory: memory)))
    else {
      throw ClusterRefusal(
        "the sweep has \(sweep.count) bytes and \(sources.count) files; at most \(Limits.sweep) bytes and \(Limits.sources) "
          + "files can be submitted, together \(Limits.controlFrame) bytes: pack files into archives, or split the sweep"
      )
    }
    guard case .submitted(let submitted) = try ask(.submit(sweep, sources: sources, memory: memory)) else {
      throw unexpected
    }
    return submitted
  }

  /// What the cluster is doing.
  package func status(workers: Bool) throws -> ClusterStatus {
    guard case .status(let status) = try ask(.status(workers: workers)) else { throw unexpected }
    return status
  }

  /// Every task that was given up, of one sweep or of all, however many there are.
  package func failures(of sweep: Digest? = nil) throws -> [FailedTask] {
    var failures: [FailedTask] = []
    var place: Int? = 0
    while let from = place {
      guard case .failures(let page) = try ask(.failures(sweep: sweep, from: from)) else { throw unexpected }
      failures += page.failures
      place = page.next
    }
    return failures
  }

  /// Where the task stands whose id starts with `text`, or that is called so.
  package func explain(task text: String) throws -> TaskExplanation {
    guard case .explanation(let explanation) = try ask(.explain(text)) else { throw unexpected }
    return explanation
  }

  /// Stops the sweep of this name, or whose id starts with it. Returns what the coordinator did, in words.
  package func cancel(sweep: String) throws -> String { try sentence(.cancelSweep(sweep)) }

  /// Treats the sweep of this name, or whose id starts with it, otherwise. Returns what the coordinator did, in words.
  package func steer(sweep: String, _ order: SweepOrder) throws -> String { try sentence(.steer(sweep, order)) }

  /// Lets workers finish and leave. What they have not finished after so many seconds is given to others. Returns what
  /// the coordinator did, in words.
  package func drain(_ workers: WorkerSelection, withinSeconds seconds: Double? = nil) throws -> String {
    try sentence(.drainWorker(workers, withinSeconds: seconds))
  }

  /// Gives failed tasks another chance. Returns what the coordinator did, in words.
  package func retryFailed() throws -> String { try sentence(.retryFailed) }

  /// Stops the coordinator. Returns what it did, in words.
  package func shutdown() throws -> String { try sentence(.shutdown) }

  private func sentence(_ request: ClientRequest) throws -> String {
    guard case .done(let text) = try ask(request) else { throw unexpected }
    return text
  }

  private var unexpected: ClusterRefusal {
    ClusterRefusal("the coordinator at \(address.endpoint) gave an answer to another question")
  }

  private func ask(_ request: ClientRequest) throws -> ClientReply {
    // A late reply to an earlier request must not answer this one.
    while socket.receive() != nil {}
    try send(request)
    let start = MonotonicClock.now
    var turned = start
    let deadline = start.advanced(bySeconds: patienceSeconds)
    var isSilenceTold = false
    var lastRefusal: String?
    while MonotonicClock.now < deadline {
      let wait = max(1, Int(deadline.seconds(since: MonotonicClock.now) * 1_000))
      _ = Poller.wait(for: [.socket(socket), .socket(monitor.socket)], milliseconds: min(wait, 500))
      if let reply = try receiveReply() { return reply }
      while let event = monitor.next() {
        switch event {
        case .ready: isConnected = true
        case .disconnected:
          if isConnected { turned = .zero }
          isConnected = false
        case .refused(let reason): lastRefusal = reason
        }
      }
      if let lastRefusal { throw ClusterRefusal(lastRefusal) }
      // Who is there and busy is waited for; who cannot be reached may be somewhere else.
      if address.ports.count > 1, !isConnected, MonotonicClock.now.seconds(since: turned) >= Self.placeSeconds {
        try turn()
        try send(request)
        turned = MonotonicClock.now
      }
      if !isSilenceTold, MonotonicClock.now.seconds(since: start) >= Self.silenceSeconds {
        isSilenceTold = true
        whenSilent()
      }
    }
    throw ClusterRefusal(
      "the coordinator at \(address.words) did not answer within \(Int(patienceSeconds)) seconds; is it running, and is the address right?"
    )
  }

  private func send(_ request: ClientRequest) throws {
    guard socket.send([Frame.encode(.client(request))]) == .sent else {
      throw ClusterRefusal("the coordinator at \(address.endpoint) does not read what it is sent")
    }
  }

  private func receiveReply() throws -> ClientReply? {
    while let message = socket.receive() {
      guard let frame = message.frames.last else { continue }
      switch Result(catching: { () throws(FrameProblem) in try Frame.decode(frame) }) {
      case .success(.reply(.refused(let reason))): throw ClusterRefusal(reason)
      case .success(.reply(let reply)): return reply
      case .success(.coordinator(.reject(let reject))): throw ClusterRefusal(reject.reason)
      case .success: continue
      case .failure(let problem):
        throw ClusterRefusal("the coordinator at \(address.endpoint) cannot be understood: \(problem)")
      }
    }
    return nil
  }
}

/// A request that a cluster did not fulfil, and why.
package struct ClusterRefusal: Error, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
