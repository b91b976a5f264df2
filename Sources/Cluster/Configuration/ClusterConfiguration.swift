import Coordination
package import Core
import Files
import Foundation
package import Sweeps
package import Transport

/// A cluster file: the settings of a coordinator and, for `winnow submit`, a sweep.
///
/// Paths in it are relative to the file. An unknown key is an error that names it.
package struct ClusterConfiguration: Sendable {
  /// The store's directory.
  package var store: String
  /// Where agents and command lines connect.
  package var control: Endpoint
  /// Where objects are fetched and put.
  package var objects: Endpoint
  /// Where command lines with this file look for the coordinator, in this order; none: where the note in the store says.
  package var coordinators: [Endpoint] = []
  /// The directory with `coordinator.key`, and `authorized_keys` unless ``authorizedKeys`` says otherwise; nil for a
  /// cluster without encryption.
  package var keys: String?
  /// The file that lists who may connect.
  package var authorizedKeys: String?
  /// Listen without keys on an address that other hosts can reach.
  package var allowPlaintext = false
  /// Go on with the sweeps that were open when the last coordinator of this store ended.
  package var resume = true
  package var heartbeatSeconds = 5.0
  package var suspectSeconds = 15.0
  package var expirySeconds = 60.0
  package var stallSeconds = 3600.0
  /// Share of results that are computed once more under another key, from 0 to 1.
  package var auditShare = 0.0
  /// `debug`, `info`, `warning` or `error`.
  package var logLevel = LogLevel.info
  /// The sweep of the same file, if it has one.
  package var sweep: Sweep?

  package enum LogLevel: String, CaseIterable, Sendable { case debug, info, warning, error }

  /// Reads the file at `path`. Throws one sentence about the first thing that is wrong.
  package static func read(_ path: String) throws -> ClusterConfiguration {
    let bytes: [UInt8]
    do { bytes = try FileReading.bytes(of: path, limit: 16 << 20) } catch let error as FileError {
      throw ConfigurationError(place: path, problem: error.problem)
    }
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return try ClusterConfiguration(json: try JSONValue.parse(bytes, source: path), place: path, directory: directory)
  }

  /// - Parameter directory: what relative paths are relative to.
  package init(json: JSONValue, place: String, directory: String) throws {
    var file = try StrictObject(json, place: place)
    guard var cluster = try file.object("cluster") else { throw file.error("cluster", "the key is missing") }
    sweep = try file.value("sweep").map { try Sweep(json: $0, place: file.path("sweep")) }
    try file.finish()
    func path(_ text: String) -> String {
      URL(fileURLWithPath: text, relativeTo: URL(fileURLWithPath: directory, isDirectory: true)).path
    }
    store = path(try cluster.string("store") ?? "winnow-store")
    let control = try Self.endpoint("control", &cluster) ?? Endpoint("tcp://127.0.0.1:5557")
    self.control = control
    objects = try Self.endpoint("objects", &cluster) ?? Self.neighbour(of: control, cluster)
    coordinators = try Self.endpoints("coordinators", &cluster)
    keys = try cluster.string("keys").map(path)
    authorizedKeys = try cluster.string("authorizedKeys").map(path) ?? keys.map { "\($0)/authorized_keys" }
    allowPlaintext = try cluster.bool("allowPlaintext") ?? allowPlaintext
    resume = try cluster.bool("resume") ?? resume
    heartbeatSeconds = try cluster.number("heartbeatSeconds", in: 0.05...60) ?? heartbeatSeconds
    suspectSeconds = try cluster.number("suspectSeconds", in: 0.1...3600) ?? suspectSeconds
    expirySeconds = try cluster.number("expirySeconds", in: 0.2...86_400) ?? expirySeconds
    stallSeconds = try cluster.number("stallSeconds", in: 1...8_640_000) ?? stallSeconds
    auditShare = try cluster.number("auditShare", in: 0...1) ?? auditShare
    logLevel = try cluster.choice("logLevel", LogLevel.self) ?? logLevel
    try check(cluster)
    try cluster.finish()
  }

  private func check(_ cluster: StrictObject) throws {
    guard keys != nil || authorizedKeys == nil else {
      throw cluster.error("authorizedKeys", "it needs \"keys\", the directory with coordinator.key")
    }
    guard heartbeatSeconds * 2 <= suspectSeconds, suspectSeconds <= expirySeconds else {
      throw cluster.error(
        "suspectSeconds", "it must be at least twice heartbeatSeconds and at most expirySeconds, not \(suspectSeconds)")
    }
    guard control.port == nil || control != objects else {
      throw cluster.error("objects", "it must be another port than that of \"control\"")
    }
    for (key, endpoint) in [("control", control), ("objects", objects)] {
      do { try endpoint.requireProtected(encrypted: keys != nil, allowPlaintext: allowPlaintext) } catch {
        throw cluster.error(key, "\(error)")
      }
    }
  }

  private static func neighbour(of control: Endpoint, _ object: StrictObject) throws -> Endpoint {
    do { return try control.objectsNeighbour } catch {
      throw object.error("objects", "it is the port after \"control\" unless it is written out: \(error)")
    }
  }

  private static func endpoints(_ key: String, _ object: inout StrictObject) throws -> [Endpoint] {
    let texts = try object.array(key) ?? []
    return try texts.map { value in
      guard let text = value.text else { throw object.error(key, "it must be a list of addresses, tcp://host:port") }
      do {
        let endpoint = try Endpoint(text)
        try endpoint.requireConnectable()
        return endpoint
      } catch { throw object.error(key, "\(error)") }
    }
  }

  private static func endpoint(_ key: String, _ object: inout StrictObject) throws -> Endpoint? {
    guard let text = try object.string(key) else { return nil }
    do { return try Endpoint(text) } catch { throw object.error(key, "\(error)") }
  }

  /// The machine's settings. Agents repeat results and are looked for at the pace of the heartbeats.
  func machineSettings(epoch: UInt32) -> CoordinatorSettings {
    var settings = CoordinatorSettings(coordinatorEpoch: epoch)
    settings.heartbeatSeconds = heartbeatSeconds
    settings.resendSeconds = heartbeatSeconds * 2
    settings.suspectSeconds = suspectSeconds
    settings.expirySeconds = expirySeconds
    settings.confirmationSeconds = suspectSeconds
    settings.stallSeconds = stallSeconds
    settings.ownHost = ThisHost.name
    settings.auditShare = auditShare
    settings.auditSeed = .random(in: 0 ... .max)
    return settings
  }
}
