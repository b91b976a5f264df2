package import Core
package import Sweeps

/// Everything a report is made from, in plain values. The order of `results` and `failures` does not matter: equal
/// content gives equal reports.
package struct ReportInput: Hashable, Sendable {
  /// A trial that did not finish.
  package struct Failure: Hashable, Sendable {
    /// Names the trial, for example `herding on expert, budget 50, seed 2`.
    package let label: String
    /// What happened to its last attempt.
    package let cause: FailureCause

    package init(label: String, cause: FailureCause) {
      self.label = label
      self.cause = cause
    }
  }

  /// A line of provenance.
  package enum Fact: Hashable, Sendable {
    /// The version of the program that read the store.
    case program(version: String)
    case storeFormat(Int)
    case sweep(Digest)
    /// The BLAS kernels that attempts computed with, sorted.
    case kernels([String])
    /// A raw file.
    case source(name: String, Digest)
  }

  /// Results that contradict those that are shown.
  package struct Incidents: Hashable, Sendable {
    /// Tasks of which somebody handed in another result.
    package var tasks = 0
    /// Those of them of which two keys agree on another result than the one that is shown.
    package var overturned = 0
    /// Those of them of which no two keys agree, or several agree on each of several results.
    package var open = 0
    /// Names of the keys that two others contradict. Sorted.
    package var wrong: [String] = []

    package init() {}

    /// Counts what the store has of the sweep's tasks.
    init(_ disputes: [Dispute]) {
      tasks = disputes.count
      for dispute in disputes {
        switch dispute.verdict {
        case .open, .split: open += 1
        case .overturned: overturned += 1
        case .confirmed: break
        }
      }
      wrong = Set(disputes.flatMap(\.wrong).map(\.name)).subtracting([""]).sorted()
    }
  }

  package let sweep: Sweep
  /// What its trials can be measured by.
  package let metrics: MetricCatalogue
  /// What its strategies are, and what they do in plain words.
  package let strategies: StrategyCatalogue
  /// The trials that finished.
  package let results: [TrialResult]
  /// How many trials the whole sweep has.
  package let expectedTrials: Int
  package let failures: [Failure]
  /// What is known of results that contradict those that are shown.
  package let incidents: Incidents
  /// What is known of each part of the data set, by the part's name.
  package let poolFacts: [String: PartFacts]
  /// The pool that the others are compared with; nil when the data set has none.
  package let reference: String?
  /// The pool of pictures taken where the classifier will work; nil when the data set has none.
  package let field: String?
  /// What each pool holds, in a sentence, by its name: «images that experts label».
  package let pools: [String: Words]
  /// Where the samples of each pool are from, by its name.
  package let origins: [String: Provenance]
  /// How many samples of each pool every mix bought, by its task.
  package let bought: [TaskID: [String: Int]]
  /// What the samples that a trial bought say of themselves, by its task and the pool's name; of pools whose samples do.
  package let stated: [TaskID: [String: OriginCounts]]
  /// What the data set's own codes of remarks say.
  package let words: [Remark.Code: Words]
  /// Where the numbers come from, in the order to be shown: store format, software version, BLAS kernels, digests.
  package let provenance: [Fact]
  /// How much each utility counts in the recommendation, by the metric's name; at least 0, not all 0. nil stands for the one
  /// question that the data set answers: accuracy where the model will work, else base accuracy.
  package private(set) var weights: [String: Double]?
  /// What must be reached, for the least money; it takes the place of the weights.
  package private(set) var goal: Goal?
  /// When, where and how long all of it was computed; nil when that is not known.
  package let effort: SweepEffort?
  /// What strategies chose, to be looked at.
  package let pictures: [PictureGrid]
  /// The objects that each trial stored, by its task and their names.
  package let objects: [TaskID: [String: Digest]]

  package init(
    sweep: Sweep, metrics: MetricCatalogue, strategies: StrategyCatalogue, results: [TrialResult],
    expectedTrials: Int, failures: [Failure] = [], incidents: Incidents = Incidents(),
    poolFacts: [String: PartFacts] = [:], reference: String? = nil, field: String? = nil,
    pools: [String: Words] = [:],
    origins: [String: Provenance] = [:], bought: [TaskID: [String: Int]] = [:],
    stated: [TaskID: [String: OriginCounts]] = [:],
    words: [Remark.Code: Words] = [:],
    provenance: [Fact] = [], effort: SweepEffort? = nil,
    weights: [String: Double]? = nil, goal: Goal? = nil,
    pictures: [PictureGrid] = [], objects: [TaskID: [String: Digest]] = [:]
  ) {
    self.sweep = sweep
    self.metrics = metrics
    self.strategies = strategies
    self.results = results
    self.expectedTrials = expectedTrials
    self.failures = failures
    self.incidents = incidents
    self.poolFacts = poolFacts
    self.reference = reference
    self.field = field
    self.pools = pools
    self.origins = origins
    self.bought = bought
    self.stated = stated
    self.words = words
    self.provenance = provenance
    self.effort = effort
    self.weights = weights
    self.goal = goal
    self.pictures = pictures
    self.objects = objects
  }

  /// The same results under other weights, or another goal; nil for both stands for the data set's own question.
  package func weighted(_ weights: [String: Double]?, goal: Goal? = nil) -> ReportInput {
    var input = self
    input.weights = weights
    input.goal = goal
    return input
  }

  /// The same results, asked what another report is asked.
  package func asked(as other: ReportInput) -> ReportInput { weighted(other.weights, goal: other.goal) }
}
