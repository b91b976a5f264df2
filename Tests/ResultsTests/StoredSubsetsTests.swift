import Core
import Datasets
import Formats
import Numerics
import Planning
import Results
import Samples
import Sweeps
import TestSupport
import Testing

@Suite("Subsets and pictures read from a store") struct StoredSubsetsTests {
  private let fixture: StoredFixture
  private let planned: PlannedSweep

  init() throws {
    fixture = try StoredFixture()
    planned = try fixture.add(StoredFixture.request(seeds: [0]))
    for shift in ["expert", "crowdsourced"] {
      try fixture.finish(
        planned.node(planned.table!.parts[0][shift]!), ["part": PartFacts(count: 4).json],
        objects: Self.pool(shift).objects())
    }
  }

  /// Four images of two by two pixels; the third is truly of class 1.
  private static func pool(_ shift: String) -> Pool {
    Pool(
      shift: shift,
      images: SampleSet(count: 4, height: 2, width: 2, pixels: Array(shift == "expert" ? 1...16 : 51...66)),
      classNames: ["shirt", "bag"], observedLabels: [0, 1, 0, 1], trueLabels: [0, 1, 1, 1],
      sourceIDs: [10, 11, 12, 13],
      features: Matrix(rows: 4, columns: 1, values: [1, 2, 3, 4]), labelOrigin: "by hand", licence: "MIT",
      origins: try? SampleOrigins(poolObjects: [
        "sampleLicences": NumPyArray(shape: [4], values: .int32([0, 0, -1, 0])).bytes,
        "description": Array(#"{"sampleLicences": ["MIT"]}"#.utf8),
      ]))
  }

  private func node(_ strategy: String, _ shift: String) -> PlannedSweep.Node {
    let row = planned.table!.rows.first { $0.point.strategy.name == strategy && $0.point.shift == shift }!
    return planned.node(row.task)
  }

  private func array(_ values: [Int32]) -> [UInt8] { NumPyArray(shape: [values.count], values: .int32(values)).bytes }

  private func finish(_ node: PlannedSweep.Node, _ objects: [String: [UInt8]]) throws {
    try fixture.finish(node, StoredFixture.trialValues(node.id), objects: objects)
    try fixture.finishAll(of: planned) { $0.specification.inputs["trial"] == node.id }
  }

  private func result(_ node: PlannedSweep.Node) throws -> TrialResult {
    try fixture.results(nil).first { $0.task == node.id }!
  }

  @Test("a manifest has the rows in the order of choice, with the labels that were trained with") func manifest() throws
  {
    let node = node("random", "expert")
    try finish(node, ["subset": array([3, 0, 2]), "labels": array([1, 0, 1])])
    let entries = try StoredSubsets(fixture.store).manifest(of: result(node)).entries
    #expect(entries.map(\.index) == [3, 0, 2] && entries.map(\.label) == [1, 0, 1])
    #expect(entries.map(\.className) == ["bag", "shirt", "bag"] && entries.map(\.sourceID) == [13, 10, 12])
    #expect(entries.allSatisfy { $0.shift == "expert" })
    #expect(entries[0].identifier == Self.pool("expert").identifier(of: 3))
  }

  @Test("what bought samples say of themselves is counted, where their pool says that they do") func stated() throws {
    let node = node("random", "expert")
    try finish(node, ["subset": array([3, 0, 2]), "labels": array([1, 0, 1])])
    let subsets = StoredSubsets(fixture.store)
    let own = Provenance(licence: nil, synthetic: .no, hasSampleLicences: true)
    let plain = Provenance(licence: "MIT", synthetic: .no)
    #expect(try subsets.stated(of: result(node), origins: ["expert": plain, "crowdsourced": own]).isEmpty)
    let stated = try subsets.stated(of: result(node), origins: ["expert": own, "crowdsourced": plain])
    #expect(stated == ["expert": OriginCounts(licences: ["MIT": 2, nil: 1])])
  }

  @Test("a mix's manifest goes pool by pool, in the order of choice within each") func mix() throws {
    let node = node("mix", "mix")
    try finish(
      node,
      [
        "subset": array([1, 2, 0, 3]), "labels": array([1, 0, 0, 1]), "shifts": array([1, 0, 1, 0]),
        "sources": Array(#"["expert", "crowdsourced"]"#.utf8),
      ])
    let entries = try StoredSubsets(fixture.store).manifest(of: result(node)).entries
    #expect(entries.map(\.shift) == ["expert", "expert", "crowdsourced", "crowdsourced"])
    #expect(entries.map(\.index) == [2, 3, 1, 0])
    #expect(entries[2].identifier == Self.pool("crowdsourced").identifier(of: 1))
  }

  @Test(
    "what does not fit is an error that names the trial",
    arguments: [
      (["subset": [0, 1]], "no object \"labels\""), (["labels": [0]], "no object \"subset\""),
      (["subset": [0, 1], "labels": [0]], "does not fit its labels"),
      (["subset": [4], "labels": [0]], "does not fit the pool expert"),
      (["subset": [-1], "labels": [0]], "does not fit the pool expert"),
    ] as [([String: [Int32]], String)]) func misfits(objects: [String: [Int32]], word: String) throws
  {
    let node = node("random", "expert")
    try finish(node, objects.mapValues(array))
    let error = try #require(throws: DatasetError.self) {
      try StoredSubsets(fixture.store).manifest(of: result(node))
    }
    #expect("\(error)".contains(word) && "\(error)".contains(node.label), "\(error)")
  }

  @Test("a mix that does not say where its images are from is an error") func lostSources() throws {
    let node = node("mix", "mix")
    try finish(
      node,
      [
        "subset": array([1, 2]), "labels": array([1, 0]), "shifts": array([0, 2]),
        "sources": Array(#"["expert", "crowdsourced"]"#.utf8),
      ])
    let error = try #require(throws: DatasetError.self) {
      try StoredSubsets(fixture.store).manifest(of: result(node))
    }
    #expect("\(error)".contains("which shift"))
  }

  @Test("floating-point rows are no rows") func floats() throws {
    let node = node("random", "expert")
    let floats = NumPyArray(shape: [1], values: .float32([0.5])).bytes
    try finish(node, ["subset": floats, "labels": array([0])])
    #expect(throws: DatasetError.self) { try StoredSubsets(fixture.store).manifest(of: result(node)) }
  }

  @Test("pictures show what was chosen, wrong labels marked, a mix none; objects are named") func pictures() throws {
    for (strategy, shift) in [("random", "expert"), ("margin", "expert"), ("random", "crowdsourced")] {
      try finish(node(strategy, shift), ["subset": array([2, 1]), "labels": array([0, 1])])
    }
    try finish(
      node("mix", "mix"),
      [
        "subset": array([0]), "labels": array([0]), "shifts": array([0]),
        "sources": Array(#"["expert", "crowdsourced"]"#.utf8),
      ])
    let input = try fixture.sweeps.reportInput(sweep: nil, withPictures: true)
    #expect(input.pictures.map(\.shift).sorted() == ["crowdsourced", "expert", "expert"])
    let grid = try #require(input.pictures.first { $0.shift == "expert" && $0.strategy.name == "random" })
    #expect(grid.pictures.map(\.pixels) == [[9, 10, 11, 12], [5, 6, 7, 8]])
    #expect(grid.pictures.map(\.label) == ["shirt", "bag"] && grid.pictures.map(\.isWrong) == [true, false])
    #expect(input.objects.count == 4)
    #expect(input.objects[node("random", "expert").id]?["subset"] == Digest(of: array([2, 1])))
  }
}
