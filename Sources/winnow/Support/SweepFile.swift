import Core
import Foundation
import Runtime
import Sweeps

/// Reads a sweep from a file: the sweep itself, or a cluster file that holds one under `sweep`.
enum SweepFile {
  private static let sizeLimit = 4 << 20

  /// The built-in sweep when `path` is nil. Throws a ``ConfigurationError`` for a file that cannot be read, is no JSON
  /// or holds a mistake.
  static func read(_ path: String?) throws -> Sweep {
    guard let path else { return .builtIn }
    let json = try JSONValue.parse(try bytes(of: path), source: path)
    let sweep =
      json["cluster"] == nil && json["sweep"] == nil
      ? try Sweep(json: json, place: path)
      : try Sweep(json: json["sweep"] ?? .object([:]), place: "\(path): sweep")
    try ExpandedSweep.validate(sweep)
    return sweep
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw ConfigurationError(place: path, problem: "there is no such file")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(place: path, problem: "the file cannot be read; check its permissions")
    }
    guard data.count <= sizeLimit else {
      throw ConfigurationError(
        place: path, problem: "a sweep file has at most \(sizeLimit) bytes, this has \(data.count)")
    }
    return Array(data)
  }
}
