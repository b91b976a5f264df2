import Datasets
import Numerics

/// The buffers of a forward pass over one batch, allocated once and used again for every batch.
struct ForwardPass {
  /// The input of each layer and, last, the logits: one row an image of the batch.
  var activations: [[Float]]
  /// How many images the present batch holds.
  private(set) var rows = 0

  init(_ architecture: Architecture, batch: Int) {
    activations = architecture.widths.map { [Float](repeating: 0, count: batch * $0) }
  }

  /// Takes the images at `indices` as the present batch.
  mutating func gather(_ images: ImageSet, at indices: ArraySlice<Int>, normalisation: PixelNormalisation) {
    rows = indices.count
    Kernels.gatherPixels(
      of: images.pixels, size: images.imageSize, at: indices, scale: normalisation.scale, shift: normalisation.shift,
      into: &activations[0])
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
