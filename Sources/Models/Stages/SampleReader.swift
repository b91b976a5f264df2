import Core
import Numerics
import Samples

/// Turns samples into the inputs of a network: normalised pixels, or vectors as they are.
struct SampleReader {
  private let scaling: PixelScaling?

  /// - Parameter values: those of one sample.
  init(_ normalisation: PixelNormalisation?, values: Int) {
    scaling = normalisation.map { PixelScaling($0, values: values) }
  }

  /// Writes the samples at `indices` to the start of `rows`, one row a sample.
  func read(_ inputs: SampleSet, at indices: ArraySlice<Int>, into rows: inout [Float]) {
    switch inputs {
    case .images(let images): scaling!.gather(images, at: indices, into: &rows)
    case .vectors(let vectors): vectors.gather(indices, into: &rows)
    }
  }
}

extension TrainingSet {
  /// Rows that are read at once by those who need them all: blocks of them are what products are made of.
  static let blockRows = 4_096

  /// All inputs, normalised, in blocks of ``blockRows`` rows, and their labels, both in the order of ``order``: equal sets give
  /// equal blocks, however they are listed. Every block proceeds in `context`.
  func blocks(context: TaskContext) throws -> (blocks: [Matrix], labels: [Int32]) {
    let reader = SampleReader(normalisation, values: inputs.width)
    let blocks = try stride(from: 0, to: order.count, by: Self.blockRows).map { start in
      try context.proceed(start, of: order.count)
      let indices = order[start..<min(start + Self.blockRows, order.count)]
      var block = Matrix(rows: indices.count, columns: inputs.width)
      reader.read(inputs, at: indices, into: &block.values)
      return block
    }
    return (blocks, order.map { labels[$0] })
  }
}

/// A normalisation as the kernels want it: scale · value + shift.
private enum PixelScaling {
  case uniform(scale: Float, shift: Float)
  /// One of each for every value of an image.
  case perValue(scales: [Float], shifts: [Float])

  init(_ normalisation: PixelNormalisation, values: Int) {
    let scales = normalisation.deviation.map { Float(1 / (255 * Double($0))) }
    let shifts = zip(normalisation.mean, normalisation.deviation).map { Float(-Double($0) / Double($1)) }
    if normalisation.channels == 1 {
      self = .uniform(scale: scales[0], shift: shifts[0])
    } else {
      let channels = (0..<values).map { $0 % normalisation.channels }
      self = .perValue(scales: channels.map { scales[$0] }, shifts: channels.map { shifts[$0] })
    }
  }

  func gather(_ images: ImageSet, at indices: ArraySlice<Int>, into out: inout [Float]) {
    switch self {
    case .uniform(let scale, let shift):
      Kernels.gatherPixels(
        of: images.pixels, size: images.imageSize, at: indices, scale: scale, shift: shift, into: &out)
    case .perValue(let scales, let shifts):
      Kernels.gatherPixels(of: images.pixels, at: indices, scales: scales, shifts: shifts, into: &out)
    }
  }
}
