import Core
import Curation
import Datasets
import Files
import Sweeps

/// What a sweep on somebody's own files needs of hosts, told by the sizes of its data before anything is decoded.
///
/// A host has to hold what one task has in memory at a time, for each of its slots. Datasets.md has measured figures beside those
/// of these rules.
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
  /// Bytes that a slot has in memory during a trial or while scores are computed.
  package let trial: Int
  /// Bytes of files that a slot reads where they lie, beside its own memory: the system takes them back when there is need.
  package let mapped: Int

  /// What a process has without any data.
  private static let base = 150 << 20
  /// Decoded pools that a slot keeps.
  private static let keptPools = 3
  /// Labels, names, orders and distances of a sample, whatever its width.
  private static let rowBytes = 160
  /// What choosing block by block keeps at most: products with likely picks, and standardised rows.
  private static let blockwiseLimit = 384 << 20
  /// A file that is read as a whole, its values, and both in other precisions.
  private static let wholeFileCopies = 6
  /// Class probabilities by fold, of all, and their object.
  private static let scoreCopies = 3

  /// What the sizes of the data say; nil where they say nothing. A source that cannot be read is found by whoever decodes it.
  package static func ifKnown(of resolved: ResolvedSweep) throws -> SweepFootprint? {
    do {
      return try SweepFootprint(resolved)
    } catch is FileError {
      return nil
    } catch is DatasetError {
      return nil
    }
  }

  /// nil for data sets that cannot tell.
  package init?(_ resolved: ResolvedSweep) throws {
    let all = try resolved.datasets.compactMap { dataset in
      try dataset.dataset.sizes().map {
        (sizes: $0, needed: Set(resolved.neededParts(of: dataset.description).map(\.name)))
      }
    }
    guard let (sizes, needed) = all.first else { return nil }
    sources = all.flatMap { sizes, needed in
      sizes.sources.filter { needed.contains($0.part) }.map { source in
        Source(
          name: source.part, samples: source.samples, fileBytes: source.fileBytes,
          bytes: source.samples * (sizes.sampleBytes + sizes.featureBytes))
      }
    }
    let pools = sources.filter { source in resolved.description.pools.contains { $0.name == source.name } }
    let others = sources.filter { source in !pools.contains(source) }
    let kept = pools.sorted { ($0.bytes, $0.name) > ($1.bytes, $1.name) }.prefix(Self.keptPools)
    let strategies = try resolved.sweep.strategies.filter { !$0.isMix }.map { try StrategyRegistry.resolve($0) }
    let largest = kept.first?.samples ?? 0
    let scores =
      strategies.contains { $0.needs.contains(.scores) }
      ? Self.scoreCopies * largest * MemoryLayout<Float>.stride * resolved.description.classes.count : 0
    guard resolved.description.shape.isImage else {
      // Rows of pools stay in their files; sets to measure on are made and read as a whole.
      let whole = all.flatMap(\.sizes.sources).filter { needed.contains($0.part) }.map(\.wholeFileBytes).max() ?? 0
      let made = max(
        Self.rowBytes * (sources.map(\.samples).max() ?? 0) + Self.wholeFileCopies * whole,
        4 * (others.map(\.bytes).max() ?? 0))
      building = Self.base + made
      let chosenFrom =
        strategies.contains(where: \.holdsFeatures) || resolved.sweep.strategies.contains(where: \.isMix)
        ? 2 * largest * sizes.featureBytes : min(Self.blockwiseLimit, largest * sizes.featureBytes)
      trial =
        Self.base + Self.rowBytes * kept.reduce(0) { $0 + $1.samples } + max(scores, chosenFrom)
        + 2 * others.reduce(0) { $0 + $1.bytes }
      mapped = kept.reduce(0) { $0 + $1.bytes }
      return
    }
    // The objects of the blocks, the blocks, and the pool made of them; then the pool and its objects.
    building = Self.base + 4 * (sources.map(\.bytes).max() ?? 0)
    mapped = 0
    let corrupted = resolved.description.corruptions.count * resolved.description.severities * sizes.corruptedSamples
    // What a slot keeps, the objects of the pool that it reads last, and the sets that it measures on.
    trial =
      Self.base + kept.reduce(0) { $0 + $1.bytes } + (kept.first?.bytes ?? 0) + scores
      + 2 * others.reduce(0) { $0 + $1.bytes }
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
