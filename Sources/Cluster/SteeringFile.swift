package import Coordination
package import Core
import Files
import Foundation
package import Wire

/// `steering.json` in a store: what the next coordinator has to know of open sweeps beside their requests, as far as it is not usual.
/// Without it, or when it cannot be read, everything is usual.
package struct SteeringFile {
  fileprivate struct Entry: Equatable {
    var steering = SweepSteering()
    var memory = TaskMemory()
  }

  private let path: String
  private var entries: [Digest: Entry]

  /// Reads the file in the store at `directory`.
  package init(store directory: String) {
    let path = "\(directory)/steering.json"
    self.path = path
    let json = FileManager.default.contents(atPath: path).flatMap { try? JSONValue.parse([UInt8]($0), source: path) }
    let sweeps = (json?.members ?? [:]).compactMap { key, value -> (Digest, Entry)? in
      guard let sweep = Digest(key), let entry = Entry(json: value) else { return nil }
      return (sweep, entry)
    }
    entries = Dictionary(sweeps) { first, _ in first }
  }

  /// How the sweep is treated.
  package subscript(_ sweep: Digest) -> SweepSteering { entries[sweep]?.steering ?? SweepSteering() }

  /// How much memory its tasks take.
  package func memory(of sweep: Digest) -> TaskMemory { entries[sweep]?.memory ?? TaskMemory() }

  /// Writes down how the sweep is treated. Throws a ``FileError``; then nothing has changed.
  package mutating func set(_ steering: SweepSteering, of sweep: Digest) throws {
    try change(sweep) { $0.steering = steering }
  }

  /// Writes down how much memory its tasks take. Throws a ``FileError``; then nothing has changed.
  package mutating func set(_ memory: TaskMemory, of sweep: Digest) throws {
    try change(sweep) { $0.memory = memory }
  }

  /// Nothing has to be known of the sweep any more. Throws a ``FileError``; then nothing has changed.
  package mutating func remove(_ sweep: Digest) throws { try change(sweep) { $0 = Entry() } }

  private mutating func change(_ sweep: Digest, _ change: (inout Entry) -> Void) throws {
    let old = entries[sweep] ?? Entry()
    var new = old
    change(&new)
    guard new != old else { return }
    var changed = entries
    changed[sweep] = new == Entry() ? nil : new
    let json = JSONValue.object(
      Dictionary(uniqueKeysWithValues: changed.map { ($0.key.description, $0.value.json) }))
    try FileWriting.replace(path, json.canonical, mode: 0o600)
    entries = changed
  }
}

extension SteeringFile.Entry {
  fileprivate init?(json: JSONValue) {
    guard let priority = json["priority"]?.int, SweepOrder.priorities.contains(priority) else { return nil }
    steering = SweepSteering(priority: priority, isPaused: json["paused"] == .bool(true))
    func bytes(_ key: String) -> Int? { json["memory"]?[key]?.int.flatMap { $0 > 0 ? $0 : nil } }
    memory = TaskMemory(part: bytes("part"), other: bytes("other"))
  }

  fileprivate var json: JSONValue {
    var json: [String: JSONValue] = [
      "priority": .integer(Int64(steering.priority)), "paused": .bool(steering.isPaused),
    ]
    if memory != TaskMemory() {
      let named = [("part", memory.part), ("other", memory.other)].compactMap { name, bytes in
        bytes.map { (name, JSONValue.integer(Int64($0))) }
      }
      json["memory"] = .object(Dictionary(uniqueKeysWithValues: named))
    }
    return .object(json)
  }
}
