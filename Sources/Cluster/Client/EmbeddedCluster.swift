import Core
import Files
import Foundation
import Transport

/// A coordinator and workers as child processes of this one: the same programs and protocol as on many hosts, on
/// loopback addresses with keys that live as long as the run.
///
/// Used by one thread. The children end with this process, however it ends.
package final class EmbeddedCluster {
  private let store: String
  private let runDirectory: String
  private let programs: String
  private var coordinator: LocalProgram
  private var workers: [LocalProgram] = []
  private var restarts = 0
  /// A child that keeps dying is not brought back for ever.
  private static let restartLimit = 12
  private static let startSeconds = 60.0

  /// What every worker says that it has.
  private let labels: [String]
  /// How to reach its coordinator.
  package let address: CoordinatorAddress

  /// Starts a coordinator on `store` and `workers` workers with one slot and these labels each, and waits until the coordinator answers.
  ///
  /// - Throws: a ``ClusterRefusal`` with the child's own words when it cannot start: a store in use, a full disk.
  package init(store: String, workers count: Int, labels: [String] = []) throws {
    self.store = store
    self.labels = labels
    programs = try Self.programsDirectory()
    runDirectory = try Self.makeRunDirectory()
    try Self.writeKeys(in: runDirectory)
    try Self.writeConfiguration(
      in: runDirectory, store: store, control: "tcp://127.0.0.1:*", objects: "tcp://127.0.0.1:*")
    coordinator = try LocalProgram(
      "\(programs)/winnow-coordinator", ["--config", "\(runDirectory)/cluster.json"],
      log: "\(runDirectory)/coordinator.log")
    let note = try Self.awaitCoordinator(coordinator, store: store, runDirectory: runDirectory)
    address = try CoordinatorAddress(ofStore: store, keyFile: "\(runDirectory)/keys/client.key")
    // The system chose the ports; a coordinator that must be started again takes the same, so that workers find it.
    try Self.writeConfiguration(in: runDirectory, store: store, control: note.control, objects: note.objects)
    for number in 1...count { workers.append(try startWorker(number)) }
  }

  /// Brings back children that died. Throws when the coordinator cannot be brought back, or too many died.
  package func watchChildren() throws {
    if !coordinator.isRunning {
      try countRestart(of: coordinator)
      coordinator = try coordinator.startedAgain()
      _ = try Self.awaitCoordinator(coordinator, store: store, runDirectory: runDirectory)
    }
    for index in workers.indices where !workers[index].isRunning {
      try countRestart(of: workers[index])
      workers[index] = try startWorker(index + 1)
    }
  }

  /// Ends workers and coordinator, in this order, and removes the run's keys and logs.
  package func stop() {
    for worker in workers { worker.requestStop() }
    for worker in workers { worker.stop(patienceSeconds: 5) }
    coordinator.stop(patienceSeconds: 10)
    try? FileManager.default.removeItem(atPath: runDirectory)
  }

  private func countRestart(of child: LocalProgram) throws {
    restarts += 1
    guard restarts <= Self.restartLimit else {
      throw ClusterRefusal("\(child.name) keeps ending; its last words: \(child.lastWords)")
    }
  }

  private func startWorker(_ number: Int) throws -> LocalProgram {
    try LocalProgram(
      "\(programs)/winnow-worker",
      [
        "--connect", address.endpoint.description, "--key", "\(runDirectory)/keys/worker.key", "--server-key",
        "\(runDirectory)/keys/coordinator.pub", "--slots", "1", "--cache", "\(runDirectory)/cache",
        // Who starts the sweep here could start the program as well.
        "--allow-programs",
      ] + labels.flatMap { ["--label", $0] }, log: "\(runDirectory)/worker-\(number).log")
  }

  private static func awaitCoordinator(
    _ coordinator: LocalProgram, store: String, runDirectory: String
  ) throws -> CoordinatorNote {
    let deadline = MonotonicClock.now.advanced(bySeconds: startSeconds)
    let notePath = "\(store)/\(CoordinatorNote.fileName)"
    while coordinator.isRunning, MonotonicClock.now < deadline {
      if let data = FileManager.default.contents(atPath: notePath),
        let json = try? JSONValue.parse(Array(data), source: notePath),
        let note = try? CoordinatorNote(json: json, place: notePath), note.processID == Int(coordinator.processID)
      {
        return note
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
    let words = coordinator.lastWords
    coordinator.stop(patienceSeconds: 1)
    try? FileManager.default.removeItem(atPath: runDirectory)
    throw ClusterRefusal(words.isEmpty ? "the coordinator did not start" : words)
  }

  private static func writeKeys(in directory: String) throws {
    let keys = "\(directory)/keys"
    var authorized = ""
    for name in ["coordinator", "worker", "client"] {
      let pair = try KeyFile.create(name: name, in: keys)
      // Each has the role that it is called by.
      if name != "coordinator" { authorized += "\(pair.publicKey) \(name) \(name)\n" }
    }
    try KeyFile.write(authorized, to: "\(keys)/authorized_keys", mode: 0o600)
  }

  private static func writeConfiguration(
    in directory: String, store: String, control: String, objects: String
  ) throws {
    let configuration: JSONValue = [
      "cluster": [
        "store": .string(URL(fileURLWithPath: store).path), "control": .string(control), "objects": .string(objects),
        "keys": .string("\(directory)/keys"),
        // Nothing but this host can fail here, so a silent worker need not be waited for as across a network.
        "heartbeatSeconds": 0.5, "suspectSeconds": 2, "expirySeconds": 5,
        // This run is about one sweep; others that were left open in the store are not its business.
        "resume": false,
      ]
    ]
    let path = "\(directory)/cluster.json"
    try? FileManager.default.removeItem(atPath: path)
    try KeyFile.write(configuration.prettyText, to: path, mode: 0o600)
  }

  private static func makeRunDirectory() throws -> String {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
      "winnow-\(WorkerID.random().short)"
    ).path
    try KeyFile.makeDirectory(directory)
    return directory
  }

  /// The directory of the program that runs now: its siblings are the other two.
  private static func programsDirectory() throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let directory = (own as NSString).deletingLastPathComponent
    for name in ["winnow-coordinator", "winnow-worker"]
    where !FileManager.default.isExecutableFile(atPath: "\(directory)/\(name)") {
      throw ClusterRefusal("\(name) is missing beside \(own); build everything with: swift build -c release")
    }
    return directory
  }
}
