import Core
import Curation
import Datasets
import Files
package import Sweeps

/// The raw files of a sweep, as they lie on the machine that submits it: those of its data set, and those that options of
/// strategies and models name.
package enum SourceFiles {
  // A gzipped IDX file of the built-in data set has 26 MB; ten times that is something else.
  private static let sizeLimit = 256 << 20
  /// A file of somebody's own samples is one block of work: what is larger is to be cut into several.
  private static let blockLimit = 2 << 30

  /// Reads every file and answers what `use` makes of each, by the name that a planned sweep knows it under. Files that are
  /// not checked are read where they lie.
  ///
  /// Throws a ``ConfigurationError`` that says which file is missing and how to get it, a ``DatasetError`` that says what is
  /// wrong with its content, and what `use` throws.
  package static func read<Value>(
    for resolved: ResolvedSweep, _ use: (SourceContent) throws -> Value
  ) throws -> [String: Value] {
    let files = resolved.files
    var checked = try strategies(of: resolved.sweep).merging(try models(of: resolved)) { $1 }
    for file in files where file.isChecked {
      checked[file.name] = try bytes(of: file.path, place: file.place, remedy: file.remedy)
    }
    try check(checked, of: resolved)
    var values = try checked.mapValues { try use(SourceContent($0)) }
    for file in files where !file.isChecked { values[file.name] = try use(try content(of: file)) }
    for place in try answers(of: resolved) {
      guard let answers = try place.read() else { continue }
      values[place.name] = try use(SourceContent(answers.archive))
    }
    return values
  }

  /// Throws what ``read(for:)`` throws for files that are missing or unfit, without reading those that come with a data
  /// set's kind.
  package static func check(_ resolved: ResolvedSweep) throws {
    var files = try strategies(of: resolved.sweep).merging(try models(of: resolved)) { $1 }
    let all = resolved.files
    try checkPresence(ofAll: all.filter { !$0.isChecked })
    for file in all {
      if !file.isChecked {
        try checkPresence(of: file)
      } else if file.remedy == nil {
        files[file.name] = try bytes(of: file.path, place: file.place)
      } else {
        try checkSize(of: file.path, place: file.place, remedy: file.remedy)
      }
    }
    try check(files, of: resolved)
  }

  /// Hands each data set the contents of its files, under its own names for them.
  private static func check(_ contents: [String: [UInt8]], of resolved: ResolvedSweep) throws {
    for (dataset, names) in zip(resolved.datasets, resolved.fileNames) {
      try dataset.dataset.check(
        Dictionary(uniqueKeysWithValues: names.compactMap { name, planned in contents[planned].map { (name, $0) } }))
    }
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

  /// What a planned sweep calls the file at `path` that an option of a model names.
  static func modelFileName(of path: String) -> String { "models: \(path)" }

  /// The files that options of models name, by ``modelFileName(of:)``.
  private static func models(of resolved: ResolvedSweep) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for choice in resolved.sweep.models {
      for (option, path) in resolved.models[choice]!.model.files.sorted(by: { $0.key < $1.key }) {
        files[modelFileName(of: path)] = try bytes(of: path, place: "models.\(choice.name).\(option)")
      }
    }
    return files
  }

  /// What travels: a file as it is, a directory as one archive of its files.
  private static func content(of file: SourceFile) throws -> SourceContent {
    try checkPresence(of: file)
    do {
      return file.isDirectory
        ? try SourceContent.archive(ofDirectory: file.path, fields: file.fields, limit: blockLimit)
        : try SourceContent.file(file.path, limit: blockLimit)
    } catch let error as FileError {
      throw ConfigurationError(place: file.place, problem: error.description)
    }
  }

  /// Throws one error for all files that are missing, because downloads of a thousand shards lack some.
  private static func checkPresence(ofAll files: [SourceFile]) throws {
    let missing = files.filter { !FileReading.exists($0.path) }
    guard missing.count > 1 else { return }
    let listed = missing.prefix(10).map(\.path).joined(separator: ", ") + (missing.count > 10 ? ", …" : "")
    throw ConfigurationError(
      place: missing[0].place,
      problem: "\(missing.count) files are missing: \(listed); \(gapAdvice)")
  }

  private static let gapAdvice =
    "where they cannot be had, list what is there: \"path\": [\"{00000..00472}.tar\", \"{00474..01386}.tar\"]"

  private static func checkPresence(of file: SourceFile) throws {
    guard FileReading.exists(file.path) else {
      throw ConfigurationError(
        place: file.place,
        problem: file.isDirectory
          ? "the directory \(file.path) is missing" : "the file \(file.path) is missing; \(gapAdvice)")
    }
    guard FileReading.isDirectory(file.path) == file.isDirectory else {
      let problem = file.isDirectory ? "is no directory, as its format says" : "is a directory; end its path with /"
      throw ConfigurationError(place: file.place, problem: "\(file.path) \(problem)")
    }
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
