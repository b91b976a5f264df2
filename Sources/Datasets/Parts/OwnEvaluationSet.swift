package import Samples

/// A labelled set of an organisation, for measuring.
package struct OwnEvaluationSet: Hashable, Sendable {
  package let images: SampleSet
  package let labels: [Int32]

  /// The set as named objects for the store. Equal sets give equal bytes.
  package func objects() -> [String: [UInt8]] { ["images": images.object, "labels": labels.object] }

  /// Reads what ``objects()`` writes; throws a ``DatasetError`` that names the object and what is wrong with it.
  package init(objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "evaluation set", objects: objects)
    images = try stored.samples("images")
    labels = try stored.labels("labels", count: images.count, from: 0, below: Self.labelLimit)
  }

  package init(images: SampleSet, labels: [Int32]) {
    self.images = images
    self.labels = labels
  }

  /// Labels are 0 up to (not including) this.
  package static let labelLimit = 256
}
