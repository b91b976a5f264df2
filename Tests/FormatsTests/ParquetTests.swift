import Core
import Files
import Formats
import TestSupport
import Testing

@Suite struct ParquetTests {
  static let tables = ["none", "snappy", "gzip", "zstd", "plain"]

  private func images(_ name: String) throws -> ParquetImages {
    try ParquetImages(Fixture.path("tables/\(name).parquet"))
  }

  @Test(arguments: tables) func picturesLabelsAndFieldsAreRead(name: String) throws {
    let images = try images(name)
    #expect(images.classNames == ["cat", "dog", "emu"] && images.table.rows == 20)
    let (entries, report) = try collected(images.list)
    // Row 7 has no label.
    #expect(report.counts == [.noLabel: 1] && entries.count == 19)
    #expect(entries.map(\.key) == (0..<20).filter { $0 != 7 }.map(String.init))
    for entry in entries {
      let row = try #require(Int(entry.key))
      #expect(entry.label == .number(row % 3))
      #expect(entry.fields["caption"] == .string(["a", "bb", "größe"][row % 3]))
      #expect(entry.fields["score"] == .number(Double(row) / 4) && entry.fields["flag"] == .bool(row % 2 == 0))
      #expect(entry.fields["path"] == (row == 6 ? nil : .string(row == 5 ? "only-a-path.png" : "\(row).png")))
    }
    let read = try contents(entries.map(\.location))
    for (entry, bytes) in zip(entries, read) {
      guard entry.key != "5", entry.key != "6" else {
        #expect(bytes == nil)
        continue
      }
      #expect(try ImageDecoder().decode(#require(bytes)).height == 4)
    }
  }

  @Test func rowsAreReadInAnyOrderOfLocations() throws {
    let entries = try collected(try images("zstd").list).entries
    let locations = [18, 0, 9, 9, 3].map { entries[$0].location }
    #expect(try contents(locations).allSatisfy { $0?.count == 83 })
  }

  @Test func whatIsNotReadIsNamed() throws {
    let listing = try collected(try images("none").list)
    #expect(listing.report.entries == 19)
    let packed = #expect(throws: DatasetError.self) { try collected(try images("lz4").list) }
    #expect(packed?.problem.contains("packed with LZ4") == true)
    let table = try ParquetFile(OpenFile(Fixture.path("tables/nested.parquet")))
    #expect(table.columns.map(\.name) == ["id", "boxes.list.element"])
    var ids = try table.reader(column: 0, group: 0)
    #expect(try (0..<3).map { try ids.value(at: $0) } == [.integer(1), .integer(2), .integer(3)])
    let lists = #expect(throws: DatasetError.self) { try table.reader(column: 1, group: 0) }
    #expect(lists?.problem == "the column boxes.list.element holds lists, which are not read")
    let none = #expect(throws: DatasetError.self) { try images("nested") }
    #expect(none?.problem == "no column holds pictures; the columns are id, boxes.list.element")
    let column = #expect(throws: DatasetError.self) {
      try ParquetImages(Fixture.path("tables/none.parquet"), label: "labell")
    }
    #expect(column?.problem.contains("did you mean \"label\"?") == true)
  }

  @Test func filesThatAreNoneAreRefused() throws {
    let scratch = try Scratch()
    let whole = try Fixture.bytes("tables/none.parquet")
    for bytes in [[], Array("PAR1PAR1".utf8), Array(whole.dropLast()), Array(whole.suffix(100))] as [[UInt8]] {
      let path = try scratch.write("t", bytes)
      #expect(throws: DatasetError.self) { try ParquetImages(path) }
    }
  }

  @Test(arguments: tables) func damageNeverTraps(name: String) throws {
    let scratch = try Scratch()
    var mutation = Mutation("parquet \(name)")
    let whole = try Fixture.bytes("tables/\(name).parquet")
    let refused = mutation.attack(whole, times: 250) { bytes in
      // The footer, which says where all else is, is hit as often as the rest.
      let path = try scratch.write("t", bytes)
      let entries = try collected(ParquetImages(path).list).entries
      try SampleReading.read(entries.map(\.location)) { _, _ in }
    }
    #expect(refused > 50)
    // Single bytes of the footer and of the pages, which the general attack seldom leaves readable.
    var generator = SeededGenerator(seed: 1, purpose: "parquet bytes \(name)")
    var unreadable = 0
    for _ in 0..<250 {
      var bytes = whole
      bytes[generator.integer(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
      let path = try scratch.write("t", bytes)
      do {
        let entries = try collected(ParquetImages(path).list).entries
        try SampleReading.read(entries.map(\.location)) { _, result in
          if case .failure = result { unreadable += 1 }
        }
      } catch {
        #expect(error is DatasetError)
        unreadable += 1
      }
    }
    #expect(unreadable > 20)
  }
}
