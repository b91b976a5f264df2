package import Core

/// Builds the parts of the built-in data set `fashion++`. Every part is a pure function of its inputs.
package struct FashionPlusPlusBuilder: Sendable {
  package let seed: UInt64
  /// Votes per image in the crowdsourced pool, odd.
  package let crowdVotes: Int
  /// Images per corruption and severity.
  package let corruptionImages: Int

  package init(seed: UInt64, crowdVotes: Int, corruptionImages: Int) {
    self.seed = seed
    self.crowdVotes = crowdVotes
    self.corruptionImages = corruptionImages
  }

  /// What a part consists of.
  package struct PartOutput: Sendable {
    package let objects: [String: [UInt8]]
    /// Small facts for reports, an object.
    package let facts: JSONValue

    package init(objects: [String: [UInt8]], facts: JSONValue) {
      self.objects = objects
      self.facts = facts
    }
  }

  /// Builds `part` (a name of `Sweeps.FashionPlusPlus.parts`).
  ///
  /// - Parameters:
  ///   - sources: the raw gzipped IDX files by file name; only `web` and `evaluation` read them.
  ///   - inputs: the objects of the parts that this one is built from, by part name, then object name.
  package func build(part: String, sources: [String: [UInt8]], inputs: [String: [String: [UInt8]]]) throws -> PartOutput
  {
    fatalError("not built yet")
  }
}
