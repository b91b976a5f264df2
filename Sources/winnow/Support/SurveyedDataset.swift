import Core
import Datasets
import Files
import Formats
import Numerics

/// Reads every file of a manifest on this machine and says what is in it.
enum SurveyedDataset {
  private static let fileLimit = 2 << 30

  /// Surveys every source of `manifest` but those whose surveys are `known`, with progress on standard error. Throws what
  /// cannot be read at all.
  static func inspection(
    of manifest: DatasetManifest, in directory: String, known: [String: SourceSurvey] = [:],
    near: [String: DatasetInspection.NearFindings] = [:]
  ) throws -> DatasetInspection {
    let named = DatasetInspection.named(manifest)
    let total = named.reduce(0) { $0 + $1.source.paths.count }
    let bar = ProgressBar("files")
    defer { bar.clear() }
    var done = 0
    try checkPresence(named, in: directory)
    var surveys = known
    for (name, source) in named where known[name] == nil {
      bar.show(done: done, of: total, name)
      surveys[name] = try survey(
        of: source, rule: manifest.samples, in: directory, name: name,
        classCount: manifest.classes.count, pool: manifest.pools.first { $0.name == name })
      done += source.paths.count
    }
    return DatasetInspection(manifest, surveys: surveys, near: near)
  }

  /// Throws one error for all files that are missing, because downloads of a thousand shards lack some.
  private static func checkPresence(_ named: [(name: String, source: ManifestSource)], in directory: String) throws {
    let missing = named.flatMap { name, source in
      source.paths.filter { !FileReading.exists(ManifestFile.absolute($0, in: directory)) }.map { "\(name): \($0)" }
    }
    guard !missing.isEmpty else { return }
    throw CommandError(
      "\(missing.count) files are missing: \(missing.prefix(10).joined(separator: ", "))\(missing.count > 10 ? ", …" : ""); "
        + "where they cannot be had, list what is there: \"path\": [\"{00000..00472}.tar\", \"{00474..01386}.tar\"]")
  }

  static func survey(
    of source: ManifestSource, rule: SampleRule, in directory: String, name: String,
    classCount: Int? = nil, pool: ManifestPool? = nil, sample: (SurveyedSample) throws -> Void = { _ in }
  ) throws -> SourceSurvey {
    var survey = SourceSurvey()
    for (number, path) in source.paths.enumerated() {
      let path = ManifestFile.absolute(path, in: directory)
      let labels =
        number < source.labelPaths.count ? ManifestFile.absolute(source.labelPaths[number], in: directory) : nil
      do {
        try survey.add(
          try content(of: path, source.format, fields: pool?.fieldNames ?? []),
          labels: try labels.map { try FileReading.bytes(of: $0, limit: fileLimit) },
          of: source, rule: rule, classCount: classCount,
          origin: try pool.flatMap { pool in
            try PoolOrigin(pool, number: number) {
              try FileReading.bytes(of: ManifestFile.absolute($0, in: directory), limit: fileLimit)
            }
          }, sample: sample)
      } catch let error as DatasetError {
        throw CommandError("\(name): \(path): \(error)")
      }
    }
    return survey
  }

  /// - Parameter fields: columns of a folder's table that go along; nil for all.
  static func content(of path: String, _ format: SourceFormat, fields: Set<String>? = []) throws -> SurveyedFile {
    if format != .folder, let size = FileReading.size(of: path), size > fileLimit {
      throw FileError(path, "the file has \(size) bytes; at most \(fileLimit) are read, so cut it into several")
    }
    switch format {
    case .folder:
      return .pictures(
        try ScratchFile { put in try FolderArchive.write(path, fields: fields, limit: fileLimit, put) })
    case .tar, .parquet: return .pictures(try ScratchFile(holding: path))
    case .array, .cifar10, .cifar100:
      return try MappedFile(path).map { .array($0) } ?? .held(FileReading.bytes(of: path, limit: fileLimit))
    }
  }
}
