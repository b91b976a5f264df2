/// Names a task by what it computes: the digest of its canonical specification.
package struct TaskID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let digest: Digest

  package init(_ digest: Digest) { self.digest = digest }

  /// Reads 64 hexadecimal digits; nil for anything else.
  package init?(_ text: String) {
    guard let digest = Digest(text) else { return nil }
    self.digest = digest
  }

  package var description: String { digest.description }
  /// The first 12 digits, for people.
  package var short: String { digest.short }
  package static func < (left: TaskID, right: TaskID) -> Bool { left.digest < right.digest }
}

/// Names one agent process: 16 random bytes, the first never 0 (ZeroMQ keeps that for itself).
package struct WorkerID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Always 16 bytes.
  package let bytes: [UInt8]

  /// Takes 16 bytes with a first byte other than 0; nil otherwise.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 16, bytes[0] != 0 else { return nil }
    self.bytes = bytes
  }

  /// A fresh random name.
  package static func random() -> WorkerID {
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    bytes[0] = UInt8.random(in: 1...255)
    return WorkerID(bytes: bytes)!
  }

  package var description: String { Hexadecimal.encode(bytes) }
  /// The first 8 digits, for people.
  package var short: String { String(description.prefix(8)) }
  package static func < (left: WorkerID, right: WorkerID) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// A fencing number that only grows: with each grant of a task and with each start of a coordinator.
package struct Epoch: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let value: UInt64
  package init(_ value: UInt64) { self.value = value }
  package var next: Epoch { Epoch(value + 1) }
  package var description: String { String(value) }
  package static func < (left: Epoch, right: Epoch) -> Bool { left.value < right.value }
}
