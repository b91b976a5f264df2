import Core
package import Samples

/// The rows of stored objects that hold certain samples: of a pool, or of a block of a data set of files.
package struct SampleRows {
  /// Samples by what objects call them.
  package struct Sought: Hashable, Sendable {
    package let identifiers: Set<SampleIdentifier>
    /// Names of keys within their sources.
    package let sourceIDs: Set<UInt32>

    package init(identifiers: Set<SampleIdentifier>, sourceIDs: Set<UInt32>) {
      self.identifiers = identifiers
      self.sourceIDs = sourceIDs
    }
  }

  /// What samples are called among the objects of a part, where it has any.
  private static let names = ["images", "samples"]
  private static let sourceIDs = "sourceIDs"

  /// Which of a part's objects are needed: none for a part without single samples.
  package static func needed(of names: Set<String>, for sought: Sought) -> [String] {
    guard names.contains(sourceIDs), let samples = Self.names.first(where: names.contains) else { return [] }
    return sought.identifiers.isEmpty ? [sourceIDs] : [sourceIDs, samples]
  }

  /// The rows that hold samples of `sought`. Throws a ``DatasetError`` for objects that are damaged.
  package static func of(_ sought: Sought, in objects: [String: [UInt8]], owner: String) throws -> [Int] {
    let stored = StoredObjects(owner: owner, objects: objects)
    let numbers = try stored.array(sourceIDs, rank: 1)
    let ids = try stored.identifiers(sourceIDs, count: numbers.shape[0])
    let samples = try names.first { objects[$0] != nil }.map { try stored.samples($0) }
    return ids.indices.filter { index in
      if sought.sourceIDs.contains(ids[index]) { return true }
      guard let samples, index < samples.count, !sought.identifiers.isEmpty else { return false }
      let name = SampleIdentifier(sourceID: ids[index], content: samples.bytes(of: index))
      return sought.identifiers.contains(name)
    }
  }
}
