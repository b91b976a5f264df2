import Core
import Files

/// Lists the samples of a WebDataset shard: a tar archive, plain or compressed, whose members belong together when their paths
/// are equal up to the first dot of the base name (`a/0001.jpg`, `a/0001.json`, `a/0001.cls`).
package enum WebDatasetShard {
  /// `.cls`, `.json` and `.txt` are read up to this size, in bytes.
  package static let fieldLimit = 1 << 20

  /// The member in which ``FolderArchive`` says what it left out.
  static let reportMember = "__left-out.json"

  private static let pickles: Set<String> = ["pkl", "pickle", "pth", "pt", "pyd"]

  /// Calls `body` for every whole sample with one picture, in the order of the archive.
  ///
  /// The label is the field `cls`: a whole number, or else a name. The fields `json` and `txt` are kept as they are. Members
  /// whose names begin with two underscores are about the shard and are left out.
  ///
  /// - Returns: what was listed, and what was left out and why. An archive that is cut short or damaged is listed up to there;
  ///   the sample it ends in is left out.
  /// - Throws: a `FileError` when the file cannot be read, and what `body` throws.
  package static func list(_ path: String, _ body: (SampleEntry) throws -> Void) throws -> ListingReport {
    let file = try OpenFile(path)
    var report = ListingReport()
    var shard = Shard(path: path, isPacked: try file.isPacked())
    do {
      var reader = TarReader(try file.stream(), name: path)
      while let entry = try reader.next() {
        switch entry {
        case .skipped(let member, let reason): report.skip("\(path), \(member)", reason)
        case .file(let member): try shard.take(member, &reader, &report)
        }
      }
      if !reader.hasEndMark { report.damage(DatasetError(path, "the archive has no end mark; members may be missing")) }
    } catch let error as DatasetError {
      report.damage(error)
      shard.dropLast(&report)
    }
    for entry in shard.finish(&report) {
      report.entries += 1
      try body(entry)
    }
    return report
  }

  /// `a/b` and `jpg` of `a/b.jpg`; the field in lower case. nil where there is no field.
  static func split(_ path: String) -> (key: String, field: String)? {
    let base = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    guard let dot = path[base...].firstIndex(of: "."), dot > base else { return nil }
    let field = path[path.index(after: dot)...]
    return field.isEmpty ? nil : (String(path[..<dot]), field.lowercased())
  }

  private struct Shard {
    let path: String
    let isPacked: Bool
    private var samples: [Sample] = []
    /// Where each key stands in `samples`.
    private var places: [String: Int] = [:]
    private var currentKey: String?

    init(path: String, isPacked: Bool) { (self.path, self.isPacked) = (path, isPacked) }

    mutating func take(_ member: TarReader.Member, _ reader: inout TarReader, _ report: inout ListingReport) throws {
      let base = member.path.split(separator: "/").last ?? ""
      guard !base.hasPrefix("__") else {
        if member.path == WebDatasetShard.reportMember, member.size <= WebDatasetShard.fieldLimit {
          report.add(ListingReport(json: try? JSONValue.parse(reader.content(limit: member.size), source: path)))
        }
        return
      }
      guard let (key, field) = WebDatasetShard.split(member.path) else {
        return report.skip("\(path), \(member.path)", .otherFile)
      }
      if key != currentKey {
        if let place = places[key] {
          samples[place].problem = samples[place].problem ?? .keyComesBack
          currentKey = key
          return
        }
        places[key] = samples.count
        samples.append(Sample(key: key))
        currentKey = key
      }
      let place = places[key]!
      guard samples[place].problem != .keyComesBack else { return }
      guard samples[place].names.insert(field).inserted else {
        samples[place].problem = samples[place].problem ?? .repeatedField
        return
      }
      var sample = samples[place]
      try read(field, member, &reader, &sample, &report)
      samples[place] = sample
    }

    private func read(
      _ field: String, _ member: TarReader.Member, _ reader: inout TarReader, _ sample: inout Sample,
      _ report: inout ListingReport
    ) throws {
      let ending = field.split(separator: ".").last.map(String.init) ?? field
      if ImageFormat(extension: ending) != nil {
        let location: SampleLocation =
          isPacked
          ? .packed(path: path, offset: member.offset, length: member.size)
          : .range(path: path, offset: member.offset, length: member.size)
        if sample.location != nil { sample.problem = sample.problem ?? .severalPictures }
        sample.location = location
      } else if WebDatasetShard.pickles.contains(ending) {
        report.skip("\(path), \(member.path)", .pickle)
      } else if field == "cls" || ending == "json" || ending == "txt" {
        guard member.size <= WebDatasetShard.fieldLimit,
          let text = String(validating: try reader.content(limit: member.size), as: UTF8.self)
        else {
          sample.problem = sample.problem ?? .unreadableField
          return
        }
        take(field, ending, text, &sample)
      }
    }

    private func take(_ field: String, _ ending: String, _ text: String, _ sample: inout Sample) {
      switch ending {
      case "cls":
        let trimmed = text.filter { !$0.isWhitespace }
        if trimmed.isEmpty { sample.problem = sample.problem ?? .unreadableField }
        sample.label = WholeNumber.parse(trimmed).map { .number($0) } ?? .name(text.trimmed)
      case "json":
        guard let value = try? JSONValue.parse(Array(text.utf8), source: path) else {
          sample.problem = sample.problem ?? .unreadableField
          return
        }
        sample.fields[field] = value
      default: sample.fields[field] = .string(text)
      }
    }

    mutating func dropLast(_ report: inout ListingReport) {
      guard let last = samples.popLast() else { return }
      report.skip("\(path), \(last.key)", .incomplete)
    }

    func finish(_ report: inout ListingReport) -> [SampleEntry] {
      samples.compactMap { sample in
        let problem = sample.problem ?? (sample.location == nil ? .noPicture : nil)
        if let problem {
          report.skip("\(path), \(sample.key)", problem)
          return nil
        }
        return SampleEntry(key: sample.key, label: sample.label, location: sample.location!, fields: sample.fields)
      }
    }
  }

  private struct Sample {
    let key: String
    var names: Set<String> = []
    var label: SampleLabel?
    var location: SampleLocation?
    var fields: [String: JSONValue] = [:]
    var problem: SkipReason?

    init(key: String) { self.key = key }
  }
}

extension String {
  /// Without white space around it.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
