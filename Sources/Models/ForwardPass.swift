import Numerics
import Samples

/// The buffers of a forward pass over one batch, allocated once and used again for every batch.
struct ForwardPass {
  /// The input of each layer and, last, the logits: one row a sample of the batch.
  var activations: [[Float]]
  /// How many samples the present batch holds.
  private(set) var rows = 0

  init(_ architecture: Architecture, batch: Int) {
    activations = architecture.widths.map { [Float](repeating: 0, count: batch * $0) }
  }

  /// Takes the samples at `indices` as the present batch.
  mutating func gather(_ inputs: SampleSet, at indices: ArraySlice<Int>, normalisation: PixelNormalisation) {
    rows = indices.count
    switch inputs {
    case .images(let images):
      Kernels.gatherPixels(
        of: images.pixels, size: images.imageSize, at: indices, scale: normalisation.scale,
        shift: normalisation.shift, into: &activations[0])
    case .vectors(let matrix):
      let width = matrix.columns
      for (row, index) in indices.enumerated() {
        activations[0].replaceSubrange(
          row * width..<(row + 1) * width, with: matrix.values[index * width..<(index + 1) * width])
      }
    }
  }

  /// Runs the first `layers` layers; all but the last layer of the network end in ReLU.
  mutating func run(_ network: Network, layers: Int) {
    for (index, layer) in network.layers.prefix(layers).enumerated() {
      LinearKernels.forward(activations[index], rows: rows, weights: layer.weights, into: &activations[index + 1])
      if index + 1 < network.layers.count {
        Kernels.addBiasAndRectify(layer.bias, to: &activations[index + 1], rows: rows)
      } else {
        Kernels.addBias(layer.bias, to: &activations[index + 1], rows: rows)
      }
    }
  }
}
