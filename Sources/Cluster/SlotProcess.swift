import Coordination
import Core
package import Execution
import Files
import Foundation
import Numerics
import Planning
import Sweeps
import Synchronization
import Transport
import Wire

/// The process that computes: one task at a time, asked and answered through pipes.
///
/// It knows no network and no coordinator. It dies with its agent, and whatever kills it costs one attempt.
package struct SlotProcess {
  /// The file descriptor under which it gets its end of the pipe for answers; requests come on standard input.
  static let replyDescriptor: Int32 = 3

  private let executor: any TaskExecuting
  private let cache: ObjectCache<HostDisk>
  private let host: String
  private let writer = PipeWriter(descriptor: replyDescriptor)
  private let inbox = SlotInbox(descriptor: 0)

  /// - Parameter cacheDirectory: the agent's cache, into which the objects of results go.
  package init(executor: any TaskExecuting, cacheDirectory: String) throws {
    self.executor = executor
    // The agent says what stays; a slot only adds.
    cache = try ObjectCache(directory: cacheDirectory, limit: .max, trustedSince: 0)
    host = ThisHost.name
  }

  /// Serves until the agent closes the pipe.
  package func run() {
    writer.send(SlotReply.ready(core: BLAS.core).bytes)
    while let request = inbox.next() { writer.send(answer(request).bytes) }
  }

  private func answer(_ request: SlotRequest) -> SlotReply {
    let start = ResourceUse.current
    do {
      let specification = try TaskSpecification(bytes: request.specification, place: "task")
      let product = try compute(specification, request)
      return finish(specification, product, request, start: start)
    } catch let unreadable as UnreadableInput {
      return .unreadable(request.attempt, unreadable.object)
    } catch is CancellationError where !inbox.wants(request.attempt) {
      return .stopped(request.attempt)
    } catch {
      return .failed(
        request.attempt, .exception(lastWords: "\(error)".asSentence),
        seconds: MonotonicClock.now.seconds(since: start.time))
    }
  }

  private func compute(_ specification: TaskSpecification, _ request: SlotRequest) throws -> TaskProduct {
    if let core = specification.numericsCore, core != BLAS.core {
      throw TaskFailure("the task must be computed with the BLAS kernel \(core), and this process has \(BLAS.core)")
    }
    let executor: any TaskExecuting = specification.kind == .nothing ? NothingExecutor() : executor
    let reporter = ProgressReporter(writer: writer, attempt: request.attempt)
    let (inbox, attempt) = (inbox, request.attempt)
    let context = TaskContext(report: { reporter.report($0) }, isWanted: { inbox.wants(attempt) })
    return try executor.execute(specification, inputs: CachedInputs(request, cache), context: context)
  }

  private func finish(
    _ specification: TaskSpecification, _ product: TaskProduct, _ request: SlotRequest, start: ResourceUse
  ) -> SlotReply {
    var problem: String?
    var references: [String: ObjectReference] = [:]
    for (name, bytes) in product.objects {
      references[name] = ObjectReference(digest: Digest(of: bytes), size: bytes.count)
      do { try cache.add(bytes) } catch { problem = "\(error)" }
    }
    for (name, file) in product.files {
      guard let content = MappedFile(file.path) else {
        return .failed(
          request.attempt, .exception(lastWords: "\(file.path), which the task made, cannot be read"),
          seconds: MonotonicClock.now.seconds(since: start.time))
      }
      let reference = ObjectReference(digest: content.digest, size: content.size)
      references[name] = reference
      do { try cache.add(file: file.path, as: reference.digest, size: reference.size) } catch { problem = "\(error)" }
    }
    let outcome = Outcome(
      task: specification.id, kind: specification.kind, objects: references, values: product.values)
    let end = ResourceUse.current
    let success = TaskEnding.Success(
      outcome: outcome.canonical,
      attempt: attempt(request.attempt, from: start, to: end, phases: product.phaseSeconds).canonical,
      objects: references.sorted { $0.key < $1.key }.map {
        NamedObject(name: $0.key, digest: $0.value.digest, size: $0.value.size)
      })
    guard success.outcome.count <= Limits.outcome, success.objects.count <= Limits.objects else {
      return .failed(
        request.attempt, .tooLarge(bytes: success.outcome.count, objects: success.objects.count),
        seconds: end.time.seconds(since: start.time))
    }
    return .finished(request.attempt, success, seconds: end.time.seconds(since: start.time), problem: problem)
  }

  /// Who computed it, when and how: never part of the outcome.
  private func attempt(
    _ attempt: AttemptName, from start: ResourceUse, to end: ResourceUse, phases: [String: Double]
  ) -> JSONValue {
    let wall = end.time.seconds(since: start.time)
    return [
      "task": .string(attempt.task.description), "epoch": .string(attempt.epoch.description), "host": .string(host),
      "process": .integer(Int64(getpid())), "finishedAt": .number(Date().timeIntervalSince1970),
      "wallSeconds": .number(wall), "cpuSeconds": .number(end.cpuSeconds - start.cpuSeconds),
      "phaseSeconds": .object(phases.mapValues { .number($0) }), "blasCore": .string(BLAS.core), "blasThreads": 1,
      "peakMemoryBytes": .integer(Int64(end.peakMemoryBytes)), "program": .string(Build.identity),
    ]
  }
}

/// Sends progress, not more often than people and coordinators can use it.
private final class ProgressReporter: Sendable {
  private struct State {
    var signs: UInt64 = 0
    var thousandths = 0
    var sent = Instant.zero
  }

  private static let intervalSeconds = 0.25
  private let writer: PipeWriter
  private let attempt: AttemptName
  private let state = Mutex(State())

  init(writer: PipeWriter, attempt: AttemptName) {
    self.writer = writer
    self.attempt = attempt
  }

  /// Any report is a sign of life, whatever `share` it tells.
  func report(_ share: Double) {
    state.withLock { state in
      let now = MonotonicClock.now
      guard now.seconds(since: state.sent) >= Self.intervalSeconds else { return }
      state.signs += 1
      state.sent = now
      state.thousandths = max(state.thousandths, Int(max(0, min(1, share.isFinite ? share : 0)) * 1000))
      writer.send(SlotReply.progress(attempt, signs: state.signs, thousandths: state.thousandths).bytes)
    }
  }
}

/// Reads the inputs of one task from the cache.
private struct CachedInputs: InputReading {
  private let inputs: [String: [String: SlotRequest.File]]
  private let sources: [String: SlotRequest.File]
  private let cache: ObjectCache<HostDisk>

  init(_ request: SlotRequest, _ cache: ObjectCache<HostDisk>) {
    self.cache = cache
    func byName(_ files: [SlotRequest.File]) -> [String: SlotRequest.File] {
      Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    }
    inputs = request.inputs.mapValues(byName)
    sources = byName(request.sources)
  }

  func digests(of input: String) throws -> [String: Digest] {
    guard let files = inputs[input] else { throw TaskFailure("the task has no input called \(input)") }
    return files.mapValues(\.digest)
  }

  func object(_ name: String, of input: String) throws -> [UInt8] {
    guard let file = inputs[input]?[name] else { throw TaskFailure("the input \(input) has no object called \(name)") }
    return try bytes(of: file)
  }

  func source(_ name: String) throws -> [UInt8] {
    guard let file = sources[name] else { throw TaskFailure("the task has no raw file called \(name)") }
    return try bytes(of: file)
  }

  func file(_ name: String, of input: String) throws -> MappedFile? {
    guard let file = inputs[input]?[name] else { throw TaskFailure("the input \(input) has no object called \(name)") }
    return try mapped(file)
  }

  func sourceFile(_ name: String) throws -> MappedFile? { try sources[name].flatMap(mapped) }

  var workDirectory: String? { cache.workDirectory }

  /// Files of so many bytes are read where they lie.
  private static let mappedFrom = 16 << 20

  private func mapped(_ file: SlotRequest.File) throws -> MappedFile? {
    guard file.size >= Self.mappedFrom, let mapped = MappedFile(file.path) else { return nil }
    guard mapped.size == file.size, mapped.digest == file.digest else { throw UnreadableInput(object: file.digest) }
    return mapped
  }

  /// Nothing is computed from bytes that are not what they are named by.
  private func bytes(of file: SlotRequest.File) throws -> [UInt8] {
    guard let bytes = try? cache.verified(file.digest, at: file.path, size: file.size) else {
      throw UnreadableInput(object: file.digest)
    }
    return bytes
  }
}

/// An object that a task reads is gone from the cache, damaged, or cannot be read; the agent fetches it again.
private struct UnreadableInput: Error {
  let object: Digest
}
