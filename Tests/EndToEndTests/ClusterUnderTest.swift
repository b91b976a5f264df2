import Cluster
import Core
import Files
import Foundation
import ObjectStore
import Testing
import Transport
import Wire

/// A coordinator and workers as real processes.
final class ClusterUnderTest {
  let directory: String
  private(set) var coordinator: RunningProgram?
  private(set) var workers: [RunningProgram] = []
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
    for program in workers + [coordinator].compactMap({ $0 }) { program.kill() }
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Starts the coordinator, again at the same address when it ran before, and waits until it listens.
  func startCoordinator() throws {
    let cluster: JSONValue = [
      "cluster": [
        "store": .string(store), "control": .string(control), "objects": .string(objects), "keys": .string(keys),
        "heartbeatSeconds": 0.2, "suspectSeconds": .number(expirySeconds / 3),
        "expirySeconds": .number(expirySeconds), "logLevel": "debug",
      ]
    ]
    let file = directory + "/cluster.json"
    try Data(cluster.canonical).write(to: URL(fileURLWithPath: file))
    let program = try RunningProgram(
      "winnow-coordinator", ["--config", file], log: log("coordinator"), prefix: network?.prefix("c") ?? [])
    coordinator = program
    var note: CoordinatorNote?
    try waitUntil("the coordinator listens") {
      try #require(program.isRunning, "the coordinator ended: \(text(log("coordinator")))")
      note = try readNote()
      return note?.processID == Int(program.processID)
    }
    (control, objects) = (note!.control, note!.objects)
  }

  /// Starts a worker with a cache of its own, or that of another worker.
  @discardableResult
  func startWorker(slots: Int = 1, cache: String? = nil, key: String = "worker", on host: String? = nil) throws
    -> RunningProgram
  {
    let number = workers.count + 1
    let program = try RunningProgram(
      "winnow-worker",
      [
        "--connect", control, "--key", "\(keys)/\(key).key", "--server-key", "\(keys)/coordinator.pub", "--slots",
        "\(slots)", "--cache", cache ?? "\(directory)/cache-\(number)",
      ], log: log("worker-\(number)"), prefix: host.flatMap { network?.prefix($0) } ?? [])
    workers.append(program)
    return program
  }

  /// The first letters of the name that a worker gave itself, counted from 1.
  func name(ofWorker number: Int) throws -> String {
    let line = text(log("worker-\(number)")).split(separator: "\n").first { $0.contains("agent ") }
    let words = try #require(line).split(separator: " ")
    return String(words[try #require(words.firstIndex(of: "agent")) + 1])
  }

  var address: CoordinatorAddress {
    get throws { try CoordinatorAddress(ofStore: store, keyFile: nil) }
  }

  func client() throws -> ClusterClient { try ClusterClient(try address, patienceSeconds: 20) }

  /// Hands the sweep in.
  @discardableResult func submit(_ sweep: NothingSweep) throws -> String {
    try client().submit(sweep.json.canonical).sweep.description
  }

  func status() throws -> ClusterStatus { try client().status(workers: true) }

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

/// One of our executables, running.
final class RunningProgram {
  let log: String
  private let process = Process()

  /// - Parameter prefix: a command that runs the program somewhere else.
  init(_ name: String, _ arguments: [String], log: String, prefix: [String] = []) throws {
    self.log = log
    if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(fileURLWithPath: log)) }
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    try output.seekToEnd()
    let command = prefix + [Self.products.appendingPathComponent(name).path] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  /// Where the executables of this build are: beside the tests.
  static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

  /// Runs it to its end.
  static func run(_ name: String, _ arguments: [String], in directory: String) throws -> (status: Int32, output: String)
  {
    let log = "\(directory)/\(UUID().uuidString).log"
    let program = try RunningProgram(name, arguments, log: log)
    try waitUntil("\(name) ends") { !program.isRunning }
    return (program.process.terminationStatus, text(log))
  }

  var isRunning: Bool { process.isRunning }
  var processID: Int32 { process.processIdentifier }
  var status: Int32 { process.terminationStatus }

  func signal(_ number: Int32) { Foundation.kill(process.processIdentifier, number) }

  /// SIGKILL, and waits for the end.
  func kill() {
    guard process.isRunning else { return }
    signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Its living children, the slot processes of a worker.
  var children: [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
    return all.filter { ProcessState($0)?.parent == processID && ProcessState($0)?.isAlive == true }
  }
}

/// What the kernel says about a process.
struct ProcessState {
  let parent: Int32
  /// Not a zombie.
  let isAlive: Bool

  init?(_ process: Int32) {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let words = text[text.index(after: end)...].split(separator: " ")
    guard words.count > 2, let parent = Int32(words[1]) else { return nil }
    self.parent = parent
    isAlive = words[0] != "Z" && words[0] != "X"
  }
}

/// Waits for a condition, not for a time. Records an issue and throws when it does not come to hold.
func waitUntil(
  _ what: String, seconds: Double = 30, location: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) throws {
  let end = MonotonicClock.now.advanced(bySeconds: seconds)
  while !(try condition()) {
    guard MonotonicClock.now < end else {
      Issue.record("within \(seconds) s it did not come about that \(what)", sourceLocation: location)
      throw WaitedInVain()
    }
    usleep(5_000)
  }
}

struct WaitedInVain: Error {}

/// The content of a file, empty when there is none.
func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
