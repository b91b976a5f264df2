package import Numerics
package import Samples
package import Sweeps

/// A candidate pool: images that a strategy may choose from, with what is known of each.
package struct Pool: Hashable, Sendable {
  /// The shift that assembled it.
  package let shift: String
  package let images: SampleSet
  package let classNames: [String]
  /// The label that comes with each image; −1 where there is none.
  package let observedLabels: [Int32]
  /// The true label; −1 where the truth is "none of the classes". Never shown to a strategy: it serves the oracle row
  /// and the measurement of label noise.
  package let trueLabels: [Int32]
  /// Names each image within its source.
  package let sourceIDs: [UInt32]
  /// The fixed representation, one row an image.
  package let features: RowTable
  /// How the labels were made.
  package let labelOrigin: Remark
  package let licence: String
  /// How pixels become the inputs of models; the same in every pool of a data set. Nil for vectors.
  package let normalisation: PixelNormalisation?
  /// What samples say of themselves; nil where the pool says it of all.
  package let origins: SampleOrigins?

  package var count: Int { images.count }

  package init(
    shift: String, images: SampleSet, classNames: [String], observedLabels: [Int32], trueLabels: [Int32],
    sourceIDs: [UInt32], features: some RowReading, labelOrigin: Remark, licence: String,
    normalisation: PixelNormalisation? = nil, origins: SampleOrigins? = nil
  ) {
    self.shift = shift
    self.images = images
    self.classNames = classNames
    self.observedLabels = observedLabels
    self.trueLabels = trueLabels
    self.sourceIDs = sourceIDs
    self.features = features.table
    self.labelOrigin = labelOrigin
    self.licence = licence
    self.normalisation = images.images.map { normalisation ?? .centred(channels: $0.channels) }
    self.origins = origins
  }
}

/// Images with true labels and features, for measuring.
package struct LabelledImages: Hashable, Sendable {
  package let images: SampleSet
  package let labels: [Int32]
  package let features: Matrix

  package init(images: SampleSet, labels: [Int32], features: Matrix) {
    self.images = images
    self.labels = labels
    self.features = features
  }
}

/// What a trial itself is measured on: the base test set, clean and corrupted, and downstream tasks. What changes with the deployment is in
/// ``DeploymentSets``.
package struct EvaluationSets: Hashable, Sendable {
  /// One corruption at one severity.
  package struct Corruption: Hashable, Sendable {
    package let kind: String
    /// 1…5.
    package let severity: Int
    package let images: SampleSet

    package init(kind: String, severity: Int, images: SampleSet) {
      self.kind = kind
      self.severity = severity
      self.images = images
    }
  }

  package let base: LabelledImages
  package let corruptions: [Corruption]
  /// The true labels of every corruption's images: all hold the same images in the same order.
  package let corruptionLabels: [Int32]
  /// What the trained network is adapted to.
  package let transfer: [TransferTask]

  package init(
    base: LabelledImages, corruptions: [Corruption], corruptionLabels: [Int32], transfer: [TransferTask] = []
  ) {
    self.base = base
    self.corruptions = corruptions
    self.corruptionLabels = corruptionLabels
    self.transfer = transfer
  }
}

/// Samples of what the organisation will really see.
package struct DeploymentSets: Hashable, Sendable {
  /// The labelled test set.
  package let test: LabelledImages
  /// The unlabelled target sample that target-aware strategies may use; it shares no image with the test set.
  package let target: SampleSet
  package let targetFeatures: Matrix

  package init(test: LabelledImages, target: SampleSet, targetFeatures: Matrix) {
    self.test = test
    self.target = target
    self.targetFeatures = targetFeatures
  }
}

extension Pool {
  /// The name of the image in row `index`.
  package func identifier(of index: Int) -> SampleIdentifier {
    SampleIdentifier(sourceID: sourceIDs[index], content: images.bytes(of: index))
  }
}
