package import Core
package import Sweeps
package import Wire

/// What an agent asks of a slot process.
package enum SlotOrder: Equatable {
  case run(SlotRequest)
  /// Stop computing this attempt, if that is what it does.
  case cancel(AttemptName)

  package var bytes: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .run(let request):
      writer.write(0)
      writer.write(request.bytes)
    case .cancel(let attempt):
      writer.write(1)
      writer.write(attempt.task.digest)
      writer.write(attempt.epoch.value)
    }
    return writer.bytes
  }

  package init(bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    switch try reader.word() {
    case 0: self = .run(try SlotRequest(bytes: try reader.content()))
    case 1: self = .cancel(try reader.attempt())
    default: throw ByteReader.Malformed()
    }
    try reader.finish()
  }
}

/// A task for a slot process.
package struct SlotRequest: Equatable {
  /// A cached object that the task reads.
  package struct File: Equatable {
    /// The name that the task knows it by.
    package let name: String
    package let digest: Digest
    package let path: String

    package init(name: String, digest: Digest, path: String) {
      self.name = name
      self.digest = digest
      self.path = path
    }
  }

  /// Returned with every answer.
  let attempt: AttemptName
  /// Canonical JSON of the task.
  let specification: [UInt8]
  let inputs: [String: [File]]
  let sources: [File]

  package var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(attempt.task.digest)
    writer.write(attempt.epoch.value)
    writer.write(specification)
    writer.write(inputs.count)
    for (name, files) in inputs.sorted(by: { $0.key < $1.key }) {
      writer.write(name)
      Self.write(files, to: &writer)
    }
    Self.write(sources, to: &writer)
    return writer.bytes
  }

  package init(attempt: AttemptName, specification: [UInt8], inputs: [String: [File]], sources: [File]) {
    self.attempt = attempt
    self.specification = specification
    self.inputs = inputs
    self.sources = sources
  }

  package init(bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    attempt = AttemptName(task: TaskID(try reader.digest()), epoch: Epoch(try reader.word()))
    specification = try reader.content()
    let named = try reader.list { (try $0.text(), try Self.files(&$0)) }
    inputs = Dictionary(named) { first, _ in first }
    sources = try Self.files(&reader)
    try reader.finish()
  }

  private static func write(_ files: [File], to writer: inout ByteWriter) {
    writer.write(files.count)
    for file in files {
      writer.write(file.name)
      writer.write(file.digest)
      writer.write(file.path)
    }
  }

  private static func files(_ reader: inout ByteReader) throws -> [File] {
    try reader.list { File(name: try $0.text(), digest: try $0.digest(), path: try $0.text()) }
  }
}

/// What a slot process says to its agent.
package enum SlotReply: Equatable {
  /// It is up, and computes with this BLAS kernel.
  case ready(core: String)
  /// How many signs of life the task has given, and how many thousandths of it are done; neither shrinks.
  case progress(AttemptName, signs: UInt64, thousandths: Int)
  /// The task is computed; `problem` says why its objects could not be written to the cache.
  case finished(AttemptName, TaskEnding.Success, seconds: Double, problem: String?)
  case failed(AttemptName, FailureCause, seconds: Double)
  /// The task stopped, because it was asked to.
  case stopped(AttemptName)

  package var bytes: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .ready(let core):
      writer.write(0)
      writer.write(core)
    case .progress(let attempt, let signs, let thousandths):
      Self.write(1, attempt, to: &writer)
      writer.write(signs)
      writer.write(thousandths)
    case .finished(let attempt, let success, let seconds, let problem):
      Self.write(2, attempt, to: &writer)
      writer.write(success)
      writer.write(seconds)
      writer.write(problem ?? "")
    case .failed(let attempt, .tooLarge(let bytes, let objects), let seconds):
      Self.write(4, attempt, to: &writer)
      writer.write(bytes)
      writer.write(objects)
      writer.write(seconds)
    case .failed(let attempt, let cause, let seconds):
      Self.write(3, attempt, to: &writer)
      writer.write(cause.description)
      writer.write(seconds)
    case .stopped(let attempt): Self.write(5, attempt, to: &writer)
    }
    return writer.bytes
  }

  package init(bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    switch try reader.word() {
    case 0: self = .ready(core: try reader.text())
    case 1: self = .progress(try reader.attempt(), signs: try reader.word(), thousandths: try reader.count())
    case 2:
      self = .finished(
        try reader.attempt(), try reader.success(), seconds: try reader.number(),
        problem: try reader.text().nonEmpty)
    case 3:
      self = .failed(try reader.attempt(), .exception(lastWords: try reader.text()), seconds: try reader.number())
    case 4:
      self = .failed(
        try reader.attempt(), .tooLarge(bytes: try reader.count(), objects: try reader.count()),
        seconds: try reader.number())
    case 5: self = .stopped(try reader.attempt())
    default: throw ByteReader.Malformed()
    }
    try reader.finish()
  }

  private static func write(_ kind: Int, _ attempt: AttemptName, to writer: inout ByteWriter) {
    writer.write(kind)
    writer.write(attempt.task.digest)
    writer.write(attempt.epoch.value)
  }
}

extension ByteWriter {
  mutating func write(_ success: TaskEnding.Success) {
    write(success.outcome)
    write(success.attempt)
    write(success.objects.count)
    for object in success.objects {
      write(object.name)
      write(object.digest)
      write(object.size)
    }
  }
}

extension ByteReader {
  mutating func attempt() throws -> AttemptName {
    AttemptName(task: TaskID(try digest()), epoch: Epoch(try word()))
  }

  mutating func success() throws -> TaskEnding.Success {
    TaskEnding.Success(
      outcome: try content(), attempt: try content(),
      objects: try list { NamedObject(name: try $0.text(), digest: try $0.digest(), size: try $0.count()) })
  }
}

extension String {
  /// Nil when there is nothing in it.
  var nonEmpty: String? { isEmpty ? nil : self }
}
