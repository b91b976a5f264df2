import Core
package import Samples

/// A trained (or freshly initialised) classifier: a list of layers, of which the last, fully connected or a vote of neighbours,
/// puts out one logit a class. A value, so that it can be sent anywhere.
package struct Network: Hashable, Sendable {
  /// The shape of the samples that it was made for.
  package let input: SampleShape
  /// How the pixels of its training set became inputs; the same is done to every image that it sees later. Nil for a
  /// network of vectors.
  package let normalisation: PixelNormalisation?
  /// From the input to the classes.
  package let layers: [Layer]
  /// The family that it is of, for people who open it elsewhere: `mlp`. Nil when it is of none.
  package let family: String?

  /// How many classes it tells apart.
  package let classes: Int

  /// Takes layers that fit the input and each other and end in one that puts out at least two logits; traps
  /// otherwise.
  package init(input: SampleShape, normalisation: PixelNormalisation?, layers: [Layer], family: String? = nil) {
    guard let classes = Self.classes(of: layers, for: input) else {
      preconditionFailure("the layers do not fit each other or samples of \(input)")
    }
    self.input = input
    self.normalisation = normalisation
    self.layers = layers
    self.family = family
    self.classes = classes
  }

  /// The number of classes that `layers` tell apart; nil when they are no classifier of such inputs.
  static func classes(of layers: [Layer], for input: SampleShape) -> Int? {
    guard layers.last?.headInputs != nil else { return nil }
    let votes = layers.dropLast().contains { if case .neighbours = $0 { true } else { false } }
    let isRecorded = layers.contains { if case .recorded = $0 { true } else { false } }
    guard !votes, !isRecorded || layers.count == 1, let output = Layer.outputShape(of: layers, for: input) else {
      return nil
    }
    return output.size > 1 ? output.size : nil
  }

  /// The numbers that training determines.
  package var parameters: Int { layers.reduce(0) { $0 + $1.parameters } }

  /// The same network with other parameters.
  func with(layers: [Layer]) -> Network {
    Network(input: input, normalisation: normalisation, layers: layers, family: family)
  }

  /// The same body under a freshly initialised last layer of `classes` (≥ 2) outputs: where fine-tuning starts. Traps for
  /// recorded answers, which have no body (``ModelFamily/learnsFurther``).
  package func withFreshHead(classes: Int, seed: UInt64) -> Network {
    guard recorded == nil, let inputs = layers.last?.headInputs else {
      preconditionFailure("a network that learns ends in its head")
    }
    var generator = SeededGenerator(seed: seed, purpose: "fresh head")
    return with(layers: layers.dropLast() + [.linear(inputs: inputs, outputs: classes, &generator)])
  }

  /// Whether samples of a shape can be its inputs: those it was made for, or as many numbers already normalised.
  func takes(_ samples: SampleSet) -> Bool {
    guard let images = samples.images else { return samples.width == input.size }
    let fits = input.isImage ? images.shape == input : images.imageSize == input.size
    return fits && normalisation?.channels == images.channels
  }
}
