package import Core
package import Wire

/// How objects travel between an agent and a coordinator.
package struct TransferSettings: Hashable, Sendable {
  /// Bytes that are sent at once; what a coordinator sends.
  package var chunk = Limits.chunk
  /// Chunks of one object that are on their way.
  package var window = 8
  /// Objects that travel at the same time, in each direction.
  package var parallel = 4
  /// Seconds without an answer after which a question, or what is missing, is repeated.
  package var patience = 5.0

  package init() {}
}

/// Gets objects from the coordinator into the cache: a few at once, each in chunks with credits.
package struct ObjectFetcher<Disk: AgentDisk> {
  private struct Transfer {
    let file: IncomingFile<Disk>
    /// The offset behind the last chunk that was asked for.
    var asked: Int
    var lastChunk: Instant
  }

  private let cache: ObjectCache<Disk>
  private let settings: TransferSettings
  private var waiting: [NamedObject] = []
  private var active: [Digest: Transfer] = [:]
  /// Objects that another agent of this host is receiving, with the time to look again.
  private var elsewhere: [(object: NamedObject, look: Instant)] = []
  private var wanted: Set<Digest> = []
  /// What the machine must hear.
  private var events: [WorkerMachine.Event] = []

  package init(cache: ObjectCache<Disk>, settings: TransferSettings = TransferSettings()) {
    (self.cache, self.settings) = (cache, settings)
  }

  /// Takes and forgets the events so far.
  package mutating func takeEvents() -> [WorkerMachine.Event] {
    defer { events = [] }
    return events
  }

  /// When ``timePassed(at:send:)`` has something to do.
  package var deadline: Instant? {
    (active.values.map { $0.lastChunk.advanced(bySeconds: settings.patience) } + elsewhere.map(\.look)).min()
  }

  package mutating func fetch(_ objects: [NamedObject], at now: Instant, send: (ObjectMessage) -> Bool) {
    for object in objects {
      if cache.contains(object.digest) {
        events.append(.fetched(object.digest))
      } else if wanted.insert(object.digest).inserted {
        waiting.append(object)
      }
    }
    startMore(at: now, send: send)
  }

  package mutating func handle(_ chunk: Chunk, at now: Instant, send: (ObjectMessage) -> Bool) {
    // Chunks that were asked for twice, or that nobody waits for any more, are of no use.
    guard var transfer = active[chunk.digest], chunk.offset == transfer.file.received else { return }
    let object = transfer.file.object
    guard chunk.size == object.size, chunk.offset + chunk.content.count <= object.size,
      !chunk.content.isEmpty || object.size == 0
    else { return fail(object, "the coordinator sent another size than it announced") }
    do { try transfer.file.append(chunk.content) } catch { return fail(object, "\(error)") }
    transfer.lastChunk = now
    if transfer.file.received == object.size {
      finish(transfer, at: now, send: send)
    } else {
      if transfer.asked - transfer.file.received <= settings.window / 2 * settings.chunk {
        ask(&transfer, chunks: settings.window / 2, send: send)
      }
      active[chunk.digest] = transfer
    }
    startMore(at: now, send: send)
  }

  package mutating func handleNotFound(_ digest: Digest, at now: Instant, send: (ObjectMessage) -> Bool) {
    guard let transfer = active[digest] else { return }
    fail(transfer.file.object, "the coordinator's store does not have it")
    startMore(at: now, send: send)
  }

  /// Asks again for what did not come.
  package mutating func timePassed(at now: Instant, send: (ObjectMessage) -> Bool) {
    for digest in active.keys.sorted() {
      guard var transfer = active[digest], now.seconds(since: transfer.lastChunk) >= settings.patience else { continue }
      restart(&transfer, at: now, send: send)
      active[digest] = transfer
    }
    let due = elsewhere.filter { $0.look <= now }.map(\.object)
    elsewhere.removeAll { $0.look <= now }
    for object in due { wanted.remove(object.digest) }
    fetch(due, at: now, send: send)
  }

  private mutating func startMore(at now: Instant, send: (ObjectMessage) -> Bool) {
    while active.count < settings.parallel, !waiting.isEmpty {
      let object = waiting.removeFirst()
      do {
        let file = try IncomingFile(object, path: cache.incomingPath(of: object.digest), on: cache.disk)
        var transfer = Transfer(file: file, asked: 0, lastChunk: now)
        restart(&transfer, at: now, send: send)
        active[object.digest] = transfer
      } catch is IncomingFileBusy {
        elsewhere.append((object, now.advanced(bySeconds: 0.1)))
      } catch {
        fail(object, "\(error)")
      }
    }
  }

  private func restart(_ transfer: inout Transfer, at now: Instant, send: (ObjectMessage) -> Bool) {
    transfer.asked = transfer.file.received
    transfer.lastChunk = now
    ask(&transfer, chunks: settings.window, send: send)
  }

  private func ask(_ transfer: inout Transfer, chunks: Int, send: (ObjectMessage) -> Bool) {
    guard transfer.asked < transfer.file.object.size || transfer.file.object.size == 0 else { return }
    _ = send(.get(GetRequest(digest: transfer.file.object.digest, offset: transfer.asked, credits: chunks)))
    transfer.asked += chunks * settings.chunk
  }

  private mutating func finish(_ transfer: Transfer, at now: Instant, send: (ObjectMessage) -> Bool) {
    let digest = transfer.file.object.digest
    switch transfer.file.verify() {
    case .whole:
      do {
        try transfer.file.adopt(into: cache)
        active[digest] = nil
        wanted.remove(digest)
        events.append(.fetched(digest))
      } catch { fail(transfer.file.object, "\(error)") }
    case .again:
      var transfer = transfer
      restart(&transfer, at: now, send: send)
      active[digest] = transfer
    case .hopeless:
      transfer.file.discard()
      fail(transfer.file.object, "what the coordinator sends does not have the digest it is named by")
    }
  }

  private mutating func fail(_ object: NamedObject, _ reason: String) {
    active[object.digest] = nil
    wanted.remove(object.digest)
    events.append(.fetchFailed(object.digest, reason: "object \(object.digest.short) (\(object.name)): \(reason)"))
  }
}
