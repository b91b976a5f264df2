import Core
import Files
import Planning
import Sweeps

/// Reads a sweep from a file: the sweep itself, or a cluster file that holds one under `sweep`.
enum SweepFile {
  private static let sizeLimit = 4 << 20

  /// The built-in sweep when `path` is nil. Throws a ``ConfigurationError`` for a file that cannot be read, is no JSON
  /// or holds a mistake: all that would only come out when a task fails.
  static func read(_ path: String?) throws -> ResolvedSweep {
    guard let path else { return try ResolvedSweep(.builtIn, catalogue: .winnow) }
    let json = try JSONValue.parse(try InputFile.bytes(of: path, limit: sizeLimit), source: path)
    let isCluster = json["cluster"] != nil || json["sweep"] != nil
    let request = isCluster ? json["sweep"] ?? [:] : json
    let place = isCluster ? "\(path): sweep" : path
    let sweep = try Sweep(json: try withManifest(request, of: path, place: place), place: place)
    return try ResolvedSweep(sweep, catalogue: .winnow)
  }

  /// The request with the manifest itself in the place of its path, which is relative to the sweep's own file: from here on
  /// nobody opens it.
  private static func withManifest(_ request: JSONValue, of path: String, place: String) throws -> JSONValue {
    guard var members = request.members, let dataset = members["dataset"] else { return request }
    let directory = path == "-" || path.hasPrefix("/dev/") ? "" : FileWriting.parent(of: path)
    func read(_ manifest: String, name: String?) throws -> JSONValue {
      let isRelative = !manifest.hasPrefix("/") && !directory.isEmpty
      return try ManifestFile.dataset(isRelative ? "\(directory)/\(manifest)" : manifest, name: name)
    }
    if let manifest = dataset.text {
      members["dataset"] = try read(manifest, name: nil)
    } else if let elements = dataset.elements {
      // Of several, each goes by its path as the sweep's author wrote it.
      members["dataset"] = .array(
        try elements.map { element in
          try element.text.map { try read($0, name: elements.count > 1 ? $0 : nil) } ?? element
        })
    }
    return .object(members)
  }
}
