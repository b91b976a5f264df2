import Core
import Foundation
import ObjectStore
import Testing

@Suite struct StoreTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  @Test func objectsOfEverySizeComeBackAfterReopening() throws {
    let contents = [0, 1, 100, 32_767, 32_768, 32_769, 300_000].map { Sample.bytes($0, $0) }
    var store: Store? = try Store.write(path)
    let digests = try #require(try store?.put(contents))
    store = nil
    let reader = try Store.openForReading(at: path)
    for (digest, content) in zip(digests, contents) {
      #expect(try reader.read(digest) == content)
      #expect(try reader.size(of: digest) == content.count)
      #expect((try reader.path(of: digest) != nil) == (content.count >= Store.largeObjectSize))
    }
    #expect(try reader.contains(digests + [Digest(of: "absent")]) == Set(digests))
    #expect(try reader.objects().map(\.digest) == digests.sorted())
    #expect(throws: StoreError.missingObject(Digest(of: "absent"))) { try reader.read(Digest(of: "absent")) }
  }

  @Test func piecesOfAnObjectAddUpToIt() throws {
    let store = try Store.write(path)
    for content in [Sample.small(1), Sample.bytes(700_000, 2)] {
      let digest = try store.put([content])[0]
      var collected: [UInt8] = []
      while true {
        let piece = try store.read(digest, offset: collected.count, count: 262_144)
        if piece.isEmpty { break }
        collected += piece
      }
      #expect(collected == content)
      #expect(try store.read(digest, offset: content.count + 5, count: 10).isEmpty)
      #expect(throws: StoreError.self) { try store.read(digest, offset: -1, count: 10) }
    }
  }

  @Test func largeObjectsAreReadOnlyFilesNamedByTheirDigest() throws {
    let store = try Store.write(path)
    let digest = try store.put([Sample.large(1)])[0]
    let file = try #require(try store.path(of: digest))
    #expect(file == "\(path)/objects/\(digest.description.prefix(2))/\(digest.description.dropFirst(2))")
    let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(permissions == 0o444)
  }

  @Test func stagedObjectsCanBeReadAtOnceAndAreDurableWithTheirRecord() throws {
    let store = try Store.write(path)
    let digests = try [Sample.small(1), Sample.large(2)].map { try store.stage($0) }
    #expect(try store.contains(digests).count == 2)
    #expect(try store.read(digests[1]) == Sample.large(2))
    #expect(try store.objects().isEmpty)
    #expect(try store.commit([Sample.commit(1, objects: digests)]) == [.stored])
    #expect(try store.objects().map(\.digest) == digests.sorted())
    #expect(try Store.openForReading(at: path).read(digests[0]) == Sample.small(1))
  }

  @Test func aRecordComesBackWithAllItsParts() throws {
    let store = try Store.write(path)
    let object = try store.stage(Sample.small(7))
    let commit = Sample.commit(1, objects: [object], attempt: 1)
    #expect(try store.commit([commit, Sample.commit(2)]) == [.stored, .stored])
    let outcome = try #require(try store.outcome(of: commit.task))
    #expect(outcome.bytes == commit.outcome)
    #expect(outcome.digest == Digest(of: commit.outcome))
    #expect(try store.specification(of: commit.task) == commit.specification)
    #expect(try store.attempts(of: commit.task) == [try #require(commit.attempt)])
    #expect(try store.variants(of: commit.task).map(\.objects) == [[object]])
    let all = [commit.task, Sample.task(2), Sample.task(3)]
    #expect(try store.finished(among: all) == [all[0], all[1]])
    #expect(Set(try store.outcomes(of: all).keys) == [all[0], all[1]])
    #expect(try store.tasks() == [all[0], all[1]].sorted())
    #expect(try store.outcome(of: all[2]) == nil)
  }

  @Test func aSecondOutcomeOfATaskIsKeptAsAVariantInAnyOrder() throws {
    var chosen: Set<Digest> = []
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let store = try Store.write(scratch.sub("order\(order)"))
      let results = try order.flatMap { try store.commit([Sample.commit(1, variant: $0)]) }
      #expect(results == [.stored, .variant, .variant])
      #expect(try store.commit([Sample.commit(1, variant: 1)]) == [.alreadyKnown])
      #expect(try store.variants(of: Sample.task(1)).count == 3)
      chosen.insert(try #require(try store.outcome(of: Sample.task(1))).digest)
      #expect(try store.statistics().tasksWithVariants == 1)
    }
    #expect(chosen.count == 1)
  }

  @Test func aCommitWithoutItsObjectsOrWithAForeignNameIsRefusedWhole() throws {
    let store = try Store.write(path)
    let absent = Digest(of: "absent")
    #expect(throws: StoreError.missingObject(absent)) {
      try store.commit([Sample.commit(1), Sample.commit(2, objects: [absent])])
    }
    let misnamed = Commit(
      task: Sample.task(2), specification: Sample.specification(1), outcome: Sample.outcome(1), objects: [])
    #expect(throws: StoreError.self) { try store.commit([misnamed]) }
    #expect(try store.tasks().isEmpty)
  }

  @Test func failuresAreKeptUntilTheTaskSucceedsOrTheyAreCleared() throws {
    let store = try Store.write(path)
    func failure(_ number: Int, _ report: String) -> FailureRecord {
      FailureRecord(
        task: Sample.task(number), specification: Sample.specification(number), report: Array(report.utf8))
    }
    for number in 1...4 { try store.saveFailure(failure(number, "first")) }
    try store.saveFailure(failure(1, "second"))
    #expect(try store.failures().count == 4)
    #expect(try store.failures().first { $0.task == Sample.task(1) } == failure(1, "second"))
    _ = try store.commit([Sample.commit(2)])
    try store.saveFailure(failure(2, "too late"))
    #expect(try store.failures().map(\.task) == [1, 3, 4].map(Sample.task).sorted())
    #expect(try store.clearFailures(of: [Sample.task(3), Sample.task(9)]) == 1)
    #expect(try store.clearFailures(of: nil) == 2)
    #expect(try store.failures().isEmpty)
  }

  @Test func sweepsAreListedByWhenTheyWereLastSaved() throws {
    let store = try Store.write(path)
    let first = try store.saveSweep(name: "one", json: Array("{\"a\":1}".utf8))
    let second = try store.saveSweep(name: "two", json: Array("{\"a\":2}".utf8))
    #expect(try store.sweeps().map(\.id) == [first, second])
    try store.saveSweep(name: "one again", json: Array("{\"a\":1}".utf8))
    #expect(try store.sweeps().map(\.name) == ["two", "one again"])
    #expect(first == Digest(of: "{\"a\":1}"))
  }

  @Test func statisticsCountWhatIsThere() throws {
    let store = try Store.write(path)
    let objects = try store.put([Sample.small(1), Sample.large(2), Sample.large(3)])
    _ = try store.commit([Sample.commit(1, objects: objects, attempt: 1), Sample.commit(1, attempt: 2)])
    let statistics = try store.statistics()
    #expect(statistics.smallObjects == 1 && statistics.largeObjects == 2)
    #expect(statistics.smallBytes == Sample.small(1).count)
    #expect(statistics.largeBytes == Sample.large(2).count + Sample.large(3).count)
    #expect(statistics.tasks == 1 && statistics.outcomes == 2 && statistics.attempts == 2)
    #expect(statistics.epoch == store.epoch && statistics.formatVersion == Store.formatVersion)
  }
}
