import Core
import Datasets
import Files
import Formats

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
        classCount: manifest.classes.count)
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
    classCount: Int? = nil, sample: (SurveyedSample) throws -> Void = { _ in }
  ) throws -> SourceSurvey {
    var survey = SourceSurvey()
    for (number, path) in source.paths.enumerated() {
      let path = ManifestFile.absolute(path, in: directory)
      let labels =
        number < source.labelPaths.count ? ManifestFile.absolute(source.labelPaths[number], in: directory) : nil
      do {
        try survey.add(
          try content(of: path, source.format),
          labels: try labels.map { try FileReading.bytes(of: $0, limit: fileLimit) },
          of: source, rule: rule, classCount: classCount, sample: sample)
      } catch let error as DatasetError {
        throw CommandError("\(name): \(path): \(error)")
      }
    }
    return survey
  }

  static func content(of path: String, _ format: SourceFormat) throws -> [UInt8] {
    guard format == .folder else { return try FileReading.bytes(of: path, limit: fileLimit) }
    return try FolderArchive.bytes(of: path, limit: fileLimit)
  }
}
