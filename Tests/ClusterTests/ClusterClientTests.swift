import Cluster
import Core
import Foundation
import Sweeps
import Synchronization
import Testing
import Transport
import Wire

/// What a command line makes of what it hears, or does not hear.
@Suite struct ClusterClientTests {
  @Test func nobodyWhoAnswersIsSaidWithTheAddress() throws {
    let peer = try Peer { _ in nil }
    let client = try ClusterClient(peer.address, patienceSeconds: 0.3)
    let refusal = #expect(throws: ClusterRefusal.self) { try client.status(workers: false) }
    #expect(refusal?.description.contains("did not answer") == true)
    #expect(refusal?.description.contains("\(peer.address.endpoint)") == true)
  }

  @Test(
    arguments: [
      (Frame.encode(.reply(.refused("there is no such sweep"))), "there is no such sweep"),
      (Frame.encode(.reply(.done("done"))), "another question"),
      (Frame.encode(.coordinator(.reject(Reject(reason: "install version 9", retryAfterSeconds: 1)))), "version 9"),
      ([1, 2, 3], "cannot be understood"),
    ] as [([UInt8], String)])
  func whateverIsNoAnswerIsARefusal(frame: [UInt8], word: String) throws {
    let peer = try Peer { _ in frame }
    let client = try ClusterClient(peer.address)
    let refusal = #expect(throws: ClusterRefusal.self) { try client.status(workers: false) }
    #expect(refusal?.description.contains(word) == true, "\(refusal?.description ?? "")")
  }

  @Test func messagesThatAreNoRepliesArePassedOver() throws {
    let status = ClusterStatus()
    let peer = try Peer(
      answering: { _ in
        [Frame.encode(.coordinator(.who)), Frame.encode(.reply(.status(status)))]
      })
    #expect(try ClusterClient(peer.address).status(workers: true) == status)
  }

  @Test func allPagesOfFailuresAreReadInOrder() throws {
    let all = (0..<5).map { index in
      FailedTask(
        report: TaskFailureReport(
          task: TaskID(Digest(of: "\(index)")), taskClass: "trial", isQuarantined: false,
          cause: .exception(lastWords: "no")), label: "task \(index)")
    }
    let sweep = Digest(of: "sweep")
    let peer = try Peer { request in
      guard case .failures(let asked, let from) = request, asked == sweep else { return nil }
      let end = min(from + 2, all.count)
      let page = FailurePage(
        failures: Array(all[from..<end]), total: all.count, next: end < all.count ? end : nil)
      return Frame.encode(.reply(.failures(page)))
    }
    #expect(try ClusterClient(peer.address).failures(of: sweep) == all)
    #expect(
      peer.requests == [
        .failures(sweep: sweep, from: 0), .failures(sweep: sweep, from: 2), .failures(sweep: sweep, from: 4),
      ])
  }

  @Test func eachRequestIsSentAsItIsAsked() throws {
    let peer = try Peer { request in
      if case .submit = request {
        return Frame.encode(.reply(.submitted(Submitted(sweep: Digest(of: "s"), tasks: 3, done: 1))))
      }
      return Frame.encode(.reply(.done("as you say")))
    }
    let client = try ClusterClient(peer.address)
    #expect(try client.submit([7]) == Submitted(sweep: Digest(of: "s"), tasks: 3, done: 1))
    #expect(try client.cancel(sweep: "a") == "as you say")
    _ = try client.drain(.named("b"))
    _ = try client.retryFailed()
    _ = try client.shutdown()
    #expect(
      peer.requests == [
        .submit([7]), .cancelSweep("a"), .drainWorker(.named("b"), withinSeconds: nil), .retryFailed, .shutdown,
      ])
  }

  @Test func anAddressThatCannotBeConnectedToIsRefusedAtOnce() throws {
    for text in ["tcp://*:5557", "tcp://127.0.0.1:*"] {
      let address = CoordinatorAddress(endpoint: try Endpoint(text), keys: nil, serverKey: nil)
      #expect(throws: TransportError.self) { try ClusterClient(address) }
    }
  }
}

/// What a command line reads in a store to find its coordinator.
@Suite struct CoordinatorNoteTests {
  private let scratch = ClusterScratch()
  private let note = CoordinatorNote(
    control: "tcp://*:5557", objects: "tcp://*:5558", serverKey: nil, keysDirectory: nil, processID: 12, epoch: 3)

  @Test func aNoteReadsBackAsItWasWritten() throws {
    let keys = KeyPair.generate()
    let full = CoordinatorNote(
      control: "tcp://10.0.0.1:5", objects: "tcp://10.0.0.1:6", serverKey: keys.publicKey.description,
      keysDirectory: "/keys", processID: 1, epoch: 0)
    for note in [note, full] { #expect(try CoordinatorNote(json: note.json, place: "note") == note) }
  }

  @Test func whatListensEverywhereIsReachedThroughLoopback() throws {
    try write(note.json)
    let address = try CoordinatorAddress(ofStore: scratch.path, keyFile: nil)
    #expect(address.endpoint.description == "tcp://127.0.0.1:5557")
    #expect(address.keys == nil && address.serverKey == nil)
  }

  @Test func theKeysOfThisHostsClientAreTakenUnlessOthersAreNamed() throws {
    let keys = scratch.path + "/keys"
    let own = try KeyFile.create(name: "client", in: keys)
    let other = try KeyFile.create(name: "other", in: keys)
    let server = KeyPair.generate().publicKey
    try write(
      CoordinatorNote(
        control: "tcp://127.0.0.1:5557", objects: "tcp://127.0.0.1:5558", serverKey: server.description,
        keysDirectory: keys, processID: 1, epoch: 1
      ).json)
    #expect(try CoordinatorAddress(ofStore: scratch.path, keyFile: nil).keys == own)
    #expect(try CoordinatorAddress(ofStore: scratch.path, keyFile: keys + "/other.key").keys == other)
    #expect(try CoordinatorAddress(ofStore: scratch.path, keyFile: nil).serverKey == server)
    let error = #expect(throws: TransportError.self) {
      try CoordinatorAddress(ofStore: scratch.path, keyFile: keys + "/absent.key")
    }
    #expect(error?.description.contains("absent.key") == true)
  }

  @Test func aStoreWithoutACoordinatorSaysHowToGetOne() {
    let error = #expect(throws: ConfigurationError.self) {
      try CoordinatorAddress(ofStore: scratch.path, keyFile: nil)
    }
    #expect(error?.description.contains("winnow-coordinator") == true && error?.place == scratch.path)
  }

  @Test(arguments: [
    (#"{"control": "tcp://127.0.0.1:1"}"#, "addresses"), (#"{"control": "#, "JSON"),
    (#"{"control": "tcp://a:1", "objects": "tcp://a:2", "extra": 1}"#, "extra"),
    (#"{"control": "tcp://a:1", "objects": "tcp://a:2", "pid": -4}"#, "pid"),
  ]) func aDamagedNoteIsNamed(text: String, word: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path + "/" + CoordinatorNote.fileName))
    let error = #expect(throws: ConfigurationError.self) {
      try CoordinatorAddress(ofStore: scratch.path, keyFile: nil)
    }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  private func write(_ json: JSONValue) throws {
    try Data(json.canonical).write(to: URL(fileURLWithPath: scratch.path + "/" + CoordinatorNote.fileName))
  }
}

/// A coordinator's control port without a coordinator: it answers each request with frames that a test chooses.
private final class Peer {
  private final class State: Sendable {
    let endpoint = Mutex<Result<String, any Error>?>(nil)
    let requests = Mutex<[ClientRequest]>([])
    let isOver = Mutex(false)
  }

  let address: CoordinatorAddress
  private let state = State()
  private let wake: WakeDescriptor

  /// What it was asked so far.
  var requests: [ClientRequest] { state.requests.withLock { $0 } }

  init(answering answer: @escaping @Sendable (ClientRequest) -> [[UInt8]]) throws {
    let (state, wake) = (self.state, try WakeDescriptor())
    self.wake = wake
    let isBound = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      do {
        let socket = try Socket(Context(), .router)
        let endpoint = try socket.bind("tcp://127.0.0.1:*")
        state.endpoint.withLock { $0 = .success(endpoint) }
        isBound.signal()
        while !state.isOver.withLock({ $0 }) {
          _ = Poller.wait(for: [.socket(socket), .descriptor(wake.descriptor)], milliseconds: 60_000)
          while let message = socket.receive() {
            guard case .client(let request) = try? Frame.decode(message.frames[1]) else { continue }
            state.requests.withLock { $0.append(request) }
            for frame in answer(request) { _ = socket.send([message.frames[0], frame]) }
          }
        }
      } catch {
        state.endpoint.withLock { $0 = .failure(error) }
        isBound.signal()
      }
    }
    isBound.wait()
    let endpoint = try #require(try state.endpoint.withLock { $0 }?.get())
    address = CoordinatorAddress(endpoint: try Endpoint(endpoint), keys: nil, serverKey: nil)
  }

  convenience init(_ answer: @escaping @Sendable (ClientRequest) -> [UInt8]?) throws {
    try self.init(answering: { request in answer(request).map { [$0] } ?? [] })
  }

  deinit {
    state.isOver.withLock { $0 = true }
    wake.wake()
  }
}
