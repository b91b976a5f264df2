import Cluster
import Coordination
import Core
import Foundation
import Logging
import ObjectStore
import Sweeps
import Testing
import Wire

/// One step of a transfer at a time, with what can be wrong with it.
@Suite struct ClusterTransferFaultTests {
  private let scratch = ClusterScratch()
  private let store: Store
  private let cache: ObjectCache<HostDisk>

  init() throws {
    store = try Store.openForWriting(at: scratch.path + "/store", owner: "a test")
    cache = try ObjectCache(directory: scratch.path + "/cache", limit: 1 << 30)
  }

  // MARK: The coordinator's side

  @Test func onlyWhatIsMissingIsSaidToBeMissing() throws {
    var server = server
    let here = try store.put([[1], [2]])
    let absent = Digest(of: "absent")
    let question = LackQuestion(
      request: 9, attempt: nil, objects: [here[0], absent, here[1]].map { ObjectReference(digest: $0, size: 1) })
    #expect(answers(&server, .lack(question)) == [.lackReply(LackReply(request: 9, lacking: [absent]))])
  }

  @Test func noMoreChunksAreSentThanWereAskedForOrThanThePeerTakes() throws {
    var server = server
    let bytes = content(Limits.chunk * 3 + 5)
    let digest = try store.put([bytes])[0]
    let two = answers(&server, .get(GetRequest(digest: digest, offset: 0, credits: 2)))
    #expect(two == [chunk(bytes, at: 0), chunk(bytes, at: Limits.chunk)])
    let rest = answers(&server, .get(GetRequest(digest: digest, offset: 2 * Limits.chunk, credits: 8)))
    #expect(rest == [chunk(bytes, at: 2 * Limits.chunk), chunk(bytes, at: 3 * Limits.chunk)])
    let full = answers(&server, .get(GetRequest(digest: digest, offset: 0, credits: 8)), room: 0)
    #expect(full.count == 1, "a full queue ends it")
    #expect(answers(&server, .get(GetRequest(digest: digest, offset: bytes.count, credits: 1))).isEmpty)
  }

  @Test func aDamagedObjectIsNotServedAndIsGoneFromTheStore() throws {
    var server = server
    let bytes = content(200_000)
    let digest = try store.put([bytes])[0]
    let path = try #require(try store.path(of: digest))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 100)
    try handle.close()
    let said = answers(&server, .get(GetRequest(digest: digest, offset: 0, credits: 1)))
    #expect(said.last == .notFound(ObjectDigest(digest: digest)))
    #expect(server.takeLost() == [digest])
    // What makes it again must find that it is lacking.
    #expect(try !store.contains(digest))
  }

  @Test func bytesOfAnotherDigestAreRefusedAndTheRightOnesTakenAfterwards() throws {
    var server = server
    let (right, wrong) = (content(1_000), content(1_000, seed: 2))
    let digest = Digest(of: right)
    expect(&server, right)
    let refused = answers(&server, .chunk(Chunk(digest: digest, offset: 0, size: 1_000, content: wrong)))
    guard case .putReply(let reply) = refused.first else {
      Issue.record("no answer")
      return
    }
    #expect(!reply.stored && reply.problem != nil)
    #expect(try !store.contains(digest))
    let taken = answers(&server, chunk(right, at: 0))
    #expect(taken == [.putReply(PutReply(digest: digest, offset: 1_000, stored: true))])
    #expect(try store.read(digest) == right)
  }

  @Test func aChunkOutOfTurnIsAnsweredWithTheOneThatIsWanted() throws {
    var server = server
    let bytes = content(Limits.chunk * 2)
    let digest = Digest(of: bytes)
    let (first, second) = (chunk(bytes, at: 0), chunk(bytes, at: Limits.chunk))
    func wants(_ offset: Int) -> [ObjectMessage] {
      [.putReply(PutReply(digest: digest, offset: offset, stored: false))]
    }
    expect(&server, bytes)
    #expect(answers(&server, second) == wants(0))
    #expect(answers(&server, first) == wants(Limits.chunk))
    #expect(answers(&server, first) == wants(Limits.chunk), "what came twice counts once")
    #expect(answers(&server, second) == [.putReply(PutReply(digest: digest, offset: bytes.count, stored: true))])
    #expect(answers(&server, first) == [.putReply(PutReply(digest: digest, offset: bytes.count, stored: true))])
  }

  // MARK: The agent's side

  @Test func twoAgentsOfOneHostShareWhatOneOfThemFetches() throws {
    var server = server
    let bytes = content(1_000)
    let object = NamedObject(name: "shared", digest: try store.put([bytes])[0], size: bytes.count)
    var first = ObjectFetcher(cache: cache)
    var second = ObjectFetcher(cache: cache)
    var asked: [ObjectMessage] = []
    first.fetch([object], at: .zero) { note($0, in: &asked) }
    second.fetch([object], at: .zero) { unwanted($0, "the second asks for what the first receives") }
    #expect(asked.count == 1 && second.takeEvents().isEmpty)
    for case .chunk(let chunk) in asked.flatMap({ answers(&server, $0) }) {
      first.handle(chunk, at: .zero) { _ in true }
    }
    #expect(first.takeEvents() == [.fetched(object.digest)])
    let look = try #require(second.deadline)
    second.timePassed(at: look) { unwanted($0, "it is here already") }
    #expect(second.takeEvents() == [.fetched(object.digest)])
    #expect(second.deadline == nil)
  }

  @Test func anObjectThatFirstAgentGaveUpIsFetchedByTheSecond() throws {
    let bytes = content(1_000)
    let object = NamedObject(name: "shared", digest: Digest(of: bytes), size: bytes.count)
    var first: ObjectFetcher<HostDisk>? = ObjectFetcher(cache: cache)
    var second = ObjectFetcher(cache: cache)
    first?.fetch([object], at: .zero) { _ in true }
    second.fetch([object], at: .zero) { unwanted($0, "the first has it in hand") }
    first = nil
    var asked: [ObjectMessage] = []
    second.timePassed(at: try #require(second.deadline)) { note($0, in: &asked) }
    #expect(asked == [.get(GetRequest(digest: object.digest, offset: 0, credits: 8))])
  }

  @Test func anObjectOfAnotherSizeThanAnnouncedIsNotWaitedFor() throws {
    let bytes = content(500)
    let object = NamedObject(name: "pool", digest: Digest(of: bytes), size: 400)
    var fetcher = ObjectFetcher(cache: cache)
    fetcher.fetch([object], at: .zero) { _ in true }
    fetcher.handle(Chunk(digest: object.digest, offset: 0, size: 500, content: bytes), at: .zero) { _ in true }
    guard case .fetchFailed(object.digest, let reason) = fetcher.takeEvents().first else {
      Issue.record("it goes on")
      return
    }
    #expect(reason.contains("pool") && reason.contains("size"))
    #expect(fetcher.deadline == nil)
  }

  @Test func whatIsNotAnsweredIsAskedForAgainFromWhereItStands() throws {
    let bytes = content(Limits.chunk * 3)
    let object = NamedObject(name: "pool", digest: Digest(of: bytes), size: bytes.count)
    var fetcher = ObjectFetcher(cache: cache)
    var asked: [ObjectMessage] = []
    fetcher.fetch([object], at: .zero) { note($0, in: &asked) }
    if case .chunk(let chunk) = chunk(bytes, at: 0) { fetcher.handle(chunk, at: Instant(seconds: 1)) { _ in true } }
    #expect(fetcher.deadline == Instant(seconds: 1 + TransferSettings().patience))
    asked = []
    fetcher.timePassed(at: Instant(seconds: 1 + TransferSettings().patience)) { note($0, in: &asked) }
    #expect(asked == [.get(GetRequest(digest: object.digest, offset: Limits.chunk, credits: 8))])
  }

  @Test func aRefusedObjectEndsEveryOfferThatNeedsIt() throws {
    let bytes = content(100)
    let object = NamedObject(name: "subset", digest: try cache.add(bytes), size: bytes.count)
    let attempts = (0..<3).map { AttemptName(task: TaskID(Digest(of: "\($0)")), epoch: Epoch(1)) }
    let cache = cache
    var offers = ObjectOffers(on: HostDisk()) { cache.path(of: $0) }
    var said: [ObjectMessage] = []
    func send(_ message: ObjectMessage) -> Bool {
      said.append(message)
      return true
    }
    for attempt in attempts { offers.offer(attempt, [object], at: .zero, send: send) }
    // Nobody wants the last one any more; its question is answered all the same.
    offers.forget(attempts[2])
    for case .lack(let question) in said {
      offers.handle(LackReply(request: question.request, lacking: [object.digest]), at: .zero, send: send)
    }
    #expect(said.suffix(1) == [chunk(bytes, at: 0)], "once for all")
    let refusal = PutReply(digest: object.digest, offset: 0, stored: false, problem: "the disk is full")
    offers.handle(refusal, at: .zero, send: send)
    let events = offers.takeEvents()
    #expect(events.count == 2)
    for attempt in attempts.prefix(2) {
      #expect(events.contains(.objectsRefused(attempt, reason: "the disk is full")))
    }
    #expect(offers.deadline == nil)
    // Offered again, as the machine does after a pause, it goes through.
    said = []
    offers.offer(attempts[0], [object], at: .zero, send: send)
    for case .lack(let question) in said {
      offers.handle(LackReply(request: question.request, lacking: [object.digest]), at: .zero, send: send)
    }
    offers.handle(PutReply(digest: object.digest, offset: 100, stored: true), at: .zero, send: send)
    #expect(offers.takeEvents() == [.objectsStored(attempts[0])])
  }

  @Test func aCoordinatorThatHasLessThanItHadGetsItAgain() throws {
    let bytes = content(Limits.chunk * 4)
    let object = NamedObject(name: "model", digest: try cache.add(bytes), size: bytes.count)
    let cache = cache
    var offers = ObjectOffers(on: HostDisk()) { cache.path(of: $0) }
    var said: [ObjectMessage] = []
    func send(_ message: ObjectMessage) -> Bool {
      said.append(message)
      return true
    }
    offers.offer(AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(1)), [object], at: .zero, send: send)
    offers.handle(LackReply(request: 1, lacking: [object.digest]), at: .zero, send: send)
    let later = Instant(seconds: 1)
    offers.handle(PutReply(digest: object.digest, offset: 3 * Limits.chunk, stored: false), at: later, send: send)
    // Its host lost its power, and what had arrived with it.
    offers.handle(PutReply(digest: object.digest, offset: 0, stored: false), at: later, send: send)
    said = []
    offers.timePassed(at: later.advanced(bySeconds: TransferSettings().patience), send: send)
    #expect(said == (0..<4).map { chunk(bytes, at: $0 * Limits.chunk) })
  }

  @Test(arguments: [nil, 0, 60] as [UInt64?])
  func anObjectThatThisHostHasLostIsAsGoodAsRefused(bytesLeft: UInt64?) throws {
    let bytes = content(100)
    let object = NamedObject(name: "subset", digest: try cache.add(bytes), size: bytes.count)
    let path = cache.path(of: object.digest)
    if let bytesLeft {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.truncate(atOffset: bytesLeft)
      try handle.close()
    } else {
      try FileManager.default.removeItem(atPath: path)
    }
    let attempt = AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(1))
    var offers = ObjectOffers(on: HostDisk()) { _ in path }
    var chunks = 0
    func send(_ message: ObjectMessage) -> Bool {
      if case .chunk = message { chunks += 1 }
      return true
    }
    offers.offer(attempt, [object], at: .zero, send: send)
    offers.handle(LackReply(request: 1, lacking: [object.digest]), at: .zero, send: send)
    guard case .objectsRefused(attempt, let reason) = offers.takeEvents().first else {
      Issue.record("it goes on")
      return
    }
    #expect(reason.contains(path))
    #expect(chunks <= 1 && offers.deadline == nil)
  }

  private func note(_ message: ObjectMessage, in messages: inout [ObjectMessage]) -> Bool {
    messages.append(message)
    return true
  }

  private func unwanted(_ message: ObjectMessage, _ comment: String) -> Bool {
    Issue.record("\(message): \(comment)")
    return true
  }

  private var server: ObjectServer {
    ObjectServer(store: store, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// What the server answers; a queue with `room` for so many takes one more and says that it is full.
  private func answers(_ server: inout ObjectServer, _ message: ObjectMessage, room: Int = 100) -> [ObjectMessage] {
    var said: [ObjectMessage] = []
    server.handle(message, from: .anybody, EverythingGranted(), at: .zero) { reply in
      said.append(reply)
      return said.count <= room
    }
    return said
  }

  /// Says that an object of these bytes will be put.
  private func expect(_ server: inout ObjectServer, _ bytes: [UInt8]) {
    let object = ObjectReference(digest: Digest(of: bytes), size: bytes.count)
    _ = answers(&server, .lack(LackQuestion(request: 0, attempt: nil, objects: [object])))
  }

  private func chunk(_ bytes: [UInt8], at offset: Int) -> ObjectMessage {
    let content = bytes[offset..<min(offset + Limits.chunk, bytes.count)]
    return .chunk(Chunk(digest: Digest(of: bytes), offset: offset, size: bytes.count, content: Array(content)))
  }

  private func content(_ size: Int, seed: UInt64 = 1) -> [UInt8] {
    var generator = SeededGenerator(seed: seed, purpose: "content")
    return (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
  }
}
