import Core
import Datasets
import Economics
import Execution
import Planning
import Sweeps

/// Plans sweeps without reading a file: the content of each stands for itself by its path.
enum PlanningFixture {
  static func resolve(_ sweep: Sweep) throws -> ResolvedSweep { try ResolvedSweep(sweep, catalogue: .standard()) }

  static func plan(_ sweep: Sweep) throws -> PlannedSweep {
    let resolved = try resolve(sweep)
    let files = resolved.files.map {
      ($0.name, Digest(of: $0.path.split(separator: "/").joined(separator: "/")))
    }
    return try PlannedSweep(resolved, sources: Dictionary(uniqueKeysWithValues: files))
  }

  static func decode(_ text: String) throws -> Sweep {
    try Sweep(json: try JSONValue.parse(Array(text.utf8), source: "sweep.json"), place: "sweep.json")
  }
}

extension Sweep {
  /// Ten strategies on every pool, at one budget, with three seeds.
  static let wide = Sweep(
    strategies: [
      "random", "class-balanced", "oracle-clean", "herding", "k-center", "margin", "el2n", "confident-filter",
      "target-nearest", "target-herding",
    ].map { StrategyChoice(name: $0) },
    shifts: [], budgets: [Money(50)], seeds: [0, 1, 2])

  /// The sweep with some options of its data set replaced.
  mutating func setDataset(_ options: [String: JSONValue]) {
    dataset.options = .object((dataset.options.members ?? [:]).merging(options) { $1 })
  }
}
