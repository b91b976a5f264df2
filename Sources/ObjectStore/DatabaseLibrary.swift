import GRDB

/// The library behind a store's records.
package enum DatabaseLibrary {
  /// Such as `3.40.1`. Throws what SQLite says when it cannot even open a database in memory.
  package static func version() throws -> String {
    try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? ""
  }
}
