import Core
import Formats
import Samples

/// Decodes one file of a source into samples of the data set's shape.
struct SourceReader {
  let parameters: BlockParameters
  let context: TaskContext

  /// Throws a ``DatasetError`` for a file that cannot be read at all; single samples that cannot are left out and counted.
  func read(_ data: [UInt8], labels: [UInt8]?) throws -> SampleBlock {
    switch parameters.format {
    case .array: try ArraySource(parameters: parameters, context: context).read(data, labels: labels)
    default: throw DatasetError("a block", "\(parameters.format.rawValue) is not read yet")
    }
  }
}
