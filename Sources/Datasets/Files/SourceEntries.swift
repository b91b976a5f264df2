import Core
import Formats

/// The encoded images in one file of a source, with their labels.
enum SourceEntries {
  static func forEach(
    in data: [UInt8], _ format: SourceFormat, context: TaskContext, _ body: (SourceEntry) throws -> Void,
    damaged: (_ name: String, _ reason: String) -> Void
  ) throws {
    throw DatasetError("a block", "\(format.rawValue) is not read yet")
  }
}
