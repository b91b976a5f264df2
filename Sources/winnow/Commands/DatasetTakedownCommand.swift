import ArgumentParser
import Core
import Datasets
import Files
import Results

/// `winnow dataset takedown`.
struct DatasetTakedownCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "takedown", abstract: "Remove samples from what comes, and name what was made with them.",
    discussion: """
      The list has one sample a line: its key (a path below the folder, the name in a tar), POOL:KEY, or its uid as \
      winnow subset export writes it; # begins a comment. The samples are added to "takedown" of their sources in the \
      manifest, so that no later sweep reads them. Every outcome and network of the store that was trained on them is \
      named; nothing in the store or in the files themselves is changed.

      EXAMPLES
        winnow dataset takedown mine.json ids.txt
        winnow dataset takedown mine.json ids.txt --store /data/june --json
        winnow dataset takedown mine.json ids.txt --dry-run

      Exit status 0 when every sample of the list was found, 2 otherwise.
      """)

  @Argument(help: ArgumentHelp("The manifest; it is written again.", valueName: "mine.json")) var manifest: String
  @Argument(help: ArgumentHelp("The list; - for standard input.", valueName: "ids.txt")) var list: String
  @OptionGroup var store: StoreOption
  @Flag(help: "Change nothing; only say what would be.") var dryRun = false
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let (manifest, directory) = try ManifestFile.read(self.manifest)
    let text = String(decoding: try InputFile.bytes(of: list, limit: 256 << 20), as: UTF8.self)
    var search = TakedownSearch(list: text)
    guard !search.asked.isEmpty else { throw CommandError("\(list) names no sample") }
    try look(&search, manifest, directory)
    let uses = try storedUses(of: search)
    if !dryRun, !search.matches.isEmpty { try write(search) }
    if json {
      try Terminal.print(json: Self.json(search, uses))
    } else {
      try Terminal.print(lines(search, uses).joined(separator: "\n"))
    }
    if !search.missing.isEmpty { throw ExitStatus.incomplete }
  }

  private func look(_ search: inout TakedownSearch, _ manifest: DatasetManifest, _ directory: String) throws {
    let named = DatasetInspection.named(manifest)
    let total = named.reduce(0) { $0 + $1.source.paths.count }
    let bar = ProgressBar("files")
    defer { bar.clear() }
    var done = 0
    for (name, source) in named {
      for path in source.paths {
        bar.show(done: done, of: total, name)
        let path = ManifestFile.absolute(path, in: directory)
        do {
          try search.look(
            in: try SurveyedDataset.content(of: path, source.format), of: source, name: name, rule: manifest.samples)
        } catch let error as DatasetError {
          throw CommandError("\(name): \(path): \(error)")
        }
        done += 1
      }
    }
  }

  private func write(_ search: TakedownSearch) throws {
    let bytes = try InputFile.bytes(of: manifest, limit: ManifestFile.sizeLimit)
    let changed = DatasetManifest.adding(
      takedown: search.entries, to: try JSONValue.parse(bytes, source: manifest))
    _ = try DatasetManifest(json: changed, place: manifest)
    try OutputFile.write(Array((changed.prettyText + "\n").utf8), to: manifest, what: "the manifest")
  }

  /// nil without a store.
  private func storedUses(of search: TakedownSearch) throws -> [StoredUses.Sweep]? {
    guard FileReading.exists(store.store) else { return nil }
    let opened = try store.open()
    let sought = SampleRows.Sought(
      identifiers: Set(search.matches.compactMap(\.identifier)).union(search.namedByIdentifier),
      sourceIDs: Set(search.matches.compactMap(\.sourceID)))
    return try StoredUses(of: sought, in: opened).sweeps(try StoredSweeps(opened).all(unreadable: Terminal.note))
  }

  private func lines(_ search: TakedownSearch, _ uses: [StoredUses.Sweep]?) -> [String] {
    var lines = search.entries.sorted { $0.key < $1.key }.map { source, entries in
      "\(source): \(entries.count) samples \(dryRun ? "would be" : "are") removed from what comes"
    }
    lines += search.missing.isEmpty ? [] : ["Not found in any source: \(search.missing.joined(separator: ", "))"]
    guard let uses else { return lines + ["There is no store at \(store.store), so nothing that used them is named."] }
    if uses.isEmpty { lines.append("No sweep of \(store.store) holds them.") }
    for use in uses {
      lines += ["", "Sweep \(use.id.short) (\(use.name)) holds them in \(use.sources.joined(separator: ", ")):"]
      lines += use.trials.map { trial in
        "  \(trial.label): trained on \(trial.samples) of them; outcome \(trial.outcome.short)"
          + (trial.model.map { ", model \($0.short)" } ?? "")
      }
      lines.append(
        use.trials.isEmpty
          ? "  no trial was trained on them" : "  every report of this sweep shows these trials")
    }
    if !uses.isEmpty {
      lines += ["", "Run the sweeps again with the changed manifest, and write their reports again."]
    }
    return lines
  }

  private static func json(_ search: TakedownSearch, _ uses: [StoredUses.Sweep]?) -> JSONValue {
    [
      "removed": .object(search.entries.mapValues { .array($0.map { .string($0) }) }),
      "missing": .array(search.missing.map { .string($0) }),
      "sweeps": uses.map { uses in
        .array(
          uses.map { use in
            [
              "sweep": .string(use.id.description), "name": .string(use.name),
              "sources": .array(use.sources.map { .string($0) }),
              "trials": .array(
                use.trials.map { trial in
                  [
                    "label": .string(trial.label), "task": .string(trial.task.description),
                    "outcome": .string(trial.outcome.description),
                    "model": trial.model.map { .string($0.description) } ?? .null,
                    "samples": .integer(Int64(trial.samples)),
                  ]
                }),
            ]
          })
      } ?? .null,
    ]
  }
}
