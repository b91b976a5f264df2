import Core
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
}

/// Decodes one file of a source into samples of the data set's shape.
struct SourceReader {
  let parameters: BlockParameters
  let context: TaskContext
  /// Where rows may be written to; nil for memory.
  var directory: String?

  /// Throws a ``DatasetError`` for a file that cannot be read at all; single samples that cannot are left out and counted.
  func read(_ data: [UInt8], labels: [UInt8]?, features: FeatureRows? = nil) throws -> SampleBlock {
    if !parameters.format.holdsFiles {
      return try ArraySource(parameters: parameters, context: context, directory: directory).read(
        data, labels: labels, features: features)
    }
    let fitting = try imageFitting()
    var collector = try BlockCollector(parameters, directory: directory)
    let entries = SourceEntries(
      format: parameters.format, labelField: parameters.labelField,
      classCount: parameters.classes.count, context: context)
    let listed = try entries.forEach(in: data) { entry in
      guard
        case .taken(let label) = collector.place(
          entry.name, key: parameters.format.hasKeys ? entry.key : nil, label: entry.label)
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
      try collector.add(key: entry.key, label: label, pixels: pixels, features: row)
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
