import Core
import Formats
package import Samples
package import Sweeps

/// A subset with its samples and where they are from, for use outside of Winnow.
package struct SubsetExport: Sendable {
  /// What is known of a pool that the subset is from.
  package struct Origin: Hashable, Sendable {
    package let provenance: Provenance
    /// How labels were made, in words.
    package let labels: String

    package init(provenance: Provenance, labels: String) {
      self.provenance = provenance
      self.labels = labels
    }
  }

  package let manifest: SubsetManifest
  /// One for each entry, as it was trained on.
  package let samples: SampleSet
  package let classNames: [String]
  /// By the name of the pool.
  package let origins: [String: Origin]

  /// Traps unless there is a sample for each entry.
  package init(manifest: SubsetManifest, samples: SampleSet, classNames: [String], origins: [String: Origin]) {
    precondition(manifest.entries.count == samples.count, "one sample an entry is needed")
    self.manifest = manifest
    self.samples = samples
    self.classNames = classNames
    self.origins = origins
  }

  /// Under which licence an entry is; nil when nobody knows.
  func licence(of entry: SubsetManifest.Entry) -> String? {
    guard let provenance = origins[entry.shift]?.provenance else { return nil }
    return provenance.hasSampleLicences ? entry.statement?.licence : provenance.licence
  }

  /// Whether an entry is synthetic, in the words of a manifest; nil when nobody knows.
  func synthetic(of entry: SubsetManifest.Entry) -> String? {
    guard let synthetic = origins[entry.shift]?.provenance.synthetic else { return nil }
    guard synthetic == .bySample else { return synthetic.rawValue }
    return entry.statement?.isSynthetic.map { $0 ? "true" : "false" }
  }

  /// The ending of a sample's member in ``shard``.
  package var ending: String { samples.images == nil ? "npy" : "png" }

  /// A WebDataset shard: of each sample its picture (PNG, without losses) or its numbers (NumPy), the number of its class, and
  /// JSON that says what it is and where it is from. Samples are called by their numbers, in the order of choice.
  package var shard: [UInt8] {
    var writer = TarWriter()
    for (number, entry) in manifest.entries.enumerated() {
      let key = Self.key(number)
      writer.add("\(key).\(ending)", content(number))
      writer.add("\(key).cls", Array(String(entry.label).utf8))
      writer.add("\(key).json", description(of: entry).canonical)
    }
    return writer.finished()
  }

  /// A table with one line a sample, of which ``CroissantExport`` says what it means.
  package var table: [UInt8] {
    let header = ["member", "uid", "pool", "row", "label", "class", "licence", "label_origin", "synthetic"]
    let lines = manifest.entries.enumerated().map { number, entry in
      let origin = origins[entry.shift]
      return [
        "\(Self.key(number)).\(ending)", entry.identifier.description, entry.shift, String(entry.index),
        String(entry.label), entry.className, licence(of: entry) ?? "", origin?.labels ?? "",
        synthetic(of: entry) ?? "",
      ]
    }
    return Array((([header] + lines).map(CommaSeparatedValues.line).joined(separator: "\n") + "\n").utf8)
  }

  private func description(of entry: SubsetManifest.Entry) -> JSONValue {
    let origin = origins[entry.shift]
    return [
      "uid": .string(entry.identifier.description), "pool": .string(entry.shift), "row": .integer(Int64(entry.index)),
      "label": .integer(Int64(entry.label)), "class_name": .string(entry.className),
      "licence": licence(of: entry).map { .string($0) } ?? .null,
      "label_origin": origin.map { .string($0.labels) } ?? .null,
      "synthetic": synthetic(of: entry).map { .string($0) } ?? .null,
    ]
  }

  private func content(_ index: Int) -> [UInt8] {
    switch samples {
    case .images(let images):
      PNGWriter.bytes(images.image(index), height: images.height, width: images.width, channels: images.channels)
    case .vectors(let rows):
      NumPyArray(shape: [rows.columns], values: .float32(Array(rows.row(index)))).bytes
    }
  }

  private static func key(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }
}
