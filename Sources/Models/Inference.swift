package import Numerics
package import Samples

extension Network {
  /// Samples that go through the network at once; enough to keep OpenBLAS busy, few enough to stay in the cache.
  private static let batch = 256

  /// Class probabilities, one row a sample.
  package func probabilities(of inputs: SampleSet) -> Matrix {
    var logits = logits(of: inputs)
    Kernels.softmax(&logits.values, rows: logits.rows, columns: logits.columns)
    return logits
  }

  /// Class probabilities, one row an image.
  package func probabilities(of images: ImageSet) -> Matrix { probabilities(of: .images(images)) }

  /// What the softmax makes probabilities of, one row a sample.
  package func logits(of inputs: SampleSet) -> Matrix { outputs(of: inputs, layers: layers.count) }

  /// The inputs of the last layer, one row a sample (the inputs themselves for softmax regression).
  package func hidden(of inputs: SampleSet) -> Matrix { outputs(of: inputs, layers: layers.count - 1) }

  /// The inputs of the last layer, one row an image (the normalised pixels for softmax regression).
  package func hidden(of images: ImageSet) -> Matrix { hidden(of: .images(images)) }

  /// The class with the largest probability of each sample; the lower index wins a tie.
  package func predictions(of inputs: SampleSet) -> [Int32] { Kernels.rowArgmax(logits(of: inputs)) }

  /// The class with the largest probability of each image; the lower index wins a tie.
  package func predictions(of images: ImageSet) -> [Int32] { predictions(of: .images(images)) }

  /// What the first `layers` layers make of the samples.
  private func outputs(of inputs: SampleSet, layers: Int) -> Matrix {
    precondition(
      inputs.width == architecture.inputs,
      "samples of \(inputs.width) numbers do not fit a network with \(architecture.inputs) inputs")
    let width = architecture.widths[layers]
    var outputs: [Float] = []
    outputs.reserveCapacity(inputs.count * width)
    let order = Array(0..<inputs.count)
    var pass = ForwardPass(architecture, batch: min(Self.batch, inputs.count))
    for start in stride(from: 0, to: inputs.count, by: Self.batch) {
      let indices = order[start..<min(start + Self.batch, inputs.count)]
      pass.gather(inputs, at: indices, normalisation: normalisation)
      pass.run(self, layers: layers)
      outputs += pass.activations[layers][..<(indices.count * width)]
    }
    return Matrix(rows: inputs.count, columns: width, values: outputs)
  }
}
