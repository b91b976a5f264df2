import Core
import Foundation
import Planning
import Transport

/// The sweeps that a coordinator was given and has not finished, in a file of its store: what a restart goes on with.
struct OpenSweeps {
  private let path: String
  private var records: [(id: String, record: JSONValue)] = []

  /// Reads the list of the last coordinator; a missing file is an empty list.
  init(store: String) throws {
    path = "\(store)/open-sweeps.json"
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let json = try JSONValue.parse([UInt8](data), source: path)
    records = (json.elements ?? []).compactMap { entry in
      guard let id = entry["id"]?.text, let record = entry["record"] else { return nil }
      return (id, record)
    }
  }

  /// In the order in which they came.
  var all: [JSONValue] { records.map(\.record) }

  /// Adds a sweep; known ones change nothing.
  mutating func add(_ sweep: PlannedSweep) throws {
    guard !records.contains(where: { $0.id == sweep.id.description }) else { return }
    records.append((sweep.id.description, sweep.record))
    try save()
  }

  mutating func remove(_ id: Digest) throws {
    guard records.contains(where: { $0.id == id.description }) else { return }
    records.removeAll { $0.id == id.description }
    try save()
  }

  mutating func removeAll() throws {
    guard !records.isEmpty else { return }
    records = []
    try save()
  }

  private func save() throws {
    let json = JSONValue.array(records.map { ["id": .string($0.id), "record": $0.record] })
    try DurableFile.replace(path, with: json.prettyText + "\n", mode: 0o600)
  }
}

/// Files that are either old or new, whatever happens.
enum DurableFile {
  /// Writes under another name, synchronises, renames.
  static func replace(_ path: String, with text: String, mode: UInt32) throws {
    let temporary = path + ".new"
    unlink(temporary)
    try KeyFile.write(text, to: temporary, mode: mode)
    guard rename(temporary, path) == 0 else {
      throw TransportError("cannot replace \(path): \(String(cString: strerror(errno)))")
    }
  }

  static func remove(_ path: String) { unlink(path) }
}
