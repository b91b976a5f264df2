package import Core
package import Sweeps

/// Everything a report is made from, in plain values. The order of `results` and `failures` does not matter: equal
/// content gives equal reports.
package struct ReportInput: Hashable, Sendable {
  /// A trial that did not finish.
  package struct Failure: Hashable, Sendable {
    /// Names the trial, for example `herding on expert, budget 50, seed 2`.
    package let label: String
    /// What happened, in words.
    package let reason: String

    package init(label: String, reason: String) {
      self.label = label
      self.reason = reason
    }
  }

  /// A named line of provenance, for example `store format` and `1`.
  package struct Fact: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package let sweep: Sweep
  /// What its trials can be measured by.
  package let metrics: MetricCatalogue
  /// The trials that finished.
  package let results: [TrialResult]
  /// How many trials the whole sweep has.
  package let expectedTrials: Int
  package let failures: [Failure]
  /// Tasks of which somebody handed in another result than the one that is shown.
  package let incidents: Int
  /// What is known of each part of the data set, by the part's name.
  package let poolFacts: [String: PartFacts]
  /// The pool that the others are compared with; nil when the data set has none.
  package let reference: String?
  /// What each pool holds, in a sentence, by its name: «images that experts label».
  package let pools: [String: Words]
  /// What the data set's own codes of remarks say.
  package let words: [Remark.Code: Words]
  /// Where the numbers come from, in the order to be shown: store format, software version, BLAS kernels, digests.
  /// No times and no hosts, so that the same store gives the same bytes.
  package let provenance: [Fact]
  /// How much each utility counts in the recommendation, by the metric's name; at least 0, not all 0. nil stands for
  /// equal weights over the headline metrics.
  package private(set) var weights: [String: Double]?
  /// What strategies chose, to be looked at.
  package let pictures: [PictureGrid]
  /// The objects that each trial stored, by its task and their names.
  package let objects: [TaskID: [String: Digest]]

  package init(
    sweep: Sweep, metrics: MetricCatalogue, results: [TrialResult], expectedTrials: Int, failures: [Failure] = [],
    incidents: Int = 0, poolFacts: [String: PartFacts] = [:], reference: String? = nil, pools: [String: Words] = [:],
    words: [Remark.Code: Words] = [:],
    provenance: [Fact] = [],
    weights: [String: Double]? = nil,
    pictures: [PictureGrid] = [], objects: [TaskID: [String: Digest]] = [:]
  ) {
    self.sweep = sweep
    self.metrics = metrics
    self.results = results
    self.expectedTrials = expectedTrials
    self.failures = failures
    self.incidents = incidents
    self.poolFacts = poolFacts
    self.reference = reference
    self.pools = pools
    self.words = words
    self.provenance = provenance
    self.weights = weights
    self.pictures = pictures
    self.objects = objects
  }

  /// The same results under other weights; nil stands for equal ones.
  package func weighted(_ weights: [String: Double]?) -> ReportInput {
    var input = self
    input.weights = weights
    return input
  }
}
