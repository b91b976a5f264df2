import Core
package import Samples
import Sweeps

/// A downstream task: a few labelled images that a trained network is adapted to, and others that the result is tested on.
package struct TransferTask: Hashable, Sendable {
  /// Its metric is `transfer.NAME`.
  package let name: String
  /// Labels are 0..<labels, at least two.
  package let labels: Int
  package let trainingImages: SampleSet
  package let trainingLabels: [Int32]
  /// They share no source image with the training images.
  package let testImages: SampleSet
  package let testLabels: [Int32]

  /// Takes one label in 0..<labels an image, and at least one image on either side; traps otherwise.
  package init(
    name: String, labels: Int, trainingImages: SampleSet, trainingLabels: [Int32], testImages: SampleSet,
    testLabels: [Int32]
  ) {
    precondition(
      trainingImages.count == trainingLabels.count && testImages.count == testLabels.count && !trainingLabels.isEmpty
        && !testLabels.isEmpty && labels > 1, "a task needs images to learn from and to test on, and one label each")
    precondition((trainingLabels + testLabels).allSatisfy { (0..<Int32(labels)).contains($0) }, "a label is outside")
    self.name = name
    self.labels = labels
    self.trainingImages = trainingImages
    self.trainingLabels = trainingLabels
    self.testImages = testImages
    self.testLabels = testLabels
  }

  /// Makes a task of one labelled set: at most 1,000 random images, and no more than half, to learn from, all others to test
  /// on. The same set is always divided alike.
  ///
  /// Throws a ``DatasetError`` without two images or without two different labels.
  package init(name: String, images: SampleSet, labels: [Int32]) throws {
    precondition(images.count == labels.count && labels.allSatisfy { $0 >= 0 }, "one label an image")
    guard images.count > 1, Set(labels).count > 1 else {
      throw DatasetError("transfer task \(name)", "two images with different labels are needed")
    }
    var generator = SeededGenerator(seed: 0, purpose: "transfer/division")
    let order = generator.permutation(images.count)
    let (training, test) = (order.prefix(min(1_000, images.count / 2)), order.dropFirst(min(1_000, images.count / 2)))
    self.init(
      name: name, labels: Int(labels.max()!) + 1, trainingImages: images.selecting(Array(training)),
      trainingLabels: training.map { labels[$0] }, testImages: images.selecting(Array(test)),
      testLabels: test.map { labels[$0] })
  }

  /// The accuracy of always answering the most frequent label of the test images.
  package var chance: Double {
    let counts = testLabels.reduce(into: [Int](repeating: 0, count: labels)) { $0[Int($1)] += 1 }
    return Double(counts.max()!) / Double(testLabels.count)
  }

  /// What a report says of it.
  var facts: TransferSummary.KnownTask {
    TransferSummary.KnownTask(name: name, chance: chance, testImages: testImages.count)
  }
}

extension TransferTask {
  /// A head has one row of weights a label.
  private static let labelLimit = 1 << 16

  /// The task as named objects for the store.
  func objects() -> [String: [UInt8]] {
    let description: JSONValue = ["labels": .integer(Int64(labels))]
    return [
      Self.object(name, "description"): description.canonical,
      Self.object(name, "trainingImages"): trainingImages.object,
      Self.object(name, "trainingLabels"): trainingLabels.object, Self.object(name, "testImages"): testImages.object,
      Self.object(name, "testLabels"): testLabels.object,
    ]
  }

  /// Reads the task `name` as ``objects()`` writes it, with samples of `shape`; throws a ``DatasetError``.
  init(_ stored: StoredObjects, name: String, shape: SampleShape) throws {
    let labels = try stored.description(Self.object(name, "description")).count("labels")
    guard (2...Self.labelLimit).contains(labels) else {
      throw DatasetError(
        stored.place(Self.object(name, "description")), "\(labels) labels are not 2 to \(Self.labelLimit)")
    }
    func side(_ images: String, _ truth: String) throws -> (SampleSet, [Int32]) {
      let object = Self.object(name, images)
      let set = try stored.samples(object)
      guard set.count > 0, set.shape == shape else {
        throw DatasetError(
          stored.place(object), "samples of \(shape) are needed, not \(set.count) of \(set.shape)")
      }
      return (set, try stored.labels(Self.object(name, truth), count: set.count, from: 0, below: labels))
    }
    let (training, test) = (
      try side("trainingImages", "trainingLabels"), try side("testImages", "testLabels")
    )
    self.init(
      name: name, labels: labels, trainingImages: training.0, trainingLabels: training.1, testImages: test.0,
      testLabels: test.1)
  }

  private static func object(_ task: String, _ name: String) -> String { "transfer.\(task).\(name)" }
}
