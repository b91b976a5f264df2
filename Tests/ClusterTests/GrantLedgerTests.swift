import Cluster
import Coordination
import Core
import Foundation
import ObjectStore
import TestSupport
import Testing
import Transport
import Wire

@Suite struct GrantLedgerTests {
  private let directory = NSTemporaryDirectory() + "winnow-\(UUID().uuidString)"
  private let key = KeyPair.generate().publicKey.description

  private func specification(_ number: Int) -> [UInt8] { Array("{\"number\":\(number)}".utf8) }

  private func attempt(_ number: Int) -> AttemptName {
    AttemptName(task: TaskID(Digest(of: specification(number))), epoch: Epoch(UInt64(7) << 32 | UInt64(number)))
  }

  private func open() throws -> Store { try Store.openForWriting(at: directory, owner: "a test") }

  @Test func theNextLifeKnowsToWhomWasGrantedWhatHasNoRecord() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    do {
      let store = try open()
      let ledger = try GrantLedger(store)
      #expect(ledger.earlier.isEmpty)
      try ledger.add([attempt(1), attempt(2)], key: key)
      try ledger.add([attempt(3)], key: "")
      _ = try store.commit([
        Commit(task: attempt(1).task, specification: specification(1), outcome: [1], objects: [])
      ])
    }
    let expected = [EarlierGrant(attempt: attempt(2), key: key), EarlierGrant(attempt: attempt(3), key: "")]
    do {
      let ledger = try GrantLedger(try open())
      #expect(ledger.earlier == expected)
      try ledger.add([attempt(4)], key: key)
    }
    // A process that died in the middle of an entry.
    let path = "\(directory)/\(GrantLedger.fileName)"
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.truncate(atOffset: 72 * 3 - 5)
    try handle.close()
    #expect(try GrantLedger(try open()).earlier == expected)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int == 72 * 2)
  }
}
