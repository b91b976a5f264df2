import Core
import Foundation
import GRDB

/// `open-sweeps.json`, where release 1 kept the list of open sweeps, beside the database. It is taken over into the
/// table of sweeps and removed; a crash in between takes it over again, which changes nothing.
struct OpenSweepsFile {
  private let path: String
  private let entries: [(id: Digest, record: JSONValue)]

  /// Nil when there is none. A file that cannot be read, as a power cut could leave it, is like one without entries.
  init?(_ layout: Layout) {
    path = layout.openSweeps
    guard FileSystem.exists(path) else { return nil }
    let bytes = FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
    let json = try? JSONValue.parse(bytes, source: path)
    entries = (json?.elements ?? []).compactMap { entry in
      guard let id = entry["id"]?.text.flatMap({ Digest($0) }), let record = entry["record"],
        Digest(of: record.canonical) == id
      else { return nil }
      return (id, record)
    }
  }

  /// The sweeps that were open.
  var open: Set<Digest> { Set(entries.map(\.id)) }

  /// Marks the sweeps as open in the table, and adds those that release 1 kept nowhere else.
  func takeOver(_ db: Database) throws {
    for (id, record) in entries {
      let name = (record["nothing"] ?? record["sweep"])?["name"]?.text ?? id.short
      try db.execute(
        sql: """
          INSERT INTO sweep (id, name, state, json) VALUES (?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET state = excluded.state
          """,
        arguments: [id.data, name, SweepState.open.rawValue, Data(record.canonical)])
    }
  }
}
