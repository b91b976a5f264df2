package import Samples

/// Samples and labels to train on.
package struct TrainingSet: Sendable {
  package let inputs: SampleSet
  /// One a sample, each 0..<classes.
  package let labels: [Int32]
  /// What becomes of pixels; nil for vectors, which are taken as they are.
  package let normalisation: PixelNormalisation?
  /// What each sample's loss is multiplied by; nil for 1.
  package let weights: [Float]?
  /// Every sample once, in an order that is shuffled for each pass: with identities one that does not depend on how the
  /// samples are listed.
  let order: [Int]

  /// - Parameters:
  ///   - inputs: At least one sample.
  ///   - labels: One a sample.
  ///   - normalisation: What becomes of pixels, one mean and deviation a channel. Vectors need none.
  ///   - identities: One a sample. Equal sets, in whatever order they are listed, then train equal networks.
  ///   - weights: What each sample's loss is multiplied by, one a sample; families that are not trained by a recipe take no
  ///     notice.
  ///
  /// Traps when the numbers of samples, labels, identities or channels do not agree.
  package init(
    _ inputs: SampleSet, labels: [Int32], normalisation: PixelNormalisation?, identities: [SampleIdentifier]? = nil,
    weights: [Float]? = nil
  ) {
    precondition(weights?.count ?? labels.count == labels.count, "one weight a sample")
    precondition(inputs.count == labels.count && inputs.count > 0, "a training set needs a sample, and one label each")
    precondition(identities.map { $0.count == labels.count } ?? true, "one identity a sample")
    if let images = inputs.images {
      precondition(normalisation?.channels == images.channels, "every channel of the images needs a mean")
    }
    self.inputs = inputs
    self.labels = labels
    self.weights = weights
    self.normalisation = inputs.images == nil ? nil : normalisation
    order = identities.map { Self.order(of: $0, labels) } ?? Array(labels.indices)
  }

  /// The same for images.
  package init(
    images: ImageSet, labels: [Int32], normalisation: PixelNormalisation?, identities: [SampleIdentifier]? = nil
  ) {
    self.init(.images(images), labels: labels, normalisation: normalisation, identities: identities)
  }

  /// By identity. Samples that share one are equal, so that beyond their labels it does not matter which comes first.
  private static func order(of identities: [SampleIdentifier], _ labels: [Int32]) -> [Int] {
    labels.indices.sorted { (identities[$0], labels[$0], $0) < (identities[$1], labels[$1], $1) }
  }
}
