import Numerics
import Samples

/// The buffers of a forward pass over one batch, allocated once and used again for every batch.
struct ForwardPass {
  /// The input of each stage and, last, the logits: one row a sample of the batch, or the planes of its images.
  var activations: [[Float]]
  /// How many samples the present batch holds.
  private(set) var rows = 0
  private let reader: SampleReader

  init(_ network: Network, _ stages: [any Stage], batch: Int) {
    let sizes = [batch * network.input.size] + stages.map { $0.buffer(rows: max(batch, 1)) }
    activations = sizes.map { [Float](repeating: 0, count: $0) }
    reader = SampleReader(network.normalisation, values: network.input.size)
  }

  /// Takes the samples at `indices`, which fit the network, as the present batch.
  mutating func gather(_ inputs: SampleSet, at indices: ArraySlice<Int>) {
    rows = indices.count
    reader.read(inputs, at: indices, into: &activations[0])
  }

  /// Runs the first `count` stages. `proceed` is called before each that is costly.
  mutating func run(_ stages: inout [any Stage], count: Int, proceed: () throws -> Void) rethrows {
    for index in 0..<count {
      if stages[index].isCostly { try proceed() }
      stages[index].forward(activations[index], rows: rows, into: &activations[index + 1])
    }
  }
}
