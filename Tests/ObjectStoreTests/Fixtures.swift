import Core
import Foundation
import GRDB
import ObjectStore
import Testing

/// A directory of a test's own, deleted with it.
final class Scratch: Sendable {
  let path: String

  init() {
    // In memory where there is such a place: what a disk may lose is tested by losing it, not by waiting for disks.
    let memory = "/dev/shm/"
    let parent = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    path = parent + "winnow-store-tests-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func sub(_ name: String) -> String { path + "/" + name }

  /// Changes the database of the store at `path` behind its back.
  static func edit(_ path: String, _ statement: String) throws {
    try DatabaseQueue(path: path + "/winnow.sqlite").write { try $0.execute(sql: statement) }
  }

  static func copy(_ source: String, to target: String) throws {
    try FileManager.default.copyItem(atPath: source, toPath: target)
  }
}

/// Bytes, objects and commits that differ by number.
enum Sample {
  static func bytes(_ count: Int, _ number: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(number), purpose: "sample bytes")
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
  }

  static func small(_ number: Int) -> [UInt8] { bytes(100 + number % 400, number) }
  static func large(_ number: Int) -> [UInt8] { bytes(Store.largeObjectSize + number % 5000, number) }

  static func specification(_ number: Int) -> [UInt8] {
    (["kind": "nothing", "number": .integer(Int64(number))] as JSONValue).canonical
  }

  static func task(_ number: Int) -> TaskID { TaskID(Digest(of: specification(number))) }

  static func outcome(_ number: Int, variant: Int = 0, objects: [Digest] = []) -> [UInt8] {
    ([
      "task": .string(task(number).description), "variant": .integer(Int64(variant)),
      "objects": .array(objects.map { .string($0.description) }),
    ] as JSONValue).canonical
  }

  static func commit(_ number: Int, variant: Int = 0, objects: [Digest] = [], attempt: Int? = nil) -> Commit {
    Commit(
      task: task(number), specification: specification(number),
      outcome: outcome(number, variant: variant, objects: objects), objects: objects,
      attempt: attempt.map {
        (["attempt": .integer(Int64($0)), "task": .integer(Int64(number))] as JSONValue).canonical
      })
  }
}

extension Store {
  static func write(_ path: String, observer: @escaping StepObserver = { _ in }) throws -> Store {
    try openForWriting(at: path, owner: "test", observer: observer)
  }

  /// Adds a sweep under the digest of `json`, which is returned.
  @discardableResult func saveSweep(name: String, json: [UInt8], trialTable: [UInt8]? = nil) throws -> Digest {
    try addSweep(id: Digest(of: json), name: name, json: json, trialTable: trialTable)
    return Digest(of: json)
  }
}

/// Everything a store holds, in a form that can be compared.
struct Content: Equatable {
  var objects: [Digest: [UInt8]] = [:]
  var outcomes: [TaskID: Set<[UInt8]>] = [:]
  var specifications: [TaskID: [UInt8]] = [:]
  var attempts: [TaskID: Set<[UInt8]>] = [:]
  var failures: [TaskID: [UInt8]] = [:]
  var sweeps: [Digest: String] = [:]

  init() {}

  init(_ path: String) throws { try self.init(Store.openForReading(at: path)) }

  init(_ store: Store) throws {
    for (digest, _) in try store.objects() { objects[digest] = try store.read(digest) }
    for task in try store.tasks() {
      outcomes[task] = Set(try store.variants(of: task).map(\.bytes))
      specifications[task] = try store.specification(of: task)
      let attempts = try store.attempts(of: task)
      if !attempts.isEmpty { self.attempts[task] = Set(attempts) }
    }
    for failure in try store.failures() { failures[failure.task] = failure.report }
    for sweep in try store.sweeps() { sweeps[sweep.id] = sweep.name }
  }
}
