package import Core
import Sweeps
package import Wire

/// Puts the objects of results into the coordinator's store: asks which are lacking, then sends those in chunks.
package struct ObjectOffers<Disk: AgentDisk> {
  private struct Offer {
    let objects: [NamedObject]
    var asked: Instant
    /// Nil until the coordinator said what it lacks.
    var lacking: Set<Digest>?
  }

  private struct Transfer {
    let object: NamedObject
    var sent = 0
    /// What the coordinator has, as far as it ever said, and as it said last: a coordinator that lost its host's power
    /// has less than it had.
    var taken = 0
    var wanted = 0
    var lastAnswer: Instant
  }

  private let disk: Disk
  private let path: (Digest) -> String
  private let settings: TransferSettings
  private var offers: [AttemptName: Offer] = [:]
  private var questions: [UInt64: AttemptName] = [:]
  private var lastQuestion: UInt64 = 0
  private var transfers: [Digest: Transfer] = [:]
  private var waiting: [NamedObject] = []
  private var events: [WorkerMachine.Event] = []

  /// - Parameter path: where the spool keeps an object.
  package init(on disk: Disk, settings: TransferSettings = TransferSettings(), path: @escaping (Digest) -> String) {
    (self.disk, self.settings, self.path) = (disk, settings, path)
  }

  package mutating func takeEvents() -> [WorkerMachine.Event] {
    defer { events = [] }
    return events
  }

  package var deadline: Instant? {
    let questions = offers.values.filter { $0.lacking == nil }.map(\.asked)
    return (questions + transfers.values.map(\.lastAnswer)).min()?.advanced(bySeconds: settings.patience)
  }

  package mutating func offer(
    _ attempt: AttemptName, _ objects: [NamedObject], at now: Instant, send: (ObjectMessage) -> Bool
  ) {
    offers[attempt] = Offer(objects: objects, asked: now)
    ask(attempt, at: now, send: send)
  }

  /// Stops caring for an offer whose result is not wanted any more.
  package mutating func forget(_ attempt: AttemptName) { offers[attempt] = nil }

  package mutating func handle(_ reply: LackReply, at now: Instant, send: (ObjectMessage) -> Bool) {
    guard let attempt = questions.removeValue(forKey: reply.request), var offer = offers[attempt] else { return }
    offer.lacking = Set(reply.lacking).intersection(offer.objects.map(\.digest))
    offers[attempt] = offer
    let known = Set(transfers.keys).union(waiting.map(\.digest))
    for object in offer.objects where offer.lacking!.contains(object.digest) && !known.contains(object.digest) {
      if !waiting.contains(where: { $0.digest == object.digest }) { waiting.append(object) }
    }
    startMore(at: now, send: send)
    complete()
  }

  package mutating func handle(_ reply: PutReply, at now: Instant, send: (ObjectMessage) -> Bool) {
    guard var transfer = transfers[reply.digest] else { return }
    if let problem = reply.problem {
      transfers[reply.digest] = nil
      refuse(reply.digest, reason: problem)
    } else if reply.stored {
      transfers[reply.digest] = nil
      for attempt in offers.keys { offers[attempt]!.lacking?.remove(reply.digest) }
    } else {
      if reply.offset > transfer.taken { (transfer.taken, transfer.lastAnswer) = (reply.offset, now) }
      transfer.wanted = reply.offset
      // The coordinator has more than was sent in this round: an earlier connection brought it.
      transfer.sent = max(transfer.sent, transfer.taken)
      push(transfer, send: send)
    }
    startMore(at: now, send: send)
    complete()
  }

  /// Repeats what was not answered.
  package mutating func timePassed(at now: Instant, send: (ObjectMessage) -> Bool) {
    for attempt in inOrder(where: { $0.lacking == nil && now.seconds(since: $0.asked) >= settings.patience }) {
      offers[attempt]!.asked = now
      ask(attempt, at: now, send: send)
    }
    for digest in transfers.keys.sorted() {
      guard var transfer = transfers[digest], now.seconds(since: transfer.lastAnswer) >= settings.patience else {
        continue
      }
      (transfer.taken, transfer.sent, transfer.lastAnswer) = (transfer.wanted, transfer.wanted, now)
      transfers[digest] = nil
      push(transfer, send: send)
    }
  }

  private mutating func ask(_ attempt: AttemptName, at now: Instant, send: (ObjectMessage) -> Bool) {
    lastQuestion += 1
    questions = questions.filter { $0.value != attempt }
    questions[lastQuestion] = attempt
    let objects = Set(offers[attempt]!.objects.map { ObjectReference(digest: $0.digest, size: $0.size) })
    _ = send(
      .lack(
        LackQuestion(request: lastQuestion, attempt: attempt, objects: objects.sorted { $0.digest < $1.digest })))
  }

  private mutating func startMore(at now: Instant, send: (ObjectMessage) -> Bool) {
    while transfers.count < settings.parallel, !waiting.isEmpty {
      push(Transfer(object: waiting.removeFirst(), lastAnswer: now), send: send)
    }
  }

  /// Sends as many chunks as the window allows. An object that this host has lost, in whole or in part, is as good as
  /// refused.
  private mutating func push(_ transfer: Transfer, send: (ObjectMessage) -> Bool) {
    var transfer = transfer
    do {
      try pushChunks(of: &transfer, send: send)
      transfers[transfer.object.digest] = transfer
    } catch {
      transfers[transfer.object.digest] = nil
      refuse(transfer.object.digest, reason: "\(error)")
    }
  }

  private func pushChunks(of transfer: inout Transfer, send: (ObjectMessage) -> Bool) throws {
    let object = transfer.object
    let path = path(object.digest)
    var isFirst = object.size == 0
    while isFirst || transfer.sent < object.size && transfer.sent - transfer.taken < settings.window * settings.chunk {
      isFirst = false
      let content = try disk.read(path, from: transfer.sent, count: min(settings.chunk, object.size - transfer.sent))
      guard !content.isEmpty || object.size == 0 else {
        throw DiskError("\(path): it has \(transfer.sent) bytes and should have \(object.size)")
      }
      guard send(.chunk(Chunk(digest: object.digest, offset: transfer.sent, size: object.size, content: content)))
      else { return }
      transfer.sent += content.count
    }
  }

  private mutating func refuse(_ digest: Digest, reason: String) {
    for attempt in inOrder(where: { $0.lacking?.contains(digest) == true }) {
      offers[attempt] = nil
      events.append(.objectsRefused(attempt, reason: reason))
    }
  }

  private mutating func complete() {
    for attempt in inOrder(where: { $0.lacking?.isEmpty == true }) {
      offers[attempt] = nil
      events.append(.objectsStored(attempt))
    }
  }

  private func inOrder(where condition: (Offer) -> Bool) -> [AttemptName] {
    offers.filter { condition($0.value) }.keys.sorted { ($0.task, $0.epoch) < ($1.task, $1.epoch) }
  }
}
