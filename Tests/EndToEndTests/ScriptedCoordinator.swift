import Cluster
import Coordination
import Core
import Files
import Foundation
import ObjectStore
import Sweeps
import TestSupport
import Testing
import Transport
import Wire

/// Rights of somebody who was granted everything.
private struct EverythingAllowed: ObjectRights {
  func mayRead(_ digest: Digest, _ principal: Principal) -> Bool { true }
  func mayHandIn(_ attempt: AttemptName, _ principal: Principal) -> Bool { true }
  func knows(_ principal: Principal) -> Bool { true }
}

/// A coordinator that says what a test wants it to say, to a real agent. Its objects port is the real one, on a store.
final class ScriptedCoordinator {
  let store: Store
  /// Whether questions about objects are answered.
  var isServing = true
  private(set) var worker: RunningProgram?
  private let scratch: ScratchDirectory
  private let control: Socket
  private let objects: Socket
  private let endpoint: Endpoint
  private var server: ObjectServer
  private var peer: [UInt8] = []
  private var grants: UInt64 = 0
  /// What the agent said and nobody asked for yet.
  private var heard: [AgentMessage] = []

  init() throws {
    scratch = try ScratchDirectory()
    store = try Store.openForWriting(at: scratch.path("store"), owner: "a test")
    server = ObjectServer(store: store, log: LineLogHandler.logger("test", level: .error))
    let context = Context()
    control = try Socket(context, .router, .control)
    objects = try Socket(context, .router, .objects)
    var bound: Endpoint?
    for _ in 0..<64 where bound == nil {
      let tried = try control.bind("tcp://127.0.0.1:*")
      if (try? objects.bind(Endpoint(tried).objectsNeighbour.description)) != nil { bound = try Endpoint(tried) }
      if bound == nil { control.unbind(tried) }
    }
    endpoint = try #require(bound, "no two neighbouring ports are free")
  }

  deinit { worker?.kill() }

  var log: String { scratch.path("worker.log") }

  /// Results that the agent keeps on its disk.
  func spooled() throws -> Int {
    let agents = scratch.path("cache/agents")
    return try FileManager.default.contentsOfDirectory(atPath: agents).reduce(0) { sum, home in
      sum + (try FileManager.default.contentsOfDirectory(atPath: "\(agents)/\(home)/spool/results").count)
    }
  }

  /// Shortens the one object that the agent keeps for a result, or turns a bit of it.
  func damageSpooledObject(bytesLeft: UInt64?) throws {
    let agents = scratch.path("cache/agents")
    let home = try #require(try FileManager.default.contentsOfDirectory(atPath: agents).first)
    let objects = "\(agents)/\(home)/spool/objects"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: objects).first)
    // In place: the agent's cache has the same file.
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: "\(objects)/\(name)"))
    if let bytesLeft {
      try handle.truncate(atOffset: bytesLeft)
    } else {
      let byte = try #require(try handle.read(upToCount: 1)).map { $0 ^ 1 }
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: byte)
    }
    try handle.close()
  }

  /// Starts the agent, again with the same cache when it ran before.
  @discardableResult func startWorker() throws -> RunningProgram {
    let program = try RunningProgram(
      "winnow-worker", ["--connect", endpoint.description, "--slots", "1", "--cache", scratch.path("cache")], log: log)
    worker = program
    return program
  }

  /// Waits for the agent's hello, and welcomes it.
  @discardableResult func welcome(epoch: UInt32 = 1) throws -> Hello {
    let hello = try hear("a hello") { if case .hello(let hello) = $0 { hello } else { nil } }
    grants = UInt64(epoch) << 32
    say(.welcome(Welcome(coordinatorEpoch: epoch, heartbeatSeconds: 0.1, resendSeconds: 0.3)))
    return hello
  }

  /// Grants a task, with the objects of its input when it has one.
  func grant(_ task: TaskSpecification, shared: [NamedObject] = []) -> AttemptName {
    grants += 1
    let attempt = AttemptName(task: task.id, epoch: Epoch(grants))
    let inputs = task.inputs.keys.sorted().map { GrantInput(name: $0, objects: shared) }
    say(
      .grants([
        Grant(
          attempt: attempt, specification: task.json.canonical, inputs: inputs, sources: [], numericsCore: nil)
      ]))
    return attempt
  }

  func say(_ message: CoordinatorMessage) { sayBytes(Frame.encode(.coordinator(message))) }

  func sayBytes(_ bytes: [UInt8]) { _ = control.send([peer, bytes]) }

  /// Waits for a result.
  func result() throws -> TaskEnding {
    try hear("a result") { if case .result(let ending) = $0 { ending } else { nil } }
  }

  /// Waits for a heartbeat, said from now on, that has the `property`.
  @discardableResult func heartbeat(_ what: String, _ property: (Heartbeat) -> Bool) throws -> Heartbeat {
    listen()
    heard.removeAll { if case .heartbeat = $0 { true } else { false } }
    return try hear("a heartbeat \(what)") { message in
      guard case .heartbeat(let heartbeat) = message, property(heartbeat) else { return nil }
      return heartbeat
    }
  }

  /// Waits for the next message that has the `meaning`; others stay to be heard later.
  func hear<Value>(_ what: String, _ meaning: (AgentMessage) -> Value?) throws -> Value {
    var found: Value?
    try waitUntil("the agent sends \(what)") {
      listen()
      if let index = heard.firstIndex(where: { meaning($0) != nil }) { found = meaning(heard.remove(at: index)) }
      return found != nil
    }
    return try #require(found)
  }

  private func listen() {
    while let message = control.receive() {
      guard case .agent(let said) = try? Frame.decode(message.frames[1]) else { continue }
      peer = message.frames[0]
      heard.append(said)
    }
    while isServing, let message = objects.receive() {
      guard case .objects(let asked) = try? Frame.decode(message.frames[1]) else { continue }
      server.begin(at: MonotonicClock.now, EverythingAllowed())
      server.handle(asked, from: .anybody, EverythingAllowed(), at: MonotonicClock.now) {
        objects.send([message.frames[0], Frame.encode(.objects($0))]) == .sent
      }
    }
  }
}
