import Core
import Files
import Formats
import Samples

/// One sample of a source as it lies there.
struct SourceEntry {
  /// Names the sample within its source, whatever place it has.
  let key: String
  /// Its file, for messages.
  let name: String
  /// What the source calls its class; nil without a label.
  let label: String?
  /// Its number in the file, from 0, the damaged ones counted.
  let index: Int
  /// An encoded image.
  let content: [UInt8]
  /// What stands beside it: columns of a table, members of a tar.
  let fields: [String: JSONValue]

  /// The same as one object: the JSON of a member, or the columns.
  var known: [String: JSONValue] {
    fields["json"]?.members ?? fields.filter { $0.key != ShardWriter.pathField && $0.key != "path" }
  }
}

/// Decodes one file of encoded images into samples of the data set's shape.
struct SourceReader {
  let parameters: BlockParameters
  let context: TaskContext
  /// Where features may be written to; nil for memory.
  var directory: String?
  /// What samples say of themselves, where the parameters ask for it.
  var statements: SampleStatements?

  /// Throws a ``DatasetError`` for a file that cannot be read at all; single samples that cannot are left out and counted.
  func read(_ file: ScratchFile, features: FeatureRows? = nil) throws -> SampleBlock {
    let fitting = try imageFitting()
    var collector = try BlockCollector(parameters, statements: statements, directory: directory)
    let entries = SourceEntries(
      format: parameters.format, labelField: parameters.labelField,
      classCount: parameters.classes.count, context: context)
    let listed = try entries.forEach(in: file) { entry in
      guard
        case .taken(let label, let statement) = try collector.place(
          entry.name, key: parameters.format.hasKeys ? entry.key : nil, label: entry.label,
          says: { try $0.statement(entry.fields.value(of:)) })
      else { return }
      let row = features?.row(entry.index, key: entry.key)
      guard features == nil || row != nil else {
        collector.addDamaged(entry.name, "the features have no row for it")
        return
      }
      let pixels: [UInt8]
      do throws(ImageProblem) { pixels = try fitting.decoded(entry.content, name: entry.name) } catch {
        return collector.addDamaged(entry.name, error.description)
      }
      try collector.add(key: entry.key, label: label, says: statement, pixels: pixels, features: row)
    } damaged: {
      collector.addDamaged($0, $1)
    }
    try features?.check(count: listed.count)
    return try collector.finished()
  }

  private func imageFitting() throws -> ImageFitting {
    guard parameters.rule.isImage else {
      throw DatasetError(
        "samples", "\(parameters.format.rawValue) holds images, and the data set's samples are vectors")
    }
    return ImageFitting(parameters.rule)
  }
}
