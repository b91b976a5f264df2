import Core
import Economics
import Sweeps
import Testing

@Suite("Points of the grid and the trial table") struct TrialTableTests {
  private static func sweep() -> Sweep {
    var sweep = Sweep(
      strategies: [
        NamedChoice(name: "mix", options: ["proportions": ["a": 0.5, "b": 0.5]]), NamedChoice(name: "random"),
        NamedChoice(name: "herding"),
      ], shifts: ["b", "a"], budgets: [Money(20), Money(10)], seeds: [1, 0])
    sweep.models = [.standard, NamedChoice(name: "linear")]
    sweep.sizing = [.equalItems, .equalCost]
    return sweep
  }

  private static func table(_ sweep: Sweep, measures: [String] = ["deployment", "sketch"]) -> TrialTable {
    let rows = sweep.points.map { point in
      TrialTable.Row(
        point: point, task: TaskID(Digest(of: "trial \(point.label)")),
        scores: point.strategy.name == "herding" ? TaskID(Digest(of: "scores \(point.shift)")) : nil,
        measures: Dictionary(
          uniqueKeysWithValues: measures.map { ($0, TaskID(Digest(of: "\($0) \(point.label)"))) }))
    }
    return TrialTable(sweep: sweep, parts: [["a": TaskID(Digest(of: "a")), "b": TaskID(Digest(of: "b"))]], rows: rows)
  }

  @Test("points come setting by setting, shift, budget, seed, strategy; mixes last within a setting") func order() {
    let points = Self.sweep().points
    // Two sizings, two models; (2 shifts × 2 strategies + 1 mix) × 2 budgets × 2 seeds.
    #expect(points.count == 4 * 20 && Self.sweep().pointCount == 80)
    #expect(
      points.prefix(3).map(\.label) == [
        "random, b, budget 20.00, seed 1, equal-items", "herding, b, budget 20.00, seed 1, equal-items",
        "random, b, budget 20.00, seed 0, equal-items",
      ])
    #expect(points[16..<20].allSatisfy { $0.strategy.isMix && $0.shift == TrialPoint.mixedShift })
    #expect(points[16].label == "mix(proportions=a:0.5+b:0.5), mix, budget 20.00, seed 1, equal-items")
    #expect(points[20].label == "random, b, budget 20.00, seed 1, equal-items, linear")
    #expect(points[40].label == "random, b, budget 20.00, seed 1")
    #expect(Set(points).count == points.count && Set(points.map(\.label)).count == points.count)
  }

  @Test("the product is the number of points, and does not overflow") func count() {
    var generator = RandomSweep(seed: 3)
    for _ in 0..<100 {
      let sweep = generator.sweep()
      #expect(sweep.points.count == sweep.pointCount)
    }
    var large = Self.sweep()
    large.strategies = (0..<10_000).map { NamedChoice(name: "s\($0)") }
    large.shifts = (0..<10_000).map { "p\($0)" }
    large.budgets = (1...10_000).map { Money(Double($0)) }
    large.seeds = Array(0..<10_000)
    #expect(large.pointCount == 4 * 10_000_000_000_000_000)
    large.models = (0..<10_000).map { NamedChoice(name: "m\($0)") }
    #expect(large.pointCount == .max)
  }

  @Test(
    "a table reads back from its bytes, with and without scores and measures",
    arguments: [[], ["deployment"], ["b", "a"]] as [[String]])
  func roundTrip(measures: [String]) throws {
    let table = Self.table(Self.sweep(), measures: measures)
    let bytes = table.bytes
    #expect(bytes.prefix(5) == [0x57, 0x54, 0x41, 0x42, 1])
    #expect(try TrialTable(bytes: bytes, place: "store") == table)
    #expect(try TrialTable(bytes: bytes, place: "store").bytes == bytes)
  }

  @Test("every task has a name for people") func labels() {
    let table = Self.table(Self.sweep())
    let labels = table.labels()
    #expect(labels[table.parts[0]["a"]!] == "part a")
    #expect(labels[table.rows[0].task] == table.rows[0].point.label)
    #expect(labels[table.rows[0].measures["sketch"]!] == "sketch of \(table.rows[0].point.label)")
    #expect(labels[TaskID(Digest(of: "scores b"))] == "scores for herding, b, seed 1")
    #expect(labels.count == 2 + 80 + 2 + 160)
  }

  private func problem(_ bytes: [UInt8]) throws -> String {
    try #require(throws: ConfigurationError.self) { try TrialTable(bytes: bytes, place: "store") }.description
  }

  @Test("damage is said, with what to do") func damage() throws {
    let bytes = Self.table(Self.sweep()).bytes
    #expect(try problem([]).contains("does not begin with WTAB"))
    #expect(try problem(Array(bytes.prefix(9))).hasSuffix("plan the sweep again"))
    var version = bytes
    version[4] = 2
    #expect(try problem(version).contains("version 2, not 1"))
    #expect(try problem(Array(bytes.prefix(200))).contains("header is cut off"))
    for other in [Array(bytes.dropLast()), bytes + [0], Array(bytes.dropLast(128)), bytes + bytes.suffix(128)] {
      #expect(try problem(other).contains("do not fit its grid"))
    }
  }

  private func bytes(header: JSONValue, rows: Int) -> [UInt8] {
    let text = header.canonical
    return Array("WTAB".utf8) + [1] + UInt32(text.count).littleEndianBytes + text + [UInt8](repeating: 1, count: rows)
  }

  @Test("a header that contradicts itself is damage too, not a trap") func contradictions() throws {
    let sweep = Self.sweep().json
    let twice: JSONValue = ["sweep": sweep, "parts": [:], "measures": ["a", "a"]]
    #expect(try problem(bytes(header: twice, rows: 80 * 128)).contains("named twice"))
    let unknown: JSONValue = ["sweep": sweep, "more": 1]
    #expect(try problem(bytes(header: unknown, rows: 80 * 64)).contains("more"))
    // A grid of 10¹² points is not expanded in order to be compared with a handful of bytes.
    var large = Self.sweep()
    large.seeds = Array(0..<10_000)
    large.strategies = (0..<10_000).map { NamedChoice(name: "s\($0)") }
    large.budgets = (1...1_000).map { Money(Double($0)) }
    #expect(try problem(bytes(header: ["sweep": large.json], rows: 640)).contains("do not fit its grid"))
    // A pool that is called as mixes are would be walked twice.
    var mixed = Self.sweep()
    mixed.shifts = ["mix"]
    mixed.strategies = [NamedChoice(name: "mix")]
    #expect(try problem(bytes(header: ["sweep": mixed.json], rows: mixed.pointCount * 64)).contains("do not fit"))
  }

  @Test("flipped bits of the header, and any cut, are an error or another table") func mutations() throws {
    var small = Self.sweep()
    small.budgets = [Money(5)]
    small.seeds = [0]
    let table = Self.table(small)
    let bytes = table.bytes
    let length = bytes.count - table.rows.count * 128
    for place in 0..<length {
      for bit in [place % 8, 5] {
        var flipped = bytes
        flipped[place] ^= 1 << UInt8(bit)
        do {
          #expect(try TrialTable(bytes: flipped, place: "store") != table, "byte \(place), bit \(bit)")
        } catch {
          #expect(error is ConfigurationError)
        }
      }
    }
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: ConfigurationError.self) { try TrialTable(bytes: Array(bytes.prefix(count)), place: "store") }
    }
  }
}
