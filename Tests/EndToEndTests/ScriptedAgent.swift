import Cluster
import Core
import Sweeps
import TestSupport
import Testing
import Transport
import Wire

/// An agent that says what a test wants it to say, to a real coordinator.
final class ScriptedAgent {
  let id: WorkerID
  private let control: Socket
  private let objects: Socket
  private var sequence: UInt64 = 0
  /// What was said to it and not asked for yet.
  private var heard: [CoordinatorMessage] = []

  /// - Parameter key: the name of the key that it proves; that of the cluster's client unless given.
  init(_ cluster: ClusterUnderTest, id: WorkerID = .random(), key: String? = nil) throws {
    self.id = id
    let pair = try key.map { try KeyFile.readPair("\(cluster.keys)/\($0).key") }
    let address = try cluster.address
    let context = Context()
    func socket(_ options: SocketOptions, to endpoint: Endpoint) throws -> Socket {
      var options = options
      options.security = .client(keys: try #require(pair ?? address.keys), server: try #require(address.serverKey))
      let socket = try Socket(context, .dealer, options)
      try socket.connect(endpoint.description)
      return socket
    }
    control = try socket(.control, to: address.endpoint)
    objects = try socket(.objects, to: try address.endpoint.objectsNeighbour)
  }

  /// Says who it is, waits to be welcome, and asks for tasks.
  @discardableResult func join(credits: Int = 1, attempts: [AttemptReport] = []) throws -> Welcome {
    sayHello(attempts: attempts)
    let welcome = try hear("a welcome") { if case .welcome(let welcome) = $0 { welcome } else { nil } }
    beat(credits: credits, attempts: attempts)
    return welcome
  }

  /// Says who it is, or who else it would like to be.
  func sayHello(
    as name: WorkerID? = nil, incarnation: UInt64 = 1, cores: [String] = [], attempts: [AttemptReport] = []
  ) {
    sequence += 1
    say(
      .hello(
        Hello(
          worker: name ?? id, sequence: sequence, incarnation: incarnation, build: "scripted", host: "scripted",
          slots: 1,
          cores: cores, attempts: attempts)))
  }

  /// A whole object out of the coordinator's store; nil when it is not given.
  func get(_ digest: Digest) throws -> [UInt8]? {
    _ = objects.send([Frame.encode(.objects(.get(GetRequest(digest: digest, offset: 0, credits: 64))))])
    var answer: [UInt8]??
    try waitUntil("the object is sent or refused") {
      guard let frame = objects.receive()?.frames.last, case .objects(let said) = try Frame.decode(frame) else {
        return false
      }
      switch said {
      case .chunk(let chunk): answer = .some(chunk.content)
      case .notFound: answer = .some(nil)
      default: break
      }
      return answer != nil
    }
    return answer ?? nil
  }

  func beat(credits: Int, draining: Bool = false, attempts: [AttemptReport] = []) {
    sequence += 1
    say(
      .heartbeat(
        Heartbeat(
          sequence: sequence, heard: 0, credits: credits, draining: draining, attempts: attempts, loadedCores: [])))
  }

  func say(_ message: AgentMessage) { _ = control.send([Frame.encode(.agent(message))]) }

  /// Hands in a result of the attempt.
  func handIn(_ attempt: AttemptName, _ outcome: Outcome) {
    let objects = outcome.objects.sorted { $0.key < $1.key }.map {
      NamedObject(name: $0.key, digest: $0.value.digest, size: $0.value.size)
    }
    let success = TaskEnding.Success(
      outcome: outcome.canonical, attempt: Array("{\"host\":\"scripted\"}".utf8), objects: objects)
    say(.result(TaskEnding(attempt: attempt, seconds: 0.1, ending: .success(success))))
  }

  /// Puts an object into the coordinator's store, for the result of `attempt`, or for nothing.
  func put(_ bytes: [UInt8], for attempt: AttemptName?) throws -> PutReply {
    if let attempt {
      let object = ObjectReference(digest: Digest(of: bytes), size: bytes.count)
      _ = objects.send([Frame.encode(.objects(.lack(LackQuestion(request: 1, attempt: attempt, objects: [object]))))])
    }
    let chunk = Chunk(digest: Digest(of: bytes), offset: 0, size: bytes.count, content: bytes)
    _ = objects.send([Frame.encode(.objects(.chunk(chunk)))])
    var reply: PutReply?
    try waitUntil("the object was taken in or refused") {
      if let frame = objects.receive()?.frames.last, case .objects(.putReply(let said)) = try Frame.decode(frame) {
        reply = said
      }
      return reply != nil
    }
    return try #require(reply)
  }

  func grant() throws -> Grant {
    try hear("a grant") { if case .grants(let grants) = $0 { grants.first } else { nil } }
  }

  func acknowledgement() throws -> AttemptName {
    try hear("an acknowledgement") { if case .acknowledgement(let attempt) = $0 { attempt } else { nil } }
  }

  func rejection() throws -> RejectedResult {
    try hear("that a result is not taken") { if case .rejectedResult(let rejected) = $0 { rejected } else { nil } }
  }

  /// Whether it was asked who it is.
  func isAsked() throws -> Bool {
    try listen()
    guard let index = heard.firstIndex(of: .who) else { return false }
    heard.remove(at: index)
    return true
  }

  /// Waits for the next message that has the `meaning`; others stay to be heard later.
  func hear<Value>(_ what: String, _ meaning: (CoordinatorMessage) -> Value?) throws -> Value {
    var found: Value?
    try waitUntil("the coordinator sends \(what)") {
      try listen()
      if let index = heard.firstIndex(where: { meaning($0) != nil }) { found = meaning(heard.remove(at: index)) }
      return found != nil
    }
    return try #require(found)
  }

  private func listen() throws {
    while let frame = control.receive()?.frames.last {
      if case .coordinator(let message) = try Frame.decode(frame) { heard.append(message) }
    }
  }
}
