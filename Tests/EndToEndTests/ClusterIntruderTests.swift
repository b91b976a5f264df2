import Cluster
import Core
import Foundation
import TestSupport
import Testing
import Transport
import Wire

/// Whoever is not meant to be there: refused, logged once, nothing else disturbed.
@Suite(.serialized) struct ClusterIntruderTests {
  @Test func anUnknownKeyIsRefusedAndLoggedOnce() throws {
    let cluster = try ClusterUnderTest()
    let stranger = try KeyFile.create(name: "stranger", in: cluster.keys)
    try cluster.startCoordinator()
    let intruder = try cluster.startWorker(key: "stranger")
    try cluster.startWorker()
    let sweep = NothingSweep(name: "undisturbed", count: 10)
    try cluster.submit(sweep)
    try cluster.waitUntilDone(10)
    // It tries again and again; the line stays one.
    try waitUntil("it has tried twice") { try cluster.status().refusedKeys >= 2 }
    #expect(lines(cluster.coordinatorLog, with: "\(stranger.publicKey)") == 1)
    #expect(intruder.isRunning)
    #expect(lines(intruder.log, with: "not among the authorised keys") == 1)
    #expect(try cluster.status().workers.count == 1)
    try AuthorizedKeys.append(stranger.publicKey, name: "friend", to: cluster.keys + "/authorized_keys")
    try waitUntil("it was let in") { try cluster.status().workers.count == 2 }
  }

  @Test func aWorkerOfAnotherVersionIsToldWhy() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    let socket = try self.socket(cluster)
    let hello = AgentMessage.hello(
      Hello(
        worker: .random(), sequence: 1, incarnation: 1, build: "other", host: "future", slots: 1, cores: [],
        attempts: []))
    for _ in 0..<3 { _ = socket.send([Frame.encode(.agent(hello), version: Frame.version + 1)]) }
    var answer: Message?
    try waitUntil("it was answered") {
      if let frame = socket.receive()?.frames.last { answer = try Frame.decode(frame) }
      return answer != nil
    }
    guard case .coordinator(.reject(let reject)) = answer else {
      Issue.record("not a refusal: \(String(describing: answer))")
      return
    }
    #expect(reject.reason.contains("protocol version"))
    try requireUndisturbed(cluster)
    #expect(lines(cluster.coordinatorLog, with: "speaks protocol version \(Frame.version + 1)") == 1)
  }

  @Test func framesThatMeanNothingDisturbNobody() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    let socket = try self.socket(cluster)
    var generator = SeededGenerator(seed: 7, purpose: "garbage")
    let valid = Frame.encode(.client(.status(workers: true)))
    for round in 0..<200 {
      var bytes = round.isMultiple(of: 2) ? valid : (0..<64).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      bytes[generator.integer(below: bytes.count)] ^= UInt8(truncatingIfNeeded: generator.next())
      // One flipped bit of the type may make a good request to end, which an authorised key may send.
      if case .client(.shutdown) = try? Frame.decode(bytes) { continue }
      _ = socket.send(round.isMultiple(of: 5) ? [bytes, bytes] : [bytes])
    }
    // Messages of the wrong kind, and of an agent without an agent's name.
    _ = socket.send([Frame.encode(.reply(.done("hello")))])
    _ = socket.send([Frame.encode(.agent(.bye))])
    _ = socket.send([Frame.encode(.client(.submit(Array("{\"strategies\": [\"no such\"]}".utf8))))])
    try requireUndisturbed(cluster)
    #expect(text(cluster.coordinatorLog).split(separator: "\n").count < 300)
  }

  @Test func strangersOnTheTCPPortsDisturbNobody() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startWorker()
    let endpoint = try cluster.address.endpoint
    let ports = [try #require(endpoint.port), try #require(endpoint.port) + 1]
    var open: [FileHandle] = []
    for port in ports {
      for text in ["", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", String(repeating: "\u{1}\u{7F}x", count: 20_000)] {
        for _ in 0..<10 { open.append(try connection(to: port, sending: text)) }
      }
    }
    try requireUndisturbed(cluster)
    for handle in open { try? handle.close() }
    #expect(lines(cluster.coordinatorLog, with: "was refused") <= 4)
  }

  /// A connection with a good key that is no agent.
  private func socket(_ cluster: ClusterUnderTest) throws -> Socket {
    let address = try cluster.address
    var options = SocketOptions.control
    options.security = .client(keys: try #require(address.keys), server: try #require(address.serverKey))
    let socket = try Socket(Context(), .dealer, options)
    try socket.connect(address.endpoint.description)
    return socket
  }

  private func requireUndisturbed(_ cluster: ClusterUnderTest) throws {
    let sweep = NothingSweep(name: "undisturbed", count: 10, parameters: ["bytes": 1_000])
    try cluster.submit(sweep)
    try cluster.waitUntilDone(10)
    #expect(try cluster.attempts(of: sweep).allSatisfy { $0 == 1 })
    #expect(cluster.coordinator?.isRunning == true && cluster.workers.allSatisfy(\.isRunning))
  }

  private func lines(_ path: String, with part: String) -> Int {
    text(path).split(separator: "\n").count { $0.contains(part) }
  }

  private func connection(to port: Int, sending text: String) throws -> FileHandle {
    let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(result == 0)
    let bytes = Array(text.utf8)
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
