package import Coordination
import Core
import Sweeps
import Wire

/// How orders travel through the pipe to a slot process.
extension SlotOrder {
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

extension SlotRequest {
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

  package init(bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    let attempt = try reader.attempt()
    let specification = try reader.content()
    let named = try reader.list { (try $0.text(), try Self.files(&$0)) }
    self.init(
      attempt: attempt, specification: specification, inputs: Dictionary(named) { first, _ in first },
      sources: try Self.files(&reader))
    try reader.finish()
  }

  private static func write(_ files: [File], to writer: inout ByteWriter) {
    writer.write(files.count)
    for file in files {
      writer.write(file.name)
      writer.write(file.digest)
      writer.write(file.size)
      writer.write(file.path)
    }
  }

  private static func files(_ reader: inout ByteReader) throws -> [File] {
    try reader.list { File(name: try $0.text(), digest: try $0.digest(), size: try $0.count(), path: try $0.text()) }
  }
}

/// How answers travel through the pipe from a slot process.
extension SlotReply {
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
    case .unreadable(let attempt, let object):
      Self.write(6, attempt, to: &writer)
      writer.write(object)
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
    case 6: self = .unreadable(try reader.attempt(), try reader.digest())
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
