package import Core

/// What is to be known of a data set of files before anything is trained on it, from surveys of all its sources.
package struct DatasetInspection: Sendable {
  /// One source with what it holds, in the data set's terms.
  package struct Source: Sendable {
    /// A pool's name, `test`, `deployment`, `target` or `set.NAME`.
    package let name: String
    package let survey: SourceSurvey
    /// Samples of each class, by the class's number; of a set with labels of its own, of each of those.
    package let classCounts: [Int]
    package let classNames: [String]
    /// Samples that the manifest leaves out.
    package let leftOut: Int
    /// Labels that are no classes and not mapped, with how many samples have them, the most frequent first.
    package let unknown: [(label: String, count: Int)]
    /// Samples whose pixels an earlier sample of this source has.
    package let duplicates: Int
    /// Samples whose pixels a sample of the test or deployment set has, by that set's name.
    package let leaks: [String: Int]
  }

  /// Samples of a pool that are nearly the same as others: their features point the same way.
  package struct NearFindings: Hashable, Sendable {
    /// Samples that have such another one in the pool, the same pixels among them.
    package let within: Int
    /// Samples that have such a one in a set that is measured on, and not the same pixels; by that set's name.
    package let leaks: [String: Int]
    /// The cosine above which features count as the same.
    package let threshold: Double
    /// The share of different samples that are above it all the same; nil where too few are known to be different.
    package let chance: Double?

    package init(within: Int, leaks: [String: Int], threshold: Double, chance: Double?) {
      (self.within, self.leaks, self.threshold, self.chance) = (within, leaks, threshold, chance)
    }
  }

  /// The sets whose samples must not be bought.
  package static let measuredOn = NamedSource.measured.map(\.rawValue)

  private static let notStated = "not stated"

  package let manifest: DatasetManifest
  /// By pool; empty where nobody looked.
  package let near: [String: NearFindings]
  package let sources: [Source]

  /// The sources of `manifest` by name, in the order in which they are shown.
  package static func named(_ manifest: DatasetManifest) -> [(name: String, source: ManifestSource)] {
    manifest.pools.map { ($0.name, $0.source) }
      + NamedSource.allCases.compactMap { set in manifest.source(of: set).map { (set.rawValue, $0) } }
      + manifest.sets.map { (FilesParts.part(of: $0), $0.source) }
  }

  /// - Parameters:
  ///   - surveys: one for each of ``named(_:)``, by name; traps without.
  ///   - near: what was found of each pool's features.
  package init(_ manifest: DatasetManifest, surveys: [String: SourceSurvey], near: [String: NearFindings] = [:]) {
    self.manifest = manifest
    self.near = near
    let named = Self.named(manifest)
    let measured = named.filter { NamedSource(rawValue: $0.name) != nil }.map { name, _ in
      (name: name, contents: Set(surveys[name]!.contents))
    }
    let (pools, field) = (Set(manifest.pools.map(\.name)), manifest.pools.first(where: \.isField)?.name)
    sources = named.map { name, source in
      let survey = surveys[name]!
      let set = manifest.sets.first { FilesParts.part(of: $0) == name }
      let own = (set?.labelNames ?? []).map { DatasetManifest.ClassName(id: $0, name: $0) }
      let classes = own.isEmpty ? manifest.classes : own
      let counted = Self.counted(survey.labels, source, classes, manifest.samples)
      // What may be looked at may be bought too, but what is taken in the field is to be other pictures.
      let others =
        pools.contains(name) ? measured.filter { $0.name != NamedSource.target.rawValue || name == field } : []
      let leaks = others.map { ($0.name, survey.contents.count(where: $0.contents.contains)) }
      return Source(
        name: name, survey: survey, classCounts: counted.classes, classNames: classes.map(\.name),
        leftOut: counted.leftOut, unknown: counted.unknown,
        duplicates: survey.contents.count - Set(survey.contents).count,
        leaks: Dictionary(uniqueKeysWithValues: leaks.filter { $0.1 > 0 }))
    }
  }

  private static func counted(
    _ labels: [String: Int], _ source: ManifestSource, _ classes: [DatasetManifest.ClassName], _ rule: SampleRule
  ) -> (classes: [Int], leftOut: Int, unknown: [(label: String, count: Int)]) {
    let resolver = BlockParameters(
      format: source.format, rule: rule, classes: classes, classMap: source.classMap,
      leavesOutOthers: source.leavesOutOthers, needsLabels: true
    ).resolver
    var (counts, leftOut) = ([Int](repeating: 0, count: classes.count), 0)
    var unknown: [(label: String, count: Int)] = []
    for (label, count) in labels {
      switch resolver.meaning(of: label) {
      case .label(let number): counts[Int(number)] += count
      case .leftOut: leftOut += count
      case .unknown: unknown.append((label, count))
      }
    }
    return (counts, leftOut, unknown.sorted { ($1.count, $0.label) < ($0.count, $1.label) })
  }

  package var json: JSONValue {
    [
      "classes": .integer(Int64(manifest.classes.count)), "samples": manifest.samples.json,
      "problems": .array(problems.map { .string($0) }), "warnings": .array(warnings.map { .string($0) }),
      "sources": .array(sources.map { json(of: $0) }),
    ]
  }

  private func json(of source: Source) -> JSONValue {
    func counts(_ counts: [String: Int]) -> JSONValue { .object(counts.mapValues { .integer(Int64($0)) }) }
    let survey = source.survey
    let sides = survey.sides.sorted()
    var members: [String: JSONValue] = [
      "name": .string(source.name), "samples": .integer(Int64(survey.samples)),
      "damaged": .integer(Int64(survey.damaged)), "examples": .array(survey.examples.map { .string($0) }),
      "classCounts": .array(source.classCounts.map { .integer(Int64($0)) }),
      "takenDown": .integer(Int64(survey.takenDown)), "leftOut": .integer(Int64(source.leftOut)),
      "unlabelled": .integer(Int64(survey.unlabelled)),
      "unknown": counts(Dictionary(uniqueKeysWithValues: source.unknown.map { ($0.label, $0.count) })),
      "duplicates": .integer(Int64(source.duplicates)), "leaks": counts(source.leaks), "kinds": counts(survey.kinds),
      "passedOver": counts(survey.passedOver),
      "oddities": counts(survey.oddities),
    ]
    if let near = near[source.name] {
      members["nearDuplicates"] = .integer(Int64(near.within))
      members["nearLeaks"] = counts(near.leaks)
      members["nearThreshold"] = .number(near.threshold)
      members["nearChance"] = near.chance.map { .number($0) } ?? .null
    }
    if let least = sides.first, let most = sides.last {
      members["shorterSide"] = [
        "least": .integer(Int64(least)), "median": .integer(Int64(sides[sides.count / 2])),
        "most": .integer(Int64(most)),
      ]
    }
    if let pool = manifest.pools.first(where: { $0.name == source.name }) {
      members["licence"] = pool.licence.map { .string($0) } ?? .null
      if let licences = survey.origins.licences {
        members["licences"] = counts(
          Dictionary(uniqueKeysWithValues: licences.map { ($0.key ?? Self.notStated, $0.value) }))
      }
      if let flags = survey.origins.synthetic {
        let named = flags.map { flag, count in (flag.map { $0 ? "true" : "false" } ?? Self.notStated, count) }
        members["syntheticCounts"] = counts(Dictionary(uniqueKeysWithValues: named))
      }
      members["labels"] = .string(pool.labels.rawValue)
      members["synthetic"] = .string(pool.synthetic.rawValue)
    }
    return .object(members)
  }
}
