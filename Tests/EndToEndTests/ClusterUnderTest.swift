import Cluster
import Core
import Files
import Foundation
import ObjectStore
import TestSupport
import Testing
import Transport
import Wire

/// A coordinator and workers as real processes.
final class ClusterUnderTest {
  let directory: String
  private(set) var coordinator: RunningProgram?
  private(set) var standby: RunningProgram?
  private(set) var workers: [RunningProgram] = []
  /// Where the coordinator may be, when there is a standby.
  private(set) var places: [String] = []
  private var control = "tcp://127.0.0.1:*"
  private var objects = "tcp://127.0.0.1:*"

  var store: String { directory + "/store" }
  var keys: String { directory + "/keys" }
  var coordinatorLog: String { log("coordinator") }

  private let network: TestNetwork?

  private let expirySeconds: Double

  /// - Parameters:
  ///   - network: hosts to run on, the coordinator on `c`; nil for loopback.
  ///   - expirySeconds: how long a worker may be silent. Long enough for a busy machine, unless the test is about it.
  init(network: TestNetwork? = nil, expirySeconds: Double = 30) throws {
    self.network = network
    self.expirySeconds = expirySeconds
    if let network {
      let host = try network.address(of: "c")
      (control, objects) = ("tcp://\(host):5557", "tcp://\(host):5558")
    }
    directory = NSTemporaryDirectory() + "winnow-\(UUID().uuidString)"
    for name in ["coordinator", "worker"] { try KeyFile.create(name: name, in: directory + "/keys") }
    try AuthorizedKeys.append(
      try KeyFile.readPublic(directory + "/keys/worker.pub"), name: "worker", to: directory + "/keys/authorized_keys")
  }

  deinit {
    for program in workers + [standby, coordinator].compactMap({ $0 }) { program.kill() }
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Starts the coordinator, again at the same address when it ran before, and waits until it listens.
  ///
  /// - Parameter resume: whether it goes on with the sweeps that are open in its store.
  func startCoordinator(resume: Bool = true) throws {
    let file = try writeConfiguration("cluster", control: control, objects: objects, resume: resume)
    coordinator = try RunningProgram(
      "winnow-coordinator", ["--config", file], log: log("coordinator"), prefix: network?.prefix("c") ?? [])
    (control, objects) = try awaitCoordinator()
  }

  private func writeConfiguration(_ name: String, control: String, objects: String, resume: Bool) throws -> String {
    let cluster: JSONValue = [
      "cluster": [
        "store": .string(store), "control": .string(control), "objects": .string(objects), "keys": .string(keys),
        "heartbeatSeconds": 0.2, "suspectSeconds": .number(expirySeconds / 3),
        "expirySeconds": .number(expirySeconds), "logLevel": "debug", "resume": .bool(resume),
      ]
    ]
    let file = "\(directory)/\(name).json"
    try Data(cluster.canonical).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Waits until the coordinator listens; returns where.
  private func awaitCoordinator() throws -> (control: String, objects: String) {
    let program = try #require(coordinator)
    var note: CoordinatorNote?
    try waitUntil("the coordinator listens") {
      try #require(program.isRunning, "the coordinator ended: \(text(program.log))")
      note = try readNote()
      return note?.processID == Int(program.processID)
    }
    return try (#require(note?.control), #require(note?.objects))
  }

  /// A second coordinator on the same store, which waits. It has the same ports on another address of this host.
  func startStandby() throws {
    let addresses = [control, objects].map { $0.replacingOccurrences(of: "127.0.0.1", with: "127.0.0.2") }
    let file = try writeConfiguration("standby", control: addresses[0], objects: addresses[1], resume: true)
    standby = try RunningProgram("winnow-coordinator", ["--config", file, "--standby"], log: log("standby"))
    places = [control, addresses[0]]
    try waitUntil("the standby waits") { text(log("standby")).contains("standby: waiting until") }
  }

  /// Kills the coordinator, and waits until the standby has taken its place.
  func killCoordinator() throws {
    coordinator?.kill()
    coordinator = standby
    standby = nil
    _ = try awaitCoordinator()
  }

  /// Starts a worker with a cache of its own, or that of another worker.
  @discardableResult
  func startWorker(
    slots: Int = 1, cache: String? = nil, key: String = "worker", on host: String? = nil, arguments: [String] = []
  ) throws -> RunningProgram {
    let number = workers.count + 1
    let program = try RunningProgram(
      "winnow-worker",
      (places.isEmpty ? [control] : places).flatMap { ["--connect", $0] } + [
        "--key", "\(keys)/\(key).key", "--server-key", "\(keys)/coordinator.pub", "--slots",
        "\(slots)", "--cache", cache ?? "\(directory)/cache-\(number)",
      ] + arguments, log: log("worker-\(number)"), prefix: host.flatMap { network?.prefix($0) } ?? [])
    workers.append(program)
    return program
  }

  /// What the coordinator says of a worker, counted from 1; nil when it does not know it. Hosts on one machine share
  /// one name, so a worker is found by the first letters of its own, which it logs.
  func worker(_ number: Int) throws -> WorkerStatus? {
    let line = text(log("worker-\(number)")).split(separator: "\n").first { $0.contains("agent ") }
    let words = line?.split(separator: " ") ?? []
    guard let place = words.firstIndex(of: "agent"), place + 1 < words.count else { return nil }
    return try status().workers.first { $0.id.description.hasPrefix(words[place + 1]) }
  }

  /// How many results the worker, counted from 1, has handed in since it joined.
  func results(ofWorker number: Int) throws -> Int { try worker(number)?.results ?? 0 }

  var address: CoordinatorAddress {
    get throws {
      try #require(coordinator?.isRunning == true, "the coordinator has ended: \(text(coordinatorLog).suffix(2_000))")
      return try CoordinatorAddress(ofStore: store, keyFile: nil)
    }
  }

  func client() throws -> ClusterClient { try ClusterClient(try address, patienceSeconds: 20) }

  /// Hands the sweep in.
  @discardableResult func submit(_ sweep: NothingSweep) throws -> String {
    try client().submit(sweep.json.canonical).sweep.description
  }

  func status() throws -> ClusterStatus { try client().status(workers: true) }

  /// Whether some worker has begun: a task runs, or one is done already.
  func hasBegun() throws -> Bool {
    let status = try status()
    return !status.running.isEmpty || status.counts.done > 0
  }

  /// Waits until so many tasks of all sweeps are done.
  func waitUntilDone(_ count: Int, seconds: Double = 60) throws {
    let client = try client()
    try waitUntil("\(count) tasks are done", seconds: seconds) {
      try client.status(workers: false).counts.done >= count
    }
  }

  /// What the tasks of `sweep` left in the store: each exactly one outcome, and the attempts that made it.
  func attempts(of sweep: NothingSweep) throws -> [Int] {
    let store = try Store.openForReading(at: store)
    return try sweep.plan.tasks.map { task in
      #expect(try store.variants(of: task.id).count == 1, "\(task.label)")
      return try store.attempts(of: task.id).count
    }
  }

  func requireSoundStore(location: SourceLocation = #_sourceLocation) throws {
    let report = try Store.openForReading(at: store).check()
    #expect(report.problems == [], sourceLocation: location)
  }

  func log(_ name: String) -> String { "\(directory)/\(name).log" }

  private func readNote() throws -> CoordinatorNote? {
    let path = "\(store)/\(CoordinatorNote.fileName)"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try CoordinatorNote(json: try JSONValue.parse([UInt8](data), source: path), place: path)
  }
}
