import Core
import Datasets
import Models
import Numerics
import Samples

/// What a network answers, part by part: a multiple of the samples that it takes at once, so that the answers are the same bit
/// for bit, and few enough that a part takes well under a second.
extension Network {
  private static let partSize = 512

  /// Calls `body` for consecutive parts of `samples` that together are all of them.
  private func forEachPart(
    of samples: SampleSet, context: TaskContext, _ body: (SampleSet, Range<Int>) throws -> Void
  ) throws {
    for start in stride(from: 0, to: samples.count, by: Self.partSize) {
      try context.proceed(start, of: samples.count)
      let range = start..<min(start + Self.partSize, samples.count)
      try body(range.count == samples.count ? samples : samples.selecting(Array(range)), range)
    }
    try context.proceed(1)
  }

  /// What the answers for `samples`, at least one, are worth.
  func classification(of samples: SampleSet, labels: [Int32], context: TaskContext) throws -> Classification {
    var tally = ClassificationTally(classes: classes)
    try forEachPart(of: samples, context: context) { part, range in
      let probabilities = probabilities(of: part)
      tally.add(probabilities, predictions: Kernels.rowArgmax(probabilities), labels: Array(labels[range]))
    }
    return tally.result
  }

  /// The same for labels that are not the classes. Throws a ``DatasetError`` for a label that no class means.
  func classification(
    of samples: SampleSet, labels: [Int32], in space: LabelSpace, context: TaskContext
  ) throws -> Classification {
    try space.check(labels)
    var tally = ClassificationTally(classes: space.labels)
    try forEachPart(of: samples, context: context) { part, range in
      let probabilities = probabilities(of: part)
      tally.add(
        space.shares(probabilities), predictions: space.predictions(probabilities), labels: Array(labels[range]))
    }
    return tally.result
  }

  /// How many of `samples` are taken for what they are.
  func right(on samples: SampleSet, labels: [Int32], context: TaskContext) throws -> Int {
    var right = 0
    try forEachPart(of: samples, context: context) { part, range in
      right += zip(predictions(of: part), labels[range]).count { $0 == $1 }
    }
    return right
  }
}
