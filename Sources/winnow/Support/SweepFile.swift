import Core
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
    let sweep =
      json["cluster"] == nil && json["sweep"] == nil
      ? try Sweep(json: json, place: path)
      : try Sweep(json: json["sweep"] ?? .object([:]), place: "\(path): sweep")
    return try ResolvedSweep(sweep, catalogue: .winnow)
  }
}
