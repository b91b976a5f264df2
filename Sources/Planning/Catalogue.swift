import Core
import Curation
package import Datasets
package import Models
package import Sweeps
package import Utilities

/// The tables of what can be computed: data sets, models, utilities. A row more is a value more.
package struct Tables: Sendable {
  package var datasets: [any DatasetKind]
  package var models: [any ModelFamily]
  package var utilities: UtilityTable

  package init(
    datasets: [any DatasetKind] = DatasetKinds.builtIn, models: [any ModelFamily] = ModelFamilies.builtIn,
    utilities: UtilityTable = .builtIn
  ) {
    self.datasets = datasets
    self.models = models
    self.utilities = utilities
  }

  /// The kind of data set called `name`. Throws a ``ConfigurationError`` at `place` when there is none.
  package func dataset(_ name: String, place: String) throws -> any DatasetKind {
    try row(datasets, name, \.name, place: place)
  }

  /// The data set that a sweep asks for at `place`. Throws a ``ConfigurationError``.
  package func dataset(_ choice: DatasetChoice, place: String = "dataset") throws -> any Dataset {
    try dataset(choice.kind, place: "\(place).kind").dataset(options: choice.options, place: place)
  }

  /// The model that `choice` names, its options read. Throws a ``ConfigurationError``.
  package func model(_ choice: ModelChoice) throws -> any Model {
    try row(models, choice.name, \.name, place: "models").model(
      options: choice.options, place: "model \(choice.name)")
  }

  package func family(_ name: String) throws -> any ModelFamily {
    try row(models, name, \.name, place: "models")
  }

  /// Whether a network of the model that was not kept can be had again by training it again; false for models that no table has.
  package func trainsAgain(_ choice: ModelChoice) -> Bool { (try? family(choice.name))?.trainsAgain ?? false }

  /// What reports say of a sweep. Throws a ``ConfigurationError`` when no table has its data set.
  package func wording(of sweep: Sweep) throws -> SweepWording {
    let description = try dataset(sweep.dataset).description
    return SweepWording(
      metrics: utilities.catalogue(for: description), strategies: StrategyRegistry.catalogue,
      reference: description.part(for: .reference)?.name, field: description.part(for: .field)?.name,
      pools: description.poolWords, origins: description.provenances, words: description.words)
  }

  private func row<Row>(_ rows: [Row], _ name: String, _ key: (Row) -> String, place: String) throws -> Row {
    guard let row = rows.first(where: { key($0) == name }) else {
      throw ConfigurationError(place: place, problem: Suggestion.unknown(name, among: rows.map(key)))
    }
    return row
  }
}

/// All four tables: what can be computed, and the kinds of tasks that compute it. Whoever names a row gets it from here.
package struct Catalogue: Sendable {
  package let tables: Tables
  package let tasks: [any TaskKind]

  package init(tables: Tables, tasks: [any TaskKind]) {
    self.tables = tables
    self.tasks = tasks
  }

  /// The kind of task called `name`; nil when there is none.
  package func task(_ name: TaskKindName) -> (any TaskKind)? { tasks.first { $0.name == name } }
}
