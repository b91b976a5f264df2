import Core
import Curation
import Datasets
import Files
package import Sweeps

/// The raw files of a sweep, as they lie on the machine that submits it: those of its data set, and those that options of
/// strategies name.
package enum SourceFiles {
  // A gzipped IDX file of the built-in data set has 26 MB; ten times that is something else.
  private static let sizeLimit = 256 << 20

  /// Reads every file, by the name that a planned sweep knows it under.
  ///
  /// Throws a ``ConfigurationError`` that says which file is missing and how to get it, or a ``DatasetError`` that says what
  /// is wrong with its content.
  package static func read(for resolved: ResolvedSweep) throws -> [String: [UInt8]] {
    var files = try strategies(of: resolved.sweep)
    for file in resolved.dataset.files {
      files[file.name] = try bytes(of: file.path, place: file.place, remedy: file.remedy)
    }
    try resolved.dataset.check(files)
    return files
  }

  /// Throws what ``read(for:)`` throws for files that are missing or unfit, without reading those that come with a data
  /// set's kind.
  package static func check(_ resolved: ResolvedSweep) throws {
    var files = try strategies(of: resolved.sweep)
    for file in resolved.dataset.files {
      if file.remedy == nil {
        files[file.name] = try bytes(of: file.path, place: file.place)
      } else {
        try checkSize(of: file.path, place: file.place, remedy: file.remedy)
      }
    }
    try resolved.dataset.check(files)
  }

  /// What a planned sweep calls the file at `path` that an option of a strategy names.
  static func strategyFileName(of path: String) -> String { "strategies: \(path)" }

  /// The files that options of strategies name (subsets chosen elsewhere, programs), by ``strategyFileName(of:)``.
  package static func strategies(of sweep: Sweep) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for choice in sweep.strategies where !choice.isMix {
      for (option, path) in try StrategyRegistry.resolve(choice).files.sorted(by: { $0.key < $1.key }) {
        files[strategyFileName(of: path)] = try bytes(of: path, place: "strategies.\(choice.name).\(option)")
      }
    }
    return files
  }

  private static func checkSize(of path: String, place: String, remedy: String?) throws {
    guard let size = FileReading.size(of: path) else {
      let directory = FileWriting.parent(of: path)
      let what =
        remedy == nil || FileReading.exists(directory)
        ? "the file \(path) is missing" : "there is no directory \(directory)"
      throw ConfigurationError(place: place, problem: what + (remedy.map { "; \($0)" } ?? ""))
    }
    guard size <= sizeLimit else {
      throw ConfigurationError(
        place: place, problem: "\(path) has \(size) bytes; files of at most \(sizeLimit) bytes are read")
    }
  }

  /// The content of a file of limited size; throws a ``ConfigurationError`` at `place` otherwise.
  private static func bytes(of path: String, place: String, remedy: String? = nil) throws -> [UInt8] {
    try checkSize(of: path, place: place, remedy: remedy)
    do { return try FileReading.bytes(of: path, limit: sizeLimit) } catch let error as FileError {
      throw ConfigurationError(place: place, problem: error.description)
    }
  }
}
