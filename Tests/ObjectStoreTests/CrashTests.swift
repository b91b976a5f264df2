import Core
import Foundation
import ObjectStore
import Synchronization
import Testing

/// Stops the world at every durable step, and looks at what a crash would have left.
@Suite struct CrashTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  /// What was promised to the outside at some moment.
  private struct Promise: Sendable {
    var tasks: Set<TaskID> = []
    var objects: Set<Digest> = []
  }

  /// A copy of the directory at one step, and what had been promised by then.
  private struct Crash: Sendable {
    let step: DurableStep
    let path: String
    let promise: Promise
    /// Files whose content was not yet synchronised.
    let unsynchronized: Set<String>
  }

  private final class Recorder: Sendable {
    private struct State {
      var crashes: [Crash] = []
      var promise = Promise()
      var unsynchronized: Set<String> = []
    }
    private let state = Mutex(State())
    let store: String
    let directory: String

    init(store: String, directory: String) {
      self.store = store
      self.directory = directory
    }

    func record(_ step: DurableStep) throws {
      try state.withLock { state in
        let copy = "\(directory)/crash-\(state.crashes.count)"
        try Scratch.copy(store, to: copy)
        let unsynchronized = Set(state.unsynchronized.map { copy + $0.dropFirst(store.count) })
        state.crashes.append(Crash(step: step, path: copy, promise: state.promise, unsynchronized: unsynchronized))
        switch step {
        case .write(let file): state.unsynchronized.insert(file)
        case .rename(let file): state.unsynchronized.remove(file)
        default: break
        }
      }
    }

    func promise(tasks: [TaskID] = [], objects: [Digest]) {
      state.withLock {
        $0.promise.tasks.formUnion(tasks)
        $0.promise.objects.formUnion(objects)
      }
    }

    var crashes: [Crash] { state.withLock { $0.crashes } }
  }

  /// Puts, receives and commits, telling the recorder what the store has promised.
  private func work(_ store: Store, _ recorder: Recorder) throws {
    recorder.promise(objects: try store.put([Sample.small(1), Sample.large(2)]))
    for number in 3...6 {
      let content = Sample.large(number)
      let incoming = try #require(try store.receive(Digest(of: content), size: content.count))
      try incoming.append(Array(content[..<20_000]), at: 0)
      try incoming.append(Array(content[20_000...]), at: 20_000)
      try incoming.finish()
      let objects = [incoming.digest, try store.stage(Sample.small(number)), Digest(of: Sample.large(2))]
      let commits = [Sample.commit(number, objects: objects, attempt: number), Sample.commit(number + 100)]
      _ = try store.commit(commits)
      recorder.promise(tasks: commits.map(\.task), objects: objects)
    }
  }

  private func recorded() throws -> [Crash] {
    do { _ = try Store.write(path) }
    let recorder = Recorder(store: path, directory: scratch.path)
    let store = try Store.write(path) { try recorder.record($0) }
    try work(store, recorder)
    return recorder.crashes
  }

  private func expectSound(_ crash: Crash) throws {
    // A reader may come first, before any writer has looked after the log.
    do {
      let reader = try Store.openForReading(at: crash.path)
      #expect(try reader.finished(among: Array(crash.promise.tasks)) == crash.promise.tasks, "at \(crash.step)")
    }
    let store = try Store.write(crash.path)
    let report = try store.check()
    #expect(report.isClean, "after a crash at \(crash.step): \(report.problems)")
    #expect(try store.finished(among: Array(crash.promise.tasks)) == crash.promise.tasks, "at \(crash.step)")
    #expect(try store.contains(Array(crash.promise.objects)) == crash.promise.objects, "at \(crash.step)")
    for task in try store.tasks() {
      for record in try store.variants(of: task) { for object in record.objects { _ = try store.read(object) } }
    }
  }

  @Test func nothingPromisedIsLostByACrashAtAnyStep() throws {
    let crashes = try recorded()
    #expect(crashes.count > 30)
    #expect(Set(crashes.map { "\($0.step)".prefix { $0 != "(" } }).count == 6, "every kind of step must be seen")
    for crash in crashes { try expectSound(crash) }
  }

  @Test func nothingPromisedIsLostWhenUnsynchronisedBytesVanish() throws {
    for (number, crash) in try recorded().enumerated() {
      for file in crash.unsynchronized where FileManager.default.fileExists(atPath: file) {
        var content = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        // What a power cut leaves of such a file: nothing, a part, or its length full of zeros.
        switch number % 3 {
        case 0: content = []
        case 1: content = Array(content.prefix(content.count / 2))
        default: content = [UInt8](repeating: 0, count: content.count)
        }
        try Data(content).write(to: URL(fileURLWithPath: file))
      }
      try expectSound(crash)
    }
  }

  @Test func theInterruptedWorkCanBeDoneAgainAfterACrashAtAnyStep() throws {
    let crashes = try recorded()
    let expected = try Content(path)
    for crash in crashes {
      do {
        let store = try Store.write(crash.path)
        try redo(store)
      }
      #expect(try Content(crash.path) == expected, "after a crash at \(crash.step)")
    }
  }

  /// The same work by somebody who only knows what the store knows.
  private func redo(_ store: Store) throws {
    try store.put([Sample.small(1), Sample.large(2)])
    for number in 3...6 {
      let content = Sample.large(number)
      if let incoming = try store.receive(Digest(of: content), size: content.count) {
        try incoming.append(Array(content[incoming.received...]), at: incoming.received)
        try incoming.finish()
      }
      let objects = [Digest(of: content), try store.stage(Sample.small(number)), Digest(of: Sample.large(2))]
      _ = try store.commit([Sample.commit(number, objects: objects, attempt: number), Sample.commit(number + 100)])
    }
  }

  @Test func aTornTailOfTheLogLosesOnlyWhatWasNotPromised() throws {
    do {
      let store = try Store.write(path)
      _ = try store.commit([Sample.commit(1)])
      let log = path + "/winnow.sqlite-wal"
      let promised = try #require(try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
      let seal = try Data(contentsOf: URL(fileURLWithPath: path + "/seal"))
      _ = try store.commit([Sample.commit(2, attempt: 1)])
      let whole = try #require(try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
      #expect(whole > promised)
      for (number, end) in stride(from: promised, to: whole, by: (whole - promised) / 7 + 1).enumerated() {
        let copy = scratch.sub("torn-\(number)")
        try Scratch.copy(path, to: copy)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: copy + "/winnow.sqlite-wal"))
        try bytes.prefix(end).write(to: URL(fileURLWithPath: copy + "/winnow.sqlite-wal"))
        // The file is written after the log; with what it says of a promised commit, the same is a loss.
        #expect(try !Store.openForReading(at: copy).check().isClean)
        try seal.write(to: URL(fileURLWithPath: copy + "/seal"))
        let torn = try Store.write(copy)
        #expect(try torn.tasks() == [Sample.task(1)])
        #expect(try torn.check().isClean)
      }
    }
  }

  @Test func aRefusedStepStoresNothingAndTheSameCallWorksLater() throws {
    // Counting down to each step in turn, and refusing it as a full disk would.
    for failing in 0... {
      let path = scratch.sub("refusing-\(failing)")
      let remaining = Mutex<Int?>(failing)
      let store = try Store.write(path) { step in
        let fails = remaining.withLock { remaining in
          guard let count = remaining, step != .committed else { return false }
          remaining = count == 0 ? nil : count - 1
          return count == 0
        }
        if fails { throw StoreError.diskFull(path: "\(step)") }
      }
      func attempt() throws -> [CommitResult] {
        let objects = [
          try store.stage(Sample.large(1)), try store.stage(Sample.small(2)), try store.stage(Sample.large(3)),
        ]
        return try store.commit([Sample.commit(1, objects: objects)])
      }
      if (try? attempt()) != nil {
        #expect(failing >= 9, "there are at least nine steps")
        return
      }
      #expect(try store.tasks().isEmpty)
      #expect(try store.check().isClean)
      #expect(try attempt() == [.stored])
      #expect(try Store.openForReading(at: path).check().isClean)
    }
  }
}
