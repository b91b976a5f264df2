import CInference
import Glibc

/// What is wrong with a network, or with the library that is to compute it.
package struct InferenceProblem: Error, Equatable, CustomStringConvertible {
  /// A sentence without its full stop.
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// ONNX Runtime, which computes networks in ONNX's form, where it is installed. It is loaded when it is first asked for, and never
/// needed to build Winnow.
package final class InferenceLibrary: Sendable {
  /// The variable of the environment that says where the library lies.
  package static let variable = "WINNOW_ONNXRUNTIME"
  private static let usualNames = ["libonnxruntime.so.1", "libonnxruntime.so"]

  /// What this process found.
  package static let shared: Result<InferenceLibrary, InferenceProblem> = {
    if let path = getenv(variable).map({ String(cString: $0) }), !path.isEmpty { return load(path) }
    var first: InferenceProblem?
    for name in usualNames {
      switch load(name) {
      case .success(let library): return .success(library)
      case .failure(let problem): first = first ?? problem
      }
    }
    return .failure(first!)
  }()

  // The library may be called from any thread.
  nonisolated(unsafe) fileprivate let handle: OpaquePointer
  /// As it was asked for.
  package let path: String
  /// Such as `1.23.2`.
  package var version: String { String(cString: winnow_inference_version(handle)) }

  private init(_ handle: OpaquePointer, path: String) { (self.handle, self.path) = (handle, path) }

  /// Loads the library at `path`, or the one of this name where the system looks for libraries.
  package static func load(_ path: String) -> Result<InferenceLibrary, InferenceProblem> {
    var message = [CChar](repeating: 0, count: 1_024)
    guard let handle = winnow_inference_load(path, &message, message.count) else {
      return .failure(InferenceProblem("ONNX Runtime cannot be loaded: \(message.words)"))
    }
    return .success(InferenceLibrary(handle, path: path))
  }
}

/// A network with one input and one output that counts, both of single precision, computed on the calling thread.
package final class InferenceNetwork {
  private let library: InferenceLibrary
  private let handle: OpaquePointer
  /// The dimensions of the input as the network states them; nil where it leaves one open.
  package let inputShape: [Int?]
  package let outputShape: [Int?]

  /// - Parameters:
  ///   - model: the bytes of an ONNX file.
  ///   - output: the name of the output that counts; nil for the first.
  /// - Throws: an ``InferenceProblem``.
  package init(_ model: [UInt8], output: String?, library: InferenceLibrary) throws(InferenceProblem) {
    var message = [CChar](repeating: 0, count: 1_024)
    guard
      let handle = winnow_inference_open(library.handle, model, model.count, output, &message, message.count)
    else { throw InferenceProblem("the network cannot be used: \(message.words)") }
    self.library = library
    self.handle = handle
    func shape(_ isOutput: Int32) -> [Int?] {
      var dimensions = [Int64](repeating: -1, count: 8)
      let rank = winnow_inference_shape(handle, isOutput, &dimensions, Int32(dimensions.count))
      return dimensions.prefix(Int(rank)).map { $0 < 0 ? nil : Int($0) }
    }
    inputShape = shape(0)
    outputShape = shape(1)
  }

  deinit { winnow_inference_close(handle) }

  /// The output for `input`, with its shape.
  ///
  /// - Parameters:
  ///   - input: as many values as `shape` says; traps otherwise.
  ///   - limit: more values than that are refused.
  /// - Throws: an ``InferenceProblem``.
  package func output(
    of input: [Float], shape: [Int], limit: Int
  ) throws(InferenceProblem) -> (values: [Float], shape: [Int]) {
    precondition(shape.reduce(1, *) == input.count, "\(input.count) values are no \(shape)")
    var output = [Float](repeating: 0, count: limit)
    var dimensions = [Int64](repeating: 0, count: 8)
    var rank: Int32 = 0
    var message = [CChar](repeating: 0, count: 1_024)
    let status = winnow_inference_run(
      handle, input, shape.map(Int64.init), Int32(shape.count), &output, limit, &dimensions, &rank, &message,
      message.count)
    guard status == 0 else { throw InferenceProblem("the network cannot be computed: \(message.words)") }
    let found = dimensions.prefix(Int(rank)).map(Int.init)
    output.removeLast(limit - found.reduce(1, *))
    return (output, found)
  }
}

extension [CChar] {
  /// The words of a library, on one line.
  fileprivate var words: String {
    String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
