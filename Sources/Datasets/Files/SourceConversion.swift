package import Core
package import Files
import Formats

/// Writes a source in the plain form: shards of a WebDataset with one picture, its class, its path and what else is known of it a sample.
package struct SourceConversion {
  /// What was left out, with the reason, in the order of the source.
  package private(set) var damaged: [String] = []
  package private(set) var samples = 0

  private let source: ManifestSource
  private let labels: [String: String]?
  private let shardSize: Int
  private let write: (_ number: Int, _ shard: [UInt8]) throws -> Void
  private var writer = ShardWriter()
  private var shards = 0

  /// - Parameters:
  ///   - labels: what a table beside the source says, by what ``CroissantDescription/memberKey(_:)`` makes of keys; nil where the
  ///     source says it itself.
  ///   - shardSize: a shard ends with the sample that makes it larger than so many bytes.
  ///   - write: takes the shards, numbered from 0.
  package init(
    _ source: ManifestSource, labels: [String: String]? = nil, shardSize: Int,
    write: @escaping (_ number: Int, _ shard: [UInt8]) throws -> Void
  ) {
    self.source = source
    self.labels = labels
    self.shardSize = shardSize
    self.write = write
  }

  /// Adds what one file of the source holds. Throws a ``DatasetError`` for a file that cannot be read at all or holds arrays,
  /// which are plain already, and what writing throws.
  package mutating func add(_ file: ScratchFile, context: TaskContext = .unobserved) throws {
    guard source.format.holdsFiles else {
      throw DatasetError("the source", "it holds arrays (\(source.format.rawValue)), which are read as they are")
    }
    let entries = SourceEntries(format: source.format, labelField: source.labelField, context: context)
    var found: [String] = []
    try entries.forEach(in: file) { entry in
      guard let format = ImageFormat(entry.content) else {
        found.append("\(entry.name): it is no picture that is read")
        return
      }
      let label = labels.map { $0[CroissantDescription.memberKey(entry.key)] } ?? entry.label
      guard labels == nil || label != nil else {
        found.append("\(entry.name): the table has no row for it")
        return
      }
      writer.add(
        entry.content, number: samples, ending: format.extensions[0], label: label, path: entry.name,
        fields: entry.known)
      samples += 1
      if writer.count > shardSize { try flush() }
    } damaged: {
      found.append("\($0): \($1)")
    }
    damaged += found
  }

  /// Writes what is left.
  package mutating func finish() throws {
    if writer.count > 0 { try flush() }
  }

  private mutating func flush() throws {
    try write(shards, writer.finished())
    shards += 1
    writer = ShardWriter()
  }
}
