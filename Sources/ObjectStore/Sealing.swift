import Core
import Foundation
import GRDB
import Synchronization

/// Keeps the seal of a database while rows come and go.
///
/// Triggers of the one connection that writes tell it every row, so that no statement can forget to. They live in that
/// connection: whoever changes the database behind the store's back does not reach the seal, and is found by it.
final class Sealing: Sendable {
  private static let none = [Tally](repeating: Tally(), count: SealedTable.allCases.count)
  private let changes = Mutex<(tallies: [Tally], touched: Bool)>((Sealing.none, false))

  /// Watches the connection `db` from now on. The tables must exist.
  func watch(_ db: Database) throws {
    db.add(
      function: DatabaseFunction("winnowSeal", argumentCount: nil, pure: false) { [self] values in
        note(values)
        return nil
      })
    for table in SealedTable.allCases {
      for (event, signs) in [("INSERT", [1]), ("DELETE", [-1]), ("UPDATE", [-1, 1])] {
        let calls: String = signs.map { sign -> String in
          let columns = table.columns.map { "\(sign > 0 ? "NEW" : "OLD").\($0)" }.joined(separator: ", ")
          return "SELECT winnowSeal(\(table.rawValue), \(sign), \(columns));"
        }.joined(separator: " ")
        try db.execute(
          sql: """
            CREATE TEMP TRIGGER seal_\(table.name)_\(event) AFTER \(event) ON main.\(table.name) BEGIN \(calls) END
            """)
      }
    }
  }

  private func note(_ values: [DatabaseValue]) {
    guard values.count > 2, let number = Int.fromDatabaseValue(values[0]), let table = SealedTable(rawValue: number),
      let sign = Int64.fromDatabaseValue(values[1])
    else { return }
    let digest = table.digest(values.dropFirst(2))
    changes.withLock {
      $0.tallies[number].add(digest, sign: sign)
      $0.touched = true
    }
  }

  /// Forgets what a transaction that failed had changed.
  func begin() { changes.withLock { $0 = (Self.none, false) } }

  /// The last statement of a transaction. Returns the seal that it makes; nil when it changed no row.
  func finish(_ db: Database) throws -> Seal? {
    let (tallies, touched) = changes.withLock { $0 }
    guard touched else { return nil }
    guard let last = try Self.stored(db) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the seal in winnow.sqlite is damaged")
    }
    let seal = last.next(adding: tallies)
    try Self.store(seal, db)
    return seal
  }

  /// The seal in the database; nil when it has none, or a damaged one.
  static func stored(_ db: Database) throws -> Seal? {
    try Data.fetchOne(db.cachedStatement(sql: "SELECT content FROM seal")).flatMap { Seal(bytes: [UInt8]($0)) }
  }

  static func store(_ seal: Seal, _ db: Database) throws {
    try db.cachedStatement(
      sql: "INSERT INTO seal (id, content) VALUES (0, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content"
    )
    .execute(arguments: [Data(seal.bytes)])
  }

  /// What is wrong with the seals themselves, of which the other can be made again; nil when nothing is, or nothing was sealed yet.
  static func damage(_ db: Database, outside: SealFile.Content) throws -> String? {
    guard try db.tableExists("seal") else { return nil }
    if try stored(db) == nil { return "the seal in winnow.sqlite is damaged" }
    switch outside {
    case .absent: return "the file seal is missing"
    case .damaged: return "the file seal is damaged"
    case .seal: return nil
    }
  }

  /// The tallies of the rows that are there.
  static func count(_ db: Database) throws -> [Tally] {
    try SealedTable.allCases.map { table in
      var tally = Tally()
      let rows = try Row.fetchCursor(
        db, sql: "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.name)")
      while let row = try rows.next() { tally.add(table.digest(row.databaseValues), sign: 1) }
      return tally
    }
  }

  /// Seals a database that is opened for writing: one without a seal by the rows that it has, one that `outside` is ahead of
  /// by writing down what was lost, which stays until ``Store/repair(at:owner:)``.
  static func open(_ db: Database, outside: SealFile.Content) throws {
    let stored = try stored(db)
    var seal = stored ?? Seal()
    if stored == nil { seal.tallies = try count(db) }
    if let outside = outside.seal, outside.number > 0, outside.number >= seal.number, outside != seal {
      if let loss = outside.difference(from: seal.tallies) {
        try note(loss: StoreLoss.commits(outside: outside.number, inside: seal.number, loss), db)
      }
      seal.number = outside.number
    }
    guard stored != seal else { return }
    try store(seal.next(adding: none), db)
  }

  static func note(loss: String, _ db: Database) throws {
    try db.execute(sql: "INSERT INTO loss (text) VALUES (?)", arguments: [loss])
  }
}

/// Sentences about what is not there any more.
enum StoreLoss {
  static func commits(outside: UInt64, inside: UInt64, _ difference: String) -> String {
    let distance = outside - inside
    let how =
      distance == 0
      ? "is not the database that" : "is \(distance == 1 ? "1 commit" : "\(distance) commits") behind what"
    return "winnow.sqlite \(how) the file seal tells of: it is an older copy, or lost its log; \(difference)"
  }
}
