import Core
import Statistics
import Sweeps

/// How the worth of field pictures changes from world to world.
struct FieldWorlds {
  struct World {
    let name: String
    let analysis: FieldAnalysis
    /// How far pictures of the reference pool, bought unseen for the largest budget, are from the world's own (CMMD); nil where that
    /// was not measured.
    let distance: Double?
  }

  /// A way of collecting whose pictures a field picture is worth more of in one world than in another, beyond chance.
  struct Change {
    let shift: String
    let more: Int
    let less: Int
  }

  /// In the order of the sweep; at least two.
  let worlds: [World]
  /// The ways of collecting that every world has, in the order of the first.
  let shifts: [String]
  /// How many pairs of worlds were compared, over all ways of collecting; 0 when worlds have different seeds or draws.
  let comparisons: Int
  /// Those that differ at 5 % after Holm's correction, the surest first.
  let changes: [Change]

  /// nil in fewer than two worlds with a worth.
  init?(_ grids: Grids, like setting: Setting) {
    let input = grids.input
    let names = grids.settings.compactMap(\.world).distinct
    worlds = names.compactMap { name in
      let settings = grids.budgets(of: setting.inWorld(name))
      return FieldAnalysis(grids, settings).map { analysis in
        World(
          name: name, analysis: analysis,
          distance: settings.last.flatMap { Self.distance(grids.sources($0), input.reference) })
      }
    }
    guard worlds.count > 1 else { return nil }
    let worlds = worlds
    let lines = worlds.map { world in
      Dictionary(world.analysis.lines.map { ($0.shift, $0) }) { first, _ in first }
    }
    shifts = worlds[0].analysis.lines.map(\.shift).filter { shift in lines.allSatisfy { $0[shift] != nil } }
    let grid = grids.sources(setting.inWorld(worlds[0].name))
    let arePaired = worlds.allSatisfy { grids.sources(setting.inWorld($0.name)).replicates == grid.replicates }
    var found: [(change: Change, pValue: Double)] = []
    for shift in arePaired ? shifts : [] {
      for first in worlds.indices {
        for second in worlds.indices where second > first {
          let (own, other) = (lines[first][shift]!, lines[second][shift]!)
          let (isMore, pValue) = Self.compare(own, other)
          found.append((Change(shift: shift, more: isMore ? first : second, less: isMore ? second : first), pValue))
        }
      }
    }
    comparisons = found.count
    changes = zip(found, Holm.adjusted(found.map(\.pValue))).enumerated()
      .filter { $0.element.1 <= Decisions.level }
      .sorted { ($0.element.0.pValue, $0.offset) < ($1.element.0.pValue, $1.offset) }.map(\.element.0.change)
  }

  /// Whether the first worth is the larger one, and the two-sided p of no difference: twice the share of the redraws, which are the
  /// same in both worlds, that say the contrary. Two bounds of the same kind say nothing.
  private static func compare(_ first: FieldAnalysis.Line, _ second: FieldAnalysis.Line) -> (
    isMore: Bool, pValue: Double
  ) {
    let pairs = zip(first.equal.equivalents, second.equal.equivalents).map {
      (worth($0, first.pictures), worth($1, second.pictures))
    }
    let (more, less) = (pairs.count { $0.0 >= $0.1 }, pairs.count { $0.0 <= $0.1 })
    return (more >= less, min(1, 2 * Double(min(more, less) + 1) / Double(pairs.count + 1)))
  }

  private static func worth(_ equivalent: Double, _ pictures: Double) -> Double {
    equivalent == -.infinity ? .infinity : pictures / equivalent
  }

  private static func distance(_ grid: Grid, _ pool: String?) -> Double? {
    guard let row = grid.reference, let shift = pool.flatMap({ grid.shifts.firstIndex(of: $0) }) else { return nil }
    return grid.mean(.targetDistance, row, shift: shift)
  }
}
