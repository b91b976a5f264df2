import Numerics
import Samples

/// The buffers of a forward pass over one batch, allocated once and used again for every batch.
struct ForwardPass {
  /// The input of each stage and, last, the logits: one row a sample of the batch.
  var activations: [[Float]]
  /// How many samples the present batch holds.
  private(set) var rows = 0
  private let scaling: PixelScaling?

  init(_ network: Network, _ stages: [any Stage], batch: Int) {
    let widths = [network.input.size] + stages.map(\.outputs)
    activations = widths.map { [Float](repeating: 0, count: batch * $0) }
    scaling = network.normalisation.map { PixelScaling($0, values: network.input.size) }
  }

  /// Takes the samples at `indices`, which fit the network, as the present batch.
  mutating func gather(_ inputs: SampleSet, at indices: ArraySlice<Int>) {
    rows = indices.count
    switch inputs {
    case .images(let images): scaling!.gather(images, at: indices, into: &activations[0])
    case .vectors(let matrix):
      let width = matrix.columns
      for (row, index) in indices.enumerated() {
        activations[0].replaceSubrange(
          row * width..<(row + 1) * width, with: matrix.values[index * width..<(index + 1) * width])
      }
    }
  }

  /// Runs the first `count` stages.
  mutating func run(_ stages: [any Stage], count: Int) {
    for index in 0..<count {
      stages[index].forward(activations[index], rows: rows, into: &activations[index + 1])
    }
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
