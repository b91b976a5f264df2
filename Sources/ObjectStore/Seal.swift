import Core
import GRDB

/// The tables whose rows are counted by a ``Seal``, and the columns that stand for a row: a name that covers its content, and
/// whatever that name does not cover. Positions in a seal follow the order here.
enum SealedTable: Int, CaseIterable, Sendable {
  case task, outcome, object, attempt, failure, sweep, incident

  var name: String { "\(self)" }

  var columns: [String] {
    switch self {
    case .task: ["id"]
    case .outcome, .attempt: ["task", "digest"]
    case .object: ["digest"]
    case .failure: ["task", "report"]
    case .sweep: ["id", "name", "state", "seal"]
    case .incident: ["task", "kind", "digest", "attempt"]
    }
  }

  /// For people: what a row is.
  private var terms: (one: String, many: String) {
    switch self {
    case .task: ("specification", "specifications")
    case .outcome: ("record", "records")
    case .object: ("small object", "small objects")
    case .attempt: ("attempt", "attempts")
    case .failure: ("failure", "failures")
    case .sweep: ("sweep", "sweeps")
    case .incident: ("incident", "incidents")
    }
  }

  func words(_ count: Int64) -> String { count == 1 ? "1 \(terms.one)" : "\(count) \(terms.many)" }
  var plural: String { terms.many }

  /// Stands for a row with these values in ``columns``.
  func digest(_ values: some Sequence<DatabaseValue>) -> Digest {
    var bytes: [UInt8] = [UInt8(rawValue)]
    bytes.reserveCapacity(256)
    func add(_ kind: UInt8, _ number: UInt64) {
      bytes.append(kind)
      Seal.append(number, to: &bytes)
    }
    for value in values {
      switch value.storage {
      case .null: bytes.append(0)
      case .int64(let number): add(1, UInt64(bitPattern: number))
      case .double(let number): add(2, number.bitPattern)
      case .string(let text):
        add(3, UInt64(text.utf8.count))
        bytes += text.utf8
      case .blob(let data):
        add(4, UInt64(data.count))
        bytes += data
      }
    }
    return Digest(of: bytes)
  }
}

/// How many rows a table has, and the sum of their digests, which does not depend on their order: rows can come and go.
struct Tally: Hashable, Sendable {
  var count: Int64 = 0
  /// Each of the four words wraps around.
  var sum = SIMD4<UInt64>()

  mutating func add(_ digest: Digest, sign: Int64) {
    let bytes = digest.bytes
    var words = SIMD4<UInt64>()
    for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
    count &+= sign
    sum = sign > 0 ? sum &+ words : sum &- words
  }

  static func + (left: Tally, right: Tally) -> Tally {
    Tally(count: left.count &+ right.count, sum: left.sum &+ right.sum)
  }
}

/// What should be in a store after its latest commit.
///
/// Each commit that changes rows makes the next seal: its number grows by one, and its chain is the SHA-256 of the chain before,
/// the number and the tallies. The seal stands in the database, changed by the same transaction, and beside it in a ``SealFile``.
struct Seal: Hashable, Sendable {
  var number: UInt64 = 0
  var chain = Digest(bytes: [UInt8](repeating: 0, count: 32))!
  /// One for each of ``SealedTable``.
  var tallies = [Tally](repeating: Tally(), count: SealedTable.allCases.count)

  /// The seal after a commit that changed the tallies by `changes`.
  func next(adding changes: [Tally]) -> Seal {
    var next = self
    next.number += 1
    next.tallies = zip(tallies, changes).map { $0 + $1 }
    next.chain = Digest(of: chain.bytes + next.state)
    return next
  }

  private static let mark: [UInt8] = Array("WSL1".utf8)
  /// `WSL1`, number, chain, count and sum of each table, digest of all that; numbers with the high byte first.
  static let size = 4 + 8 + 32 + SealedTable.allCases.count * 40 + 32

  private var state: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    Self.append(number, to: &bytes)
    for tally in tallies {
      Self.append(UInt64(bitPattern: tally.count), to: &bytes)
      for index in 0..<4 { Self.append(tally.sum[index], to: &bytes) }
    }
    return bytes
  }

  var bytes: [UInt8] {
    let content = Self.mark + chain.bytes + state
    return content + Digest(of: content).bytes
  }

  /// Nil when these are not the bytes of a seal.
  init?(bytes: [UInt8]) {
    guard bytes.count == Self.size, bytes.starts(with: Self.mark),
      Digest(of: Array(bytes.dropLast(32))).bytes == Array(bytes.suffix(32)),
      let chain = Digest(bytes: Array(bytes[4..<36]))
    else { return nil }
    func number(_ position: Int) -> UInt64 { bytes[position..<position + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    self.chain = chain
    self.number = number(36)
    tallies = SealedTable.allCases.map { table in
      let start = 44 + table.rawValue * 40
      let words = (0..<4).map { number(start + 8 + $0 * 8) }
      return Tally(
        count: Int64(bitPattern: number(start)), sum: SIMD4<UInt64>(words[0], words[1], words[2], words[3]))
    }
  }

  init() {}

  static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// In what `found` differs from this seal, for people; nil when they agree.
  func difference(from found: [Tally]) -> String? {
    var (gone, extra, changed): ([String], [String], [String]) = ([], [], [])
    for table in SealedTable.allCases {
      let (expected, actual) = (tallies[table.rawValue], found[table.rawValue])
      let lacking = expected.count &- actual.count
      if lacking > 0 {
        gone.append(table.words(lacking))
      } else if lacking < 0 {
        extra.append(table.words(0 &- lacking))
      } else if expected != actual {
        changed.append(table.plural)
      }
    }
    var sentences: [String] = []
    if !gone.isEmpty { sentences.append("\(gone.joined(separator: ", ")) that were committed are gone") }
    if !extra.isEmpty { sentences.append("\(extra.joined(separator: ", ")) more than were committed are there") }
    if !changed.isEmpty { sentences.append("other \(changed.joined(separator: ", ")) are there than were committed") }
    return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
  }
}
