import Core
import Numerics
import Samples
package import Sweeps

/// Images with their true labels (−1 for none of the classes) and their names in the source.
struct SourceImages {
  let images: ImageSet
  let labels: [Int32]
  let sourceIDs: [UInt32]

  static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]
  /// Pixels along a side; the images are grey.
  static let side = 28
  static let licenceName = "MIT"
  static let licence = "MIT (Fashion-MNIST, © 2017 Zalando SE)"

  init(images: ImageSet, labels: [Int32], sourceIDs: [UInt32]) {
    self.images = images
    self.labels = labels
    self.sourceIDs = sourceIDs
  }

  func selecting(_ indices: [Int]) -> SourceImages {
    SourceImages(
      images: images.selecting(indices), labels: indices.map { labels[$0] }, sourceIDs: indices.map { sourceIDs[$0] })
  }

  /// A candidate pool of these images.
  func pool(shift: String, observedLabels: [Int32], features: Matrix, labelOrigin: Remark) -> Pool {
    Pool(
      shift: shift, images: .images(images), classNames: Self.classNames, observedLabels: observedLabels,
      trueLabels: labels,
      sourceIDs: sourceIDs, features: features, labelOrigin: labelOrigin, licence: Self.licence,
      normalisation: .fashionMNIST)
  }

  func objects(prefix: String) -> [String: [UInt8]] {
    [prefix + "Images": images.object, prefix + "Labels": labels.object, prefix + "SourceIDs": sourceIDs.object]
  }

  /// Reads what ``objects(prefix:)`` writes; throws unless there is an image and all are 28 × 28.
  init(_ stored: StoredObjects, prefix: String) throws {
    images = try stored.images(prefix + "Images")
    labels = try stored.labels(prefix + "Labels", count: images.count, from: -1, below: Self.classNames.count)
    sourceIDs = try stored.identifiers(prefix + "SourceIDs", count: images.count)
    try Self.check(images, place: stored.place(prefix + "Images"))
  }

  /// Throws unless there is an image and all are 28 × 28.
  static func check(_ images: ImageSet, place: String) throws {
    guard images.count > 0, images.height == side, images.width == side else {
      throw DatasetError(
        place, "images of 28×28 pixels are needed, not \(images.count) of \(images.height)×\(images.width)")
    }
  }
}

extension Pool {
  /// The images of a pool of this data set.
  var grey: ImageSet {
    guard let images = images.images else { preconditionFailure("the pools of fashion++ hold images") }
    return images
  }
}

extension Pool {
  /// What is known of a pool whose true labels are known.
  package var facts: PartFacts {
    PartFacts(
      count: count, classCounts: Self.counts(observedLabels, classes: classNames.count), classNames: classNames,
      licence: licence, labelOrigin: labelOrigin, labelNoise: labelNoise,
      noneOfTheClasses: Double(trueLabels.count { $0 < 0 }) / Double(max(count, 1)))
  }

  /// The share of images whose observed label is not the true one.
  var labelNoise: Double {
    let wrong = zip(observedLabels, trueLabels).count { $0 != $1 }
    return Double(wrong) / Double(max(count, 1))
  }

  static func counts(_ labels: [Int32], classes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels where label >= 0 { counts[Int(label)] += 1 }
    return counts
  }
}
