import Core
import Samples

/// Samples of a source that must not be used any more: by their keys, or by their identifiers where a source has no keys.
struct Takedown: Hashable, Sendable {
  /// As in the manifest, sorted, each once.
  let entries: [String]
  private let keys: Set<String>
  private let identifiers: Set<SampleIdentifier>

  init(_ entries: [String]) {
    self.entries = entries
    keys = Set(entries)
    identifiers = Set(entries.compactMap { SampleIdentifier($0) })
  }

  /// Whether the sample called `key` within its source is among them.
  func holds(key: String) -> Bool { keys.contains(key) }

  /// Whether the sample of this content is among them.
  func holds(sourceID: UInt32, content: @autoclosure () -> [UInt8]) -> Bool {
    !identifiers.isEmpty && identifiers.contains(SampleIdentifier(sourceID: sourceID, content: content()))
  }
}

/// Names of samples within their source.
package enum SampleKey {
  /// Four bytes that only the key decides: a sample's name in objects.
  package static func sourceID(_ key: String) -> UInt32 {
    Digest(of: key).bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}
