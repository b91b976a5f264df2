package import Numerics

/// The most similar rows of a memory for each of several queries, found exactly.
package struct NearestNeighbours: Hashable, Sendable {
  /// Neighbours per query: what was asked for, or the size of the memory if that is less.
  package let k: Int
  /// `queries × k` rows of the memory, the most similar first; the lower row wins a tie.
  package private(set) var indices: [Int32] = []
  /// Their cosines.
  package private(set) var similarities: [Float] = []

  /// Compares every query with every row of the memory, block by block.
  ///
  /// - Parameters:
  ///   - queries: rows of unit length.
  ///   - memory: rows of unit length, at least one.
  package init(of queries: Matrix, in memory: Matrix, k: Int) {
    precondition(k > 0 && memory.rows > 0, "neighbours need a memory and a number")
    self.k = min(k, memory.rows)
    indices.reserveCapacity(queries.rows * self.k)
    similarities.reserveCapacity(queries.rows * self.k)
    // A block of similarities stays in the second-level cache while it is searched.
    let block = max(1, min(256, 262_144 / memory.rows))
    var selection = TopSelection(k: self.k)
    for start in stride(from: 0, to: queries.rows, by: block) {
      let tile = queries.rows(in: start..<min(start + block, queries.rows)).multiplied(
        by: memory, transposedOther: true)
      for row in 0..<tile.rows {
        selection.select(from: tile.values, in: row * tile.columns..<(row + 1) * tile.columns)
        for key in selection.keys {
          indices.append(TopSelection.index(of: key))
          similarities.append(TopSelection.similarity(of: key))
        }
      }
    }
  }
}

/// Finds the k largest of a row of cosines in one counting pass and one collecting pass.
private struct TopSelection {
  private static let bins = 1_024
  private let k: Int
  private var counts = [Int32](repeating: 0, count: bins)
  /// The selected entries, largest first; each orders as (similarity, −index).
  private(set) var keys: [UInt64] = []

  init(k: Int) { self.k = k }

  mutating func select(from values: [Float], in range: Range<Int>) {
    for bin in 0..<Self.bins { counts[bin] = 0 }
    for index in range { counts[Self.bin(values[index])] += 1 }
    // The start of each bin's entries in descending order, down to the bin that completes k.
    var (threshold, taken) = (Self.bins, Int32(0))
    while taken < k {
      threshold -= 1
      let size = counts[threshold]
      counts[threshold] = taken
      taken += size
    }
    keys = [UInt64](repeating: 0, count: Int(taken))
    for index in range {
      let bin = Self.bin(values[index])
      guard bin >= threshold else { continue }
      keys[Int(counts[bin])] = Self.key(values[index], index - range.lowerBound)
      counts[bin] += 1
    }
    sortWithinBins()
    keys.removeLast(keys.count - k)
  }

  /// Insertion sort: entries are already ordered by bin, so each moves a few places.
  private mutating func sortWithinBins() {
    for place in keys.indices.dropFirst() {
      let key = keys[place]
      var hole = place
      while hole > 0, keys[hole - 1] < key {
        keys[hole] = keys[hole - 1]
        hole -= 1
      }
      keys[hole] = key
    }
  }

  private static func bin(_ similarity: Float) -> Int {
    // NaN has no place in an order; it counts as the least.
    let position = (similarity + 1) * (Float(bins) / 2)
    return position > 0 ? Int(min(position, Float(bins - 1))) : 0
  }

  private static func key(_ similarity: Float, _ index: Int) -> UInt64 {
    let bits = similarity.isNaN ? (-Float.infinity).bitPattern : similarity.bitPattern
    let ordered = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
    return UInt64(ordered) << 32 | UInt64(UInt32.max - UInt32(index))
  }

  static func index(of key: UInt64) -> Int32 { Int32(UInt32.max - UInt32(truncatingIfNeeded: key)) }

  static func similarity(of key: UInt64) -> Float {
    let ordered = UInt32(key >> 32)
    return Float(bitPattern: ordered >> 31 == 1 ? ordered & 0x7fff_ffff : ~ordered)
  }
}
