package import Datasets
package import Numerics

extension Network {
  /// Images that go through the network at once; enough to keep OpenBLAS busy, few enough to stay in the cache.
  private static let batch = 256

  /// Class probabilities, one row an image.
  package func probabilities(of images: ImageSet) -> Matrix {
    var logits = outputs(of: images, layers: layers.count)
    Kernels.softmax(&logits.values, rows: logits.rows, columns: logits.columns)
    return logits
  }

  /// The inputs of the last layer, one row an image (the normalised pixels for softmax regression).
  package func hidden(of images: ImageSet) -> Matrix { outputs(of: images, layers: layers.count - 1) }

  /// The class with the largest probability of each image; the lower index wins a tie.
  package func predictions(of images: ImageSet) -> [Int32] {
    Kernels.rowArgmax(outputs(of: images, layers: layers.count))
  }

  /// What the first `layers` layers make of the images.
  private func outputs(of images: ImageSet, layers: Int) -> Matrix {
    precondition(
      images.imageSize == architecture.inputs,
      "images of \(images.imageSize) pixels do not fit a network with \(architecture.inputs) inputs")
    let width = architecture.widths[layers]
    var outputs: [Float] = []
    outputs.reserveCapacity(images.count * width)
    let order = Array(0..<images.count)
    var pass = ForwardPass(architecture, batch: min(Self.batch, images.count))
    for start in stride(from: 0, to: images.count, by: Self.batch) {
      let indices = order[start..<min(start + Self.batch, images.count)]
      pass.gather(images, at: indices, normalisation: normalisation)
      pass.run(self, layers: layers)
      outputs += pass.activations[layers][..<(indices.count * width)]
    }
    return Matrix(rows: images.count, columns: width, values: outputs)
  }
}
