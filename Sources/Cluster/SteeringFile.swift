package import Coordination
package import Core
import Files
import Foundation
import Wire

/// `steering.json` in a store: how open sweeps are treated that are not treated like others. Without it, or when it cannot
/// be read, all are equal.
package struct SteeringFile {
  private let path: String
  private var entries: [Digest: SweepSteering]

  /// Reads the file in the store at `directory`.
  package init(store directory: String) {
    let path = "\(directory)/steering.json"
    self.path = path
    let json = FileManager.default.contents(atPath: path).flatMap { try? JSONValue.parse([UInt8]($0), source: path) }
    let sweeps = (json?.members ?? [:]).compactMap { key, value -> (Digest, SweepSteering)? in
      guard let sweep = Digest(key), let priority = value["priority"]?.int, SweepOrder.priorities.contains(priority)
      else { return nil }
      return (sweep, SweepSteering(priority: priority, isPaused: value["paused"] == .bool(true)))
    }
    entries = Dictionary(sweeps) { first, _ in first }
  }

  package subscript(_ sweep: Digest) -> SweepSteering { entries[sweep] ?? SweepSteering() }

  /// Writes down how the sweep is treated. Throws a ``FileError``; then nothing has changed.
  package mutating func set(_ steering: SweepSteering, of sweep: Digest) throws {
    guard self[sweep] != steering else { return }
    var changed = entries
    changed[sweep] = steering == SweepSteering() ? nil : steering
    let json = JSONValue.object(
      Dictionary(
        uniqueKeysWithValues: changed.map { sweep, steering in
          let value: JSONValue = [
            "priority": .integer(Int64(steering.priority)), "paused": .bool(steering.isPaused),
          ]
          return (sweep.description, value)
        }))
    try FileWriting.replace(path, json.canonical, mode: 0o600)
    entries = changed
  }
}
