import Core
package import Numerics

/// Samples of one shape: images, or vectors that are taken as they are.
package enum SampleSet: Hashable, Sendable {
  case images(ImageSet)
  /// One row a sample.
  case vectors(Matrix)

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
    let count = sets.reduce(0) { $0 + $1.count }
    switch shape {
    case .image(let height, let width, let channels):
      self = .images(
        ImageSet(
          count: count, height: height, width: width, channels: channels, pixels: sets.flatMap { $0.images!.pixels }))
    case .vector(let width):
      let values = sets.flatMap { set -> [Float] in
        guard case .vectors(let rows) = set else { return [] }
        return rows.values
      }
      self = .vectors(Matrix(rows: count, columns: width, values: values))
    }
  }

  /// The bytes of one sample, which tell it from others: pixels, or the little-endian bits of its numbers.
  package func bytes(of index: Int) -> [UInt8] {
    switch self {
    case .images(let images): Array(images.image(index))
    case .vectors(let rows):
      rows.values[index * rows.columns..<(index + 1) * rows.columns].flatMap(\.bitPattern.littleEndianBytes)
    }
  }
}
