import Core
import Economics
import Samples
import Sweeps

/// A data set of somebody's own files, as a manifest describes it.
struct FilesDataset: Dataset {
  let manifest: DatasetManifest
  /// The directory that the manifest's paths are relative to.
  let directory: String

  /// What a sweep says: `{"kind": "files", "directory": PATH, "manifest": {…}}`. The command line puts that in the place of
  /// a manifest's path, so that nobody else opens the manifest.
  var options: JSONValue { ["directory": .string(directory), "manifest": manifest.json] }

  init(options: JSONValue, place: String) throws {
    var object = try StrictObject(options, place: place)
    directory = try object.string("directory") ?? ""
    manifest = try DatasetManifest(json: try object.require("manifest"), place: object.path("manifest"))
    try object.finish()
  }

  var files: [SourceFile] {
    FilesParts(manifest).blocks.flatMap { block in
      let place = "dataset.manifest.\(block.owner)"
      let data = SourceFile(
        name: block.dataFile, path: path(block.source.paths[block.number]), place: place, isChecked: false,
        isDirectory: block.source.format == .folder)
      guard block.number < block.source.labelPaths.count else { return [data] }
      return [
        data,
        SourceFile(
          name: block.labelFile, path: path(block.source.labelPaths[block.number]), place: place, isChecked: false),
      ]
    }
  }

  private func path(_ path: String) -> String {
    path.hasPrefix("/") || directory.isEmpty ? path : "\(directory)/\(path)"
  }

  /// Files are looked at where they are decoded, block by block.
  func check(_ contents: [String: [UInt8]]) throws {}

  var description: DatasetDescription {
    let parts = FilesParts(manifest)
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
      votes: label == .labelCrowd ? votes : 1, words: words)
  }

  private var words: Words {
    let origin = FilesRemarks.origins[labels]!
    return Words(english: "images of “\(name)”, \(origin.english)", japanese: "「\(name)」の画像（\(origin.japanese)）")
  }
}
