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
      layer.weights.applied(to: activations[index], rows: rows, into: &activations[index + 1])
      if index + 1 < network.layers.count {
        Kernels.addBiasAndRectify(layer.bias, to: &activations[index + 1], rows: rows)
      } else {
        Kernels.addBias(layer.bias, to: &activations[index + 1], rows: rows)
      }
    }
  }
}

/// The three products of a linear layer, by whichever kernel is fastest for its width.
extension Matrix {
  private var isNarrow: Bool { rows <= NarrowKernels.largestOutputs }

  /// `output = input · selfᵀ`.
  func applied(to input: [Float], rows batch: Int, into output: inout [Float]) {
    guard !isNarrow else { return NarrowKernels.forward(input, rows: batch, weights: self, into: &output) }
    BLAS.multiply(input, by: values, transposedOther: true, into: &output, m: batch, n: rows, k: columns)
  }

  /// `inputGradient = gradient · self`.
  func appliedBackward(to gradient: [Float], rows batch: Int, into inputGradient: inout [Float]) {
    guard !isNarrow else {
      return NarrowKernels.backward(gradient: gradient, rows: batch, weights: self, into: &inputGradient)
    }
    BLAS.multiply(gradient, by: values, into: &inputGradient, m: batch, n: columns, k: rows)
  }

  /// `self += gradientᵀ · input`.
  mutating func accumulate(gradient: [Float], input: [Float], rows batch: Int) {
    guard !isNarrow else {
      return NarrowKernels.accumulate(gradient: gradient, input: input, rows: batch, into: &self)
    }
    BLAS.multiply(gradient, transposed: true, by: input, into: &values, m: rows, n: columns, k: batch, beta: 1)
  }
}
