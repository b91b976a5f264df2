package import Core

/// Why something in a source is no sample.
package enum SkipReason: String, CaseIterable, Hashable, Sendable {
  // Members of archives and files of folders.
  case sparseMember, link, specialFile, longName, badName, unsafePath, hidden, otherFile, unreadable, linkLoop
  // Samples of a shard.
  case keyComesBack, repeatedField, noPicture, severalPictures, unreadableField, incomplete, pickle
  // Rows of tables.
  case missingFile, noRow, repeatedRow, noLabel

  /// For people, as the end of a sentence about it.
  package var words: String {
    switch self {
    case .sparseMember: "it is stored with holes, which is not read"
    case .link: "it is a link, and links in archives are not followed"
    case .specialFile: "it is a device, a pipe or something else that is no file"
    case .longName: "its name is longer than 4,096 bytes"
    case .badName: "its name is not UTF-8"
    case .unsafePath: "its path is absolute or leads out with .."
    case .hidden: "its name begins with a point"
    case .otherFile: "its name is not that of a picture"
    case .unreadable: "it cannot be read"
    case .linkLoop: "it is a link to a folder that it stands in"
    case .keyComesBack: "its key comes back later in the archive"
    case .repeatedField: "it has a field twice"
    case .noPicture: "it has no picture"
    case .severalPictures: "it has several pictures"
    case .unreadableField: "one of its fields cannot be read"
    case .incomplete: "the archive ends in it"
    case .pickle: "pickles are not read, because reading one runs what it says"
    case .missingFile: "there is no such file"
    case .noRow: "the table of metadata has no row for it"
    case .repeatedRow: "the table names it twice"
    case .noLabel: "it has no label"
    }
  }
}

/// What a listing found besides the samples.
package struct ListingReport: Hashable, Sendable {
  package struct Skipped: Hashable, Sendable {
    /// The file and what in it.
    package let place: String
    package let reason: SkipReason
  }

  /// Samples that were listed.
  package var entries = 0
  /// How many things were left out for each reason.
  package private(set) var counts: [SkipReason: Int] = [:]
  /// The first of each reason.
  package private(set) var examples: [Skipped] = []
  /// Files that were not read to their end, and why.
  package private(set) var damaged: [DatasetError] = []

  /// Kept of each reason.
  package static let examplesPerReason = 20

  package init() {}

  package mutating func skip(_ place: String, _ reason: SkipReason) {
    counts[reason, default: 0] += 1
    if counts[reason]! <= Self.examplesPerReason { examples.append(Skipped(place: place, reason: reason)) }
  }

  package mutating func damage(_ error: DatasetError) { damaged.append(error) }

  /// The same with places below `root`, wherever that lies.
  func below(_ root: String) -> ListingReport {
    var report = self
    report.examples = examples.map { example in
      let isBelow = example.place.hasPrefix("\(root)/")
      return Skipped(
        place: isBelow ? String(example.place.dropFirst(root.count + 1)) : example.place, reason: example.reason)
    }
    return report
  }

  /// What was left out.
  var json: JSONValue {
    [
      "counts": .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, JSONValue.integer(Int64($1))) })),
      "examples": .array(
        examples.map { ["place": .string(String($0.place.prefix(300))), "reason": .string($0.reason.rawValue)] }),
    ]
  }

  /// Reads what ``json`` writes; what is something else is left out, for it may come from anybody.
  init(json: JSONValue?) {
    for (name, count) in json?["counts"]?.members ?? [:] {
      guard let reason = SkipReason(rawValue: name), let count = count.int, (1...Self.mostCounted).contains(count)
      else {
        continue
      }
      counts[reason] = count
    }
    for example in (json?["examples"]?.elements ?? []).prefix(SkipReason.allCases.count * Self.examplesPerReason) {
      guard let place = example["place"]?.text, let reason = example["reason"]?.text.flatMap(SkipReason.init) else {
        continue
      }
      examples.append(Skipped(place: place, reason: reason))
    }
  }

  private static let mostCounted = 1 << 40

  /// Adds what another listing found.
  package mutating func add(_ other: ListingReport) {
    entries += other.entries
    var room = SkipReason.allCases.reduce(into: [:]) { $0[$1] = Self.examplesPerReason - counts[$1, default: 0] }
    for example in other.examples where room[example.reason]! > 0 {
      examples.append(example)
      room[example.reason]! -= 1
    }
    counts.merge(other.counts, uniquingKeysWith: +)
    damaged += other.damaged
  }
}
