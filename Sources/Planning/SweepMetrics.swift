import Datasets
import Samples
package import Sweeps
import Utilities

extension ExpandedSweep {
  /// Every metric that the sweep's trials can have.
  package var metrics: MetricCatalogue { UtilityTable.builtIn.catalogue(for: sweep.description) }
}

extension Sweep {
  /// As much of the data set's description as metrics are made of.
  fileprivate var description: DatasetDescription {
    let roles: [(String, Set<PartRole>)] = [
      ("expert", [.pool, .reference]), ("evaluation", [.evaluation]), ("deployment", [.deployment, .target]),
    ]
    return DatasetDescription(
      kind: dataset.builtIn, classes: FashionPlusPlus.classNames, shape: .image(height: 28, width: 28, channels: 1),
      parts: roles.map { PartDescription(name: $0, roles: $1, version: 1) },
      pools: [], corruptions: CorruptionKind.things, severities: CorruptionKind.severities,
      transfer: TransferTasks.things,
      sets: dataset.evaluationSets.map {
        SetDescription(name: $0.name, part: $0.metric, meaning: $0.meaning.labelMeaning)
      })
  }
}

extension EvaluationSetChoice.Labels {
  fileprivate var labelMeaning: LabelMeaning {
    switch self {
    case .classes: .classes
    case .task: .task
    case .mask(let classes): .mask(classes)
    case .map(let labels): .map(labels)
    }
  }
}
