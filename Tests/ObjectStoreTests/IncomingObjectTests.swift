import Core
import Foundation
import ObjectStore
import Testing

@Suite struct IncomingObjectTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  private func feed(_ object: IncomingObject, _ content: [UInt8], upTo end: Int, pieces: Int = 10_000) throws {
    while object.received < end {
      let start = object.received
      try object.append(Array(content[start..<min(start + pieces, end)]), at: start)
    }
  }

  @Test(arguments: [0, 1, 5000, 32_768, 100_000]) func anObjectArrivesInPieces(size: Int) throws {
    let content = Sample.bytes(size, size)
    let store = try Store.write(path)
    let object = try #require(try store.receive(Digest(of: content), size: size))
    try feed(object, content, upTo: size)
    try object.finish()
    #expect(try store.read(object.digest) == content)
    #expect(try store.receive(object.digest, size: size) == nil)
    try store.flush()
    #expect(try Store.openForReading(at: path).read(object.digest) == content)
    #expect(try store.check().isClean)
  }

  @Test func whatArrivedOfALargeObjectSurvivesARestart() throws {
    let content = Sample.bytes(100_000, 1)
    do {
      let store = try Store.write(path)
      let object = try #require(try store.receive(Digest(of: content), size: content.count))
      try feed(object, content, upTo: 40_000)
    }
    let store = try Store.write(path)
    let object = try #require(try store.receive(Digest(of: content), size: content.count))
    #expect(object.received == 40_000)
    try feed(object, content, upTo: content.count)
    try object.finish()
    #expect(try store.put([]) == [])
    #expect(try store.read(object.digest) == content)
  }

  @Test func aFinishedObjectThatACrashCaughtIsFinishedAgain() throws {
    let content = Sample.bytes(50_000, 1)
    do {
      let store = try Store.write(path)
      let object = try #require(try store.receive(Digest(of: content), size: content.count))
      try feed(object, content, upTo: content.count)
      try object.finish()
    }
    let store = try Store.write(path)
    let object = try #require(try store.receive(Digest(of: content), size: content.count))
    #expect(object.received == content.count)
    try object.finish()
    #expect(try store.read(object.digest) == content)
  }

  @Test func piecesThatDoNotContinueAreRefused() throws {
    let content = Sample.bytes(40_000, 1)
    let store = try Store.write(path)
    let object = try #require(try store.receive(Digest(of: content), size: content.count))
    try object.append(Array(content[0..<10]), at: 0)
    for offset in [0, 9, 11, 20_000] {
      #expect(throws: StoreError.self) { try object.append([1], at: offset) }
    }
    #expect(throws: StoreError.self) { try object.append(content, at: 10) }
    #expect(throws: StoreError.self) { try object.finish() }
    #expect(object.received == 10)
  }

  @Test(arguments: [5000, 50_000]) func bytesThatAreNotTheAnnouncedOnesAreRefusedAndStartAgain(size: Int) throws {
    var wrong = Sample.bytes(size, 1)
    let digest = Digest(of: wrong)
    wrong[size / 2] ^= 1
    let store = try Store.write(path)
    let object = try #require(try store.receive(digest, size: size))
    try feed(object, wrong, upTo: size)
    #expect(throws: StoreError.self) { try object.finish() }
    #expect(object.received == 0)
    #expect(try !store.contains(digest))
    try feed(object, Sample.bytes(size, 1), upTo: size)
    try object.finish()
    #expect(try store.contains(digest))
  }

  @Test func twoReceiversOfOneObjectShareIt() throws {
    let content = Sample.bytes(50_000, 1)
    let store = try Store.write(path)
    let first = try #require(try store.receive(Digest(of: content), size: content.count))
    let second = try #require(try store.receive(Digest(of: content), size: content.count))
    #expect(first === second)
  }
}
