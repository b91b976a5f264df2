import Core
import Files
import Formats

/// The encoded images in one file of a source, with their labels.
struct SourceEntries {
  let format: SourceFormat
  /// Where the label of a WebDataset sample stands: see ``ManifestSource/labelField``.
  let labelField: LabelFields?
  /// How many classes the data set has; nil where nobody knows yet.
  var classCount: Int?
  let context: TaskContext

  /// Calls `body` for every sample in the order of the file, and `damaged` for what is none, with the reason.
  ///
  /// Throws a ``DatasetError`` for a file that cannot be read at all, and what `body` throws.
  ///
  /// - Returns: how many samples were listed, and how many things were passed over because they are about something else.
  @discardableResult func forEach(
    in file: ScratchFile, _ body: (SourceEntry) throws -> Void, damaged: (_ name: String, _ reason: String) -> Void
  ) throws -> (count: Int, passedOver: [SkipReason: Int]) {
    var found: [SampleEntry] = []
    var names: [String]?
    let report: ListingReport
    switch format {
    case .folder, .tar: report = try WebDatasetShard.list(file.path) { found.append($0) }
    case .parquet:
      let images = try ParquetImages(file.path)
      names = images.classNames
      report = try images.list { found.append($0) }
    case .array, .cifar10, .cifar100: preconditionFailure("\(format.rawValue) holds no encoded images")
    }
    // What a reader says begins with a path that means nothing to anybody.
    func place(_ text: String) -> String {
      text.hasPrefix(file.path) ? String(text.dropFirst(file.path.count).drop { ", ".contains($0) }) : text
    }
    for error in report.damaged { damaged(place(error.place), error.problem) }
    var shown: [SkipReason: Int] = [:]
    for skipped in report.examples where Self.isDamage(skipped.reason) {
      damaged(place(skipped.place), skipped.reason.words)
      shown[skipped.reason, default: 0] += 1
    }
    for reason in SkipReason.allCases where Self.isDamage(reason) {
      let more = min(Self.mostListed, report.counts[reason, default: 0] - shown[reason, default: 0])
      for _ in 0..<max(0, more) {
        damaged("another sample", reason.words)
      }
    }
    try SampleReading.read(found.map(\.location)) { index, content in
      if index.isMultiple(of: 64) { try context.proceed(index, of: found.count) }
      let entry = found[index]
      let name = self.name(of: entry)
      switch content {
      case .success(let bytes):
        try body(
          SourceEntry(
            key: name, name: name, label: label(of: entry, names), index: index, content: bytes, fields: entry.fields))
      case .failure(let error): damaged(name, error.problem)
      }
    }
    return (found.count, report.counts.filter { !Self.isDamage($0.key) })
  }

  /// A shard of two gibibytes has no more members.
  private static let mostListed = 4 << 20

  /// What was skipped because it is about something else is no damage.
  private static func isDamage(_ reason: SkipReason) -> Bool {
    switch reason {
    case .hidden, .otherFile, .pickle: false
    default: true
    }
  }

  /// In an archive of a folder, the path that the image had.
  private func name(of entry: SampleEntry) -> String {
    format == .folder ? entry.fields[ShardWriter.pathField]?.text ?? entry.key : entry.key
  }

  private func label(of entry: SampleEntry, _ names: [String]?) -> String? {
    if let labelField {
      return labelField.label(classCount: classCount) { field in
        if field == ManifestSource.keyField {
          return entry.key.split(whereSeparator: { "/_".contains($0) }).first.map(String.init)
        }
        if field == Self.classMember, let label = entry.label { return plain(label, names) }
        return text(entry.fields.value(of: field))
      }
    }
    return entry.label.map { plain($0, names) }
      ?? Self.usualFields.lazy.compactMap { text(entry.fields["json"]?[$0]) }.first
  }

  /// A label in words; a number as the name that the file has for it.
  private func plain(_ label: SampleLabel, _ names: [String]?) -> String {
    switch label {
    case .number(let number): names.flatMap { $0.indices.contains(number) ? $0[number] : nil } ?? String(number)
    case .name(let name): name
    }
  }

  /// The member of a tar that says a class.
  private static let classMember = "cls"

  /// Where the JSON of a sample says its class, most often.
  private static let usualFields = ["cls", "label", "class", "class_name", "idx"]

  private func text(_ value: JSONValue?) -> String? { value?.text ?? value?.int.map(String.init) }
}

extension [String: JSONValue] {
  /// What a sample's JSON says under `field`, or the column of that name.
  func value(of field: String) -> JSONValue? { self["json"]?[field] ?? self[field] }
}
