package import Core
package import Sweeps

/// What a task can read: the outputs of the tasks it names as inputs, and raw data.
///
/// Every byte was verified against its digest when it arrived on this host.
package protocol InputReading {
  /// The digests of all objects that the input task `input` made, by name. Throws when there is no such input.
  func digests(of input: String) throws -> [String: Digest]
  /// The bytes of the object called `name` that the input task `input` made. Throws when there is none.
  func object(_ name: String, of input: String) throws -> [UInt8]
  /// The bytes of the raw file called `name`. Throws when there is none.
  func source(_ name: String) throws -> [UInt8]
}

extension InputReading {
  /// All objects that the input task `input` made, by name.
  package func objects(of input: String) throws -> [String: [UInt8]] {
    var objects: [String: [UInt8]] = [:]
    for name in try digests(of: input).keys { objects[name] = try object(name, of: input) }
    return objects
  }
}

/// What a task made: large things by name, and small results.
package struct TaskProduct: Sendable {
  package let objects: [String: [UInt8]]
  /// An object.
  package let values: JSONValue
  /// CPU seconds by phase (`select`, `train`, …), for the attempt and never for the outcome.
  package let phaseSeconds: [String: Double]

  package init(
    objects: [String: [UInt8]] = [:], values: JSONValue = .object([:]), phaseSeconds: [String: Double] = [:]
  ) {
    self.objects = objects
    self.values = values
    self.phaseSeconds = phaseSeconds
  }
}

/// Computes tasks. Equal specifications and inputs must give equal bytes.
package protocol TaskExecuting: Sendable {
  /// Computes one task on the calling thread.
  ///
  /// - Parameter context: told how far the task is, at least every second of work, and asked whether its result is still
  ///   wanted.
  /// - Throws: `CancellationError` once `context` says that nobody wants the result; anything else counts as a failure of
  ///   the task, and its text is shown to the person who asked for the sweep.
  func execute(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct
}

/// A task that cannot succeed, and why.
package struct TaskFailure: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
