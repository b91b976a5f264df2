import Core
import Foundation
import ObjectStore
import Testing

/// Random operations on a store and on a few dictionaries, which must agree.
@Suite struct ModelTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  /// The store as a person would describe it.
  private struct Model {
    var content = Content()
    var staged: [Digest: [UInt8]] = [:]
    var references: Set<Digest> = []

    mutating func flush() {
      content.objects.merge(staged) { old, _ in old }
      staged = [:]
    }

    mutating func commit(_ commit: Commit) -> CommitResult {
      let known = content.outcomes[commit.task] ?? []
      content.outcomes[commit.task, default: []].insert(commit.outcome)
      content.specifications[commit.task] = commit.specification
      if let attempt = commit.attempt { content.attempts[commit.task, default: []].insert(attempt) }
      content.failures[commit.task] = nil
      references.formUnion(commit.objects)
      return known.contains(commit.outcome) ? .alreadyKnown : known.isEmpty ? .stored : .variant
    }
  }

  private func object(_ number: Int) -> [UInt8] {
    number.isMultiple(of: 3) ? Sample.large(number) : Sample.small(number)
  }

  @Test(arguments: 0..<8) func storeAndModelAgreeAfterAnyOperations(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "store model")
    var model = Model()
    for _ in 0..<8 {
      // Each life of the store ends without a farewell, and what was only staged is gone.
      let store = try Store.write(path)
      for _ in 0..<10 { try operate(store, &model, &generator) }
      model.staged = [:]
    }
    #expect(try Content(path) == model.content)
    #expect(try Store.openForReading(at: path).check().isClean)
  }

  private func operate(_ store: Store, _ model: inout Model, _ generator: inout SeededGenerator) throws {
    switch generator.integer(below: 7) {
    case 0: try stage(store, &model, &generator)
    case 1:
      try stage(store, &model, &generator)
      try store.flush()
      model.flush()
    case 2, 3: try commit(store, &model, &generator)
    case 4:
      let task = generator.integer(below: 12)
      let failure = FailureRecord(
        task: Sample.task(task), specification: Sample.specification(task),
        report: Sample.bytes(9, generator.integer(below: 99)))
      try store.saveFailure(failure)
      if model.content.outcomes[failure.task] == nil { model.content.failures[failure.task] = failure.report }
    case 5:
      let json = Array("{\"number\":\(generator.integer(below: 3))}".utf8)
      model.content.sweeps[try store.saveSweep(name: "s", json: json)] = "s"
    default:
      let unreachable = Set(model.content.objects.keys).subtracting(model.references)
      #expect(Set(try store.prune(graceSeconds: -5, dryRun: false).objects) == unreachable)
      for digest in unreachable { model.content.objects[digest] = nil }
    }
  }

  private func stage(_ store: Store, _ model: inout Model, _ generator: inout SeededGenerator) throws {
    let content = object(generator.integer(below: 20))
    let digest = try store.stage(content)
    if model.content.objects[digest] == nil { model.staged[digest] = content }
  }

  private func commit(_ store: Store, _ model: inout Model, _ generator: inout SeededGenerator) throws {
    let here = (Array(model.content.objects.keys) + Array(model.staged.keys)).sorted()
    let commits = (0..<1 + generator.integer(below: 3)).map { _ in
      let objects =
        here.isEmpty ? [] : (0..<generator.integer(below: 3)).map { _ in here[generator.integer(below: here.count)] }
      return Sample.commit(
        generator.integer(below: 10), variant: generator.integer(below: 2), objects: Array(Set(objects)).sorted(),
        attempt: generator.integer(below: 4))
    }
    #expect(try store.commit(commits) == commits.map { model.commit($0) })
    model.flush()
  }
}
