import Core
import Foundation
import GRDB

/// A row that was found in a page of which nobody knows what table it belonged to. Each kind of row proves itself by its digests.
enum FoundRow {
  case row(SealedTable, columns: String, values: [DatabaseValue])
  /// Rows of the bookkeeping tables `epoch` and `format` are single numbers.
  case number(Int64)

  /// Nil when the columns are no row of ours, or a damaged one.
  init?(number: Int64, _ columns: [DatabaseValue]) {
    func bytes(_ index: Int) -> [UInt8]? {
      guard case .blob(let data) = columns[index].storage else { return nil }
      return [UInt8](data)
    }
    func fits(_ name: Int, _ content: Int) -> Bool {
      guard let name = bytes(name), let content = bytes(content) else { return false }
      return Digest(bytes: name) == Digest(of: content)
    }
    func isInteger(_ index: Int) -> Bool { if case .int64 = columns[index].storage { true } else { false } }
    func isText(_ index: Int) -> Bool { if case .string = columns[index].storage { true } else { false } }
    func digest(_ index: Int) -> Digest? { bytes(index).flatMap { Digest(bytes: $0) } }

    switch columns.count {
    case 1:
      guard case .int64(let value) = columns[0].storage else { return nil }
      self = .number(value)
    case 2 where fits(0, 1): self = .row(.task, columns: "id, specification", values: columns)
    case 3 where isInteger(1) && fits(0, 2): self = .row(.object, columns: "digest, added, bytes", values: columns)
    case 3 where digest(0) != nil && fits(1, 2): self = .row(.attempt, columns: "task, digest, bytes", values: columns)
    case 3 where fits(0, 1) && bytes(2) != nil:
      self = .row(.failure, columns: "task, specification, report", values: columns)
    case 4 where fits(1, 3) && isText(2):
      self = .row(.sweep, columns: "position, id, name, json", values: [number.databaseValue] + columns[1...])
    case 5 where fits(1, 2):
      guard let task = digest(0), let outcome = digest(1), let objects = bytes(3), let seal = digest(4),
        seal == Schema.seal(task: TaskID(task), outcome: outcome, objects: objects)
      else { return nil }
      self = .row(.outcome, columns: "task, digest, bytes, objects, seal", values: columns)
    case 7 where fits(1, 4) && isText(2) && isInteger(3):
      // A trial table that does not fit its seal is made again.
      let hasTable = fits(6, 5)
      self = .row(
        .sweep, columns: "position, id, name, state, json, trialTable, seal",
        values: [number.databaseValue] + columns[1...4] + (hasTable ? columns[5...] : [.null, .null]))
    case 7 where digest(1) != nil && isInteger(2) && fits(3, 4) && bytes(5) != nil && isInteger(6):
      self = .row(
        .incident, columns: "position, task, kind, digest, bytes, attempt, added",
        values: [number.databaseValue] + columns[1...])
    default: return nil
    }
  }
}
