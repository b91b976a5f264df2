import Core
import Datasets
import Files
import Foundation

/// The manifest of a data set in a file.
enum ManifestFile {
  static let sizeLimit = 64 << 20

  /// Reads and checks a manifest. Throws a ``ConfigurationError`` or a `FileError`.
  static func read(_ path: String) throws -> (manifest: DatasetManifest, directory: String) {
    let json = try JSONValue.parse(try InputFile.bytes(of: path, limit: sizeLimit), source: path)
    return (try DatasetManifest(json: json, place: path), directory(of: path))
  }

  /// What stands under `dataset` of a sweep for the manifest at `path`.
  ///
  /// - Parameter name: what a sweep of several data sets calls it.
  static func dataset(_ path: String, name: String? = nil) throws -> JSONValue {
    let (manifest, directory) = try read(path)
    var members: [String: JSONValue] = [
      "kind": .string(FilesKind.name), "directory": .string(directory), "manifest": manifest.json,
    ]
    members["name"] = name.map { .string($0) }
    return .object(members)
  }

  /// The absolute directory that the paths of a manifest are relative to.
  static func directory(of path: String) -> String {
    let isFile = path != "-" && !path.hasPrefix("/dev/")
    return URL(fileURLWithPath: isFile ? FileWriting.parent(of: path) : ".").standardizedFileURL.path
  }

  /// A path of a manifest that lies in `directory`.
  static func absolute(_ path: String, in directory: String) -> String {
    path.hasPrefix("/") ? path : "\(directory)/\(path)"
  }
}
