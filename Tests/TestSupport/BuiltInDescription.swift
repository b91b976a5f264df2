package import Datasets
import Samples

extension DatasetDescription {
  /// As much of the built-in data set as metrics are made of.
  package static func builtIn(sets: [SetDescription] = []) -> DatasetDescription {
    let parts: [(String, Set<PartRole>)] = [
      ("expert", [.pool, .reference]), ("evaluation", [.evaluation]), ("deployment", [.deployment, .target]),
    ]
    return DatasetDescription(
      kind: "fashion++", classes: (0..<10).map { "class \($0)" }, shape: .image(height: 28, width: 28, channels: 1),
      parts: parts.map { PartDescription(name: $0, roles: $1, version: 1) }, pools: [],
      corruptions: CorruptionKind.things, severities: CorruptionKind.severities, transfer: TransferTasks.things,
      sets: sets)
  }
}
