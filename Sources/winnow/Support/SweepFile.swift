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
    guard var members = request.members, let manifest = members["dataset"]?.text else { return request }
    let directory = path == "-" || path.hasPrefix("/dev/") ? "" : FileWriting.parent(of: path)
    let isRelative = !manifest.hasPrefix("/") && !directory.isEmpty
    members["dataset"] = try ManifestFile.dataset(isRelative ? "\(directory)/\(manifest)" : manifest)
    return .object(members)
  }
}
