import Core
import Datasets
import Formats
import Numerics
import Planning
import Results
import Samples
import Sweeps
import Testing

@Suite("What a store made with certain samples") struct StoredUsesTests {
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

  private static func pool(_ shift: String) -> Pool {
    Pool(
      shift: shift,
      images: SampleSet(count: 4, height: 2, width: 2, pixels: Array(shift == "expert" ? 1...16 : 51...66)),
      classNames: ["shirt", "bag"], observedLabels: [0, 1, 0, 1], trueLabels: [0, 1, 1, 1],
      sourceIDs: shift == "expert" ? [10, 11, 12, 13] : [20, 21, 22, 23],
      features: Matrix(rows: 4, columns: 1, values: [1, 2, 3, 4]), labelOrigin: "by hand", licence: "MIT")
  }

  private func array(_ values: [Int32]) -> [UInt8] { NumPyArray(shape: [values.count], values: .int32(values)).bytes }

  private func finish(_ strategy: String, _ shift: String, _ objects: [String: [UInt8]]) throws -> TaskID {
    let row = planned.table!.rows.first { $0.point.strategy.name == strategy && $0.point.shift == shift }!
    try fixture.finish(planned.node(row.task), StoredFixture.trialValues(row.task), objects: objects)
    return row.task
  }

  private func uses(_ identifiers: [SampleIdentifier], _ sourceIDs: [UInt32]) throws -> [StoredUses.Sweep] {
    let sought = SampleRows.Sought(identifiers: Set(identifiers), sourceIDs: Set(sourceIDs))
    return try StoredUses(of: sought, in: fixture.store).sweeps(fixture.all())
  }

  @Test("trials that were trained on a sample are named with their models") func trained() throws {
    let with = try finish(
      "random", "expert", ["subset": array([3, 0]), "labels": array([1, 0]), "model": Array("network".utf8)])
    _ = try finish("margin", "expert", ["subset": array([1, 2]), "labels": array([1, 0])])
    for found in [
      try uses([Self.pool("expert").identifier(of: 3)], []), try uses([], [13]), try uses([], [13, 10]),
    ] {
      #expect(found.count == 1 && found[0].sources == ["expert"])
      #expect(found[0].trials.map(\.task) == [with])
      #expect(found[0].trials[0].model == Digest(of: "network"))
    }
    #expect(try uses([], [13, 10])[0].trials[0].samples == 2)
  }

  @Test("a mix is trained on the samples of each pool that it bought") func mix() throws {
    let mix = try finish(
      "mix", "mix",
      [
        "subset": array([1, 2, 0, 3]), "labels": array([1, 0, 0, 1]), "shifts": array([1, 0, 1, 0]),
        "sources": Array(#"["expert", "crowdsourced"]"#.utf8),
      ])
    // Row 1 of the crowd's pool was bought, row 1 of the experts' was not.
    #expect(try uses([], [21])[0].trials.map(\.task) == [mix])
    #expect(try uses([], [11])[0].trials.isEmpty)
  }

  @Test("samples that no pool holds are in no sweep") func none() throws {
    #expect(try uses([], [99]).isEmpty && uses([SampleIdentifier(high: 1, low: 2)], []).isEmpty)
  }
}
