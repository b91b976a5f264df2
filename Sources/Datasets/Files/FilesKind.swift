package import Core
import Samples

/// The row of data sets that people bring along: images or vectors in files, described by a manifest.
package struct FilesKind: DatasetKind {
  package static let name = "files"

  package init() {}

  package var name: String { Self.name }
  package var readsMappedFiles: Bool { true }
  package var summary: Words {
    Words(
      english: "your own images or vectors, described by a manifest (\"dataset\": \"mine.json\")",
      japanese: "手元の画像やベクトル。マニフェストで記述します（\"dataset\": \"mine.json\"）")
  }

  package var worldOptions: Set<String> { ["name", "directory", "manifest"] }

  package func dataset(options: JSONValue, place: String) throws -> any Dataset {
    try FilesDataset(options: options, place: place)
  }

  package func build(_ request: PartRequest, context: TaskContext) throws -> PartOutput {
    var parameters = try StrictObject(request.parameters, place: "part task")
    guard let kind = try parameters.choice("part", FilesPartKind.self) else {
      throw parameters.error("part", "the key is missing")
    }
    try context.proceed(0)
    let builder = FilesBuilder(request: request, context: context)
    switch kind {
    case .block: return try builder.block(parameters)
    case .representation: return try builder.representation(parameters)
    case .pool: return try builder.pool(parameters)
    case .evaluation: return try builder.evaluation(parameters)
    case .deployment: return try builder.deployment(parameters)
    case .set: return try builder.set(parameters)
    }
  }
}
