package import Core
package import Datasets
package import Files
package import Numerics
package import Sweeps

/// A row of the table of task kinds: what a task of this kind reads, does and makes.
package protocol TaskKind: Sendable {
  var name: TaskKindName { get }
  /// Grows when what it makes of the same inputs changes, beyond what the rows of other tables say of themselves.
  var version: Int { get }
  /// A guess of the CPU seconds of one task, for the time before any has run: only the order matters.
  var expectedSeconds: Double { get }

  /// What tasks of this kind with equal answers have in common that decides how long they take: for a trial its strategy. nil
  /// where all take about equally long.
  func durationClass(_ parameters: JSONValue) -> String?

  /// What tasks of this kind measure of every trial; nothing for most kinds.
  func measures(of dataset: DatasetDescription, sweep: Sweep) -> [MeasurePlan]

  /// What is wrong with an outcome that somebody hands in for a task of this kind; nil when it may be right. Costs little: it is
  /// asked before each commit, and computes nothing again.
  ///
  /// - Parameter unit: the unit of a metric, where the sweep's catalogue has it.
  func problem(
    with outcome: Outcome, of specification: TaskSpecification, unit: (String) -> Metric.Unit?
  ) -> String?

  /// Computes one task on the calling thread. Equal specifications and inputs give equal bytes.
  ///
  /// Throws anything; its text is shown to whoever asked for the sweep, and the task counts as failed.
  /// `CancellationError` once the result is no longer wanted.
  func run(_ specification: TaskSpecification, inputs: any InputReading, context: TaskContext) throws -> TaskProduct
}

extension TaskKind {
  package func durationClass(_ parameters: JSONValue) -> String? { nil }

  package func measures(of dataset: DatasetDescription, sweep: Sweep) -> [MeasurePlan] { [] }

  package func problem(
    with outcome: Outcome, of specification: TaskSpecification, unit: (String) -> Metric.Unit?
  ) -> String? { nil }
}

/// Something that is measured of every trial in a task of its own.
package struct MeasurePlan: Sendable {
  /// What the trial's row calls it: its metric `accuracy` becomes `NAME` there, any other `NAME.METRIC`.
  package let name: String
  /// Everything that its result depends on beside the inputs. The name is not part of it.
  package let parameters: @Sendable (TrialPoint) -> JSONValue
  /// The parts that it reads, by the name it knows them under. The trial is always there, as `trial`.
  package let parts: [String: String]
  /// Whether it reads the pools that the trial chose from: `pool`, or `pool.SHIFT` for each source of a mix.
  package let readsPools: Bool
  /// The versions of the rows that compute it.
  package let algorithms: [String: Int]

  package init(
    name: String, parameters: @escaping @Sendable (TrialPoint) -> JSONValue, parts: [String: String],
    readsPools: Bool = false, algorithms: [String: Int] = [:]
  ) {
    self.name = name
    self.parameters = parameters
    self.parts = parts
    self.readsPools = readsPools
    self.algorithms = algorithms
  }
}

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

  /// The object called `name` that the input task `input` made, where it is large and can be read where it lies; nil where it has
  /// to be read as a whole.
  func file(_ name: String, of input: String) throws -> MappedFile?
  /// The same of the raw file called `name`.
  func sourceFile(_ name: String) throws -> MappedFile?
  /// Where a task may write large objects; nil where it makes them in memory.
  var workDirectory: String? { get }
}

extension InputReading {
  package func file(_ name: String, of input: String) throws -> MappedFile? { nil }
  package func sourceFile(_ name: String) throws -> MappedFile? { nil }
  package var workDirectory: String? { nil }

  /// The objects that the input task `input` made: large ones as files, the others in memory.
  package func contents(of input: String) throws -> (objects: [String: [UInt8]], files: [String: MappedFile]) {
    var (objects, files) = ([String: [UInt8]](), [String: MappedFile]())
    for name in try digests(of: input).keys {
      files[name] = try file(name, of: input)
      if files[name] == nil { objects[name] = try object(name, of: input) }
    }
    return (objects, files)
  }

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
  /// Large things that were written to files instead.
  package let files: [String: WorkFile]
  /// An object.
  package let values: JSONValue
  /// CPU seconds by phase (`select`, `train`, …), for the attempt and never for the outcome.
  package let phaseSeconds: [String: Double]

  package init(
    objects: [String: [UInt8]] = [:], files: [String: WorkFile] = [:], values: JSONValue = .object([:]),
    phaseSeconds: [String: Double] = [:]
  ) {
    self.objects = objects
    self.files = files
    self.values = values
    self.phaseSeconds = phaseSeconds
  }
}

/// A task that cannot succeed, and why.
package struct TaskFailure: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
