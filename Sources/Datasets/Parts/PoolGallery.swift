package import Samples

/// What is needed to look at a pool's images: no features, no labels but the true ones.
package struct PoolGallery: Sendable {
  package let images: SampleSet
  package let classNames: [String]
  /// −1 where the truth is "none of the classes".
  package let trueLabels: [Int32]

  /// The objects of a pool that this reads.
  package static let objectNames = ["description", "images", "trueLabels"]

  /// Reads the objects of a stored pool; throws a ``DatasetError`` that names the object and what is wrong with it.
  package init(objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "pool", objects: objects)
    classNames = try stored.description("description").texts("classNames")
    images = try stored.samples("images")
    trueLabels = try stored.labels("trueLabels", count: images.count, from: -1, below: classNames.count)
  }
}
