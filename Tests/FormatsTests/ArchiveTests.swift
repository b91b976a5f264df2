import Core
import Files
import Formats
import TestSupport
import Testing

@Suite struct TarReaderTests {
  /// What a pass over an archive finds: files with their content, what was skipped, how it ended.
  private struct Pass {
    var files: [(path: String, content: [UInt8])] = []
    var skipped: [String: SkipReason] = [:]
    var problem: String?

    init(_ path: String) throws {
      var reader = TarReader(try OpenFile(path).stream(), name: "x")
      do {
        while let entry = try reader.next() {
          switch entry {
          case .file(let member): files.append((member.path, try reader.content(limit: 1 << 20)))
          case .skipped(let path, let reason): skipped[path] = reason
          }
        }
      } catch let error as DatasetError { problem = error.problem }
    }
  }

  @Test(arguments: ["ustar.tar", "gnu.tar", "pax.tar", "pax.tar.gz", "pax.tar.zst"])
  func everyFormAndPackingGivesTheSameFiles(name: String) throws {
    let pass = try Pass(Fixture.path("archives/\(name)"))
    let long = String(repeating: "very-long-folder-name/", count: 8) + "0003"
    let keys = ["0000", "a/0001", "a.b/0002", long]
    #expect(pass.files.map(\.path) == keys.flatMap { ["\($0).png", "\($0).cls", "\($0).meta.json"] })
    #expect(pass.files[10].content == [UInt8(ascii: "3")])
    #expect(pass.problem == nil && pass.skipped.isEmpty)
    #expect(try ImageDecoder().decode(pass.files[9].content).height == 4)
  }

  @Test func whatIsNoFileOrLeadsOutIsSkippedWithTheReason() throws {
    let pass = try Pass(Fixture.path("archives/odd.tar"))
    #expect(
      pass.skipped == [
        "../escape.png": .unsafePath, "/etc/absolute.png": .unsafePath, "symbolic.png": .link, "hard.png": .link,
        "pipe.png": .specialFile,
      ])
    #expect(pass.files.map(\.path).contains("dotted.png"))
  }

  @Test func oddNamesAreTakenOrSkipped() throws {
    let names = try Pass(Fixture.path("archives/names.tar"))
    #expect(names.files.map(\.path) == ["a\nb.png", "größe.png"] && Array(names.skipped.values) == [.longName])
    #expect(names.skipped.keys.first?.count == 200)
    let bytes = try Pass(Fixture.path("archives/bytes.tar"))
    #expect(bytes.files.map(\.path) == ["good.png"] && Array(bytes.skipped.values) == [.badName])
  }

  /// GNU's old form with its map behind the header, and the form of pax.
  @Test(arguments: ["gnu", "pax"]) func sparseMembersAreSkippedAndWhatFollowsIsRead(form: String) throws {
    let pass = try Pass(Fixture.path("archives/sparse-\(form).tar"))
    #expect(Array(pass.skipped.values) == [.sparseMember] && pass.problem == nil)
    #expect(pass.files.map(\.path) == ["whole.png"] && pass.files[0].content.count == 83)
  }

  @Test func anArchiveThatIsCutOrDamagedIsReadUpToThere() throws {
    let scratch = try Scratch()
    let whole = try Fixture.bytes("archives/gnu.tar")
    let cut = try Pass(scratch.write("cut", Array(whole.prefix(3_100))))
    #expect(
      cut.files.count == 3 && cut.problem == "the archive is cut short in the header at byte 3072; get the file again")
    let inside = try Pass(scratch.write("inside", Array(whole.prefix(3_600))))
    #expect(inside.problem == "the archive is cut short inside a/0001.png; get the file again")
    var damaged = whole
    damaged[3_072] ^= 1
    #expect(
      try Pass(scratch.write("damaged", damaged)).problem == "the archive is damaged at byte 3072; get the file again")
    #expect(try Pass(scratch.write("text", [UInt8](repeating: 65, count: 600))).problem == "this is not a tar archive")
    let packed = try Fixture.bytes("archives/pax.tar.gz")
    #expect(
      try Pass(scratch.write("gz", Array(packed.prefix(packed.count / 2)))).problem
        == "the compressed data are cut short; get the file again")
  }

  @Test func aMemberThatLiesAboutItsSizeEndsTheArchive() throws {
    let scratch = try Scratch()
    for (size, problem) in [
      ("00000777777", "is cut short inside 0000.png"), ("00000002000", "is damaged at byte 1536"),
    ] {
      var bytes = try Fixture.bytes("archives/gnu.tar")
      bytes.replaceSubrange(124..<135, with: size.utf8)
      bytes.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
      let sum = bytes[0..<512].reduce(0) { $0 + Int($1) }
      let digits = String(sum, radix: 8)
      bytes.replaceSubrange(
        148..<155, with: Array((String(repeating: "0", count: 6 - digits.count) + digits).utf8) + [0])
      #expect(try Pass(scratch.write("lie", bytes)).problem?.contains(problem) == true)
    }
  }

  @Test func emptyArchivesHaveNothing() throws {
    let scratch = try Scratch()
    #expect(try Pass(scratch.write("zeros", [UInt8](repeating: 0, count: 1_024))).files.isEmpty)
    #expect(try Pass(scratch.write("nothing", [])).problem == nil)
  }
}

@Suite struct WebDatasetShardTests {
  private func listed(_ path: String) throws -> (entries: [SampleEntry], report: ListingReport) {
    try collected { try WebDatasetShard.list(path, $0) }
  }

  @Test func membersWithOneKeyAreOneSample() throws {
    let (entries, report) = try listed(Fixture.path("archives/ustar.tar"))
    #expect(entries.map(\.key).prefix(3) == ["0000", "a/0001", "a.b/0002"] && entries.count == 4)
    #expect(entries.map(\.label) == (0..<4).map { .number($0) })
    #expect(entries[2].fields == ["meta.json": ["idx": 2, "caption": "größe"]])
    #expect(report.entries == 4 && report.counts.isEmpty && report.damaged.isEmpty)
  }

  @Test(arguments: ["gnu.tar", "pax.tar.gz", "pax.tar.zst"]) func picturesAreReadWhereTheyWereFound(name: String) throws
  {
    let entries = try listed(Fixture.path("archives/\(name)")).entries
    // In any order, and twice.
    let locations = [3, 0, 2, 1, 0].map { entries[$0].location }
    for content in try contents(locations) { #expect(try ImageDecoder().decode(#require(content)).width == 4) }
  }

  @Test func whatIsNoWholeSampleIsLeftOutWithTheReason() throws {
    let (entries, report) = try listed(Fixture.path("archives/odd.tar"))
    #expect(entries.map(\.key) == ["pickled", "dotted"])
    #expect(
      report.counts == [
        .unsafePath: 2, .link: 2, .specialFile: 1, .keyComesBack: 1, .noPicture: 1, .repeatedField: 1, .pickle: 1,
        .unreadableField: 1,
      ])
    #expect(report.examples.first { $0.reason == .keyComesBack }?.place.hasSuffix("odd.tar, good") == true)
  }

  @Test func aShardThatIsCutLosesTheSampleItEndsIn() throws {
    let scratch = try Scratch()
    let path = try scratch.write("s.tar", Array(Fixture.bytes("archives/gnu.tar").prefix(4_100)))
    let (entries, report) = try listed(path)
    #expect(entries.map(\.key) == ["0000"] && report.counts == [.incomplete: 1])
    #expect(
      report.damaged.map(\.problem) == ["the archive is cut short in the header at byte 4096; get the file again"])
  }

  @Test func aFileThatHasChangedIsSaid() throws {
    let scratch = try Scratch()
    let path = try scratch.write("s.tar", Fixture.bytes("archives/gnu.tar"))
    let locations = try listed(path).entries.map(\.location)
    try scratch.write("s.tar", [1])
    try SampleReading.read(locations) { _, result in
      #expect(throws: DatasetError(path, "the file ends inside a sample; it has changed")) { try result.get() }
    }
  }

  @Test(arguments: ["odd.tar", "gnu.tar", "pax.tar", "pax.tar.gz", "pax.tar.zst"])
  func damageIsCountedAndNeverTraps(name: String) throws {
    let scratch = try Scratch()
    var mutation = Mutation("shard \(name)")
    let bytes = try Fixture.bytes("archives/\(name)")
    var damaged = 0
    for _ in 0..<200 {
      let path = try scratch.write("s", mutation.mutated(bytes))
      let (entries, report) = try listed(path)
      _ = try contents(entries.map(\.location))
      damaged += report.damaged.isEmpty ? 0 : 1
    }
    #expect(damaged > 50)
  }

  @Test func reportsAddUp() throws {
    var sum = ListingReport()
    let odd = try listed(Fixture.path("archives/odd.tar")).report
    for _ in 0..<15 { sum.add(odd) }
    #expect(sum.counts[.unsafePath] == 30 && sum.entries == 30)
    #expect(sum.examples.count { $0.reason == .unsafePath } == ListingReport.examplesPerReason)
    for reason in SkipReason.allCases { #expect(!reason.words.isEmpty) }
  }
}

@Suite struct BraceExpansionTests {
  @Test func rangesAndListsAreWrittenOut() throws {
    #expect(try BraceExpansion.expand("a.tar") == ["a.tar"])
    #expect(try BraceExpansion.expand("{08..11}.tar") == ["08.tar", "09.tar", "10.tar", "11.tar"])
    #expect(try BraceExpansion.expand("{8..10}") == ["8", "9", "10"])
    #expect(try BraceExpansion.expand("{a,b}/{0..1}") == ["a/0", "a/1", "b/0", "b/1"])
    #expect(try BraceExpansion.expand("modified_{00000..01386}.tar").count == 1_387)
  }

  @Test(arguments: ["{0..1", "{}", "{a..b}", "{2..1}", "{{0..1}}", "{0..9999999}", "{-1..2}", "{0..999}{0..999}{0..9}"])
  func whatIsNoRangeIsRefused(text: String) {
    #expect(throws: ConfigurationError.self) { try BraceExpansion.expand(text) }
  }
}
