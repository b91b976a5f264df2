import Core
import Curation
import Numerics
import Testing

@Suite struct KCenterTests {
  @Test(.enabled(if: Digits.areThere)) func coversTheDigitsAsPublished() throws {
    let cover = try KCenter.select(10, from: Digits.load().points, start: 0)
    #expect(cover.picks == [0, 623, 1275, 75, 889, 1643, 683, 1001, 1113, 1290])
    #expect(abs(cover.radius - 50.941143) < 1e-5)
  }

  @Test func picksWhatBruteForcePicksMoreOfThemThanRowsAreKeptFor() throws {
    for (rows, columns, seed) in [(1, 3, 1), (2, 1, 2), (40, 2, 3), (150, 5, 4), (300, 12, 5)] {
      // Small whole numbers: many ties, and no rounding.
      let points = Self.wholePoints(rows, columns, seed: UInt64(seed))
      let cover = try KCenter.select(rows, from: points)
      #expect(cover.picks == Self.bruteForce(rows, of: points))
      #expect(cover.radius == 0)
    }
  }

  @Test func startsNearestToTheMeanTheLowerIndexWhereTwoAre() throws {
    let points = Matrix(rows: 5, columns: 1, values: [9, 4, 6, 0, 6])
    #expect(try KCenter.select(3, from: points).picks == [1, 0, 3])
  }

  @Test func leavesADuplicateOfAPickToTheEnd() throws {
    let points = Matrix(rows: 4, columns: 1, values: [0, 0, 10, 7])
    #expect(try KCenter.select(4, from: points, start: 0).picks == [0, 2, 3, 1])
  }

  @Test func stopsWhenAskedTo() {
    let points = SyntheticPools.points(200, 4)
    #expect(throws: CancellationError.self) { try KCenter.select(150, from: points, context: .unwanted) }
  }

  static func wholePoints(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "whole points")
    return Matrix(
      rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(generator.integer(below: 9)) })
  }

  private static func bruteForce(_ count: Int, of points: Matrix) -> [Int] {
    func square(_ left: [Double], _ right: [Double]) -> Double {
      zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let rows = (0..<points.rows).map { points.row($0).map(Double.init) }
    let mean = (0..<points.columns).map { column in
      rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
    }
    var picks = [rows.indices.min { (square(rows[$0], mean), $0) < (square(rows[$1], mean), $1) }!]
    while picks.count < count {
      let open = rows.indices.filter { !picks.contains($0) }
      let distances = open.map { point in picks.map { square(rows[point], rows[$0]) }.min()! }
      picks.append(open[distances.firstIndex(of: distances.max()!)!])
    }
    return picks
  }
}
