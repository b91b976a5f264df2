import Core
package import Numerics

/// Samples of one shape: images, or vectors that are taken as they are.
package enum SampleSet: Hashable, Sendable {
  case images(ImageSet)
  /// One row a sample.
  case vectors(RowTable)

  package static func vectors(_ rows: Matrix) -> SampleSet { .vectors(RowTable(rows)) }

  package var count: Int {
    switch self {
    case .images(let images): images.count
    case .vectors(let rows): rows.rows
    }
  }

  package var shape: SampleShape {
    switch self {
    case .images(let images): images.shape
    case .vectors(let rows): .vector(width: rows.columns)
    }
  }

  /// Values of one sample.
  package var width: Int { shape.size }

  /// The images; nil for vectors.
  package var images: ImageSet? {
    switch self {
    case .images(let images): images
    case .vectors: nil
    }
  }

  /// The given samples, in the given order; a sample may appear more than once.
  package func selecting(_ indices: [Int]) -> SampleSet {
    switch self {
    case .images(let images): .images(images.selecting(indices))
    case .vectors(let rows): .vectors(rows.selecting(rows: indices))
    }
  }

  /// All samples of `sets`, of which there is at least one and which have one shape, one set after the other; traps
  /// otherwise.
  package init(joining sets: [SampleSet]) {
    let shape = sets[0].shape
    precondition(sets.allSatisfy { $0.shape == shape }, "samples of different shapes cannot be joined")
    guard sets.count > 1 else {
      self = sets[0]
      return
    }
    switch shape {
    case .image(let height, let width, let channels):
      let count = sets.reduce(0) { $0 + $1.count }
      var pixels: [UInt8] = []
      // Reserved, because pools may take most of a host's memory.
      pixels.reserveCapacity(count * shape.size)
      for set in sets { pixels += set.images!.pixels }
      self = .images(ImageSet(count: count, height: height, width: width, channels: channels, pixels: pixels))
    case .vector:
      self = .vectors(
        RowTable(
          joining: sets.compactMap { set in if case .vectors(let rows) = set { rows } else { nil } }))
    }
  }

  /// The bytes of one sample, which tell it from others: pixels, or the little-endian bits of its numbers.
  package func bytes(of index: Int) -> [UInt8] {
    switch self {
    case .images(let images): Array(images.image(index))
    case .vectors(let rows):
      [UInt8](memoryOf: rows.row(index))
    }
  }
}
