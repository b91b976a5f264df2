import Core
import Execution
import Numerics
import ObjectStore
import Planning
import Sweeps

/// Computes results of a store again, in this process.
struct Recomputation {
  /// What became of one result.
  enum Verdict: Equatable, CustomStringConvertible {
    case same
    /// Another outcome came out, or none.
    case different(String)
    /// It cannot be compared here.
    case skipped(String)

    var isDifferent: Bool { if case .different = self { true } else { false } }
    var isSkipped: Bool { if case .skipped = self { true } else { false } }

    var description: String {
      switch self {
      case .same: "came out again"
      case .different(let how): "does not come out again: \(how)"
      case .skipped(let why): "cannot be compared here: \(why)"
      }
    }

    func json(of task: TaskID) -> JSONValue {
      let word = isDifferent ? "different" : isSkipped ? "skipped" : "same"
      return ["task": .string(task.description), "verdict": .string(word), "text": .string(description)]
    }
  }

  private let store: Store
  private let executor: TaskExecutor

  init(_ store: Store, allowsPrograms: Bool) {
    self.store = store
    executor = TaskExecutor(.standard(allowsPrograms: allowsPrograms))
  }

  /// Random tasks with a result, each at most once; those that `key` handed in when that is given.
  func sample(_ count: Int, key: String?, seed: UInt64) throws -> [TaskID] {
    var tasks = try store.tasks()
    if let key { tasks = try tasks.filter { try isHandedIn($0, by: key) } }
    var generator = SeededGenerator(seed: seed, purpose: "verify")
    return Array(tasks.shuffled(using: &generator).prefix(count))
  }

  private func isHandedIn(_ task: TaskID, by key: String) throws -> Bool {
    try store.attempts(of: task).contains {
      let by = (try? JSONValue.parse($0, source: "attempt"))?["by"]
      return by?["name"]?.text == key || by?["key"]?.text == key
    }
  }

  func verdict(on task: TaskID) -> Verdict {
    do {
      guard let bytes = try store.specification(of: task), let kept = try store.outcome(of: task) else {
        return .different("the store has lost its record")
      }
      let specification = try TaskSpecification(bytes: bytes, place: "task \(task.short)")
      if let core = specification.numericsCore, core != BLAS.core {
        return .skipped("it is pinned to the BLAS kernel \(core), and this process uses \(BLAS.core)")
      }
      let product: TaskProduct
      do {
        product = try executor.execute(
          specification, inputs: try StoredInputs(specification, store, executor), context: .unobserved)
      } catch let error as StoreError {
        return .skipped("\(error)")
      } catch {
        return .skipped("it fails here: \(error)")
      }
      precondition(product.files.isEmpty, "without a directory everything is made in memory")
      let outcome = Outcome(
        task: task, kind: specification.kind,
        objects: product.objects.mapValues { ObjectReference(digest: Digest(of: $0), size: $0.count) },
        values: product.values)
      return outcome.canonical == kept.bytes
        ? .same : .different("outcome \(Digest(of: outcome.canonical).short) here, \(kept.digest.short) in the store")
    } catch {
      return .different("\(error)")
    }
  }
}

/// The inputs of a task, out of a store.
struct StoredInputs: InputReading {
  private let inputs: [String: [String: ObjectReference]]
  private let sources: [String: Digest]
  private let tasks: [String: TaskID]
  private let store: Store
  /// Computes again what was not kept.
  private let executor: TaskExecutor

  init(_ specification: TaskSpecification, _ store: Store, _ executor: TaskExecutor) throws {
    self.store = store
    self.executor = executor
    tasks = specification.inputs
    sources = specification.sources
    inputs = try specification.inputs.mapValues { task in
      guard let outcome = try store.outcome(of: task) else {
        throw TaskFailure("its input, task \(task.short), has no result")
      }
      return try Outcome(bytes: outcome.bytes, place: "outcome \(outcome.digest.short)").objects
    }
  }

  func digests(of input: String) throws -> [String: Digest] {
    guard let objects = inputs[input] else { throw TaskFailure("the task has no input called \(input)") }
    return objects.mapValues(\.digest)
  }

  func object(_ name: String, of input: String) throws -> [UInt8] {
    guard let object = inputs[input]?[name] else {
      throw TaskFailure("the input \(input) has no object called \(name)")
    }
    do {
      return try store.read(object.digest)
    } catch StoreError.releasedObject(let digest) {
      return try computedAgain(name, digest, tasks[input]!)
    }
  }

  private func computedAgain(_ name: String, _ digest: Digest, _ task: TaskID) throws -> [UInt8] {
    guard let bytes = try store.specification(of: task) else { throw StoreError.releasedObject(digest) }
    let specification = try TaskSpecification(bytes: bytes, place: "task \(task.short)")
    let product = try executor.execute(
      specification, inputs: try StoredInputs(specification, store, executor), context: .unobserved)
    guard let made = product.objects[name], Digest(of: made) == digest else {
      throw TaskFailure("\(name) of task \(task.short) was not kept, and does not come out again here")
    }
    return made
  }

  func source(_ name: String) throws -> [UInt8] {
    guard let digest = sources[name] else { throw TaskFailure("the task has no raw file called \(name)") }
    return try store.read(digest)
  }
}
