import Core
import Datasets
import Sweeps

/// What a sweep on somebody's own files needs of hosts, told by the sizes of its data before anything is decoded.
///
/// A host has to hold what one task has in memory at a time, for each of its slots. The rules are measured: see Datasets.md.
package struct SweepFootprint: Sendable {
  /// One pool or set.
  package struct Source: Hashable, Sendable {
    package let name: String
    package let samples: Int
    /// Of its files on the disk.
    package let fileBytes: Int
    /// Of its samples with their features, as tasks hold them.
    package let bytes: Int
  }

  package let sources: [Source]
  /// Bytes that a slot has in memory while it makes the largest pool.
  package let building: Int
  /// Bytes that a slot has in memory during a trial.
  package let trial: Int

  /// What a process has without any data.
  private static let base = 150 << 20
  /// Decoded pools that a slot keeps.
  private static let keptPools = 3

  /// nil for data sets that cannot tell.
  package init?(_ resolved: ResolvedSweep) throws {
    guard let sizes = try resolved.dataset.sizes() else { return nil }
    let needed = Set(resolved.neededParts.map(\.name))
    sources = sizes.sources.filter { needed.contains($0.part) }.map { source in
      Source(
        name: source.part, samples: source.samples, fileBytes: source.fileBytes,
        bytes: source.samples * (sizes.sampleBytes + sizes.featureBytes))
    }
    let pools = sources.filter { source in resolved.description.pools.contains { $0.name == source.name } }
    let others = sources.filter { source in !pools.contains(source) }
    // The objects of the blocks, the blocks, and the pool made of them; then the pool and its objects.
    building = Self.base + 4 * (sources.map(\.bytes).max() ?? 0)
    let kept = pools.map(\.bytes).sorted(by: >).prefix(Self.keptPools)
    let corrupted = resolved.description.corruptions.count * resolved.description.severities * sizes.corruptedSamples
    // What a slot keeps, the objects of the pool that it reads last, and the sets that it measures on.
    trial =
      Self.base + kept.reduce(0, +) + (kept.first ?? 0) + 2 * (others.map(\.bytes).reduce(0, +))
      + 2 * corrupted * sizes.sampleBytes
  }

  /// Bytes of the files, which are read once and travel to whoever decodes them.
  package var fileBytes: Int { sources.reduce(0) { $0 + $1.fileBytes } }
  /// Bytes that a store grows by: the files, their blocks, and the pools and sets made of them.
  package var storedBytes: Int { fileBytes + 2 * sources.reduce(0) { $0 + $1.bytes } }
  /// Bytes that one slot needs at least.
  package var slotBytes: Int { max(building, trial) }
  package var samples: Int { sources.reduce(0) { $0 + $1.samples } }
}
