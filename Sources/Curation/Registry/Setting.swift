import Core
import Numerics

/// All that a strategy chooses by: its options, the candidates, what it knows beyond them, and who waits for its choice.
struct Setting {
  let options: StrategyOptions
  let candidates: Candidates
  let evidence: Evidence
  let context: TaskContext

  /// The same for a part of the work.
  func part(from: Double, to: Double) -> Setting {
    Setting(options: options, candidates: candidates, evidence: evidence, context: context.part(from: from, to: to))
  }

  /// The scores called `name`, one row a candidate; throws a ``CurationError`` when they are missing or not of these.
  func array(_ name: String) throws -> Matrix { try evidence.scoreArray(name, of: candidates) }

  /// The candidates as vectors, and the target sample beside them: see ``Candidates/points(_:target:)``.
  func points(_ geometry: Geometry) throws -> Points { try candidates.points(geometry, target: evidence.target) }

  /// Chooses among all candidates, or within each observed class where the strategy is balanced.
  ///
  /// - Parameter choose: takes positions of candidates, ascending, how many of them to choose, and the part of the work that
  ///   this is; answers which of them, in order of choice, as positions in that list.
  func select(
    _ count: Int, choose: (_ members: [Int], _ quota: Int, _ context: TaskContext) throws -> Selection
  ) throws -> Selection {
    guard candidates.isBalanced else { return try choose(Array(0..<candidates.count), count, context) }
    return try ClassBalance.selection(count, labels: candidates.labels, classCount: candidates.classCount) {
      try choose($0, $1, context.part(from: $2.from, to: $2.to))
    }
  }

  /// The same with the rows of `vectors` that belong to those to choose among.
  func select<Rows: RowReading>(
    _ count: Int, among vectors: Rows,
    choose: (_ vectors: Rows, _ quota: Int, _ context: TaskContext) throws -> Selection
  ) throws -> Selection {
    try select(count) { members, quota, context in try choose(vectors.selecting(rows: members), quota, context) }
  }

  /// Those of the candidates in random order that are accepted, up to `count`.
  func random(_ count: Int, where isAccepted: (Int) -> Bool = { _ in true }) -> [Int] {
    Array(candidates.randomOrder.lazy.filter(isAccepted).prefix(count))
  }
}
