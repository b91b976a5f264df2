import Core
package import Datasets
package import Sweeps

/// A data set of a sweep, found in the table.
package struct ResolvedDataset: Sendable {
  /// Its options completed.
  package let choice: DatasetChoice
  package let dataset: any Dataset
  package let description: DatasetDescription
}

/// The data sets of a sweep: one, or several that differ in nothing but their world and their draw.
struct ResolvedDatasets {
  let all: [ResolvedDataset]
  /// What a planned sweep calls each raw file: a data set after the first has its own name for a file that lies elsewhere.
  let fileNames: [[String: String]]

  /// Throws a ``ConfigurationError`` for data sets that cannot stand beside each other in one sweep.
  ///
  /// - Parameter licences: of the samples that may be used; empty for any.
  init(_ choices: [DatasetChoice], licences: [String] = [], tables: Tables) throws {
    var found: [ResolvedDataset] = []
    for (index, choice) in choices.enumerated() {
      let place = Self.place(index, of: choices.count)
      let dataset = try tables.dataset(choice, place: place).allowing(licences)
      let description = dataset.description
      if let mismatch = found.first.flatMap({ $0.description.mismatch(with: description) }) {
        throw ConfigurationError(
          place: place, problem: "results on it cannot stand beside those on the first data set: \(mismatch)")
      }
      found.append(
        ResolvedDataset(
          choice: DatasetChoice(kind: choice.kind, options: dataset.options), dataset: dataset,
          description: description))
    }
    fileNames = Self.fileNames(found)
    guard choices.count > 1 else {
      all = found
      return
    }
    let variants = try Self.variants(found, tables.dataset(choices[0].kind, place: "dataset.kind"))
    for (index, (asked, variant)) in zip(choices, variants).enumerated() {
      guard let stated = asked.variant, stated != variant else { continue }
      throw ConfigurationError(
        place: "\(Self.place(index, of: choices.count)).variant",
        problem: "it follows from the options, which say \(variant.label); leave the key out")
    }
    all = zip(found, variants).map { resolved, variant in
      var choice = resolved.choice
      choice.variant = variant
      return ResolvedDataset(choice: choice, dataset: resolved.dataset, description: resolved.description)
    }
  }

  private static func place(_ index: Int, of count: Int) -> String { count == 1 ? "dataset" : "dataset[\(index)]" }

  /// What tells the data sets apart. Throws when it is something else than world and draw, or nothing.
  private static func variants(_ found: [ResolvedDataset], _ kind: any DatasetKind) throws -> [DatasetVariant] {
    let own = kind.worldOptions.union([kind.drawOption].compactMap { $0 })
    let options = found.map { $0.choice.options.members ?? [:] }
    for (index, members) in options.enumerated() {
      let keys = Set(members.keys).union(options[0].keys).subtracting(own).sorted()
      guard let other = keys.first(where: { members[$0] != options[0][$0] }) else { continue }
      throw ConfigurationError(
        place: "dataset[\(index)].\(other)",
        problem: "the data sets of a sweep differ in nothing but "
          + "\(own.sorted().map { "\"\($0)\"" }.joined(separator: " and ")); give another sweep to this one")
    }
    let worlds = found.map(\.dataset.world)
    let draws = options.map { members in kind.drawOption.flatMap { members[$0]?.int } ?? 0 }
    var known: Set<DatasetVariant> = []
    for (index, (world, draw)) in zip(worlds, draws).enumerated()
    where !known.insert(DatasetVariant(world: world, draw: draw)).inserted {
      throw ConfigurationError(place: "dataset[\(index)]", problem: "\(world), draw \(draw) is listed twice")
    }
    let (isOneWorld, isOneDraw) = (Set(worlds).count == 1, Set(draws).count == 1)
    return zip(worlds, draws).map { DatasetVariant(world: isOneWorld ? nil : $0, draw: isOneDraw ? nil : $1) }
  }

  private static func fileNames(_ found: [ResolvedDataset]) -> [[String: String]] {
    var owners: [String: [String: Int]] = [:]
    var first: [String: Int] = [:]
    return found.enumerated().map { index, resolved in
      Dictionary(
        resolved.dataset.files.map { file in
          let owner = owners[file.name]?[file.path] ?? index
          owners[file.name, default: [:]][file.path] = owner
          if first[file.name] == nil { first[file.name] = index }
          return (file.name, first[file.name] == owner ? file.name : "\(file.name) of data set \(owner + 1)")
        }
      ) { name, _ in name }
    }
  }
}
