package import Core
import Files
import Formats
package import Samples

/// Finds the samples of a takedown list in the sources of a manifest.
package struct TakedownSearch {
  /// A sample of the list that a source holds.
  package struct Match: Hashable, Sendable {
    /// What the list calls it.
    package let asked: String
    /// The name of the source: see ``DatasetInspection/named(_:)``.
    package let source: String
    /// What the manifest's `takedown` has to say: the key, or the identifier where keys are no names that last.
    package let entry: String
    /// What outcomes call it; nil where ``sourceID`` is enough.
    package let identifier: SampleIdentifier?
    /// The name of its key in objects; nil where that names many samples.
    package let sourceID: UInt32?
  }

  /// In the order of the sources.
  package private(set) var matches: [Match] = []
  /// The lines of the list without blanks, comments and repetitions.
  package let asked: [String]

  private let keys: Set<String>
  private let identifiers: Set<SampleIdentifier>

  /// - Parameter list: one sample a line: a key (`bird/001.jpg`, `748_278`), `POOL:KEY`, or an identifier of 32 hexadecimal
  ///   digits as `winnow subset export` writes it. `#` begins a comment.
  package init(list: String) {
    var seen: Set<String> = []
    asked = list.split(whereSeparator: \.isNewline).compactMap { line in
      let text = line.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
      let name = String(text)
      return name.isEmpty || name.hasPrefix("#") || !seen.insert(name).inserted ? nil : name
    }
    keys = Set(asked)
    identifiers = Set(asked.compactMap { SampleIdentifier($0) })
  }

  /// The identifiers of the list, whether a source holds them or not: a store may.
  package var namedByIdentifier: Set<SampleIdentifier> { identifiers }

  /// The lines of the list that no source holds.
  package var missing: [String] {
    let found = Set(matches.map(\.asked))
    return asked.filter { !found.contains($0) }
  }

  /// What the manifest has to add to each source, by the source's name.
  package var entries: [String: [String]] {
    Dictionary(grouping: matches, by: \.source).mapValues { Set($0.map(\.entry)).sorted() }
  }

  /// Looks through one file of the source `name`. Throws a ``DatasetError`` for a file that cannot be read at all.
  package mutating func look(
    in content: SurveyedFile, of source: ManifestSource, name: String, rule: SampleRule,
    context: TaskContext = .unobserved
  ) throws {
    if case .pictures(let file) = content {
      try lookAtFiles(file, source, name, rule, context)
    } else if !identifiers.isEmpty {
      try lookAtRows(content, source, name, rule, context)
    }
  }

  private mutating func lookAtFiles(
    _ file: ScratchFile, _ source: ManifestSource, _ name: String, _ rule: SampleRule, _ context: TaskContext
  ) throws {
    guard rule.isImage else { return }
    let fitting = ImageFitting(rule)
    // A row's number in a Parquet file is no name: other files of the source have the same.
    let hasKeys = source.format.hasKeys
    var found: [Match] = []
    let entries = SourceEntries(format: source.format, labelField: source.labelField, context: context)
    try entries.forEach(in: file) { entry in
      let sourceID = SampleKey.sourceID(entry.key)
      let named = [entry.key, "\(name):\(entry.key)"].first(where: keys.contains)
      if hasKeys, let named {
        found.append(Match(asked: named, source: name, entry: entry.key, identifier: nil, sourceID: sourceID))
        return
      }
      guard !identifiers.isEmpty, let pixels = try? fitting.decoded(entry.content, name: entry.name) else { return }
      let identifier = SampleIdentifier(sourceID: sourceID, content: pixels)
      guard identifiers.contains(identifier) else { return }
      found.append(
        Match(
          asked: identifier.description, source: name, entry: hasKeys ? entry.key : identifier.description,
          identifier: identifier, sourceID: hasKeys ? sourceID : nil))
    } damaged: { _, _ in
    }
    matches += found
  }

  private mutating func lookAtRows(
    _ content: SurveyedFile, _ source: ManifestSource, _ name: String, _ rule: SampleRule, _ context: TaskContext
  ) throws {
    let every = BlockParameters(
      format: source.format, rule: rule, classes: [], classMap: [:], leavesOutOthers: false, needsLabels: false,
      member: source.member)
    let block = try content.block(every, context)
    for index in 0..<block.samples.count {
      let identifier = block.identifier(of: index)
      guard identifiers.contains(identifier) else { continue }
      matches.append(
        Match(
          asked: identifier.description, source: name, entry: identifier.description, identifier: identifier,
          sourceID: nil))
    }
  }
}

extension DatasetManifest {
  /// The manifest's file with `entries` added to `takedown` of the sources they are named by; everything else stays as a
  /// person wrote it.
  package static func adding(takedown entries: [String: [String]], to json: JSONValue) -> JSONValue {
    var members = json.members ?? [:]
    func added(_ source: JSONValue?, _ own: [String]) -> JSONValue {
      var members = source?.members ?? ["path": source ?? .null]
      let known = (members["takedown"]?.elements ?? []).compactMap(\.text)
      members["takedown"] = .array(Set(known + own).sorted().map { .string($0) })
      return .object(members)
    }
    if let pools = members["pools"]?.elements {
      members["pools"] = .array(
        pools.map { pool in
          guard var keys = pool.members, let own = keys["name"]?.text.flatMap({ entries[$0] }) else { return pool }
          keys["source"] = added(keys["source"], own)
          return .object(keys)
        })
    }
    for key in NamedSource.allCases.map(\.rawValue) {
      if let own = entries[key] { members[key] = added(members[key], own) }
    }
    if let sets = members["sets"]?.members {
      members["sets"] = .object(
        Dictionary(
          uniqueKeysWithValues: sets.map { name, source in
            (name, entries["set.\(name)"].map { added(source, $0) } ?? source)
          }))
    }
    return .object(members)
  }
}
