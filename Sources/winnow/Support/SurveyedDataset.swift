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
    of manifest: DatasetManifest, in directory: String, known: [String: SourceSurvey] = [:]
  ) throws -> DatasetInspection {
    let named = DatasetInspection.named(manifest)
    let total = named.reduce(0) { $0 + $1.source.paths.count }
    let bar = ProgressBar("files")
    defer { bar.clear() }
    var done = 0
    var surveys = known
    for (name, source) in named where known[name] == nil {
      bar.show(done: done, of: total, name)
      surveys[name] = try survey(of: source, rule: manifest.samples, in: directory, name: name)
      done += source.paths.count
    }
    return DatasetInspection(manifest, surveys: surveys)
  }

  static func survey(
    of source: ManifestSource, rule: SampleRule, in directory: String, name: String
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
          of: source, rule: rule)
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
