package import Core

/// What people need to know of a metric in order to read its value.
package struct Metric: Hashable, Sendable {
  /// How a value is to be printed.
  package enum Unit: String, CaseIterable, Sendable {
    /// A share from 0 to 1, never outside, printed as percent.
    case fraction
    case count
    /// A number without a unit.
    case score
    /// An amount of the sweep's currency.
    case currency
  }

  /// Which values are good. A descriptive metric has no good side: it never names a winner.
  package enum Direction: String, CaseIterable, Sendable {
    case higherIsBetter
    case lowerIsBetter
    case descriptive
  }

  /// What it is about; tables are made by group.
  package enum Group: String, CaseIterable, Sendable {
    case utility
    case robustness
    case calibration
    case data
    case cost
  }

  /// Where its values come from.
  package enum Origin: String, CaseIterable, Sendable {
    /// A trial, or a measure task of it.
    case measured
    /// Several trials: reports work it out.
    case derived
  }

  /// A question that a sweep may be decided by.
  package enum Criterion: String, CaseIterable, Sendable {
    /// How good a model is where its training data are from.
    case base
    /// How good it is where it will be used.
    case deployment
  }

  /// What a report does with a metric beyond showing its value: it asks the catalogue for a role, never for a name.
  package enum Role: Hashable, Sendable {
    /// The share of wrong labels among what was bought: unknown where nobody has checked labels.
    case labelNoise
    /// The share of what was bought that is nearly the same as something else, above the cosine of ``likenessThreshold``, or of
    /// 0.95 where that was not measured.
    case likeness
    /// The cosine above which samples count as nearly the same.
    case likenessThreshold
    /// The share of different samples that are above it.
    case likenessChance
    /// How unevenly what was bought is spread over the classes, 0 when evenly.
    case classImbalance
    /// How far what was bought lies from the place of use.
    case targetDistance
    /// The mean over the downstream tasks: over those that count, where a sweep says which.
    case transferMean
    /// The mean over all corruptions.
    case robustness
    /// The error under corruption relative to the reference's, over the kinds.
    case relativeCorruptionError
    /// The mean over the severities of one kind of corruption.
    case corruption
    /// One severity of a kind, whose own metric has that name.
    case severity(Int, of: String)
    /// The correlation over the classes between a series of the baseline and the trial's own, of values or of ranks.
    case baselineCorrelation(ClassSeries, isOfRanks: Bool)
  }

  /// The key in ``TrialValues/metrics``.
  package let name: String
  /// A few words for the head of a table.
  package let title: Words
  /// One sentence without its full stop.
  package let meaning: Words
  package let unit: Unit
  package let direction: Direction
  package let group: Group
  package let origin: Origin
  /// Whether a report names the winner of this metric on its first page.
  package let isHeadline: Bool
  /// The question that its values answer; nil for most.
  package let criterion: Criterion?
  /// What reports do with it beyond showing it; nil for most.
  package let role: Role?
  /// For one of many metrics of the same kind what it is about, alone: `fog`, so that a table of corruptions need not say
  /// "under" in every row. Such metrics have tables of their own.
  package let thing: Words?

  package init(
    _ name: String, _ title: Words, _ meaning: Words, unit: Unit, _ direction: Direction, _ group: Group,
    origin: Origin = .measured, isHeadline: Bool = false, criterion: Criterion? = nil, role: Role? = nil,
    thing: Words? = nil
  ) {
    self.name = name
    self.title = title
    self.meaning = meaning
    self.unit = unit
    self.direction = direction
    self.group = group
    self.origin = origin
    self.isHeadline = isHeadline
    self.criterion = criterion
    self.role = role
    self.thing = thing
  }
}

/// A number for each class: the key in ``TrialValues/perClass``.
package enum ClassSeries: String, CaseIterable, Sendable, Hashable {
  case accuracy
  case precision
  /// How many samples of the class were bought.
  case count
}

extension TrialValues {
  /// A number for each class, in their order; nil when it was not measured.
  package func series(_ series: ClassSeries) -> [Double]? { perClass[series.rawValue] }
}
