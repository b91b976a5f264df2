import Cluster
import Coordination
import Core
import Foundation
import Logging
import ObjectStore
import Testing
import Wire

/// Rights of somebody who was granted everything.
struct EverythingGranted: ObjectRights {
  func mayRead(_ digest: Digest, _ principal: Principal) -> Bool { true }
  func mayHandIn(_ attempt: AttemptName, _ principal: Principal) -> Bool { true }
  func knows(_ principal: Principal) -> Bool { true }
}

/// Objects between an agent and a coordinator's store, over a link that loses and repeats messages.
@Suite struct ClusterTransferTests {
  @Test(arguments: 0..<12 as Range<UInt64>)
  func everyObjectArrivesOverALossyLink(seed: UInt64) throws {
    let world = try TransferWorld(seed: seed)
    let objects = try world.someObjects(sizes: [0, 1, 1_000, 40_000, Limits.chunk, Limits.chunk + 1, 3_000_000])
    for object in objects { try world.store.put([object.bytes]) }
    world.fetch(objects.map(\.name))
    try world.run { world.fetched.count == objects.count }
    for object in objects {
      let path = world.cache.path(of: object.name.digest)
      #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == object.bytes)
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func everyOfferedObjectReachesTheStoreOverALossyLink(seed: UInt64) throws {
    let world = try TransferWorld(seed: seed)
    let objects = try world.someObjects(sizes: [0, 1, 1_000, 40_000, Limits.chunk, Limits.chunk + 1, 3_000_000])
    for object in objects { try world.cache.add(object.bytes) }
    let attempts = (0..<3).map { AttemptName(task: TaskID(Digest(of: "\($0)")), epoch: Epoch(1)) }
    // Offers overlap, as results of tasks that made the same bytes do.
    world.offer(attempts[0], objects.map(\.name))
    world.offer(attempts[1], Array(objects.map(\.name).suffix(3)))
    world.offer(attempts[2], [objects[2].name])
    try world.run { world.stored == Set(attempts) }
    for object in objects { #expect(try world.store.read(object.name.digest) == object.bytes) }
  }

  @Test func anObjectThatIsNotInTheStoreIsReportedAndCostsNothingElse() throws {
    let world = try TransferWorld(seed: 1, loss: 0)
    let objects = try world.someObjects(sizes: [10, 100_000])
    try world.store.put([objects[1].bytes])
    world.fetch(objects.map(\.name))
    try world.run { world.failed.count == 1 && world.fetched.count == 1 }
    #expect(world.failed == [objects[0].name.digest])
    #expect(world.lost == [objects[0].name.digest])
  }

  @Test func bytesWithAnotherDigestAreNeverTakenIn() throws {
    let world = try TransferWorld(seed: 2, loss: 0)
    let objects = try world.someObjects(sizes: [600_000])
    try world.store.put([objects[0].bytes])
    world.corrupt = true
    world.fetch([objects[0].name])
    try world.run { !world.failed.isEmpty }
    #expect(world.fetched.isEmpty)
    #expect(!world.cache.contains(objects[0].name.digest))
  }

  @Test func aTransferGoesOnWhereAnEarlierLifeStopped() throws {
    let world = try TransferWorld(seed: 3, loss: 0)
    let objects = try world.someObjects(sizes: [Limits.chunk * 20])
    try world.store.put([objects[0].bytes])
    world.fetch([objects[0].name])
    for _ in 0..<12 { world.step() }
    let before = world.bytesFromStore
    #expect(before > 0 && world.fetched.isEmpty)
    world.restartFetcher()
    world.fetch([objects[0].name])
    try world.run { world.fetched.count == 1 }
    #expect(world.bytesFromStore < before + Limits.chunk * 20)
  }
}

/// A coordinator's store and an agent's cache, with a link between them that the test drives.
private final class TransferWorld {
  struct Object {
    let name: NamedObject
    let bytes: [UInt8]
  }

  let store: Store
  let cache: ObjectCache<HostDisk>
  private(set) var fetched: Set<Digest> = []
  private(set) var failed: Set<Digest> = []
  private(set) var lost: Set<Digest> = []
  private(set) var stored: Set<AttemptName> = []
  private(set) var bytesFromStore = 0
  var corrupt = false
  private let scratch = ClusterScratch()
  private var generator: SeededGenerator
  private let loss: Double
  private var now = Instant.zero
  private var server: ObjectServer
  private var fetcher: ObjectFetcher<HostDisk>
  private var offers: ObjectOffers<HostDisk>
  private var toStore: [ObjectMessage] = []
  private var toAgent: [ObjectMessage] = []

  init(seed: UInt64, loss: Double = 0.1) throws {
    generator = SeededGenerator(seed: seed, purpose: "transfers")
    self.loss = loss
    store = try Store.openForWriting(at: scratch.path + "/store", owner: "a test")
    let cache = try ObjectCache(directory: scratch.path + "/cache", limit: 1 << 30)
    self.cache = cache
    server = ObjectServer(store: store, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    fetcher = ObjectFetcher(cache: cache)
    offers = ObjectOffers(on: HostDisk()) { cache.path(of: $0) }
  }

  func someObjects(sizes: [Int]) throws -> [Object] {
    sizes.map { size in
      let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      return Object(name: NamedObject(name: "of \(size)", digest: Digest(of: bytes), size: size), bytes: bytes)
    }
  }

  func fetch(_ objects: [NamedObject]) { fetcher.fetch(objects, at: now) { ask($0) } }
  func restartFetcher() {
    fetcher = ObjectFetcher(cache: cache)
    (toStore, toAgent) = ([], [])
  }
  func offer(_ attempt: AttemptName, _ objects: [NamedObject]) {
    offers.offer(attempt, objects, at: now) { push($0) }
  }

  /// Delivers and waits until `condition` holds; an issue when it does not within an hour of virtual time.
  func run(until condition: () -> Bool) throws {
    while !condition() {
      try #require(now.seconds(since: .zero) < 3_600, "the transfer does not end")
      step()
    }
  }

  /// One message, or, when none is under way, time.
  func step() {
    if !toStore.isEmpty {
      deliver(toStore.removeFirst()) { message in
        server.begin(at: now, EverythingGranted())
        server.handle(message, from: .anybody, EverythingGranted(), at: now) { reply in
          toAgent.append(damaged(reply))
          return true
        }
        lost.formUnion(server.takeLost())
      }
    } else if !toAgent.isEmpty {
      deliver(toAgent.removeFirst(), hear)
    } else {
      now = now.advanced(bySeconds: 1)
      fetcher.timePassed(at: now) { ask($0) }
      offers.timePassed(at: now) { push($0) }
    }
    collect()
  }

  private func hear(_ message: ObjectMessage) {
    switch message {
    case .chunk(let chunk): fetcher.handle(chunk, at: now) { ask($0) }
    case .notFound(let name): fetcher.handleNotFound(name.digest, at: now) { ask($0) }
    case .lackReply(let reply): offers.handle(reply, at: now) { push($0) }
    case .putReply(let reply): offers.handle(reply, at: now) { push($0) }
    case .lack, .get: Issue.record("the store asks nothing")
    }
  }

  private func collect() {
    for event in fetcher.takeEvents() + offers.takeEvents() {
      switch event {
      case .fetched(let digest): fetched.insert(digest)
      case .fetchFailed(let digest, _): failed.insert(digest)
      case .objectsStored(let attempt): stored.insert(attempt)
      default: Issue.record("unexpected: \(event)")
      }
    }
  }

  private func ask(_ message: ObjectMessage) -> Bool {
    toStore.append(message)
    return true
  }

  /// A queue that is full now and then, as a socket's is.
  private func push(_ message: ObjectMessage) -> Bool {
    guard toStore.count < 24 else { return false }
    toStore.append(message)
    return true
  }

  private func deliver(_ message: ObjectMessage, _ hear: (ObjectMessage) -> Void) {
    guard generator.uniform() >= loss else { return }
    hear(message)
    if generator.uniform() < loss { hear(message) }
  }

  private func damaged(_ message: ObjectMessage) -> ObjectMessage {
    guard case .chunk(let chunk) = message else { return message }
    bytesFromStore += chunk.content.count
    guard corrupt, !chunk.content.isEmpty else { return message }
    var content = chunk.content
    content[content.count / 2] ^= 1
    return .chunk(Chunk(digest: chunk.digest, offset: chunk.offset, size: chunk.size, content: content))
  }
}

/// A temporary directory that is gone with its owner.
final class ClusterScratch {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "winnow-\(UUID().uuidString)"
    try! FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
