package import Core
package import Datasets
package import Sweeps

/// What a utility must be given to be measured. A data set or a subject *meets* a need when it has what is named.
package enum UtilityNeed: String, CaseIterable, Hashable, Sendable {
  /// Samples that are images.
  case images
  /// What was chosen: rows of a pool with the labels that were trained on, and what they cost.
  case choice
  /// The pool that distances between distributions refer to.
  case reference
  /// The labelled base test set.
  case evaluation
  /// Corrupted forms of test samples.
  case corruptions
  /// Downstream tasks that come with the base test set.
  case transferTasks
  /// The labelled sample of the deployment distribution, with the unlabelled target sample.
  case deployment
  /// A further set whose labels are the classes, some of them, or coarser ones.
  case furtherSet
  /// A further set that is another task.
  case furtherTask
}

/// Where a utility is measured.
package enum UtilityPlacement: Hashable, Sendable {
  /// Within the trial's own task.
  case trial
  /// In a measure task of its own, one for each part with that role.
  case measure(PartRole)
}

/// A row of the table of utilities: something that trials are measured by.
package protocol UtilityKind: Sendable {
  /// Names it among the others and in the specifications of tasks: small letters and hyphens.
  var name: String { get }
  /// Grows with every change of what is measured from the same inputs.
  var version: Int { get }
  /// Where one is not met, nothing is measured.
  var needs: Set<UtilityNeed> { get }
  var placement: UtilityPlacement { get }

  /// Every metric that it can measure on this data set, which meets its needs, in the order in which reports show them, with
  /// those that reports derive from them.
  func metrics(of dataset: DatasetDescription) -> [Metric]

  /// Measures `subject`, which meets its needs. Tells `context` at least every second how far it is.
  func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement
}

/// What was measured.
package struct Measurement: Hashable, Sendable {
  /// Scalars by the metric's name; fractions, not percent. A metric that is not defined for this subject (a correlation with
  /// a constant) has no entry.
  package var metrics: [String: Double]
  /// For metrics that are shares of a whole number of things, that number: an accuracy's test samples.
  package var counts: [String: Int]
  /// Series with one value a class.
  package var perClass: [String: [Double]]
  /// Counts on the base test set.
  package var confusion: ConfusionCounts?

  package init(
    metrics: [String: Double] = [:], counts: [String: Int] = [:], perClass: [String: [Double]] = [:],
    confusion: ConfusionCounts? = nil
  ) {
    self.metrics = metrics
    self.counts = counts
    self.perClass = perClass
    self.confusion = confusion
  }

  /// Enters `right` of `count` under `name`.
  package mutating func enter(_ name: String, _ right: Int, of count: Int) {
    metrics[name] = Double(right) / Double(count)
    counts[name] = count
  }

  /// Adds what another row measured.
  mutating func add(_ other: Measurement) {
    metrics.merge(other.metrics) { _, new in new }
    counts.merge(other.counts) { _, new in new }
    perClass.merge(other.perClass) { _, new in new }
    confusion = other.confusion ?? confusion
  }

  /// What a measure task stores: `metrics` and, where there are any, `counts`.
  package var json: JSONValue {
    var members: [String: JSONValue] = ["metrics": .object(metrics.mapValues { .number($0) })]
    if !counts.isEmpty { members["counts"] = .object(counts.mapValues { .integer(Int64($0)) }) }
    return .object(members)
  }
}
