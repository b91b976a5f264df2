import Core
import Curation
import Datasets
import Foundation
import Numerics
import Testing

/// Strategies choose the same of rows in a file as of the same rows in memory, to the last bit.
@Suite("Choosing among rows in a file") struct RowsInFilesTests {
  private static let points = SyntheticPools.points(1_500, 700, seed: 5)
  private static let target = SyntheticPools.points(40, 700, seed: 6)
  private static let table: RowTable? = {
    let path = NSTemporaryDirectory() + "winnow-points-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard (try? Data([UInt8](memoryOf: points.values)).write(to: URL(fileURLWithPath: path))) != nil,
      let file = MappedFile(path),
      let rows = MappedRows(file, offset: 0, element: .float32, rows: points.rows, columns: points.columns)
    else { return nil }
    return RowTable(rows)
  }()

  @Test("k-center") func kCenter() throws {
    let table = try #require(Self.table)
    #expect(try KCenter.select(40, from: table) == KCenter.select(40, from: Self.points))
  }

  @Test("herding") func herding() throws {
    let table = try #require(Self.table)
    #expect(try Herding.select(40, from: table) == Herding.select(40, from: Self.points))
  }

  @Test("prototypes and duplicates", arguments: [9, 40]) func prototypes(clusters: Int) throws {
    let table = try #require(Self.table)
    let stored = try Prototypes(of: table, count: clusters, seed: 3)
    let held = try Prototypes(of: Self.points, count: clusters, seed: 3)
    #expect(stored.clusters == held.clusters && stored.similarities == held.similarities)
    let kept = try SemanticDuplicates.kept(among: stored, threshold: 0.1)
    #expect(try kept == SemanticDuplicates.kept(among: held, threshold: 0.1) && kept.contains(false))
  }

  @Test("likeness to a target") func target() throws {
    let table = try #require(Self.table)
    #expect(
      try NearestTarget.similarities(of: table, to: Self.target)
        == NearestTarget.similarities(of: Self.points, to: Self.target))
    let held = try DensityRatio(of: Self.points, to: Self.target, ridge: 0.01)
    let stored = try DensityRatio(of: table, to: Self.target, ridge: 0.01, keptBytes: 0)
    #expect(held.logRatios == stored.logRatios && held.gradientNorm == stored.gradientNorm)
  }
}
