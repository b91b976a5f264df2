import Core
import Economics
import Samples
import Sweeps

/// A data set of somebody's own files, as a manifest describes it.
struct FilesDataset: Dataset {
  let manifest: DatasetManifest
  /// The directory that the manifest's paths are relative to.
  let directory: String
  /// What a sweep of several manifests calls this one; nil in a sweep of one.
  let name: String?
  /// The licences that a sweep allows, where samples have licences of their own; empty for any. What the data set is does not
  /// depend on it, so it is no option.
  private var licences: [String] = []

  func allowing(_ licences: [String]) -> any Dataset {
    var limited = self
    limited.licences = licences
    return limited
  }

  /// What a sweep says: `{"kind": "files", "directory": PATH, "manifest": {…}}`. The command line puts that in the place of
  /// a manifest's path, so that nobody else opens the manifest.
  var options: JSONValue {
    var members: [String: JSONValue] = ["directory": .string(directory), "manifest": manifest.json]
    members["name"] = name.map { .string($0) }
    return .object(members)
  }

  var world: String { name ?? directory }

  init(options: JSONValue, place: String) throws {
    var object = try StrictObject(options, place: place)
    directory = try object.string("directory") ?? ""
    name = try object.string("name")
    manifest = try DatasetManifest(json: try object.require("manifest"), place: object.path("manifest"))
    try object.finish()
  }

  var files: [SourceFile] {
    func file(_ name: String, _ path: String) -> [SourceFile] {
      [SourceFile(name: name, path: self.path(path), place: "dataset.manifest.representation", isChecked: false)]
    }
    let representation =
      switch manifest.representation {
      case .program(let path, _, _): file(FilesParts.program, path)
      case .network(let path, _, _): file(FilesParts.network, path)
      case .builtIn, .file: [SourceFile]()
      }
    return representation + FilesParts(manifest).blocks.flatMap(files(of:))
  }

  private func files(of block: FilesParts.Block) -> [SourceFile] {
    let place = "dataset.manifest.\(block.owner)"
    let data = SourceFile(
      name: block.dataFile, path: path(block.source.paths[block.number]), place: place, isChecked: false,
      isDirectory: block.source.format == .folder, fields: block.origins?.fieldNames ?? [])
    func beside(_ name: String, _ paths: [String]?) -> [SourceFile] {
      guard let paths, block.number < paths.count else { return [] }
      return [SourceFile(name: name, path: path(paths[block.number]), place: place, isChecked: false)]
    }
    let features = block.features == nil ? nil : block.source.features
    return [data] + beside(block.labelFile, block.source.labelPaths)
      + beside(block.featureFile, features?.paths) + beside(block.keyFile, features?.keyPaths)
      + beside(block.licenceFile, block.pool?.licenceField?.paths)
      + beside(block.syntheticFile, block.pool?.syntheticField?.paths)
  }

  private func path(_ path: String) -> String {
    path.hasPrefix("/") || directory.isEmpty ? path : "\(directory)/\(path)"
  }

  /// Counts samples by headers and listings. The deployment's sets are one part.
  func sizes() throws -> DatasetSizes? {
    var counts: [String: (samples: Int, bytes: Int, wholeFileBytes: Int)] = [:]
    for (name, source) in DatasetInspection.named(manifest) {
      let part = NamedSource(rawValue: name)?.part.rawValue ?? name
      let count = try SourceCount(source, rule: manifest.samples) { path($0) }
      counts[part, default: (0, 0, 0)].samples += count.samples
      counts[part]!.bytes += count.bytes
      counts[part]!.wholeFileBytes = max(counts[part]!.wholeFileBytes, count.wholeFileBytes)
    }
    let size = manifest.samples.shape.size
    let features =
      switch manifest.representation {
      case .builtIn: manifest.samples.isImage ? FixedRepresentation.dimension : size
      case .file(let width), .program(_, let width, _), .network(_, let width, _): width
      }
    return DatasetSizes(
      sources: counts.sorted { $0.key < $1.key }.map {
        DatasetSizes.Source(
          part: $0.key, samples: $0.value.samples, fileBytes: $0.value.bytes, wholeFileBytes: $0.value.wholeFileBytes)
      }, sampleBytes: manifest.samples.isImage ? size : 4 * size, featureBytes: 4 * features,
      corruptedSamples: manifest.corruptionImages)
  }

  /// Files are looked at where they are decoded, block by block.
  func check(_ contents: [String: [UInt8]]) throws {}

  var description: DatasetDescription {
    let parts = FilesParts(manifest, licences: licences)
    let hasCorruptions = manifest.corruptionImages > 0
    return DatasetDescription(
      kind: FilesKind.name, classes: manifest.classes.map(\.name), shape: manifest.samples.shape,
      parts: parts.descriptions, pools: manifest.pools.map(\.description),
      corruptions: hasCorruptions ? CorruptionKind.things : [],
      severities: hasCorruptions ? CorruptionKind.severities : 0,
      sets: manifest.sets.map { SetDescription(name: $0.name, part: FilesParts.part(of: $0), meaning: $0.meaning) },
      words: FilesRemarks.words)
  }
}

extension ManifestPool {
  /// What planner, ledger and report know of it.
  fileprivate var description: PoolDescription {
    PoolDescription(
      name: name, supply: Supply(obtain: obtain, label: label, reference: reference),
      votes: label == .labelCrowd ? votes : 1, provenance: provenance, words: words)
  }

  private var words: Words {
    let origin = FilesRemarks.origins[labels]!
    return Words(english: "images of “\(name)”, \(origin.english)", japanese: "「\(name)」の画像（\(origin.japanese)）")
  }
}
