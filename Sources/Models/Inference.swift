package import Core
package import Numerics
package import Samples

extension Network {
  /// Samples that go through the network at once; enough to keep OpenBLAS busy, few enough to stay in the cache.
  private static let batch = 256

  /// Class probabilities, one row a sample. Every batch of 256 samples proceeds in `context`, which may throw.
  package func probabilities(of inputs: SampleSet, context: TaskContext) throws -> Matrix {
    Self.softmax(try logits(of: inputs, context: context))
  }

  /// What the softmax makes probabilities of, one row a sample. Proceeds likewise.
  package func logits(of inputs: SampleSet, context: TaskContext) throws -> Matrix {
    try outputs(of: inputs) { try context.proceed($0, of: inputs.count) }
  }

  /// The inputs of the last layer, one row a sample (the inputs themselves for softmax regression). Proceeds likewise.
  package func hidden(of inputs: SampleSet, context: TaskContext) throws -> Matrix {
    try outputs(of: inputs, hidden: true) { try context.proceed($0, of: inputs.count) }
  }

  /// The class with the largest probability of each sample; the lower index wins a tie. Proceeds likewise.
  package func predictions(of inputs: SampleSet, context: TaskContext) throws -> [Int32] {
    Kernels.rowArgmax(try logits(of: inputs, context: context))
  }

  /// Class probabilities, one row a sample. This and what follows is for what takes no longer than a moment.
  package func probabilities(of inputs: SampleSet) -> Matrix { Self.softmax(logits(of: inputs)) }

  /// What the softmax makes probabilities of, one row a sample.
  package func logits(of inputs: SampleSet) -> Matrix { outputs(of: inputs) { _ in } }

  /// The inputs of the last layer, one row a sample (the inputs themselves for softmax regression).
  package func hidden(of inputs: SampleSet) -> Matrix { outputs(of: inputs, hidden: true) { _ in } }

  /// The class with the largest probability of each sample; the lower index wins a tie.
  package func predictions(of inputs: SampleSet) -> [Int32] { Kernels.rowArgmax(logits(of: inputs)) }

  /// Class probabilities, one row an image.
  package func probabilities(of images: ImageSet) -> Matrix { probabilities(of: .images(images)) }

  /// The inputs of the last layer, one row an image (the normalised pixels for softmax regression).
  package func hidden(of images: ImageSet) -> Matrix { hidden(of: .images(images)) }

  /// The class with the largest probability of each image; the lower index wins a tie.
  package func predictions(of images: ImageSet) -> [Int32] { predictions(of: .images(images)) }

  private static func softmax(_ logits: consuming Matrix) -> Matrix {
    Kernels.softmax(&logits.values, rows: logits.rows, columns: logits.columns)
    return logits
  }

  /// The logits of the samples, or what the last layer makes them of. `proceed` is told before each batch, and before
  /// what is costly in it, how many samples are done.
  private func outputs(
    of inputs: SampleSet, hidden: Bool = false, proceed: (Int) throws -> Void
  ) rethrows -> Matrix {
    precondition(takes(inputs), "samples of \(inputs.shape) do not fit a network made for \(input)")
    if let recorded {
      guard let rows = recorded.rows(of: inputs) else { preconditionFailure("it was never asked about these samples") }
      return (hidden ? recorded.body : recorded.logits).selecting(rows: rows)
    }
    var stages = stages()
    let count = hidden ? stages.count - 1 : stages.count
    let width = count > 0 ? stages[count - 1].outputs : input.size
    var outputs: [Float] = []
    outputs.reserveCapacity(inputs.count * width)
    let order = Array(0..<inputs.count)
    var pass = ForwardPass(self, stages, batch: min(Self.batch, inputs.count))
    for start in stride(from: 0, to: inputs.count, by: Self.batch) {
      try proceed(start)
      let indices = order[start..<min(start + Self.batch, inputs.count)]
      pass.gather(inputs, at: indices)
      try pass.run(&stages, count: count) { try proceed(start) }
      outputs += pass.activations[count][..<(indices.count * width)]
    }
    return Matrix(rows: inputs.count, columns: width, values: outputs)
  }
}
