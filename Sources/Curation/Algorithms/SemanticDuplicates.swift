package import Core
import Numerics

/// SemDeDup (Abbas et al. 2023), as the paper has it: within a cluster, a point is dropped when one that was kept before
/// is too similar to it. (In the released code a dropped point still drops others.)
package enum SemanticDuplicates {
  private static let block = 256

  /// Which points are kept.
  ///
  /// Points of a cluster are gone through from the one least similar to the centre to the most, as in the paper; the lower
  /// position comes first where two are equally so.
  ///
  /// - Parameter threshold: the cosine above which two points are duplicates.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func kept(
    among prototypes: Prototypes, threshold: Float, context: TaskContext = .unobserved
  ) throws -> [Bool] {
    var isKept = [Bool](repeating: false, count: prototypes.clusters.count)
    let clusters = Dictionary(grouping: isKept.indices) { prototypes.clusters[$0] }
    var done = 0
    for (_, members) in clusters.sorted(by: { $0.key < $1.key }) {
      let order = Ranking.smallest(members.count, of: members.map { prototypes.similarities[$0] }).map { members[$0] }
      let fresh = try survivors(order, prototypes.directions, threshold) {
        try context.proceed(done + $0, of: isKept.count)
      }
      for position in fresh { isKept[position] = true }
      done += members.count
    }
    return isKept
  }

  /// Those of `order` that no kept one before them is too similar to; `proceed` is told how many are done.
  private static func survivors(
    _ order: [Int], _ directions: RowTable, _ threshold: Float, proceed: (Int) throws -> Void
  ) rethrows -> [Int] {
    var kept: [Int] = []
    var keptRows: [Float] = []
    for start in stride(from: 0, to: order.count, by: block) {
      try proceed(start)
      let members = Array(order[start..<min(start + block, order.count)])
      let rows = directions.selecting(rows: members).matrix
      let toKept = rows.innerProducts(
        with: Matrix(rows: kept.count, columns: rows.columns, values: keptRows))
      let toEachOther = rows.innerProducts(with: rows)
      var own: [Int] = []
      for row in members.indices {
        let isNew = !kept.indices.contains { toKept[row, $0] > threshold }
        if isNew, !own.contains(where: { toEachOther[row, $0] > threshold }) { own.append(row) }
      }
      kept += own.map { members[$0] }
      for row in own { keptRows += rows.row(row) }
    }
    return kept
  }
}
