package import Core

/// What people need to know of a metric in order to read its value.
package struct Metric: Hashable, Sendable {
  /// How a value is to be printed.
  package enum Unit: String, CaseIterable, Sendable {
    /// A share from 0 to 1, printed as percent.
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
  /// For one of many metrics of the same kind what it is about, alone: `fog`, so that a table of corruptions need not say
  /// "under" in every row. Such metrics have tables of their own.
  package let thing: Words?

  package init(
    _ name: String, _ title: Words, _ meaning: Words, unit: Unit, _ direction: Direction, _ group: Group,
    origin: Origin = .measured, isHeadline: Bool = false, criterion: Criterion? = nil, thing: Words? = nil
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
    self.thing = thing
  }
}
