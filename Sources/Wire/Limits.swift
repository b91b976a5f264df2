/// The largest lengths that are sent or believed. Everything received is checked against them before it is used.
package enum Limits {
  /// Bytes of one frame on the control port.
  package static let controlFrame = 1 << 20
  /// Bytes of one frame on the objects port: a chunk and its surroundings.
  package static let objectsFrame = chunk + 4096
  /// Bytes of an object sent at once. Small, because a peer with transport heartbeats loses a large message on a slow
  /// link for good (libzmq issue 2709).
  package static let chunk = 256 << 10
  /// Bytes of an outcome.
  package static let outcome = 512 << 10
  /// Bytes of the description of an attempt.
  package static let attempt = 64 << 10
  /// Bytes of a task's specification.
  package static let specification = 128 << 10
  /// Bytes of a sweep's JSON text.
  package static let sweep = 768 << 10
  /// Bytes of a name: of an object, an input, a host, a build, a BLAS kernel.
  package static let name = 255
  /// Bytes of a sentence for people.
  package static let sentence = 4096
  /// Bytes of what a task or the operating system said last.
  package static let lastWords = 2048
  /// Sweeps, classes, failures, running tasks in a status.
  package static let statusLines = 100
  /// Workers in a status.
  package static let statusWorkers = 1024
  /// Lines of the log in a status.
  package static let logLines = 50
  /// Failures in one answer.
  package static let failurePage = 128
  /// BLAS kernels of one agent.
  package static let cores = 64
  /// Raw files of one sweep.
  package static let sources = 8192
  /// Bytes of what a sweep calls one of its files, which may hold a path.
  package static let sourceName = 4096
  /// Attempts that one agent may report.
  package static let attempts = 8192
  /// Slots of one agent.
  package static let slots = 1024
  /// Attempts that one agent may ask to hold at once.
  package static let credits = 65_536
  /// Grants in one frame.
  package static let grants = 256
  /// Named objects of one result, one input or one grant.
  package static let objects = 1024
  /// Inputs of one task.
  package static let inputs = 256
  /// Digests in one question about lacking objects.
  package static let digests = 4096
  /// Chunks that may be asked for at once.
  package static let window = 64
  /// Bytes of one object.
  package static let object = UInt64(1) << 40
}

extension String {
  /// What fits into a sentence of the protocol, which is counted in bytes.
  package var asSentence: String {
    guard utf8.count > Limits.sentence else { return self }
    // A character that is cut in two becomes a replacement of three bytes.
    return String(decoding: utf8.prefix(Limits.sentence - 3), as: UTF8.self)
  }
}
