import Core
package import Files
import Foundation
package import Numerics

/// One file of a source on this machine, as a command reads it: where it lies, as far as that can be done.
package enum SurveyedFile {
  /// Encoded images.
  case pictures(ScratchFile)
  /// An array that may be read row by row.
  case array(MappedFile)
  /// An array in memory.
  case held([UInt8])

  /// All samples of an array, whatever their labels. What can be read row by row stays in files. Traps for pictures.
  func block(_ parameters: BlockParameters, _ context: TaskContext) throws -> SampleBlock {
    switch self {
    case .pictures: preconditionFailure("pictures are no array")
    case .held(let bytes): return try ArraySource(parameters: parameters, context: context).read(bytes, labels: nil)
    case .array(let file):
      let source = ArraySource(parameters: parameters, context: context, directory: NSTemporaryDirectory())
      return try source.read(file, labels: nil)
        ?? ArraySource(parameters: parameters, context: context).read(file.bytes(0..<file.size), labels: nil)
    }
  }

  /// All bytes of an array. Traps for pictures.
  var bytes: [UInt8] {
    switch self {
    case .pictures: preconditionFailure("pictures are no array")
    case .held(let bytes): bytes
    case .array(let file): file.bytes(0..<file.size)
    }
  }
}
