package import Core
import Curation
import Numerics
package import Sweeps

/// A sweep together with the raw data it was planned on: what the store keeps, and all that a resume needs.
package struct ExpandedSweep: Sendable {
  package let sweep: Sweep
  /// Digests of the raw files, by name.
  package let sources: [String: Digest]
  package let graph: TaskGraph

  /// Expands `sweep`. Throws a ``ConfigurationError`` for a strategy, option or kernel name that does not exist.
  package init(_ sweep: Sweep, sources: [String: Digest]) throws {
    self.sweep = sweep
    self.sources = sources
    try Self.validate(sweep)
    graph = try TaskGraph(sweep, sources: sources, versions: Self.versions) { point in
      point.strategy.isMix
        ? try MixParameters(point: point, sweep: sweep).plan() : try TrialParameters(point: point, sweep: sweep).plan()
    }
  }

  private static let versions = TaskVersions(dataset: 3, measure: 3)

  /// Names the planned sweep by its content.
  package var id: Digest { Digest(of: json.canonical) }

  /// What the store keeps of it.
  package var json: JSONValue {
    ["sweep": sweep.json, "sources": .object(sources.mapValues { .string($0.description) })]
  }

  /// Plans again what ``json`` describes.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    let sweep = try Sweep(json: try object.require("sweep"), place: object.path("sweep"))
    let sources = (object.value("sources")?.members ?? [:]).compactMapValues { $0.text.flatMap { Digest($0) } }
    try object.finish()
    try self.init(sweep, sources: sources)
  }

  /// Throws for everything that would only come out when a task fails.
  package static func validate(_ sweep: Sweep) throws {
    var known: [StrategyChoice: String] = [:]
    for choice in sweep.strategies {
      let complete = try validated(choice, of: sweep)
      if let first = known.updateValue(choice.label, forKey: complete) {
        throw ConfigurationError(
          place: "strategies", problem: "\(first) and \(choice.label) mean the same; leave one of the two out")
      }
    }
    guard let core = sweep.numericsCore else { return }
    let cores = OpenBLASCore.allCases.map(\.rawValue)
    guard cores.contains(core) else {
      throw ConfigurationError(place: "numerics.core", problem: Suggestion.unknown(core, among: cores))
    }
  }

  /// The choice with every default written out; files stand for themselves by their paths.
  private static func validated(_ choice: StrategyChoice, of sweep: Sweep) throws -> StrategyChoice {
    guard choice.isMix else {
      let strategy = try StrategyRegistry.resolve(choice)
      return StrategyChoice(name: choice.name, options: strategy.options)
    }
    let mix = try Mix(choice, shifts: sweep.shifts, known: FashionPlusPlus.shifts)
    guard !sweep.sizing.contains(.equalItems) else {
      throw ConfigurationError(
        place: "sizing",
        problem: "\(choice.name) splits money between shifts whose images cost differently, so it has no place under "
          + "equal-items; leave one of the two out")
    }
    return mix.completeChoice
  }
}
