import Core
import Datasets
import Numerics
import Samples
import Utilities

/// Finds samples that are nearly the same in a data set's features: within pools, and between pools and the sets that they are
/// measured on.
struct NearDuplicateSearch {
  /// Pictures of the reference that the representation is learnt from.
  private static let learnt = 2_000

  private let manifest: DatasetManifest
  private let directory: String

  init(_ manifest: DatasetManifest, in directory: String) { (self.manifest, self.directory) = (manifest, directory) }

  /// The sources that are looked at: pools, and what they are measured on.
  private var sources: [(name: String, source: ManifestSource)] {
    let names = Set(manifest.pools.map(\.name) + DatasetInspection.measuredOn)
    return DatasetInspection.named(manifest).filter { names.contains($0.name) }
  }

  /// What was found, with the surveys of the sources that were read for it.
  func findings() throws -> (near: [String: DatasetInspection.NearFindings], surveys: [String: SourceSurvey]) {
    let representation = try representation()
    guard representation != nil || !manifest.samples.isImage else { return ([:], [:]) }
    let bar = ProgressBar("files")
    defer { bar.clear() }
    var surveys: [String: SourceSurvey] = [:]
    var features: [String: RowTable] = [:]
    let total = sources.reduce(0) { $0 + $1.source.paths.count }
    var done = 0
    for (name, source) in sources {
      bar.show(done: done, of: total, name)
      var rows = try SurveyFeatures(manifest.samples, representation)
      surveys[name] = try SurveyedDataset.survey(
        of: source, rule: manifest.samples, in: directory, name: name,
        classCount: manifest.classes.count, pool: manifest.pools.first { $0.name == name }
      ) {
        try rows.add($0)
      }
      features[name] = try rows.finished()
      done += source.paths.count
    }
    bar.show(done: total, of: total, "near-duplicates")
    return (try near(features, surveys), surveys)
  }

  private func near(
    _ features: [String: RowTable], _ surveys: [String: SourceSurvey]
  ) throws -> [String: DatasetInspection.NearFindings] {
    let (threshold, chance) = try threshold(features[NamedSource.test.rawValue])
    var found: [String: DatasetInspection.NearFindings] = [:]
    for pool in manifest.pools.map(\.name) {
      guard let rows = features[pool], let contents = surveys[pool]?.contents, rows.rows == contents.count else {
        continue
      }
      let within = try NearDuplicates.flags(within: rows, threshold: threshold).count(where: \.self)
      var leaks: [String: Int] = [:]
      for set in DatasetInspection.measuredOn {
        guard let others = features[set], others.rows > 0 else { continue }
        let known = Set(surveys[set]!.contents)
        let flags = try NearDuplicates.flags(rows, among: others, threshold: threshold)
        let count = zip(flags, contents).count { $0 && !known.contains($1) }
        if count > 0 { leaks[set] = count }
      }
      found[pool] = DatasetInspection.NearFindings(
        within: within, leaks: leaks, threshold: Double(threshold), chance: chance)
    }
    return found
  }

  /// Fewer different samples than this do not say where one in a hundred lies.
  private static let enough = 100
  /// Of more test samples so many are held in memory, evenly spread.
  private static let held = 50_000

  /// The cosine above which two samples count as nearly the same, and the share of different test samples that are; of few test
  /// samples the usual cosine, or a higher one where they are above that themselves.
  private func threshold(_ test: RowTable?) throws -> (cosine: Float, chance: Double?) {
    let usual = (EmbeddingComparison.usual, Double?.none)
    guard let test, test.rows > 0 else { return usual }
    let step = (test.rows + Self.held - 1) / Self.held
    let rows = test.selecting(rows: Array(stride(from: 0, to: test.rows, by: step))).matrix
    guard let found = try LikenessThreshold(different: rows) else { return usual }
    return test.rows < Self.enough ? (max(found.cosine, EmbeddingComparison.usual), nil) : (found.cosine, found.chance)
  }

  /// Learnt from some pictures of the reference; nil for vectors, and where there is no picture.
  private func representation() throws -> FixedRepresentation? {
    guard manifest.samples.isImage, let reference = manifest.pools.first(where: { $0.name == manifest.reference })
    else { return nil }
    var some = SurveyImages(manifest.samples, limit: Self.learnt)
    _ = try SurveyedDataset.survey(
      of: reference.source, rule: manifest.samples, in: directory, name: reference.name
    ) { some.add($0) }
    return try some.images().map { try FixedRepresentation.fit(to: $0, seed: 0).representation }
  }
}
